"""What every command without pages says when nothing comes of it."""

from __future__ import annotations

import argparse
import sys

import pytest

from aep_tui.commands.command_table import COMMANDS
from aep_tui.commands.exit_codes import ExitCode
from aep_tui.commands.without_pages import tell_problem
from aep_tui.flow_service.errors import AuthenticationRequired

OPTIONS = argparse.Namespace(json=True, command=next(each for each in COMMANDS if each.name == "connections list"))


def test_where_standard_output_takes_nothing_the_problem_is_told_all_the_same(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    assert tell_problem(AuthenticationRequired("Sign in", "The token has ended."), OPTIONS) is ExitCode.SIGN_IN
    assert "The token has ended." in capsys.readouterr().err
