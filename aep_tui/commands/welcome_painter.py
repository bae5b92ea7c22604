"""Paints the first page of a rehearsal with plain escape sequences, before anything is loaded that could lay it out.

Its words, signs and colours are those of the page itself. Where the page cannot be known at this moment nothing is
painted; a wrong cell would be painted over by the app, which compares what it shows with what it finds.
"""

from __future__ import annotations

from colorsys import rgb_to_hls

from aep_tui.domain.first_words import PRACTICE, WELCOME
from aep_tui.domain.terminal_size import is_too_small
from aep_tui.pages.welcome_words import (
    GREETING,
    LIVE_ROW,
    PRACTICE_ROW,
    SANDBOX_OF_PRACTICE,
    START,
    WHAT_PRACTICE_DOES,
    WHERE_TO_CREATE,
)
from aep_tui.practice.shown_names import LABELS, ORGANIZATION_ID, REHEARSAL_SANDBOX_NAME, WHAT_THE_FIRST_DOES
from aep_tui.tui import terminal
from aep_tui.tui.signs import (
    CHOSEN,
    ENTER,
    MARK,
    MORE_BELOW,
    MOVE,
    NO_MARK,
    NOT_CHOSEN,
    ROWS_AROUND_THE_LIST,
    SEPARATOR,
    SHORT,
    TAB,
    Hint,
    button_face,
    key_name,
    line_parts,
)
from aep_tui.tui.widgets.colors import COLORS, STYLES_BESIDE_COLORS

TYPE_CHECKING = False  # from `typing` it would cost as much as all else up to the first paint
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import TypeAlias

    Style: TypeAlias = tuple[str, str, tuple[str, ...]]
    """Foreground, background and attributes as SGR codes."""
    Stretch: TypeAlias = tuple[str, Style]

_ANSI = ("black", "red", "green", "yellow", "blue", "magenta", "cyan", "white")
_ATTRIBUTES = {"bold": "1", "underline": "4", "reverse": "7"}
_REVERSE = _ATTRIBUTES["reverse"]
_DECIDES_OTHERWISE = ("FORCE_COLOR", "TTY_COMPATIBLE", "TEXTUAL", "TEXTUAL_COLOR_SYSTEM", "COLUMNS", "LINES")
"""Variables that change what is painted in ways that are not repeated here."""
_KEYS = (
    ("list.up", "up"),
    ("list.down", "down"),
    ("welcome.sandboxes", "f3"),
    ("welcome.settings", "f6"),
    (TAB, TAB),
    ("app.help", "f1"),
    ("app.commands", "f2"),
    ("app.quit", "ctrl+q"),
)
_ROWS_BESIDE_THE_BODY = 4
"""Step, target, buttons and keys."""


class Painted:
    """A page.

    Attributes:
        sequence: what paints it on an empty screen.
        rows: the same as stretches of text and how they look.
        cursor: column and row, from 0.
    """

    __slots__ = ("cursor", "rows", "sequence")

    def __init__(self, sequence: str, rows: list[list[Stretch]], cursor: tuple[int, int]) -> None:
        self.sequence = sequence
        self.rows = rows
        self.cursor = cursor


