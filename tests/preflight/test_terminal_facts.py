from __future__ import annotations

import sys
from dataclasses import replace

import pytest

from aep_tui.domain.check import CheckState
from aep_tui.preflight.terminal_facts import read_terminal, terminal_verdict
from tests.preflight.helpers import A_TERMINAL


@pytest.mark.parametrize(
    ("environment", "colours"),
    [
        ({}, "16 colours"),
        ({"TERM": "xterm"}, "16 colours"),
        ({"TERM": "xterm-256color"}, "256 colours"),
        ({"TERM": "xterm-kitty"}, "256 colours"),
        ({"TERM": "xterm", "COLORTERM": "truecolor"}, "16 million colours"),
        ({"TERM": "xterm-256color", "COLORTERM": "24bit"}, "16 million colours"),
        ({"TERM": "xterm-256color", "NO_COLOR": "1"}, "no colours (NO_COLOR)"),
        ({"TERM": "xterm-256color", "NO_COLOR": ""}, "no colours (NO_COLOR)"),
    ],
)
def test_the_colours_are_those_that_the_wizard_paints_with(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], colours: str
) -> None:
    monkeypatch.setattr(sys, "__stdin__", None)
    facts = read_terminal(environment)
    assert facts.colours == colours
    assert facts.term == environment.get("TERM", "")


def test_a_terminal_without_a_size_is_not_called_too_small() -> None:
    verdict = terminal_verdict(replace(A_TERMINAL, width=0, height=0))
    assert verdict.state is CheckState.OK
    assert verdict.reason == "It tells no size, TERM xterm-256color, 256 colours."


def test_a_terminal_that_fits_is_told_with_size_name_and_colours() -> None:
    assert terminal_verdict(A_TERMINAL).reason == "80x24 cells, TERM xterm-256color, 256 colours."
    small = terminal_verdict(replace(A_TERMINAL, height=21))
    assert small.reason == "80x21 cells, TERM xterm-256color, 256 colours. The wizard needs 80x22."
