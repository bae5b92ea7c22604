"""Asks for a new access token while everything else waits."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from aep_tui.domain.secret import Secret
from aep_tui.domain.secrets import Secrets
from aep_tui.domain.translation import _
from aep_tui.domain.validation import findings_for_access_token
from aep_tui.pages.field_words import FieldWords
from aep_tui.pages.target_questions import WHERE_TOKENS_ARE, token_from
from aep_tui.tui.dialogs.dialog_help import words_of_fields
from aep_tui.tui.keys import bindings
from aep_tui.tui.signs import ENTER
from aep_tui.tui.widgets.action_button import ActionButton
from aep_tui.tui.widgets.field import Field, are_right
from aep_tui.tui.widgets.key_line import KeyLine
from aep_tui.tui.widgets.looks import painted_statements
from aep_tui.tui.widgets.plain_text import PlainText


class NewTokenModal(ModalScreen[Secret | None]):
    """Returns the new token, or None when the person does not have one now."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("token.later")]

    def __init__(self, reason: str, secrets: Secrets) -> None:
        """Say why a token is needed; `secrets` hold it."""
        super().__init__()
        self._reason = reason
        self._secrets = secrets

    def compose(self) -> ComposeResult:
        """Lay the question out."""
        with Vertical(classes="modal"):
            yield PlainText(_("A new access token is needed"), classes="modal-title")
            yield PlainText(self._reason, painter=painted_statements)
            yield Field(
                "new-access-token",
                FieldWords(
                    _("Access token"), _("Nothing is lost; the wizard goes on with it."), "eyJ...", WHERE_TOKENS_ARE
                ),
                findings_for_access_token,
                is_required=True,
                secrets=self._secrets,
            )
            with Horizontal(classes="modal-actions"):
                yield ActionButton(_("Go on with this token"), self._use, id="use-token")
                yield ActionButton(_("Later"), partial(self.dismiss, None), id="later")
            yield KeyLine()

    def key_words(self) -> dict[str, str]:
        """Return what Enter does in the field."""
        return {ENTER: _("Go on with this token")} if isinstance(self.focused, Input) else {}

    def help_words(self) -> tuple[str, str]:
        """Return where a token comes from."""
        return words_of_fields(self, _("A new access token is needed"), WHERE_TOKENS_ARE)

    def on_mount(self) -> None:
        """Put the focus into the field."""
        self.query_one("#new-access-token").focus()

    @on(Input.Submitted)
    def _use(self) -> None:
        field = self.query_one(Field)
        if are_right((field,)):
            self.dismiss(token_from(field.text, self._secrets))
