"""The documented values of a parameter, to choose from; free entry stays possible."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from aep_tui.domain.source import Suggestion
from aep_tui.domain.translation import _
from aep_tui.tui.widgets.choice_list import Choice, ChoiceList
from aep_tui.tui.widgets.frame_lines import KeyLine
from aep_tui.tui.widgets.plain_text import PlainText

MOST_WITH_DETAILS = 6


class SuggestionsModal(ModalScreen[str]):
    """Returns the chosen value, or "" when the person wants to type one."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss('')", _("Close"), id="suggestions.close")]

    def __init__(self, label: str, suggestions: tuple[Suggestion, ...]) -> None:
        """Offer `suggestions` for the parameter `label`."""
        super().__init__()
        self._label = label
        self._suggestions = suggestions

    def compose(self) -> ComposeResult:
        """Lay the list out."""
        choices = [
            # A long list is shown a line a value, so that the page holds it whole.
            *(
                Choice(str(index), s.value, badge=s.label)
                if len(self._suggestions) > MOST_WITH_DETAILS
                else Choice(str(index), s.value, detail=s.label)
                for index, s in enumerate(self._suggestions)
            ),
            Choice("other", _("Another one: type it"), detail=_("not documented by Adobe")),
        ]
        with Vertical(classes="modal"):
            yield PlainText(self._label, classes="modal-title")
            yield ChoiceList(choices, id="suggestions")
            yield KeyLine(_("Enter Take   Esc Close"))

    def on_mount(self) -> None:
        """Put the focus on the list."""
        self.query_one(ChoiceList).focus()

    @on(ChoiceList.OptionSelected)
    def _take(self, event: ChoiceList.OptionSelected) -> None:
        event.stop()
        is_other = event.option_id == "other"
        self.dismiss("" if is_other else self._suggestions[int(event.option_id or 0)].value)
