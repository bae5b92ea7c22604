"""Asks for a credential file of one of Adobe's tools, and reads it."""

from __future__ import annotations

from functools import partial
from typing import ClassVar, Final

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from aep_tui.domain.background_work import in_background
from aep_tui.domain.finding import error_of
from aep_tui.domain.problem import SettingsProblem
from aep_tui.domain.secrets import Secrets
from aep_tui.domain.translation import _
from aep_tui.pages import typed_files
from aep_tui.pages.field_words import FieldWords
from aep_tui.settings.credential_files.credential_file import CredentialFile
from aep_tui.settings.setting import SECRET_NAMES, SettingName
from aep_tui.tui.dialogs.dialog_help import words_of_fields
from aep_tui.tui.keys import bindings
from aep_tui.tui.signs import ENTER
from aep_tui.tui.widgets.action_button import ActionButton
from aep_tui.tui.widgets.field import Field, something
from aep_tui.tui.widgets.key_line import KeyLine
from aep_tui.tui.widgets.plain_text import PlainText

_WHICH_FILES: Final = _(
    "A Postman environment export, the JSON that Developer Console downloads, an aepp configuration, App Builder's "
    ".env, or a .env with Adobe's names. Its values fill the form; secrets are not shown."
)


class CredentialFileModal(ModalScreen[CredentialFile | None]):
    """Returns what the file says, or None when the person leaves."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("file.close")]

    def __init__(self, secrets: Secrets) -> None:
        """Ask; `secrets` hold what is one in the file."""
        super().__init__()
        self._secrets = secrets

    def compose(self) -> ComposeResult:
        """Lay the question out."""
        with Vertical(classes="modal"):
            yield PlainText(_("Load a credential file"), classes="modal-title")
            yield PlainText(_WHICH_FILES)
            yield Field(
                "credential-file",
                FieldWords(_("File"), _("~ is your home directory"), "~/Downloads/acme.json"),
                something(_("Enter the path of the file.")),
                is_required=True,
            )
            yield PlainText(id="file-words")
            with Horizontal(classes="modal-actions"):
                yield ActionButton(_("Load"), self._load, id="load-file")
                yield ActionButton(_("Close"), partial(self.dismiss, None), id="close-file")
            yield KeyLine()

    def key_words(self) -> dict[str, str]:
        """Return what Enter does in the field."""
        return {ENTER: _("Load")} if isinstance(self.focused, Input) else {}

    def help_words(self) -> tuple[str, str]:
        """Return what belongs into the field, otherwise what this is for."""
        return words_of_fields(self, _("Load a credential file"), _WHICH_FILES)

    def on_mount(self) -> None:
        """Put the focus into the field."""
        self.query_one("#credential-file").focus()

    @on(Input.Submitted)
    def _load(self) -> None:
        if self.query_one(Field).judge():
            self._read(self.query_one(Field).text.strip())

    @work(exclusive=True)
    async def _read(self, path: str) -> None:
        words = self.query_one("#file-words", PlainText)
        words.show(_("The file is being read."))
        field = self.query_one(Field)
        try:
            # In the background: the path may name a pipe that nobody writes to.
            file = await in_background(lambda: typed_files.credential_file_of(path, self._secrets))
        except SettingsProblem as problem:
            words.show("")
            field.show_findings((error_of(problem),))
            field.input.focus()
        else:
            self.dismiss(file)


def facts_of(file: CredentialFile) -> str:
    """Return what was recognised and what is not in the file, without values; its notes stand on the settings page."""
    given = [setting for setting, value in file.values.items() if value.value != ""]
    found = [_name(setting) + (_(" (set)") if setting in SECRET_NAMES else "") for setting in given]
    expected = (
        SettingName.ORGANIZATION_ID,
        SettingName.SANDBOX_NAME,
        SettingName.API_KEY,
        SettingName.CLIENT_SECRET,
        SettingName.ACCESS_TOKEN,
    )
    missing = [_name(setting) for setting in expected if setting not in file.values]
    if SECRET_NAMES & file.values.keys():
        missing = [name for name in missing if name not in {_name(secret) for secret in SECRET_NAMES}]
    recognised = _("{file} was read as: {kind}. It gave: {names}.").format(
        file=file.file_name, kind=file.kind.label, names=", ".join(found)
    )
    words = [recognised, _("Not in it: {names}.").format(names=", ".join(missing)) if missing else ""]
    if len(given) < len(file.values):
        words.append(_("It means an environment whose address is not known here: enter the base URL."))
    return " ".join(part for part in words if part)


def _name(setting: SettingName) -> str:
    return {
        SettingName.BASE_URL: _("base URL"),
        SettingName.ORGANIZATION_ID: _("organization"),
        SettingName.SANDBOX_NAME: _("sandbox"),
        SettingName.API_KEY: _("API key"),
        SettingName.SCOPES: _("scopes"),
        SettingName.IMS_HOST: _("identity service"),
        SettingName.ACCESS_TOKEN: _("access token"),
        SettingName.CLIENT_SECRET: _("client secret"),
    }[setting]
