"""A list of which one is chosen: `(•)` marks the choice, `>` the row that has the focus."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Final

from textual.binding import BindingType
from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from aep_tui.pages.choice_row import ChoiceRow
from aep_tui.tui.keys import LIST_KEYS, bindings
from aep_tui.tui.widgets.hanging_lines import NARROWEST, hanging
from aep_tui.tui.widgets.looks import BADGES, QUIET, marked_row
from aep_tui.tui.widgets.marked_row import keep_marked_row_in_sight

_INDENT: Final = len("> (•) ")


class ChoiceList(OptionList, inherit_css=False, inherit_bindings=False):
    """The choice follows the cursor; Enter takes it (`OptionSelected`)."""

    COMPONENT_CLASSES: ClassVar[set[str]] = OptionList.COMPONENT_CLASSES
    DEFAULT_CSS = "ChoiceList { height: auto; max-height: 100%; overflow-x: hidden; scrollbar-size-vertical: 1; }"
    _wrap_width = 0  # not known before the first layout
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(*LIST_KEYS, "list.choose")]

    chosen: reactive[str] = reactive("", init=False)
    """The id of the chosen row, "" while there is none."""

    def __init__(self, choices: Iterable[ChoiceRow], *, chosen: str = "", id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        """Show `choices`; the row with the id `chosen` is marked, otherwise the first that can be chosen."""
        self._choices = tuple(choices)
        enabled = [choice.id for choice in self._choices if not choice.reason_disabled]
        super().__init__(
            *(self._option(choice) for choice in self._choices),
            id=id,
            markup=False,
            compact=True,
        )
        chosen = chosen if chosen in enabled else next(iter(enabled), "")
        self.set_reactive(ChoiceList.chosen, chosen)
        self.highlighted = self.get_option_index(chosen) if chosen else None
        self._paint()

    def on_mount(self) -> None:
        """Mark the row anew when another theme does it otherwise."""
        self.app.theme_changed_signal.subscribe(self, lambda _theme: self._paint())

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the lines at `width` cells; a terminal may be narrower than any text."""
        return super().get_content_height(container, viewport, max(width, NARROWEST))

    def watch_highlighted(self, highlighted: int | None) -> None:
        """Let the choice follow the cursor."""
        super().watch_highlighted(highlighted)
        if highlighted is not None and self.options[highlighted].id:
            self.chosen = self.options[highlighted].id or ""
        self._paint()
        keep_marked_row_in_sight(self)

    def watch_has_focus(self, has_focus: bool) -> None:
        """Show the mark, or take it away."""
        super().watch_has_focus(has_focus)
        self._paint()

    def action_choose(self) -> None:
        """Keep the choice that the cursor stands on."""
        self._paint()

    def show_choices(self, choices: Iterable[ChoiceRow], *, chosen: str) -> None:
        """Show `choices` from now on; the row with the id `chosen` is marked when it is there."""
        self._choices = tuple(choices)
        if [choice.id for choice in self._choices] != [option.id for option in self.options]:
            self.set_options(self._option(choice) for choice in self._choices)
        if chosen in {option.id for option in self.options}:
            self.highlighted = self.get_option_index(chosen)
        self._paint()

    def _paint(self) -> None:
        for index, choice in enumerate(self._choices):
            if index >= self.option_count:
                return
            face = self._face(choice, choice.id == self.chosen, self.has_focus and index == self.highlighted)
            prompt = self.options[index].prompt
            if not isinstance(prompt, Content) or prompt.plain != face.plain:
                self.replace_option_prompt_at_index(index, face)

    def on_resize(self) -> None:
        """Wrap the rows at the new width."""
        self._wrap_width = self.scrollable_content_region.width
        self._paint()

    def _option(self, choice: ChoiceRow) -> Option:
        return Option(self._face(choice, False, False), id=choice.id, disabled=bool(choice.reason_disabled))

    def _face(self, choice: ChoiceRow, is_chosen: bool, has_cursor: bool) -> Content:
        box = " - " if choice.reason_disabled else "(•)" if is_chosen else "( )"
        badge = f"[{choice.badge}]" if choice.badge else ""
        title = f"{'>' if has_cursor else ' '} {box} {choice.title}{'  ' if badge else ''}{badge}"
        face = Content(hanging(title, self._wrap_width, _INDENT))
        if badge and face.plain.endswith(badge):  # a terminal that is far too narrow cuts it in two
            face = face.stylize(BADGES[choice.tone], len(face.plain) - len(badge))
        detail = choice.reason_disabled or choice.detail
        if detail:
            face += Content.styled("\n" + hanging(" " * _INDENT + detail, self._wrap_width, _INDENT), QUIET)
        return marked_row(face, self, self._wrap_width) if has_cursor else face
