"""Keeps profiles in one private TOML file in the configuration directory."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import field, replace
from pathlib import Path
from typing import Any

from aep_tui import settings
from aep_tui.domain.clock import Clock
from aep_tui.domain.light_dataclass import dataclass
from aep_tui.domain.problem import SettingsProblem
from aep_tui.domain.secrets import Secrets
from aep_tui.domain.toml_text import toml_table
from aep_tui.domain.translation import _
from aep_tui.settings.layer import Layer
from aep_tui.settings.profile import Profile, SecretPlace, SecretSource, checked_name, checked_profile
from aep_tui.settings.setting import PLAIN_NAMES, SECRET_NAMES, SettingName
from aep_tui.state.early_settings import PROFILES
from aep_tui.state.paths import config_directory
from aep_tui.state.private_file import read_private_file, write_private_file
from aep_tui.state.text_file import shown_path


@dataclass(frozen=True, slots=True)
class Profiles:
    """All profiles of the person.

    Attributes:
        profiles: by name, sorted.
        default_name: the one that counts when none is named, "" for none.
    """

    profiles: Mapping[str, Profile] = field(default_factory=dict)
    default_name: str = ""

    def named(self, name: str) -> Profile:
        """Return a profile.

        Raises:
            SettingsProblem: there is none of this name.
        """
        if name not in self.profiles:
            title = _("There is no such profile")
            if not self.profiles:
                raise SettingsProblem(title, _("No profile is stored."), _("Make one with aep-tui profile add."))
            raise SettingsProblem(
                title,
                _("Those that are stored: {names}.").format(names=", ".join(self.profiles)),
                _("Choose one of them, or make another with aep-tui profile add."),
            )
        return self.profiles[name]


def profiles_path(create: bool = False) -> Path:
    """Return where the profiles stand; with `create` their directory exists."""
    return config_directory(create) / PROFILES


def shown_profiles_path() -> str:
    """Return where the profiles stand, for a message."""
    return shown_path(profiles_path())


def load_profiles() -> Profiles:
    """Return all profiles; no file means none.

    Raises:
        SettingsProblem: the file is not ours alone, is broken, or holds a value that cannot be used; the message names
            file and key and repeats no value.
    """
    path = profiles_path()
    text = read_private_file(path)
    if text is None:
        return Profiles()
    document = _parsed(text, path)
    tables = document.get("profiles", {})
    default_name = document.get("default", "")
    if not isinstance(tables, dict) or not isinstance(default_name, str):
        raise _wrong(path, "profiles" if isinstance(default_name, str) else "default")
    profiles = {name: _read(name, tables[name], path) for name in sorted(tables)}
    return Profiles(profiles, default_name if default_name in profiles else "")


def add_profile(profile: Profile, may_replace: bool = False) -> Profiles:
    """Keep a profile and return all of them; the first one becomes the default.

    Raises:
        SettingsProblem: a value cannot be stored, or the name is taken and `may_replace` is off.
    """
    profile = checked_profile(profile)
    known = load_profiles()
    refuse_taken_name(known, profile.name, may_replace)
    profiles = dict(sorted({**known.profiles, profile.name: profile}.items()))
    return _stored(Profiles(profiles, known.default_name or profile.name))


def refuse_taken_name(known: Profiles, name: str, may_replace: bool) -> None:
    """Check whether a profile of this name may be stored.

    Raises:
        SettingsProblem: the name is taken and `may_replace` is off.
    """
    if name in known.profiles and not may_replace:
        raise SettingsProblem(
            _("The profile exists already"),
            _("There is a profile {name} already.").format(name=name),
            _("Choose another name, or replace that profile."),
        )


def use_profile(name: str) -> Profiles:
    """Make a profile the default and return all of them.

    Raises:
        SettingsProblem: there is none of this name.
    """
    known = load_profiles()
    return _stored(replace(known, default_name=known.named(name).name))


def remove_profile(name: str) -> Profiles:
    """Remove a profile and its secret in the keyring, and return those that stay.

    Raises:
        SettingsProblem: there is none of this name, or the keyring does not let go of the secret; the profile then
            stays.
    """
    known = load_profiles()
    source = known.named(name).secret_source
    if source.place is SecretPlace.KEYRING:
        settings.remove_from_keyring(name, source.secret)
    profiles = {other: profile for other, profile in known.profiles.items() if other != name}
    return _stored(Profiles(profiles, "" if known.default_name == name else known.default_name))


def profile_layers(profile_name: str, clock: Clock, secrets: Secrets) -> tuple[list[Layer], list[Layer]]:
    """Return the layer of the named profile and the layer of the default profile; each list has at most one.

    A named profile takes the place of the default one. Without a name, a file that cannot be read becomes a warning:
    it must not keep a person from rehearsing.

    Args:
        profile_name: as `--profile` says, "" for none.
        clock: limits how long a secret command may take.
        secrets: of this run; they hold what is read.

    Raises:
        SettingsProblem: a profile is named, and there is none or the file cannot be read.
    """
    if profile_name:
        return [load_profiles().named(profile_name).layer(clock, secrets)], []
    try:
        known = load_profiles()
    except SettingsProblem as problem:
        return [], [Layer(_("default profile"), warnings=(problem.message,))]
    return [], [known.profiles[known.default_name].layer(clock, secrets)] if known.default_name else []


def _stored(profiles: Profiles) -> Profiles:
    import tomli_w

    document: dict[str, Any] = {"default": profiles.default_name} if profiles.default_name else {}
    document["profiles"] = {name: _table(profile) for name, profile in profiles.profiles.items()}
    write_private_file(profiles_path(create=True), tomli_w.dumps(document))
    return profiles


def _table(profile: Profile) -> dict[str, Any]:
    source = profile.secret_source
    table: dict[str, Any] = {name.value: text for name, text in profile.values.items()}
    table["secret_from"] = source.place.value
    if source.place not in {SecretPlace.ASK, SecretPlace.ENVIRONMENT}:
        table["secret"] = source.secret.value
    if source.place is SecretPlace.FILE:
        table["secret_file"] = source.file
    if source.place is SecretPlace.COMMAND:
        table["secret_command"] = list(source.command)
    return table


def _parsed(text: str, path: Path) -> dict[str, Any]:
    with suppress(ValueError, RecursionError):
        return toml_table(text)
    # Raised out here, so that the words of the parser, which may quote the text, are not even the context.
    raise _wrong(path, _("the form of the file"))


def _read(name: str, table: object, path: Path) -> Profile:
    checked_name(name)
    if not isinstance(table, dict):
        raise _wrong(path, f"profiles.{name}")
    for key in table:
        if key in {secret.value for secret in SECRET_NAMES}:
            raise SettingsProblem(
                _("A secret stands in a profile"),
                _("profiles.{name}.{key} in {file} is a secret; profiles hold none.").format(
                    name=name, key=key, file=path.name
                ),
                _("Remove the line, and change the secret if others could read the file."),
            )
    values = {}
    for setting in PLAIN_NAMES:
        # A switch may stand there as a truth value or, as we write it, as a text.
        is_switched = isinstance(table.get(setting.value), bool) and setting is SettingName.READ_ONLY
        values[setting] = str(table[setting.value]) if is_switched else _text(table, setting.value, name, path)
    return checked_profile(Profile(name, values, _read_source(table, name, path)))


def _read_source(table: Mapping[str, Any], name: str, path: Path) -> SecretSource:
    place = _text(table, "secret_from", name, path) or SecretPlace.ASK.value
    secret = _text(table, "secret", name, path) or SettingName.CLIENT_SECRET.value
    command = table.get("secret_command", [])
    if not isinstance(command, list) or not all(isinstance(argument, str) for argument in command):
        raise _wrong(path, f"profiles.{name}.secret_command")
    if place not in set(SecretPlace):
        raise _wrong(path, f"profiles.{name}.secret_from")
    if secret not in SECRET_NAMES:
        raise _wrong(path, f"profiles.{name}.secret")
    file = _text(table, "secret_file", name, path)
    return SecretSource(SecretPlace(place), SettingName(secret), file, tuple(command))


def _text(table: Mapping[str, Any], key: str, name: str, path: Path) -> str:
    value = table.get(key, "")
    if not isinstance(value, str):
        raise _wrong(path, f"profiles.{name}.{key}")
    return value


def _wrong(path: Path, key: str) -> SettingsProblem:
    return SettingsProblem(
        _("The profiles cannot be read"),
        _("{file} is not as it should be: {key}.").format(file=shown_path(path), key=key),
        _("Correct the file, or remove it and add the profiles again."),
    )
