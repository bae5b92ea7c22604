"""One place that values come from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field
from typing import TypeAlias

from aep_tui.domain.light_dataclass import dataclass
from aep_tui.domain.problem import SettingsProblem
from aep_tui.domain.secret import Secret
from aep_tui.domain.secrets import Secrets
from aep_tui.domain.stand_in import StandIn, stand_in
from aep_tui.domain.translation import _
from aep_tui.settings.checked_values import checked
from aep_tui.settings.setting import SECRET_NAMES, SETTINGS, SettingName

Value: TypeAlias = "str | Secret | Callable[[], Secret]"
"""A plain value, a secret, or what gets the secret when it is needed, at most once, from a program or a keyring."""


@dataclass(frozen=True, slots=True)
class FoundValue:
    """A value and where it was found.

    Attributes:
        value: plain or secret; "" where the place means another value than the default and does not say which, so that
            it has to be asked for.
        origin: the place in words: "environment variable AEP_ORG_ID".
        is_unasked: nobody named the place: it is `.env` in the working directory, which may have come with a folder.
    """

    value: Value
    origin: str
    is_unasked: bool = False


@dataclass(frozen=True, slots=True)
class Layer:
    """All values of one place.

    Attributes:
        title: the place in words, for example ".env in the working directory".
        values: what was found; empty values are not in it.
        notes: what the person should know about the place: lines that were not understood, names that do not count.
        warnings: what the person should change about the place, for example its permissions.
        refuses_lower_secrets: why the secrets of lower places do not count, or "" when they do.
        profile_name: the profile that this is, "" for any other place.
    """

    title: str
    values: Mapping[SettingName, FoundValue] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    refuses_lower_secrets: str = ""
    profile_name: str = ""


def found(name: SettingName, text: str, origin: str, secrets: Secrets) -> FoundValue | None:
    """Return the checked value, held by `secrets` when it is one, or None when `text` is empty.

    Args:
        name: the setting.
        text: what stands there.
        origin: where, in words.
        secrets: of this run.

    Raises:
        SettingsProblem: the value cannot be used.
    """
    value = checked(name, text, origin)
    if not value:
        return None
    return FoundValue(secrets.hold(value, name) if name in SECRET_NAMES else value, origin)


def values_of_variables(variables: Mapping[str, str], origin: str, secrets: Secrets) -> dict[SettingName, FoundValue]:
    """Return the settings that stand in `variables` under their AEP_ names.

    Args:
        variables: names and texts; names that are no setting and texts that are no value are passed over.
        origin: the words that name the place, with "{variable}" where the name of the variable goes.
        secrets: hold what is one.

    Raises:
        SettingsProblem: a value cannot be used, or two names of the same setting differ.
    """
    values: dict[SettingName, FoundValue] = {}
    for setting in SETTINGS:
        for variable in setting.variables:
            text = variables.get(variable, "")
            value = found(setting.name, "" if stand_in(text) else text, origin.format(variable=variable), secrets)
            if value is None:
                continue
            first = values.setdefault(setting.name, value)
            if first is not value and first.value != value.value:
                raise SettingsProblem(
                    _("Two variables contradict each other"),
                    _("{first} and {second} name the same setting and differ.").format(
                        first=first.origin, second=value.origin
                    ),
                    _("Remove one of them."),
                )
    return values


def stand_in_notes(variables: Mapping[str, str]) -> tuple[str, ...]:
    """Return a sentence for each of our variables that holds a placeholder or a reference instead of a value."""
    names = [variable for setting in SETTINGS for variable in setting.variables]
    kinds = {name: kind for name in names if (kind := stand_in(variables.get(name, "")))}
    return tuple(about_stand_in(name, kind) for name, kind in kinds.items())


def about_stand_in(key: str, kind: StandIn) -> str:
    """Return the sentence about a key that holds no value."""
    if kind is StandIn.PLACEHOLDER:
        return _("{key} still holds a placeholder and does not count.").format(key=key)
    return _(
        "{key} holds a reference to a value and does not count, because this program does not follow it. A profile "
        "can run the program that prints a secret: aep-tui profile add NAME --secret-command 'op read ...'."
    ).format(key=key)
