"""Text snapshots of screens: what a person reads, as lines that can be reviewed in a diff.

The snapshots stand in `tests/__snapshots__/`; `pytest --update-screens` writes them anew.
"""

from __future__ import annotations

import difflib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from rich.cells import get_character_cell_size

if TYPE_CHECKING:
    from textual.app import App  # conftest imports this module, and most tests do without Textual

SNAPSHOTS = Path(__file__).parents[1] / "__snapshots__"
UPDATE_OPTION = "--update-screens"


def screen_text(app: App[Any]) -> str:
    """Return the text of the shown screen, with whatever shines through behind it, line by line.

    Trailing blanks are cut. Call it inside `run_test`, after `await pilot.pause()`. It lays the lines of the widgets
    over each other, those on top last; Textual's `App.export_screenshot` cuts all of them at the edges of all others
    first, which takes as long again as it takes to draw them. No other place of ours knows the private names.
    """
    from textual._context import visible_screen_stack

    visible_screen_stack.set(app._background_screens)
    compositor = app.screen._compositor
    width, height = compositor.size
    rows = [[" "] * (width + 1) for _row in range(height)]
    for region, clip, strips in reversed(list(compositor._get_renders(compositor.size.region))):
        place = region.intersection(clip)
        for y, strip in zip(place.line_range, strips, strict=False):
            row = rows[y]
            if row[place.x] == "":  # the second half of a wide character, of which the first one is not covered
                row[place.x - 1] = " "
            if row[place.right] == "":
                row[place.right] = " "
            row[place.x : place.right] = _cells(strip.text)
    return "".join("".join(row).rstrip() + "\n" for row in rows)


@cache
def _cells(text: str) -> tuple[str, ...]:
    """Return what stands in each cell of a line: "" in the second one of a wide character."""
    if text.isascii():
        return tuple(text)
    cells: list[str] = []
    for character in text:
        width = get_character_cell_size(character)
        if width == 0 and cells:
            cells[-1] += character
        else:
            cells += (character, *[""] * (width - 1))
    return tuple(cells)


def assert_matches_snapshot(text: str, name: str, update: bool | None = None, folder: Path = SNAPSHOTS) -> None:
    """Compare `text` with the snapshot `name`, or write it when pytest runs with `--update-screens`.

    Args:
        text: what `screen_text` returned.
        name: the file's name without its suffix; lower case words joined by hyphens.
        update: writes when true, compares when false; asks the command line when None.
        folder: where the snapshots stand.

    Raises:
        AssertionError: they differ (with a unified diff), or there is no such snapshot.
    """
    path = folder / f"{name}.txt"
    if UpdateScreens.is_asked_for if update is None else update:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return
    if not path.exists():
        pytest.fail(f"there is no snapshot {path.name}; look at this and run pytest {UPDATE_OPTION}:\n{text}", False)
    expected = path.read_text(encoding="utf-8")
    if text != expected:
        difference = difflib.unified_diff(
            expected.splitlines(), text.splitlines(), f"{path.name} (snapshot)", f"{path.name} (now)", lineterm=""
        )
        pytest.fail(
            "\n".join([f"the screen has changed; if it should, run pytest {UPDATE_OPTION}", *difference]), False
        )


class UpdateScreens:
    """Whether this run writes the snapshots; set by `conftest.py` from the command line."""

    is_asked_for = False
