"""The marked row of a list that is as high as its rows, on a page that scrolls."""

from __future__ import annotations

from textual.geometry import Region
from textual.widget import Widget
from textual.widgets import OptionList


def lines_above(rows: OptionList, index: int) -> int:
    """Return how many lines stand above a row; our rows are wrapped before they come into the list."""
    return sum(height_of(option.prompt) for option in rows.options[:index])


def keep_marked_row_in_sight(rows: OptionList) -> None:
    """Scroll the page so that the marked row is seen; with the first row what stands above the list is seen too."""
    index = rows.highlighted
    page = next((each for each in rows.ancestors if isinstance(each, Widget) and each.max_scroll_y > 0), None)
    if index is None or page is None or not rows.has_focus:
        return
    if index == next((number for number, option in enumerate(rows.options) if not option.disabled), None):
        page.scroll_home(animate=False, immediate=True)
        return
    place = rows.content_region.offset - page.content_region.offset + page.scroll_offset
    row = Region(0, lines_above(rows, index), rows.size.width, height_of(rows.options[index].prompt))
    page.scroll_to_region(row.translate(place), animate=False, immediate=True)


def height_of(prompt: object) -> int:
    """Return the lines of a row."""
    return str(getattr(prompt, "plain", prompt)).count("\n") + 1
