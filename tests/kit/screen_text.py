"""Text snapshots of screens: what a person reads, as lines that can be reviewed in a diff.

The snapshots stand in `tests/__snapshots__/`; `pytest --update-screens` writes them anew.
"""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from textual.app import App

SNAPSHOTS = Path(__file__).parents[1] / "__snapshots__"
UPDATE_OPTION = "--update-screens"


def screen_text(app: App[Any]) -> str:
    """Return the text of the shown screen, with whatever shines through behind it, line by line.

    Trailing blanks are cut. Call it inside `piloted`, after `await pilot.pause()`.
    """
    from tests.kit.widget_words import cells_of_app  # conftest imports this module, and most tests do without Textual

    return "".join("".join(row).rstrip() + "\n" for row in cells_of_app(app))


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