class Brush:
    """The styles of a theme, for a terminal with so many colours."""

    def __init__(self, theme: str, environment: Mapping[str, str]) -> None:
        self._colors = STYLES_BESIDE_COLORS | COLORS[theme] if "background" in COLORS[theme] else COLORS[theme]
        self._depth = _depth(environment)
        self.paints_background = "background" in self._colors
        self.is_known = self._depth > 0 or not self.paints_background

    def style(self, color: str = "foreground", behind: str = "background", words: str = "") -> Style:
        """Return how words look.

        Args:
            color: the name of a colour of the theme.
            behind: the name of the colour behind it.
            words: attributes, or the name of a style of the theme that stands for some.
        """
        attributes = self._colors.get(words, words)
        wanted = () if "not" in attributes else tuple(_ATTRIBUTES[each] for each in attributes.split())
        return self._code(color, 30), self._code(behind, 40), wanted

    def blank(self, behind: str = "background") -> Style:
        """Return how a place without a character looks."""
        return "", self._code(behind, 40), ()

    def marked(self) -> Style:
        """Return how the row with the focus looks; without a colour behind it, it is reversed."""
        foreground, background, attributes = self.style(behind="selected", words="selected_style")
        return foreground, background, attributes if self.paints_background else tuple(sorted({*attributes, _REVERSE}))

    def _code(self, name: str, first: int) -> str:
        color = self._colors.get(name, "")
        if color.startswith("ansi_"):
            word = color.removeprefix("ansi_")
            return str(first + 60 * word.startswith("bright_") + _ANSI.index(word.removeprefix("bright_")))
        if not color:
            return ""
        red, green, blue = (int(color[at : at + 2], 16) for at in (1, 3, 5))
        way = f"2;{red};{green};{blue}" if self._depth > 256 else f"5;{_of_256(red, green, blue)}"
        return f"{first + 8};{way}"


def paint_welcome(
    columns: int, rows: int, theme: str, environment: Mapping[str, str], *, knows_target: bool = True
) -> Painted | None:
    """Return the page, None where it would be another one or cannot be known.

    Args:
        columns: of the terminal.
        rows: of the terminal.
        theme: the name of the one that is shown.
        environment: of the process.
        knows_target: whether the target line says nothing else than always; it stays empty otherwise.
    """
    brush = Brush(theme, environment)
    if is_too_small(columns, rows) or not brush.is_known:
        return None
    if any(name in environment for name in _DECIDES_OTHERWISE):
        return None
    body, cursor_row = _body(brush, columns, rows)
    room = rows - _ROWS_BESIDE_THE_BODY
    if len(body) > room or not "".join((GREETING, *LABELS.values(), WHAT_THE_FIRST_DOES)).isascii():
        return None  # a translation; how wide its letters are is not known here
    page = [
        [(" ", brush.blank()), (WELCOME, brush.style("accent", words="bold"))],
        _target_line(brush, columns, knows_target=knows_target),
        *body,
        *([] for _row in range(room - len(body))),
        [(f" {button_face(START, has_focus=False)}", brush.style())],
        _key_line(brush, columns),
    ]
    for row in page:
        row.append((" " * (columns - sum(len(text) for text, _style in row)), brush.blank()))
    cursor = (1, cursor_row)
    can_erase = not brush.paints_background or terminal.fills_with_background(environment)
    return Painted(_sequence(page, brush, cursor, can_erase=can_erase), page, cursor)


def _body(brush: Brush, columns: int, rows: int) -> tuple[list[list[Stretch]], int]:
    """Return the rows between the lines, and the row of the page where the cursor stands."""
    words, question = brush.style(), brush.style(words="bold")
    most = max(1, rows - ROWS_AROUND_THE_LIST)
    first, *others = LABELS.values()
    body: list[list[Stretch]] = [[(f" {line}", words)] for line in _wrapped(GREETING, columns - 2)]
    body += [[], [(f" {WHERE_TO_CREATE}", question)]]
    cursor_row = len(body) + 2
    body.append([(" ", brush.blank()), (f"{MARK}{CHOSEN} {PRACTICE_ROW}".ljust(columns - 2), brush.marked())])
    body += [[(f" {NO_MARK}{NOT_CHOSEN} {LIVE_ROW}", words)], [], [(f" {WHAT_PRACTICE_DOES}", question)]]
    body.append([(f" {NO_MARK}{CHOSEN} {first}", question)])
    body += [[(f" {NO_MARK}{NOT_CHOSEN} {label}", words)] for label in others[: most - 1]]
    hidden = len(others) + 1 - most
    if hidden > 0:
        more = MORE_BELOW.format(count=hidden)
        [(label, style)] = body[-1]
        body[-1] = [(label.ljust(columns - 1 - len(more)), style), (more, brush.style("quiet"))]
    quiet = brush.style("quiet")
    body += [[(f"{' ' * 7}{line}", quiet)] for line in _wrapped(WHAT_THE_FIRST_DOES, columns - 14)]
    return body, cursor_row


