"""The completion scripts: every command and option is in them, and bash completes what a person types."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from aep_tui.cli import main
from aep_tui.commands.command_table import ALL_OPTIONS, COMMANDS
from aep_tui.commands.completion import SCRIPTS
from tests.tui.terminal.pty_process import user_environment

SHELLS = [
    pytest.param(shell, marks=pytest.mark.skipif(not shutil.which(shell), reason=f"{shell} is not on this machine"))
    for shell in SCRIPTS
]
needs_bash = pytest.mark.skipif(not shutil.which("bash"), reason="needs bash")


@pytest.mark.parametrize("shell", SCRIPTS)
def test_every_command_and_option_is_in_the_script(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", shell]) == 0
    script = capsys.readouterr().out
    for name in ALL_OPTIONS:
        assert (f"-l {name.removeprefix('--')}" if shell == "fish" else name) in script
    for command in COMMANDS:
        assert all(word in script for word in command.name.split())
    for value in ("salesforce", "oauth2-client-credential", "everything-fine", "salesforce-basic-authentication"):
        assert value in script


@pytest.mark.parametrize("shell", SHELLS)
def test_the_shell_can_read_the_script(shell: str, tmp_path: Path) -> None:
    path = tmp_path / "script"
    path.write_text(SCRIPTS[shell](), encoding="utf-8")
    subprocess.run([shell, "-n", str(path)], check=True, timeout=60)


def completed(line: str, home: Path) -> list[str]:
    """Return what bash offers behind a command line, whose last word is what is being typed."""
    program = home / "aep-tui"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m aep_tui "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    words = " ".join(f"'{word}'" for word in line.split(" "))
    script = (
        f"{SCRIPTS['bash']()}\nCOMP_WORDS=({words}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); _aep_tui 2>/dev/null\n"
        "printf '%s\\n' \"${COMPREPLY[@]}\""
    )
    environment = user_environment(home=home, PYTHONPATH=str(Path(__file__).parents[2]))
    environment["PATH"] = f"{home}:{environment['PATH']}"
    run = subprocess.run(
        ["bash", "-c", script], capture_output=True, text=True, check=True, timeout=60, env=environment, cwd=home
    )
    assert run.stderr == ""
    return run.stdout.split()


@needs_bash
@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("aep-tui cre", ["create"]),
        ("aep-tui profile u", ["use"]),
        ("aep-tui --live cre", ["create"]),
        ("aep-tui --org-id x wat", ["watch"]),
        ("aep-tui create --source zo", ["zoho-crm"]),
        ("aep-tui create --source = zo", ["zoho-crm"]),
        ("aep-tui create --cloud ", ["azure", "aws"]),
        ("aep-tui create --confirm-s", ["--confirm-sandbox"]),
        ("aep-tui --scenario every", ["everything-fine"]),
        ("aep-tui create --name ", []),
        ("aep-tui watch --source", []),
    ],
)
def test_bash_offers_what_may_follow(line: str, offered: list[str], tmp_path: Path) -> None:
    assert completed(line, tmp_path) == offered


@needs_bash
def test_profiles_are_asked_for_when_they_are_wanted(tmp_path: Path) -> None:
    environment = user_environment(home=tmp_path, PYTHONPATH=str(Path(__file__).parents[2]))
    for name in ("acme", "other"):
        add = [sys.executable, "-m", "aep_tui", "profile", "add", name, "--org-id", "A@AdobeOrg"]
        subprocess.run(add, check=True, timeout=60, env=environment, capture_output=True)
    assert completed("aep-tui profile use ", tmp_path)[-2:] == ["acme", "other"]
    assert completed("aep-tui --profile ac", tmp_path) == ["acme"]


def test_an_unknown_shell_is_told_with_those_that_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", "tcsh"]) == 2
    assert "bash, zsh, fish" in capsys.readouterr().err
