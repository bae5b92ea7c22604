"""The words that stand on a screen, without their colours, which most tests do not ask for.

Textual makes a line of a widget in two steps: its content, and around that what its style adds, in the colours of both;
then it cuts the lines of all widgets at the edges of all others. Here the second step is left out where it adds nothing
but blanks and a frame, and the lines are laid over each other as they are. No other place of ours knows the private
names; `tests.kit.test_screen_text` holds that the words are Textual's own.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Final, cast
from unittest.mock import patch

from rich.cells import get_character_cell_size
from textual._border import BORDER_CHARS
from textual._context import visible_screen_stack
from textual._styles_cache import StylesCache
from textual.app import App
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

Cells = tuple[str, ...]
"""What stands in each cell of a line: "" in the second one of a wide character."""

_render_in_colours: Final = StylesCache.render_widget


def strips_of_widget(kept: StylesCache, widget: Widget, crop: Region) -> list[Strip]:
    """Render lines of a widget as Textual does, whoever has read its words before.

    Args:
        kept: the lines that were rendered before.
        widget: which one.
        crop: the part of the widget that is asked for.
    """
    if vars(kept).pop("_words", None) is not None:
        kept.clear()
    return _render_in_colours(kept, widget, crop)


def cells_of_app(app: App[Any]) -> list[Cells]:
    """Return what stands on the terminal, a line for each row."""
    visible_screen_stack.set(app._background_screens)
    with patch.object(StylesCache, "render_widget", _cells_of_widget):
        return _cells_of_screen(app.screen)


def _cells_of_screen(screen: Screen[Any]) -> list[Cells]:
    """Lay the lines of the widgets over each other, those on top last."""
    compositor = screen._compositor
    width, height = compositor.size
    rows = [[" "] * (width + 1) for _row in range(height)]
    for region, clip, lines in reversed(list(compositor._get_renders(compositor.size.region))):
        place = region.intersection(clip)
        for y, line in zip(place.line_range, cast("list[Cells]", lines), strict=False):
            row = rows[y]
            if row[place.x] == "":  # the second half of a wide character, of which the first one is not covered
                row[place.x - 1] = " "
            if row[place.right] == "":
                row[place.right] = " "
            row[place.x : place.right] = line
    return [tuple(row[:width]) for row in rows]


def _cells_of_widget(kept: StylesCache, widget: Widget, crop: Region) -> list[Cells]:
    """Return lines of a widget, in the place of `strips_of_widget`; those that have not changed are remembered."""
    width = widget.outer_size.width
    if "_words" not in vars(kept) or width != kept._width:
        kept.clear()
        vars(kept)["_words"] = True
        kept._width = width
    lines = cast("dict[int, Cells]", kept._cache)
    wanted = [y for y in crop.line_range if y in kept._dirty_lines or y not in lines]
    if wanted and isinstance(widget, Screen):
        lines |= enumerate(_behind(widget))
    else:
        lines |= {y: _cells_of_line(widget, y) for y in wanted}
    kept._dirty_lines.difference_update(crop.line_range)
    return [_part(lines[y], *crop.column_span) for y in crop.line_range]


def _behind(screen: Screen[Any]) -> list[Cells]:
    """Return what shines through a screen: the next one below it, or nothing."""
    below = visible_screen_stack.get()
    if below and screen.styles.background.a < 1:
        return _cells_of_screen(below.pop())
    width, height = screen.outer_size
    return [(" ",) * width] * height


def _cells_of_line(widget: Widget, y: int) -> Cells:
    styles = widget.styles
    (top, _), (right, _), (bottom, _), (left, _) = styles.border
    width, height = widget.outer_size
    is_frame = (top and y == 0) or (bottom and y == height - 1)
    if is_frame or styles.text_opacity != 1.0 or any(edge for edge, _colour in styles.outline):
        (strip,) = _render_in_colours(StylesCache(), widget, Region(0, y, width, 1))
        return _cells(strip.text)
    gutter, padding = styles.gutter, styles.padding
    content = widget.render_line(y - gutter.top).text if gutter.top <= y < height - gutter.bottom else ""
    return (
        *(BORDER_CHARS[left][1][0] if left else ""),
        *" " * padding.left,
        *_fitting(_cells(content), width - gutter.width),
        *" " * padding.right,
        *(BORDER_CHARS[right][1][2] if right else ""),
    )


def _fitting(line: Cells, width: int) -> Cells:
    return line + (" ",) * (width - len(line)) if len(line) <= width else _part(line, 0, width)


def _part(line: Cells, start: int, end: int) -> Cells:
    """Return some cells of a line, with a blank for the half of a wide character."""
    if start == 0 and end >= len(line):
        return line
    part = line[start:end]
    if part and part[0] == "":
        part = (" ", *part[1:])
    if part and end < len(line) and line[end] == "":
        part = (*part[:-1], " ")
    return part


@cache
def _cells(text: str) -> Cells:
    """Return what stands in each cell of a line."""
    if text.isascii():
        return tuple(text)
    found: list[str] = []
    for character in text:
        width = get_character_cell_size(character)
        if width == 0 and found:
            found[-1] += character
        else:
            found += (character, *[""] * (width - 1))
    return tuple(found)
