"""A named target, without its secrets."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum
from functools import cache
from pathlib import Path

from aep_tui import settings
from aep_tui.domain.clock import Clock
from aep_tui.domain.light_dataclass import dataclass
from aep_tui.domain.problem import SettingsProblem
from aep_tui.domain.secret import Secret
from aep_tui.domain.secrets import Secrets
from aep_tui.domain.translation import _
from aep_tui.settings import credential_files
from aep_tui.settings.checked_values import checked
from aep_tui.settings.layer import FoundValue, Layer
from aep_tui.settings.setting import PLAIN_NAMES, SECRET_NAMES, SettingName
from aep_tui.state.private_file import refuse_control_characters
from aep_tui.state.text_file import read_text_file, shown_path, with_home

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")


class SecretPlace(StrEnum):
    """Where a profile's secret comes from."""

    ASK = "ask"
    ENVIRONMENT = "environment"
    FILE = "file"
    COMMAND = "command"
    KEYRING = "keyring"


@dataclass(frozen=True, slots=True)
class SecretSource:
    """Where the secret comes from and which one it is.

    Attributes:
        place: the kind of place.
        secret: the access token or the client secret.
        file: for a file: a credential file, or one that holds the secret alone on one line.
        command: for a command: the program and its arguments; no shell reads it.
    """

    place: SecretPlace = SecretPlace.ASK
    secret: SettingName = SettingName.CLIENT_SECRET
    file: str = ""
    command: tuple[str, ...] = ()

    def read(self, profile_name: str, clock: Clock, secrets: Secrets) -> Secret:
        """Return the secret, held by `secrets`; `clock` limits how long a command may take.

        Raises:
            SettingsProblem: the place does not give it.
        """
        if self.place is SecretPlace.FILE:
            text = _secret_in_file(with_home(Path(self.file)), self.secret, secrets)
            if isinstance(text, Secret):
                return text
        elif self.place is SecretPlace.COMMAND:
            text = settings.secret_from_command(self.command, clock)
        else:
            text = settings.secret_from_keyring(profile_name, self.secret)
        secret = checked(self.secret, text, _("profile {name}").format(name=profile_name))
        if not secret:
            raise _incomplete(profile_name, self.secret)
        return secrets.hold(secret, self.secret)


@dataclass(frozen=True, slots=True)
class Profile:
    """A named target.

    Attributes:
        name: letters, digits, ".", "_" and "-", at most 40.
        values: the plain settings that it holds.
        secret_source: where its secret comes from.
    """

    name: str
    values: Mapping[SettingName, str] = field(default_factory=dict)
    secret_source: SecretSource = SecretSource()

    def layer(self, clock: Clock, secrets: Secrets) -> Layer:
        """Return the profile as one of the places that settings come from; nothing is fetched yet.

        Args:
            clock: limits how long a secret command may take when the secret is fetched.
            secrets: hold it then.
        """
        origin = _("profile {name}").format(name=self.name)
        values = {name: FoundValue(text, origin) for name, text in self.values.items()}
        source = self.secret_source
        if source.place in {SecretPlace.ASK, SecretPlace.ENVIRONMENT}:
            asks = _("{profile} says that the secret is asked for.").format(profile=origin)
            refusal = asks if source.place is SecretPlace.ASK else ""
            return Layer(origin, values, refuses_lower_secrets=refusal, profile_name=self.name)

        @cache  # a program or a keyring is asked once
        def fetch() -> Secret:
            return source.read(self.name, clock, secrets)

        where = _("{profile}, {place}").format(profile=origin, place=source.place)
        return Layer(origin, {**values, source.secret: FoundValue(fetch, where)}, profile_name=self.name)


def checked_profile(profile: Profile) -> Profile:
    """Return the profile with every value in the form in which it is used; empty values are left out.

    Raises:
        SettingsProblem: the name or a value cannot be used or stored, or the place of the secret is not complete.
    """
    name = checked_name(profile.name)
    values = {}
    for setting in PLAIN_NAMES:
        text = refuse_control_characters(profile.values.get(setting, ""), setting)
        if value := checked(setting, text, _("profile {name}").format(name=name)):
            values[setting] = value
    source = profile.secret_source
    refuse_control_characters(source.file, "secret_file")
    for argument in source.command:
        refuse_control_characters(argument, "secret_command")
    if source.place is SecretPlace.FILE and not source.file:
        raise _incomplete(name, "secret_file")
    if source.place is SecretPlace.COMMAND and not (source.command and source.command[0]):
        raise _incomplete(name, "secret_command")
    if source.secret not in SECRET_NAMES:
        raise _incomplete(name, "secret")
    return Profile(name, values, source)


def checked_name(name: str) -> str:
    """Return the name of a profile.

    Raises:
        SettingsProblem: it holds something else than letters, digits, ".", "_" and "-", or is too long.
    """
    if not _NAME.fullmatch(name):
        raise SettingsProblem(
            _("The profile has no usable name"),
            _("A profile is named with up to 40 letters, digits, dots, underscores and hyphens."),
            _("Choose a name like acme-dev."),
        )
    return name


def _secret_in_file(path: Path, secret: SettingName, secrets: Secrets) -> str | Secret:
    text = read_text_file(path, may_be_pipe=True).text.strip()
    words = text.split()
    if len(words) == 1 and "=" not in text.rstrip("=") and not text.startswith(("{", "[")):
        return text
    found = credential_files.read_credential_file(path, secrets).values.get(secret)
    if found is None or not isinstance(found.value, Secret):
        raise SettingsProblem(
            _("The secret was not found"),
            _("The file {file} does not hold the {secret} of the profile.").format(
                file=shown_path(path), secret=secret
            ),
            _("Name another file in the profile."),
        )
    return found.value


def _incomplete(name: str, key: str) -> SettingsProblem:
    return SettingsProblem(
        _("The profile is not complete"),
        _("The profile {name} needs a value for {key}.").format(name=name, key=key),
        _("Add the profile again with it."),
    )
