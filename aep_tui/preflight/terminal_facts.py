"""What the terminal can do, as far as the environment tells."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass

from aep_tui.domain.safe_text import shortened, without_control_characters
from aep_tui.domain.terminal_size import SMALLEST_HEIGHT, SMALLEST_WIDTH, is_too_small
from aep_tui.domain.theme_rules import NO_COLOR, has_many_colors
from aep_tui.domain.translation import _
from aep_tui.preflight.verdict import Verdict, fine, warned


@dataclass(frozen=True, slots=True)
class TerminalFacts:
    """What is known of the terminal.

    Attributes:
        is_terminal: input and screen (stderr) are a terminal.
        width, height: in cells; 0 when not known.
        term: the variable TERM.
        colours: in words, for example "256 colours".
    """

    is_terminal: bool
    width: int
    height: int
    term: str
    colours: str


def read_terminal(environment: Mapping[str, str] | None = None) -> TerminalFacts:
    """Return what the terminal of this process can do; the wizard's screen is standard error."""
    environment = os.environ if environment is None else environment
    is_terminal = bool(sys.__stdin__ and sys.__stdin__.isatty() and sys.__stderr__ and sys.__stderr__.isatty())
    width = height = 0
    if is_terminal and sys.__stderr__ is not None:
        try:
            width, height = os.get_terminal_size(sys.__stderr__.fileno())
        except OSError:
            width = height = 0
    return TerminalFacts(is_terminal, width, height, environment.get("TERM", ""), _colours(environment))


def terminal_verdict(facts: TerminalFacts) -> Verdict:
    """Return what the check of the terminal says; nothing here fails, because other commands need no terminal."""
    if not facts.is_terminal:
        return warned(
            _("Input or screen is not a terminal, so the wizard cannot be shown here."),
            _("Start the wizard in a terminal; over SSH with ssh -t."),
            _("you"),
        )
    term = shortened(without_control_characters(facts.term), 40)
    if term in {"", "dumb"}:
        return warned(
            _("TERM is {term}; the wizard needs a terminal that can place the cursor.").format(
                term=term or _("not set")
            ),
            _("Start the wizard in another terminal, or set TERM to what the terminal is, for example xterm-256color."),
            _("you"),
        )
    if 0 in {facts.width, facts.height}:
        # A serial line, for example, tells none; the terminal library then takes a usual one.
        return fine(_("It tells no size, TERM {term}, {colours}.").format(term=term, colours=facts.colours))
    sentence = _("{width}x{height} cells, TERM {term}, {colours}.").format(
        width=facts.width, height=facts.height, term=term, colours=facts.colours
    )
    if is_too_small(facts.width, facts.height):
        return warned(
            _("{facts} The wizard needs {width}x{height}.").format(
                facts=sentence, width=SMALLEST_WIDTH, height=SMALLEST_HEIGHT
            ),
            _("Make the window larger, or the letters smaller."),
            _("you"),
        )
    return fine(sentence)


def _colours(environment: Mapping[str, str]) -> str:
    if NO_COLOR in environment:
        return _("no colours (NO_COLOR)")
    if environment.get("COLORTERM", "").lower() in {"truecolor", "24bit"}:
        return _("16 million colours")
    if has_many_colors(environment):
        return _("256 colours")
    return _("16 colours")
