"""Keeps the target of the welcome page as a profile, without its secrets."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import partial
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from aep_tui.domain.finding import error_of
from aep_tui.domain.problem import SettingsProblem
from aep_tui.domain.target import Target
from aep_tui.domain.translation import _
from aep_tui.pages.choice_row import ChoiceRow
from aep_tui.pages.field_words import FieldWords
from aep_tui.settings.profile import Profile, SecretPlace, SecretSource
from aep_tui.settings.profiles import add_profile, shown_profiles_path
from aep_tui.settings.resolved import ResolvedSettings
from aep_tui.settings.setting import SECRET_NAMES, SettingName, setting_named
from aep_tui.tui.dialogs.dialog_help import words_of_fields
from aep_tui.tui.keys import bindings
from aep_tui.tui.signs import ENTER
from aep_tui.tui.widgets.action_button import ActionButton
from aep_tui.tui.widgets.choice_list import ChoiceList
from aep_tui.tui.widgets.field import Field, are_right, something
from aep_tui.tui.widgets.key_line import KeyLine
from aep_tui.tui.widgets.plain_text import PlainText
from aep_tui.tui.widgets.tick_box import TickBox

_WHAT_IS_KEPT: Final = _("The values are kept under a name. Secrets are not kept.")


class SaveTargetModal(ModalScreen[str]):
    """Returns where the profile stands, in a sentence; "" when nothing was saved."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("save.close")]

    def __init__(self, values: Mapping[SettingName, str]) -> None:
        super().__init__()
        self._values = values

    def compose(self) -> ComposeResult:
        """Lay the question out."""
        has_variable = any(os.environ.get(setting_named(name).variable) for name in SECRET_NAMES)
        with Vertical(classes="modal"):
            yield PlainText(_("Save this target"), classes="modal-title")
            yield PlainText(_WHAT_IS_KEPT)
            yield Field(
                "profile-name",
                FieldWords(_("Name"), _("letters, digits, dots and hyphens"), "acme-dev"),
                something(_("Enter a name.")),
                is_required=True,
            )
            yield PlainText(_("Where will the secret come from?"), classes="question")
            yield ChoiceList(
                (
                    ChoiceRow(SecretPlace.ASK.value, _("The wizard asks for it")),
                    ChoiceRow(
                        SecretPlace.ENVIRONMENT.value, _("AEP_CLIENT_SECRET or AEP_ACCESS_TOKEN, environment or .env")
                    ),
                ),
                chosen=(SecretPlace.ENVIRONMENT if has_variable else SecretPlace.ASK).value,
                id="secret-place",
            )
            yield TickBox(_("Replace a profile of this name"), id="replace")
            with Horizontal(classes="modal-actions"):
                yield ActionButton(_("Save"), self._save, id="save-target")
                yield ActionButton(_("Close"), partial(self.dismiss, ""), id="close-save")
            yield KeyLine()

    def key_words(self) -> dict[str, str]:
        """Return what Enter does in the field and in the list."""
        return {ENTER: _("Save")} if isinstance(self.focused, Input | ChoiceList) else {}

    def help_words(self) -> tuple[str, str]:
        """Return what belongs into the field, otherwise what this is for."""
        return words_of_fields(self, _("Save this target"), _WHAT_IS_KEPT)

    def on_mount(self) -> None:
        """Put the focus into the field."""
        self.query_one("#profile-name").focus()

    @on(Input.Submitted)
    @on(ChoiceList.OptionSelected)
    def _save(self) -> None:
        field = self.query_one(Field)
        if not are_right((field,)):
            return
        place = SecretPlace(self.query_one(ChoiceList).chosen)
        name = field.text.strip()
        try:
            profiles = add_profile(
                Profile(name, self._values, SecretSource(place)), may_replace=self.query_one(TickBox).value
            )
        except SettingsProblem as problem:
            field.show_findings((error_of(problem),))
            field.input.focus()
            return
        words = _("Saved as {name} in {path}.").format(name=name, path=shown_profiles_path())
        is_default = profiles.default_name == name
        self.dismiss(
            f"{words} "
            + (
                _("It is the default: the next start takes it.")
                if is_default
                else _("Next time: aep-tui --profile {name}").format(name=name)
            )
        )


def values_to_keep(settings: ResolvedSettings, target: Target) -> dict[SettingName, str]:
    """Return what a profile keeps of a target: what is not the default, so that a flag may still say otherwise."""
    values = {
        SettingName.ORGANIZATION_ID: target.organization_id,
        SettingName.SANDBOX_NAME: target.sandbox_name,
        SettingName.API_KEY: target.api_key,
        SettingName.BASE_URL: target.base_url,
        SettingName.SCOPES: settings.scopes,
        SettingName.IMS_HOST: settings.ims_base_url,
    }
    return {name: value for name, value in values.items() if value and value != setting_named(name).default}
