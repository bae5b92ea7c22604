"""The profiles to choose from."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from aep_tui.domain.translation import _
from aep_tui.settings.profile import Profile
from aep_tui.settings.profiles import Profiles
from aep_tui.settings.setting import SettingName
from aep_tui.tui.widgets.choice_list import Choice, ChoiceList
from aep_tui.tui.widgets.frame_lines import KeyLine
from aep_tui.tui.widgets.plain_text import PlainText


class ProfileListModal(ModalScreen[Profile | None]):
    """Returns the chosen profile, or None."""

    DEFAULT_CSS = """
    ProfileListModal { align: center middle; background: $background; }
    ProfileListModal ChoiceList { max-height: 18; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,f5", "dismiss(None)", _("Close"), id="profiles.close")]

    def __init__(self, profiles: Profiles, chosen_name: str) -> None:
        """Offer `profiles`, of which there is one at least; `chosen_name` is marked."""
        super().__init__()
        self._profiles = profiles
        self._chosen_name = chosen_name

    def compose(self) -> ComposeResult:
        """Lay the list out."""
        with Vertical(classes="modal"):
            yield PlainText(_("Choose a profile"), classes="modal-title")
            # Ids of options may not hold a dot, names of profiles may.
            names = list(self._profiles.profiles)
            chosen = str(names.index(self._chosen_name)) if self._chosen_name in names else ""
            yield ChoiceList((self._choice(i, name) for i, name in enumerate(names)), chosen=chosen, id="profiles")
            yield KeyLine(_("Enter Take   Up, Down Move   Esc Close"))

    def on_mount(self) -> None:
        """Put the focus on the list."""
        self.query_one(ChoiceList).focus()

    def _choice(self, index: int, name: str) -> Choice:
        values = self._profiles.profiles[name].values
        facts = (values.get(SettingName.ORGANIZATION_ID, ""), values.get(SettingName.SANDBOX_NAME, ""))
        badge = _("default") if name == self._profiles.default_name else ""
        return Choice(str(index), name, badge, " · ".join(fact for fact in facts if fact))

    @on(ChoiceList.OptionSelected)
    def _take(self, event: ChoiceList.OptionSelected) -> None:
        event.stop()
        self.dismiss(list(self._profiles.profiles.values())[int(event.option_id or 0)])
