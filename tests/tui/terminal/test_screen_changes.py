"""What is sent leaves the terminal as a whole paint would, in fewer bytes."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence

import pyte
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyte import modes as mo
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual._compositor import LayoutUpdate
from textual.geometry import Region, Size
from textual.strip import Strip

from aep_tui.tui.terminal.pen import change_of_pen, pen_of
from aep_tui.tui.terminal.screen_changes import ShownScreen
from tests.kit.examples import examples

SIZE = Size(24, 4)
CONSOLE = Console(color_system="truecolor", force_terminal=True)
STYLES = [
    Style.parse(words)
    for words in ("", "bold", "#e6e6e6 on #101418", "bold #7fc8f8 on #101418", "dim italic", "underline on #101418")
] + [Style.parse("reverse red"), Style.parse("#e6e6e6 on #1f2830")]
WORDS = st.sampled_from(["a", "Next", "          ", " ", "é", "日本", "•", "  ( ) Live", "e\u0301", "            x"])
LINES = st.lists(st.tuples(WORDS, st.sampled_from(STYLES)), min_size=1, max_size=6)
PAGES = st.lists(LINES, min_size=SIZE.height, max_size=SIZE.height)
Page = Sequence[Sequence[tuple[str, Style]]]


def strips(page: Page) -> list[Strip]:
    return [
        Strip([Segment(text, style) for text, style in line]).adjust_cell_length(SIZE.width, STYLES[2]) for line in page
    ]


def update(page: Page) -> LayoutUpdate:
    return LayoutUpdate([[strip] for strip in strips(page)], Region(0, 0, *SIZE))


def seen(screen: pyte.Screen) -> list[list[tuple[object, ...]]]:
    """Return what a person sees of each cell: the colour and weight of a blank cannot be seen."""
    rows = []
    for y in range(SIZE.height):
        row = []
        for x in range(SIZE.width):
            cell = screen.buffer[y][x]
            is_blank = cell.data == " " and not (cell.underscore or cell.reverse)
            row.append((" ", cell.bg) if is_blank else tuple(cell))
        rows.append(row)
    return rows


class BlankScreen(pyte.Screen):
    """pyte erases only cells that were written once; Textual switches the wrapping of lines off."""

    def __init__(self) -> None:
        super().__init__(*SIZE)
        self.reset_mode(mo.DECAWM)
        for y in range(self.lines):
            for x in range(self.columns):
                self.buffer[y][x] = self.default_char


def painted_whole(page: Page) -> pyte.Screen:
    screen = BlankScreen()
    stream = pyte.Stream(screen)
    for y, strip in enumerate(strips(page)):
        stream.feed(f"\x1b[{y + 1};1H{strip.render(CONSOLE)}")
    return screen


@given(st.lists(PAGES, min_size=1, max_size=4), st.booleans())
@settings(max_examples=examples(60))
def test_the_terminal_shows_what_a_whole_paint_would_show(pages: list[Page], erases_in_colour: bool) -> None:
    shown = ShownScreen(erases_in_colour=erases_in_colour)
    screen = BlankScreen()
    stream = pyte.Stream(screen)
    for page in pages:
        sequence = shown.changes(update(page), SIZE, CONSOLE)
        assert sequence is not None
        stream.feed(sequence)
        assert seen(screen) == seen(painted_whole(page))
        assert shown.changes(update(page), SIZE, CONSOLE) == ""


@given(PAGES, st.booleans())
@settings(max_examples=examples(30))
def test_a_colour_that_another_program_has_left_on_is_not_taken(page: Page, erases_in_colour: bool) -> None:
    shown = ShownScreen(erases_in_colour=erases_in_colour)
    shown.changes(update(page), SIZE, CONSOLE)
    shown.forget()
    screen = BlankScreen()
    pyte.Stream(screen).feed(f"\x1b[7;31;44mmail{shown.changes(update(page), SIZE, CONSOLE)}")
    assert seen(screen) == seen(painted_whole(page))


@given(PAGES)
@settings(max_examples=examples(30))
def test_cells_with_a_background_are_not_erased_where_the_terminal_would_use_its_own(page: Page) -> None:
    class OwnBackground(BlankScreen):
        def erase_in_line(self, how: int = 0, private: bool = False) -> None:
            assert self.cursor.attrs.bg == "default"
            super().erase_in_line(how, private)

        def erase_in_display(self, how: int = 0, *arguments: object, **named: object) -> None:
            assert self.cursor.attrs.bg == "default"
            super().erase_in_display(how, *arguments, **named)

        def erase_characters(self, count: int | None = None) -> None:
            assert self.cursor.attrs.bg == "default"
            super().erase_characters(count)

    screen = OwnBackground()
    pyte.Stream(screen).feed(ShownScreen(erases_in_colour=False).changes(update(page), SIZE, CONSOLE) or "")
    assert seen(screen) == seen(painted_whole(page))


def test_an_empty_row_costs_a_move_and_an_erasure() -> None:
    shown = ShownScreen(erases_in_colour=True)
    full, empty = [[("x" * SIZE.width, STYLES[2])]] * SIZE.height, [[(" " * SIZE.width, STYLES[2])]] * SIZE.height
    shown.changes(update(full), SIZE, CONSOLE)
    assert shown.changes(update([empty[0], *full[1:]]), SIZE, CONSOLE) == "\x1b[1H\x1b[48;2;16;20;24m\x1b[K\x1b[m"


def test_a_colour_that_is_set_is_not_set_again() -> None:
    text = [[("one", STYLES[2]), ("two", STYLES[3]), ("three", STYLES[2])]]
    sequence = ShownScreen(erases_in_colour=True).changes(update(text * SIZE.height), SIZE, CONSOLE)
    assert sequence is not None
    assert sequence.count("48;2;16;20;24") == 1


KEYS = ("Enter", "Next"), ("Tab", "Move"), ("F7", "Fill"), ("F3", "Checklist"), ("Esc", "Back"), ("F1", "Help")
KEY_LINES = st.lists(st.sampled_from(KEYS), min_size=0, max_size=4)


def line_of(keys: list[tuple[str, str]]) -> list[tuple[str, Style]]:
    return [part for key, words in keys for part in ((key, STYLES[3]), (f" {words} ", STYLES[2]))] or [(" ", STYLES[2])]


@given(st.lists(KEY_LINES, min_size=2, max_size=5))
@settings(max_examples=examples(60))
def test_a_line_whose_words_move_is_shown_as_it_would_be_painted(lines: list[list[tuple[str, str]]]) -> None:
    shown, screen = ShownScreen(erases_in_colour=True), BlankScreen()
    stream = pyte.Stream(screen)
    for line in lines:
        page = [line_of(line)] * SIZE.height
        stream.feed(shown.changes(update(page), SIZE, CONSOLE) or "")
        assert seen(screen) == seen(painted_whole(page))


def test_words_that_only_move_are_not_written_again() -> None:
    shown = ShownScreen(erases_in_colour=True)
    rest = [("F7", STYLES[3]), (" Fill ", STYLES[2]), ("F1", STYLES[3]), (" Help", STYLES[2])]
    filled = [[("x" * SIZE.width, STYLES[2])]] * (SIZE.height - 1)
    shown.changes(update([[("OK ", STYLES[3]), *rest], *filled]), SIZE, CONSOLE)
    sequence = shown.changes(update([[("Enter ", STYLES[3]), *rest], *filled]), SIZE, CONSOLE)
    assert sequence is not None
    assert "\x1b[3@" in sequence
    assert "Fill" not in sequence


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        ("", "1", "\x1b[1m"),
        ("1;38;2;1;2;3;48;2;4;5;6", "38;2;7;8;9;48;2;4;5;6", "\x1b[22;38;2;7;8;9m"),
        ("1;2;31", "2;31", "\x1b[22;2m"),
        ("31;44", "", "\x1b[m"),
        ("38;5;17;48;5;4", "38;5;17", "\x1b[49m"),
    ],
)
def test_the_shortest_change_of_colours_is_taken(before: str, after: str, change: str) -> None:
    assert change_of_pen(pen_of(before), pen_of(after)) == change


@pytest.mark.parametrize(
    ("environment", "is_safe"),
    [
        ({"TERM": "xterm-256color"}, True),
        ({"TERM": "linux"}, True),
        ({"TERM": "screen-256color"}, False),
        ({"TERM": "tmux-256color"}, False),
        ({"TERM": "vt100"}, False),
        ({"TERM": "no-such-terminal"}, False),
        ({}, False),
        ({"TERM": "xterm-256color", "TMUX": "/tmp/tmux-0/default,1,0"}, False),
        ({"TERM": "xterm-256color", "STY": "1.pts-0"}, False),
    ],
)
def test_the_terminals_description_says_whether_erased_cells_take_the_background(
    environment: dict[str, str], is_safe: bool
) -> None:
    # A process reads one description and no other.
    program = "import os; from aep_tui.tui.terminal import erasing; print(erasing.fills_with_background(os.environ))"
    run = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == str(is_safe)
