"""The looks of words inside a text, each named once, in the words of the themes (`theme.py`)."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from textual.content import Content
from textual.widget import Widget

from aep_tui.domain.check import CheckState
from aep_tui.domain.target import READ_ONLY_WORD
from aep_tui.domain.translation import _
from aep_tui.pages.choice_row import Tone
from aep_tui.pages.target_words import PAIRING
from aep_tui.pages.timeline import LINE, MARKS
from aep_tui.tui.keys import MEANINGS
from aep_tui.tui.signs import key_name

LABEL: Final = "bold"
QUIET: Final = "$quiet"
KEY: Final = "bold $accent"
HEADING: Final = "bold $accent"


BADGES: Final = {
    Tone.NEUTRAL: "bold $quiet",
    Tone.GOOD: "$good-badge-ink on $good-badge $badge-style",
    Tone.WARNING: "$warning-badge-ink on $warning-badge $badge-style",
    Tone.ERROR: "$error-badge-ink on $error-badge $badge-style",
}
"""The look of the word that says what a line is."""

MARKS_OF_A_TARGET: Final = {
    READ_ONLY_WORD: "$read-only-ink on $read-only $mark-style",
    PAIRING: "$pairing-ink on $pairing $mark-style",
}
"""The looks of the words of the target line that say what holds there besides the target."""

WORDS: Final = {Tone.NEUTRAL: "", Tone.GOOD: "$success", Tone.WARNING: "$warning", Tone.ERROR: "$error"}
"""The look of the words behind it."""


def painted_statements(text: str) -> Content:
    """Return `text` with the looks of its lines: headings, what is wrong or right, and what F4 puts in."""
    content, start = Content(text), 0
    for line in text.split("\n"):
        end, head_start = start + len(line), start + len(line) - len(line.lstrip())
        for head, tone in _heads():
            if line.lstrip().startswith(head):
                content = content.stylize(WORDS[tone], start, end)
                content = content.stylize(BADGES[tone], head_start, head_start + len(head))
        if line.startswith(_what_to_do()):
            content = content.stylize(LABEL, start, start + len(_what_to_do()))
        if line.startswith(key_name("f4")):
            content = content.stylize(KEY, start, start + len(key_name("f4")))
        if line.startswith(("# ", "## ")):
            content = content.stylize(HEADING, start, end)
        start = end + 1
    return content


def painted_target(text: str) -> Content:
    """Return the target line with its marks told apart, whatever colour says how much care the target asks for."""
    content = Content(text)
    for word, look in MARKS_OF_A_TARGET.items():
        found = re.search(rf"(?:(?<=^)|(?<= )){re.escape(word)}(?= |$)", text.partition("@")[0])
        if found:
            content = content.stylize(look, found.start(), found.end())
    return content


def painted_question(text: str) -> Content:
    """Return a question with what is said about it: the question itself stands out."""
    return Content(text).stylize(LABEL, 0, text.find("?") + 1)


def painted_label(text: str, label: str) -> Content:
    """Return the line above an input: its label stands out from what is said about it."""
    return Content.assemble((text[: len(label)], LABEL), (text[len(label) :], QUIET))


def painted_request(text: str) -> Content:
    """Return a request with its method, names, and placeholders told apart from its values."""
    content = Content(text)
    for found in re.finditer(_PARTS_OF_A_REQUEST, text):
        content = content.stylize(_LOOKS_OF_A_REQUEST[found.lastgroup or ""], found.start(), found.end())
    return content


_PARTS_OF_A_REQUEST: Final = (
    r"(?m)(?P<method>^(?:POST|PATCH)(?= ))|(?P<header>^[\w-]+:)"
    r"|(?P<name>\"[\w./-]+\"(?=:))|(?P<placeholder>\{[A-Z_]+\})"
)
_LOOKS_OF_A_REQUEST: Final = {"method": KEY, "header": QUIET, "name": "$accent", "placeholder": "italic $warning"}


def marked_row(face: Content, widget: Widget, width: int) -> Content:
    """Return the row of a list that the cursor stands on; where no colour stands behind it, it is reversed, and whole.

    Textual's lists know no reversed rows.
    """
    if not (widget.is_attached and widget.app.current_theme.ansi):
        return face
    lines = [line.pad_right(max(0, width - line.cell_length)) for line in face.split("\n")]
    return Content("\n").join(lines).stylize("reverse")


def painted_timeline(text: str) -> Content:
    """Return a drawn timeline with its marks told apart, and its times quieter than its words."""
    content = Content(text)
    tones = {mark: tone for tone, mark in MARKS.items()}
    for found in re.finditer(_TIMES_OF_A_TIMELINE, text):
        mark_look = f"bold {WORDS[tones[found['mark']]]}" if found["mark"] in tones else QUIET
        content = content.stylize(mark_look, found.start("mark"), found.end("mark"))
        content = content.stylize(QUIET, found.start("times"), found.end("times"))
    return content


def painted_rows(text: str) -> Content:
    """Return rows of a name and a value with the names quieter than the values."""
    content = Content(text)
    for found in re.finditer(r"^\S+(?: \S+)*(?=  )", text, re.MULTILINE):
        content = content.stylize(QUIET, found.start(), found.end())
    return content


_TIMES_OF_A_TIMELINE: Final = (
    rf"(?m)^(?P<mark>[{''.join(MARKS.values())}{LINE}])(?P<times>  (?:\d\d:\d\d:\d\d UTC  \+ *[\d.]+ s|.*))"
)


def painted_keys(line: str) -> Content:
    """Return a key line with its keys told apart from what they do, for example "Enter Next   F1 Help"."""
    content = Content(line)
    for keys in _keys_of_a_line().finditer(line):
        content = content.stylize(KEY, keys.start(), keys.end())
    return content


@cache
def _what_to_do() -> str:
    return _("What to do: {what}").partition("{")[0].strip()


@cache
def _heads() -> tuple[tuple[str, Tone], ...]:
    templates = (
        (_("Error: {message}"), Tone.ERROR),
        (f"{CheckState.FAILED.label}:", Tone.ERROR),
        (_("Warning: {message}"), Tone.WARNING),
        (_("Note: {note}"), Tone.NEUTRAL),
        (_("OK: the connection is enabled."), Tone.GOOD),
    )
    return tuple((f"{template.partition(':')[0]}:", tone) for template, tone in templates)


@cache
def _keys_of_a_line() -> re.Pattern[str]:
    names = sorted({key_name(key) for key in (*MEANINGS, "tab")}, key=len, reverse=True)
    key = f"(?:{'|'.join(map(re.escape, names))})"
    return re.compile(rf"(?:^|(?<=  )){key}(?:, {key})*(?= )")
