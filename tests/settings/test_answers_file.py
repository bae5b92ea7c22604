"""The answers file: TOML, every wrong key is named, and no value is repeated."""

from __future__ import annotations

from pathlib import Path

import pytest

from aep_tui.domain.problem import SettingsProblem
from aep_tui.settings.answers_file import AnswersFile, read_answers_file
from tests.secrets import CANARY


def refusal(path: Path, text: str) -> str:
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsProblem) as raised:
        read_answers_file(path)
    assert CANARY not in f"{raised.value} {raised.value.next_step}"
    return raised.value.message


def test_it_gives_every_answer(tmp_path: Path) -> None:
    path = tmp_path / "answers.toml"
    path.write_text(
        'cloud = "azure"\nsource = "salesforce"\nauth_method = "oauth2-client-credential"\nname = "ACME"\n'
        'description = "EMEA"\nacknowledge = ["a", "b"]\n[parameters]\nclientId = "x"\nincludeDeletedObjects = true\n',
        encoding="utf-8",
    )
    read = read_answers_file(path)
    assert (read.cloud, read.source, read.auth_method) == ("azure", "salesforce", "oauth2-client-credential")
    assert (read.name, read.description, read.acknowledge) == ("ACME", "EMEA", ("a", "b"))
    assert dict(read.parameters) == {"clientId": "x", "includeDeletedObjects": True}


def test_an_empty_file_gives_nothing(tmp_path: Path) -> None:
    path = tmp_path / "answers.toml"
    path.write_text("", encoding="utf-8")
    assert read_answers_file(path) == AnswersFile()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('sorce = "x"', "The key sorce is not known. Did you mean source?"),
        (f'{CANARY} = "x"', "There is a key that is not known."),
        ("name = 3", "The value of name has to be a text."),
        ('acknowledge = "x"', "The value of acknowledge has to be a list of texts."),
        ('parameters = "x"', "Parameters stand in a table"),
        ("[parameters]\napiVersion = 62.0", "The value of apiVersion has to be a text, or true or false."),
        (
            '[parameters]\n"\\u001b]0;PWNED\\u0007x" = 1',
            "A value under [parameters] has to be a text, or true or false.",
        ),
        (f"[parameters]\n{CANARY} = 1", "A value under [parameters] has to be a text, or true or false."),
        ("[parameters]\n" + "k" * 60 + " = 1", "A value under [parameters] has to be a text, or true or false."),
        ('"sourc\\u001be" = "x"', "There is a key that is not known."),
        ('hunter2pass99 = "x"', "There is a key that is not known. Known are: cloud"),
        ("name=" + "[" * 5000, "It is no TOML that can be read."),
        ("name=" + "9" * 5000, "It is no TOML that can be read."),
        (f"name = {CANARY}", "It is no TOML (at line 1"),
        (f'name = "{CANARY}', "It is no TOML ("),
    ],
)
def test_what_is_wrong_is_named_and_no_value_repeated(tmp_path: Path, text: str, words: str) -> None:
    assert words in refusal(tmp_path / "answers.toml", text)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsProblem, match=r"nowhere\.toml"):
        read_answers_file(tmp_path / "nowhere.toml")
