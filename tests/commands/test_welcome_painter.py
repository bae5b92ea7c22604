"""The painter of the first page: where it paints nothing, and that its colours are those that the app would take."""

from __future__ import annotations

import pytest
from rich.color import Color, ColorSystem

from aep_tui.commands import welcome_painter
from aep_tui.commands.welcome_painter import Brush, paint_welcome
from aep_tui.practice.scenarios import SCENARIOS
from aep_tui.practice.shown_names import LABELS
from aep_tui.tui.terminal.painted_before import cells_of
from aep_tui.tui.widgets.colors import COLORS

MANY = {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
FEW = {"TERM": "xterm"}
PAINTED = ("dark", "light", "high-contrast")


def words_of(columns: int = 80, rows: int = 24, theme: str = "dark", *, knows_target: bool = True) -> list[str]:
    painted = paint_welcome(columns, rows, theme, MANY, knows_target=knows_target)
    assert painted is not None
    return ["".join(text for text, _style in row) for row in painted.rows]


@pytest.mark.parametrize("size", [(80, 22), (80, 24), (97, 33), (120, 40), (300, 90)])
@pytest.mark.parametrize("theme", [*PAINTED, "terminal", "colorless"])
def test_every_cell_of_the_screen_has_its_place(size: tuple[int, int], theme: str) -> None:
    painted = paint_welcome(*size, theme, MANY)
    assert painted is not None
    assert [len(row) for row in cells_of(painted.rows)] == [size[0]] * size[1]


@pytest.mark.parametrize(("columns", "rows"), [(79, 24), (80, 21), (0, 0)])
def test_nothing_is_painted_on_a_terminal_that_is_too_small(columns: int, rows: int) -> None:
    assert paint_welcome(columns, rows, "dark", MANY) is None


@pytest.mark.parametrize("name", ["FORCE_COLOR", "TTY_COMPATIBLE", "TEXTUAL_COLOR_SYSTEM", "COLUMNS", "LINES"])
def test_nothing_is_painted_where_a_variable_has_a_say_that_is_not_known_here(name: str) -> None:
    assert paint_welcome(80, 24, "dark", {**MANY, name: "80"}) is None


@pytest.mark.parametrize("theme", PAINTED)
def test_colours_of_our_own_are_not_painted_with_sixteen(theme: str) -> None:
    assert paint_welcome(80, 24, theme, FEW) is None


@pytest.mark.parametrize("theme", ["terminal", "colorless"])
def test_the_colours_of_the_terminal_are_painted_with_sixteen(theme: str) -> None:
    few, many = paint_welcome(80, 24, theme, FEW), paint_welcome(80, 24, theme, MANY)
    assert few is not None
    assert many is not None
    assert few.sequence == many.sequence


def test_a_translation_is_not_painted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(welcome_painter, "GREETING", "これは長い文です")
    assert paint_welcome(80, 24, "dark", MANY) is None


def test_what_does_not_fit_is_not_painted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(welcome_painter, "GREETING", "words " * 40)
    assert paint_welcome(80, 24, "dark", MANY) is None


def test_the_target_stays_empty_where_it_is_not_known() -> None:
    known, unknown = words_of(), words_of(knows_target=False)
    assert "PRACTICE" in known[1]
    assert unknown[1].strip() == ""
    assert unknown[:1] + unknown[2:] == known[:1] + known[2:]


@pytest.mark.parametrize("theme", PAINTED)
@pytest.mark.parametrize("environment", [MANY, {"TERM": "xterm-256color"}, {"TERM": "xterm-kitty"}], ids=str)
def test_each_colour_is_the_one_that_the_app_takes(theme: str, environment: dict[str, str]) -> None:
    system = ColorSystem.TRUECOLOR if environment is MANY else ColorSystem.EIGHT_BIT
    for name, value in COLORS[theme].items():
        color = Color.parse(value).downgrade(system)
        foreground, background, _attributes = Brush(theme, environment).style(name, name)
        assert foreground == ";".join(color.get_ansi_codes(foreground=True)), name
        assert background == ";".join(color.get_ansi_codes(foreground=False)), name


def test_the_names_of_the_scenarios_stand_in_their_order() -> None:
    assert [(each.id, each.label) for each in SCENARIOS] == list(LABELS.items())
