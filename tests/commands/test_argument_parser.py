"""What stands in wrong arguments is never repeated: it may be a secret."""

from __future__ import annotations

import pytest

from aep_tui.cli import main
from tests.secrets import CANARY

NO_OPTION = "Secrets have no option"


def ended(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    """Return what is said about wrong arguments."""
    with pytest.raises(SystemExit) as end:
        main(arguments)
    assert end.value.code == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert CANARY not in shown.err
    assert "usage: aep-tui" in shown.err
    return shown.err


@pytest.mark.parametrize(
    "option", ["--access-token", "--client-secret", "--token", "--password", "-token", "--ACCESS_TOKEN"]
)
@pytest.mark.parametrize("command", [[], ["doctor"], ["watch"], ["profile", "add", "acme"]])
def test_a_secret_as_an_option_is_told_where_it_belongs(
    option: str, command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    for written in ([option, CANARY], [f"{option}={CANARY}"]):
        text = ended([*command, *written], capsys)
        assert NO_OPTION in text
        assert "AEP_ACCESS_TOKEN" in text
        assert "AEP_CLIENT_SECRET" in text


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([CANARY], "There is no such command. The commands are: watch, practice-server"),
        (["--nonsense", CANARY], "There is no such command"),
        ([f"--{CANARY}"], "does not know"),
        ([f"--nonsense={CANARY}"], "does not know"),
        (["doctor", CANARY], "does not know"),
        (["watch", "1", CANARY], "does not know"),
        (["practice-server", "--port", CANARY], "The value of --port cannot be used."),
        ([f"--no-mouse={CANARY}"], "--no-mouse takes no value."),
        ([f"--s={CANARY}"], "It could be: --scenario, --sandbox-name, --scopes."),
        (["profile", CANARY], "The value of ACTION has to be one of: add, list, use, remove."),
        (["profile", "add", "a", "--secret", CANARY], "The value of --secret has to be one of: access-token"),
        (["profile", "add", "a", f"--secret=x (choose from {CANARY})"], "has to be one of: access-token"),
        (["profile", "add", "a", "--secret-file"], "--secret-file needs a value."),
        (["--practice", "--live"], "--live and --practice cannot be used together."),
        (["watch"], "Missing: ID."),
    ],
)
def test_wrong_arguments_are_told_without_being_repeated(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    text = " ".join(ended(arguments, capsys).split())
    assert words in text
    assert NO_OPTION not in text
