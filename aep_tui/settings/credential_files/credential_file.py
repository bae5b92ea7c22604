"""What a credential file says, whatever its format."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from aep_tui.domain.problem import SettingsProblem
from aep_tui.domain.secrets import Secrets
from aep_tui.domain.stand_in import stand_in
from aep_tui.domain.translation import _
from aep_tui.settings.layer import FoundValue, Layer, about_stand_in, found
from aep_tui.settings.setting import SettingName


class CredentialFileKind(StrEnum):
    """The formats, by the tool that writes them."""

    POSTMAN_ENVIRONMENT = "postman-environment"
    DEVELOPER_CONSOLE = "developer-console"
    AEPP = "aepp"
    APP_BUILDER_ENV = "app-builder-env"
    PLAIN_ENV = "plain-env"

    @property
    def label(self) -> str:
        """The name for people."""
        return {
            "postman-environment": _("Postman environment"),
            "developer-console": _("Developer Console download"),
            "aepp": _("aepp configuration"),
            "app-builder-env": _("App Builder .env"),
            "plain-env": _(".env with Adobe's names"),
        }[self.value]


@dataclass(frozen=True, slots=True)
class CredentialFile:
    """What was read.

    Attributes:
        kind: the format that was recognised.
        file_name: the name of the file, harmless for the terminal.
        values: the settings, secrets held, each with "KEY in FILE" as its origin.
        technical_account_id: who the credential acts as, "" when the file does not say.
        notes: what was passed over and why, in sentences without values.
        warnings: what the person should change about the file.
    """

    kind: CredentialFileKind
    file_name: str
    values: Mapping[SettingName, FoundValue] = field(default_factory=dict)
    technical_account_id: str = ""
    notes: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    def layer(self) -> Layer:
        """Return the file as one of the places that settings come from."""
        return Layer(
            title=_("{kind} {file}").format(kind=self.kind.label, file=self.file_name),
            values=self.values,
            notes=self.notes,
            warnings=self.warnings,
        )


class Collector:
    """Gathers the values of one file and refuses what contradicts itself."""

    def __init__(self, file_name: str, secrets: Secrets) -> None:
        self.file_name = file_name
        self._secrets = secrets
        self.values: dict[SettingName, FoundValue] = {}
        self.notes: list[str] = []
        self.technical_account_id = ""

    def take(self, name: SettingName, key: str, value: object) -> None:
        """Take the value of `key`, a text or a list of texts; null, "" and a placeholder count as nothing.

        Raises:
            SettingsProblem: the value is of another type or cannot be used, or the file says something else elsewhere.
        """
        text = self.text_of(name, key, value)
        if kind := stand_in(text):
            self.notes.append(about_stand_in(key, kind))
            return
        value_found = found(name, text, _("{key} in {file}").format(key=key, file=self.file_name), self._secrets)
        if value_found is None:
            return
        first = self.values.setdefault(name, value_found)
        if first.value != value_found.value:
            raise SettingsProblem(
                _("A credential file contradicts itself"),
                _("{first} and {second} name the same setting and differ.").format(
                    first=first.origin, second=value_found.origin
                ),
                _("Remove or switch off one of them."),
            )

    def ask_for(self, name: SettingName, key: str) -> None:
        """Note that `key` means a value that is not known here; unless the file says it elsewhere it is asked for."""
        origin = _("{key} in {file}").format(key=key, file=self.file_name)
        self.values.setdefault(name, FoundValue("", origin))

    def text_of(self, name: SettingName, key: str, value: object) -> str:
        """Return a value as text: scopes may be a list, and of a list of client secrets the first one counts.

        Args:
            name: the setting.
            key: what the file calls it.
            value: what stands there; null is "".

        Raises:
            SettingsProblem: the value is of another type.
        """
        if value is None:
            return ""
        if name is SettingName.CLIENT_SECRET and isinstance(value, str) and value.strip().startswith("["):
            value = _list_in(value)
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            if name is SettingName.SCOPES:
                return ",".join(value)
            if name is SettingName.CLIENT_SECRET:
                if len(value) > 1:
                    self.notes.append(_("{key} holds several secrets; the first one is used.").format(key=key))
                return str(value[0]) if value else ""
        if isinstance(value, str):
            return value
        raise wrong_type(self.file_name, key)

    def finished(self, kind: CredentialFileKind) -> CredentialFile:
        """Return what was gathered.

        Raises:
            SettingsProblem: nothing of it is a setting.
        """
        if not self.values:
            raise SettingsProblem(
                _("A credential file is empty"),
                _("{file} was recognised as {kind}, but none of its values is filled in.").format(
                    file=self.file_name, kind=kind.label
                ),
                _("Fill the values in, or export the file again with them."),
            )
        return CredentialFile(
            kind, self.file_name, dict(self.values), self.technical_account_id, tuple(dict.fromkeys(self.notes))
        )


def _list_in(text: str) -> object:
    """Return the list that a text holds in JSON, as .env files and Postman keep several secrets; otherwise the text."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return text
    return value if isinstance(value, list) else text


def wrong_type(file_name: str, key: str) -> SettingsProblem:
    """Return the problem of a key whose value is not of the expected type; the value is not repeated."""
    return SettingsProblem(
        _("A credential file cannot be used"),
        _("{key} in {file} is not a text.").format(key=key, file=file_name),
        _("Export the file again, or type the values in the wizard."),
    )
