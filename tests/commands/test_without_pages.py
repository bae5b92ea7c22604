"""What every command without pages says when nothing comes of it."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import pytest

from aep_tui.cli import main
from aep_tui.commands.command_table import COMMANDS
from aep_tui.commands.exit_codes import ExitCode
from aep_tui.commands.without_pages import tell_problem
from aep_tui.flow_service.errors import AuthenticationRequired
from tests.commands.made_plan import a_plan

OPTIONS = argparse.Namespace(json=True, command=next(each for each in COMMANDS if each.name == "connections list"))


def test_where_standard_output_takes_nothing_the_problem_is_told_all_the_same(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    assert tell_problem(AuthenticationRequired("Sign in", "The token has ended."), OPTIONS) is ExitCode.SIGN_IN
    assert "The token has ended." in capsys.readouterr().err


@pytest.mark.parametrize(
    "command",
    [
        "connections change 4cb0c374-d3bb-4557-b139-5712880adc55 --name x",
        "connections delete 4cb0c374-d3bb-4557-b139-5712880adc55 --confirm-name x",
        "migrate plan new.toml --sandbox-name dev",
        "migrate run plan.toml",
        "create",
    ],
)
def test_what_sends_something_does_not_take_the_platform_from_a_file_that_came_with_the_folder(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    a_plan(Path())
    capsys.readouterr()
    theirs = "AEP_ORG_ID=EVIL@AdobeOrg\nAEP_SANDBOX_NAME=dev\nAEP_API_KEY=k\nAEP_ACCESS_TOKEN=theirs\n"
    Path(".env").write_text(theirs, encoding="utf-8")
    assert main([*command.split(), "--json"]) == 2
    [error] = json.loads(capsys.readouterr().out)["errors"]
    assert (error["option"], ".env" in error["detail"]) == ("--live", True)
