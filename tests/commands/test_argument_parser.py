"""What stands in wrong arguments is never repeated: it may be a secret."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from aep_tui import __version__
from aep_tui.cli import main
from aep_tui.commands.argument_parser import read_arguments
from aep_tui.commands.command_table import ALL_OPTIONS, COMMANDS
from tests.kit.canary import CANARY

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
        ([CANARY], "There is no such command. The commands are: create, watch, connections,"),
        (["--nonsense", CANARY], "There is no such command"),
        (["--nonsense"], "does not know"),
        ([f"--{CANARY}"], "does not know"),
        ([f"--nonsense={CANARY}"], "does not know"),
        (["doctor", CANARY], "does not know"),
        (["watch", "1", CANARY], "does not know"),
        (["practice-server", "--port", CANARY], "The value of --port cannot be used."),
        (["connections", "list", "--older-than", CANARY], "for example 90d, 12w or 36h."),
        ([f"--no-mouse={CANARY}"], "--no-mouse takes no value."),
        ([f"--s={CANARY}"], "It could be: --sandbox-name, --scopes, --scenario, --"),
        (["profile", CANARY], "The commands are: profile add, profile list, profile use, profile remove."),
        (["profile", "add", "a", "--secret", CANARY], "The value of --secret has to be one of: access-token"),
        (["profile", "add", "a", f"--secret=x (choose from {CANARY})"], "has to be one of: access-token"),
        (["profile", "add", "a", "--secret-file"], "--secret-file needs a value."),
        (["--practice", "--live"], "--practice and --live cannot be used together."),
        (["--live", "doctor", "--practice"], "--practice and --live cannot be used together."),
        (["profile", "add", "a", "--secret-file", CANARY, "--secret-command", CANARY], "cannot be used together."),
        (["watch"], "Missing: ID."),
        (["profile"], "Missing: the action. The commands are: profile add"),
        (["profile", "add"], "Missing: NAME."),
        (["watch", "--org-id"], "--org-id needs a value."),
        (["watch", "--org-id", "--practice"], "--org-id needs a value."),
        (["--practice", "profile", "list"], "aep-tui profile list: This command does not take --practice."),
        (["--output", CANARY, "doctor"], "aep-tui doctor: This command does not take --output."),
        (["settings", f"--scenario={CANARY}"], "aep-tui settings: This command does not take --scenario."),
        (["--profile", "a", "doctor", "--profile", CANARY], "--profile is given more than once"),
        (["--help=x"], "takes no value."),
    ],
)
def test_wrong_arguments_are_told_without_being_repeated(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    text = " ".join(ended(arguments, capsys).split())
    assert words in text
    assert NO_OPTION not in text


@pytest.mark.parametrize(
    ("arguments", "guess"),
    [
        (["--practise"], "Did you mean --practice?"),
        (["create", "--surce", "x"], "Did you mean --source?"),
        (["create", f"--nmae={CANARY}"], "Did you mean --name?"),
        (["doctor", "--aknowledge", "x"], "Did you mean --acknowledge?"),
        (["crate"], "Did you mean create?"),
        (["conections"], "Did you mean connections?"),
        (["connections", "lst"], "Did you mean connections list?"),
        (["--xyzzy"], ""),
        ([f"--source{'e' * 60}"], ""),
    ],
)
def test_a_misspelt_name_gets_the_known_ones_that_it_is_like(
    arguments: list[str], guess: str, capsys: pytest.CaptureFixture[str]
) -> None:
    text = " ".join(ended(arguments, capsys).split())
    assert text.endswith(guess)
    assert ("Did you mean" in text) is bool(guess)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (["--practice", "doctor"], ["doctor", "--practice"]),
        (["--org-id", "watch", "watch", "1"], ["watch", "1", "--org-id", "watch"]),
        (
            ["--org-id=a", "--env-file", "x", "watch", "--env-file", "y", "1"],
            ["watch", "1", "--env-file", "x", "--env-file=y", "--org-id", "a"],
        ),
        (["--port", "0", "practice-server"], ["practice-server", "--port=0"]),
        (["--org-id", "a", "profile", "--replace", "add", "b"], ["profile", "add", "b", "--replace", "--org-id", "a"]),
        (["--profile", "a", "--profile", "a"], ["--profile=a"]),
    ],
)
def test_it_does_not_matter_where_an_option_stands(before: list[str], after: list[str]) -> None:
    assert read_arguments(before) == read_arguments(after)


def test_what_is_not_given_has_its_default() -> None:
    server = read_arguments(["practice-server"])
    assert (server.port, server.scenario, server.store) == (8787, "", ":memory:")
    wizard = read_arguments([])
    assert (wizard.practice, wizard.output, wizard.env_file, wizard.org_id) == (False, None, (), "")
    assert read_arguments(["--env-file", "a", "--env-file", "b"]).env_file == (Path("a"), Path("b"))


def test_one_name_means_one_thing_everywhere() -> None:
    for command in COMMANDS:
        for option in command.options:
            known = ALL_OPTIONS[option.name]
            if option.name in {"--secret-file", "--secret-command"}:
                # The place of a secret: a profile has one of them, a create has several and says which by a key.
                assert known.value.removeprefix("KEY=") == option.value.removeprefix("KEY=")
            else:
                assert known == option


@pytest.mark.parametrize("width", [48, 60, 80, 120])
@pytest.mark.parametrize("command", [command.name for command in COMMANDS] + ["profile"])
def test_help_names_every_option_and_fits_the_width(
    command: str, width: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("aep_tui.commands.argument_parser.width_of", lambda *_unused: width)
    monkeypatch.setenv("NO_COLOR", "1")
    with pytest.raises(SystemExit) as end:
        main([*command.split(), "--help"])
    assert end.value.code == 0
    text = capsys.readouterr().out
    assert text.startswith(f"usage: aep-tui {command}".rstrip())
    assert max(len(line) for line in text.splitlines()) <= width
    for known in COMMANDS:
        if known.name == command:
            assert all(f"  {option.name}" in text for option in known.options)


def test_the_versions_of_what_matters_are_json(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["--version", "--json"])
    assert end.value.code == 0
    record = json.loads(capsys.readouterr().out)
    assert record["aep-tui"] == __version__
    assert set(record) >= {"python", "system", "textual", "httpx", "pydantic"}
    assert all(record.values())


@pytest.mark.parametrize("arguments", [["create", "--json", "--nonsense"], ["connections", "show", "--json"]])
def test_wrong_use_is_json_for_whoever_asked_for_json(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(arguments)
    assert end.value.code == 2
    out, err = capsys.readouterr()
    assert json.loads(out)["type"] == "wrong-argument"
    assert json.loads(out)["detail"]
    assert err.startswith("usage: ")
