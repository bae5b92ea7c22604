"""The answers file: TOML, every wrong key is named, and no value is repeated."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aep_tui.domain.problem import SettingsProblem
from aep_tui.settings.answers_file import AnswersFile, read_answers_file, write_answers_file
from tests.kit.canary import CANARY
from tests.kit.examples import examples


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
        ('acknowledge = ["read", 1]', "acknowledge has to be a list of texts"),
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
        (f"name = {CANARY}", "It is no TOML (at line 1, column 8)."),
        (f'name = "{CANARY}', "It is no TOML ("),
    ],
)
def test_what_is_wrong_is_named_and_no_value_repeated(tmp_path: Path, text: str, words: str) -> None:
    assert words in refusal(tmp_path / "answers.toml", text)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsProblem, match=r"nowhere\.toml"):
        read_answers_file(tmp_path / "nowhere.toml")


TEXT = st.text(st.characters(blacklist_categories=["Cs"]), max_size=20)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=examples(100))
@given(
    texts=st.tuples(TEXT, TEXT, TEXT, TEXT, TEXT),
    acknowledge=st.lists(TEXT),
    parameters=st.dictionaries(TEXT, TEXT | st.booleans()),
)
def test_what_is_written_is_read_again(
    tmp_path: Path, texts: tuple[str, str, str, str, str], acknowledge: list[str], parameters: dict[str, str | bool]
) -> None:
    path = tmp_path / "answers.toml"
    path.unlink(missing_ok=True)
    cloud, source, auth_method, name, description = texts
    written = AnswersFile(cloud, source, auth_method, name, description, tuple(acknowledge), parameters)
    write_answers_file(path, written)
    assert read_answers_file(path) == written
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("kind", ["file", "link", "dangling link", "directory"])
def test_nothing_that_is_there_is_written_over(tmp_path: Path, kind: str) -> None:
    path, other = tmp_path / "answers.toml", tmp_path / "other"
    if kind == "directory":
        path.mkdir()
    elif kind == "file":
        path.write_text("theirs", encoding="utf-8")
    else:
        if kind == "link":
            other.write_text("theirs", encoding="utf-8")
        path.symlink_to(other)
    with pytest.raises(SettingsProblem, match=r"answers\.toml: There is a file of this name already"):
        write_answers_file(path, AnswersFile(name="ours"))
    assert kind == "directory" or other.exists() is (kind == "link")
    assert not path.is_file() or path.read_text(encoding="utf-8") == "theirs"


@pytest.mark.parametrize("name", ["no/such/folder", "with\0null", "", "x" * 300])
def test_a_name_that_no_file_can_have_is_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(SettingsProblem, match="The answers were not saved"):
        write_answers_file(tmp_path / name, AnswersFile())


def test_a_file_that_could_not_be_written_whole_is_not_left_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(SettingsProblem, match="No space left"):
        write_answers_file(tmp_path / "answers.toml", AnswersFile(name="ACME"))
    assert not (tmp_path / "answers.toml").exists()
