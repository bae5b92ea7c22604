"""Text snapshots of screens: what a person reads, as lines that can be reviewed in a diff.

The snapshots stand in `tests/__snapshots__/`; `pytest --update-screens` writes them anew.
"""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from weakref import WeakKeyDictionary

import pytest

if TYPE_CHECKING:  # conftest imports this module, and most tests do without Textual
    from textual._compositor import Compositor
    from textual.app import App
    from textual.geometry import Region
    from textual.screen import Screen

SNAPSHOTS = Path(__file__).parents[1] / "__snapshots__"
UPDATE_OPTION = "--update-screens"


def screen_text(app: App[Any]) -> str:
    """Return the text of the shown screen, with whatever shines through behind it, line by line.

    Trailing blanks are cut. Call it inside `piloted`, after `await pilot.pause()`. As on a terminal, only lines with
    something that has changed are painted anew, unless more is to come with the next frame. Textual offers the screen
    only as SVG; these are the calls of its `App.export_screenshot`.
    """
    from textual._context import visible_screen_stack
    from textual.geometry import Region

    compositor = app.screen._compositor
    columns, rows = compositor.size
    shown = shown_by(compositor)
    shown.tell(compositor._dirty_regions)
    compositor._dirty_regions.clear()
    is_settled = not (_waits_for_frame(app.screen) or compositor._full_map_invalidated)
    changed = shown.lines_to_paint(columns, rows) if is_settled else shown.all_lines(columns, rows)
    visible_screen_stack.set(app._background_screens)
    if changed:
        band = Region(0, min(changed), columns, max(changed) + 1 - min(changed))
        chops = compositor._render_chops(band, changed.__contains__)
        for row in changed:
            shown.lines[row] = "".join(strip.text for strip in chops[row].values()).rstrip()
    if not is_settled:
        shown.forget()
    return "\n".join(shown.lines[: app.size.height]) + "\n"


def _waits_for_frame(screen: Screen[Any]) -> bool:
    required = (screen._layout_required, screen._scroll_required, screen._repaint_required, screen._recompose_required)
    return any(required) or bool(screen._dirty_widgets)


class Shown:
    """The lines of a screen as they were read last.

    Attributes:
        lines: without trailing blanks.
    """

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._size = (0, 0)
        self._changed: set[Region] = set()

    def tell(self, regions: set[Region]) -> None:
        """Take what has changed and was not read since."""
        self._changed |= regions

    def lines_to_paint(self, columns: int, rows: int) -> set[int]:
        """Return which lines have changed, once; all of them at another size."""
        changed, self._changed = self._changed, set()
        if self._size != (columns, rows):
            return self.all_lines(columns, rows)
        return {row for region in changed for row in range(max(0, region.y), min(rows, region.bottom))}

    def all_lines(self, columns: int, rows: int) -> set[int]:
        """Begin anew."""
        self._size, self.lines = (columns, rows), [""] * rows
        return set(range(rows))

    def forget(self) -> None:
        """Let everything be painted next time."""
        self._size = (0, 0)


_SHOWN: Final[WeakKeyDictionary[Compositor, Shown]] = WeakKeyDictionary()


def shown_by(compositor: Compositor) -> Shown:
    """Return what was read last of a screen."""
    return _SHOWN.setdefault(compositor, Shown())


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