def _target_line(brush: Brush, columns: int, *, knows_target: bool) -> list[Stretch]:
    parts = (PRACTICE.upper(), ORGANIZATION_ID, SANDBOX_OF_PRACTICE.format(name=REHEARSAL_SANDBOX_NAME))
    text = SEPARATOR.join(parts) if knows_target else ""
    words, blank = brush.style("practice_ink", "practice", "badge_style"), brush.blank("practice")
    return [(" ", blank), (text, words), (" " * (columns - 1 - len(text)), blank)]


def _key_line(brush: Brush, columns: int) -> list[Stretch]:
    names = SHORT | {TAB: MOVE}
    hints = [Hint(ENTER, key_name(ENTER), START), *(Hint(each, key_name(key), names[each]) for each, key in _KEYS)]
    gap, parts = line_parts(hints, columns - 2)
    row: list[Stretch] = []
    for keys, words in parts:
        row.append((f"{gap if row else ' '}{keys}", brush.style("accent", words="bold")))
        row.append((f" {words}", brush.style("quiet")))
    return row


def _sequence(page: list[list[Stretch]], brush: Brush, cursor: tuple[int, int], *, can_erase: bool) -> str:
    """Return what paints a page; where erasing leaves holes in the ground every blank is written."""
    ground = shown = brush.blank()
    at = (0, 0)
    parts = [_change(("", "", ()), ground), "\x1b[2J"]
    for y, row in enumerate(page):
        x = 0
        for text, style in row:
            is_seen = not can_erase or style[1] != ground[1] or _REVERSE in style[2]
            seen = text if is_seen else text.strip()
            start = (y, x if is_seen else x + len(text) - len(text.lstrip()))
            x += len(text)
            if seen:
                move = "" if start == at else f"\x1b[{start[0] + 1};{start[1] + 1}H"
                parts += (move, _change(shown, style), seen)
                shown, at = style, (y, start[1] + len(seen))
    return f"{''.join(parts)}\x1b[m\x1b[{cursor[1] + 1};{cursor[0] + 1}H"


def _change(before: Style, after: Style) -> str:
    if before == after:
        return ""
    if before[2] != after[2]:
        return f"\x1b[{';'.join(('', *after[2], *filter(None, after[:2])))}m"
    colors = ((before[0], after[0], "39"), (before[1], after[1], "49"))
    codes = (new or none for old, new, none in colors if new != old)
    return f"\x1b[{';'.join(codes)}m"


def _wrapped(text: str, width: int) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".lstrip()
        if len(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _depth(environment: Mapping[str, str]) -> int:
    """Return how many colours are used as rich finds it out; 0 where it would have to take the nearest of a few."""
    if environment.get("COLORTERM", "").strip().lower() in {"truecolor", "24bit"}:
        return 1 << 24
    return 256 * (environment.get("TERM", "").strip().lower().rpartition("-")[2] in {"256color", "kitty"})


def _of_256(red: int, green: int, blue: int) -> int:
    """Return the number of the colour that rich takes of the 256: a grey, or a place in a cube of six by six by six."""
    _hue, lightness, saturation = rgb_to_hls(red / 255, green / 255, blue / 255)
    if saturation < 0.15:
        grey = round(lightness * 25)
        return {0: 16, 25: 231}.get(grey, 231 + grey)
    places = [round(each / 95 if each < 95 else 1 + (each - 95) / 40) for each in (red, green, blue)]
    return 16 + 36 * places[0] + 6 * places[1] + places[2]
