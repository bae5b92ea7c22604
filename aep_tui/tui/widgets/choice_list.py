"""A list of which one is chosen: `(•)` marks the choice, `>` the row that has the focus."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import accumulate
from typing import ClassVar, Final

from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widgets.option_list import Option

from aep_tui.domain.light_dataclass import dataclass
from aep_tui.domain.safe_text import shortened
from aep_tui.pages.choice_row import ChoiceRow
from aep_tui.tui.keys import bindings
from aep_tui.tui.signs import CHOSEN, MARK, NO_MARK, NOT_CHOSEN
from aep_tui.tui.widgets.hanging_lines import hanging
from aep_tui.tui.widgets.looks import BADGES, QUIET
from aep_tui.tui.widgets.marked_row import height_of
from aep_tui.tui.widgets.row_list import RowList, in_columns, widths_of

_INDENT: Final = len(f"{MARK}{CHOSEN} ")
WIDEST_COLUMN: Final = 30


class ChoiceList(RowList):
    """The choice follows the cursor; Enter takes it (`OptionSelected`)."""

    DEFAULT_CSS = "ChoiceList { max-height: 100%; }"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("list.choose")]

    chosen: reactive[str] = reactive("", init=False)
    """The id of the chosen row, "" while there is none."""
    space_words = ""
    """What Space does with the marked row, "" for nothing."""

    @dataclass
    class SpacePressed(Message):
        """Space was pressed, which does something with the marked row."""

        choices: ChoiceList

    def __init__(
        self,
        choices: Iterable[ChoiceRow],
        *,
        chosen: str = "",
        columns: tuple[str, ...] = (),
        id: str | None = None,  # noqa: A002 - Textual's own name
    ) -> None:
        """Show `choices`; the row with the id `chosen` is marked, otherwise the first that can be chosen.

        With `columns` it is a table: the names of title, badge, and each cell of the rows.
        """
        self._choices = tuple(choices)
        self._columns = columns
        self.rows_are_lines = bool(columns)
        self._widths = widths_of([columns, *map(_cells, self._choices)], most=WIDEST_COLUMN) if columns else ()
        enabled = [choice.id for choice in self._choices if not choice.reason_disabled]
        super().__init__([*map(_option, self._choices)], id=id)
        chosen = chosen if chosen in enabled else next(iter(enabled), "")
        self.set_reactive(ChoiceList.chosen, chosen)
        self._chosen_before = chosen
        self.highlighted = self.get_option_index(chosen) if chosen else None
        self.paint()

    @property
    def head(self) -> str:
        """The names of the columns, in a line that stands above them."""
        return " " * _INDENT + in_columns(self._columns, self._widths)

    def rows_of_the_mark(self) -> set[int]:
        """Return the row that was chosen and the one that is: of a thousand sandboxes no other looks otherwise."""
        concerned = {self._chosen_before, self.chosen}
        return {index for index, option in enumerate(self.options) if option.id in concerned}

    def watch_highlighted(self, highlighted: int | None) -> None:
        """Let the choice follow the cursor."""
        self._chosen_before = self.chosen
        if highlighted is not None and self.options[highlighted].id:
            self.chosen = self.options[highlighted].id or ""
        super().watch_highlighted(highlighted)

    def key_words(self) -> dict[str, str]:
        """Return what Space does now; in an empty list no key does anything."""
        return {"list.choose": self.space_words, **({} if self.options else {"list.up": "", "list.down": ""})}

    def action_choose(self) -> None:
        """Do with the marked row what Space does here; in most lists the choice follows the cursor, and that is all."""
        if self.space_words and self.chosen:
            self.post_message(self.SpacePressed(self))

    def move_by_a_page(self, direction: int) -> None:
        """Mark what stands a page further, down for 1 and up for -1; at the ends the first and the last."""
        tops = list(accumulate((height_of(option.prompt) for option in self.options), initial=0))
        offered = [index for index, option in enumerate(self.options) if not option.disabled]
        if not offered:
            return
        marked = self.highlighted or 0
        wanted = tops[marked] + direction * max(1, self.size.height - 1)
        if direction > 0:
            further = (index for index in offered if index > marked and tops[index] >= wanted)
            self.highlighted = next(further, offered[-1])
        else:
            further = (index for index in reversed(offered) if index < marked and tops[index] <= wanted)
            self.highlighted = next(further, offered[0])

    def show_choices(self, choices: Iterable[ChoiceRow], *, chosen: str) -> None:
        """Show `choices` from now on; the row with the id `chosen` is marked when it is there."""
        self._choices = tuple(choices)
        if [choice.id for choice in self._choices] != [option.id for option in self.options]:
            self.set_options(map(_option, self._choices))
        if chosen in {option.id for option in self.options}:
            self.highlighted = self.get_option_index(chosen)
        self.paint()

    def face(self, index: int, *, has_mark: bool) -> Content:
        """Return a row with its mark, its box and its badge."""
        choice = self._choices[index]
        box = " - " if choice.reason_disabled else CHOSEN if choice.id == self.chosen else NOT_CHOSEN
        start = f"{MARK if has_mark else NO_MARK}{box} "
        if self._columns:
            return self._table_row(choice, start)
        badge = _badge(choice)
        title = f"{start}{choice.title}{'  ' if badge else ''}{badge}"
        face = Content(hanging(title, self.row_width, _INDENT))
        if badge and face.plain.endswith(badge):  # a terminal that is far too narrow cuts it in two
            face = face.stylize(BADGES[choice.tone], len(face.plain) - len(badge))
        detail = choice.reason_disabled or choice.detail
        if detail:
            face += Content.styled("\n" + hanging(" " * _INDENT + detail, self.row_width, _INDENT), QUIET)
        return face

    def _table_row(self, choice: ChoiceRow, start: str) -> Content:
        line = start + in_columns(_cells(choice), self._widths)
        face = Content(shortened(line, self.row_width).rstrip() if self.row_width > 0 else line.rstrip())
        badge_start = _INDENT + self._widths[0] + 2
        badge_end = badge_start + len(_badge(choice))
        return face.stylize(BADGES[choice.tone], badge_start, badge_end).stylize(QUIET, badge_end)


def _option(choice: ChoiceRow) -> Option:
    return Option("", id=choice.id, disabled=bool(choice.reason_disabled))


def _badge(choice: ChoiceRow) -> str:
    return f"[{choice.badge}]" if choice.badge else ""


def _cells(choice: ChoiceRow) -> tuple[str, ...]:
    return (choice.title, _badge(choice), *choice.cells)
