"""The keyring of the operating system, as the optional extra `aep-tui[keyring]`; nothing falls back to a file."""

from __future__ import annotations

import importlib
import threading
from collections.abc import Callable
from typing import Any, TypeVar

from aep_tui.domain.problem import SettingsProblem
from aep_tui.domain.translation import _
from aep_tui.settings.setting import SettingName

TIME_LIMIT = 3.0
"""Seconds; a keyring that is locked and has nobody to ask would wait for ever."""

_SERVICE = "aep-tui"
_PLAINTEXT = ("keyrings.alt", "keyring.backends.null", "keyring.backends.fail")

Result = TypeVar("Result")


def secret_from_keyring(profile_name: str, secret: SettingName, time_limit: float = TIME_LIMIT) -> str:
    """Return a secret of a profile.

    Args:
        profile_name: the profile.
        secret: which of its secrets.
        time_limit: seconds after which the keyring counts as stuck.

    Raises:
        SettingsProblem: there is no usable keyring, it does not answer in time, or it does not hold the secret.
    """
    keyring = _usable_keyring(time_limit)
    entry = _entry(profile_name, secret)
    text = _within(lambda: keyring.get_password(_SERVICE, entry), time_limit)
    if not isinstance(text, str) or not text:
        raise _failed(_("It holds no secret for the profile {profile}.").format(profile=profile_name))
    return text


def store_in_keyring(profile_name: str, secret: SettingName, text: str, time_limit: float = TIME_LIMIT) -> None:
    """Keep a secret of a profile in the keyring.

    Args:
        profile_name: the profile.
        secret: which of its secrets.
        text: the secret itself.
        time_limit: seconds after which the keyring counts as stuck.

    Raises:
        SettingsProblem: there is no usable keyring, or it does not take the secret in time.
    """
    keyring = _usable_keyring(time_limit)
    _within(lambda: keyring.set_password(_SERVICE, _entry(profile_name, secret), text), time_limit)


def remove_from_keyring(profile_name: str, secret: SettingName, time_limit: float = TIME_LIMIT) -> None:
    """Remove a secret of a profile from the keyring; one that it does not hold is fine.

    Args:
        profile_name: the profile.
        secret: which of its secrets.
        time_limit: seconds after which the keyring counts as stuck.

    Raises:
        SettingsProblem: there is no usable keyring, or it does not answer in time.
    """
    keyring = _usable_keyring(time_limit)
    entry = _entry(profile_name, secret)
    if _within(lambda: keyring.get_password(_SERVICE, entry), time_limit) is not None:
        _within(lambda: keyring.delete_password(_SERVICE, entry), time_limit)


def _entry(profile_name: str, secret: SettingName) -> str:
    return f"{profile_name}/{secret}"


def _usable_keyring(time_limit: float) -> Any:  # noqa: ANN401 - an optional package without types
    def load() -> Any:  # noqa: ANN401 - as above

        keyring = importlib.import_module("keyring")
        backend = keyring.get_keyring()
        return keyring, [type(one).__module__ for one in (backend, *getattr(backend, "backends", ()))]

    try:
        keyring, modules = _within(load, time_limit)
    except ModuleNotFoundError:
        raise SettingsProblem(
            _("There is no keyring"),
            _("The profile keeps its secret in the keyring, but the package for it is not installed."),
            _("Install it with: pip install 'aep-tui[keyring]' or let the profile take its secret from elsewhere."),
        ) from None
    if any(module.startswith(_PLAINTEXT) for module in modules):
        raise _failed(_("The only keyring of this machine would keep secrets in clear or not at all."))
    return keyring


def _within(work: Callable[[], Result], time_limit: float) -> Result:
    outcome: list[Result] = []
    failure: list[BaseException] = []

    def run() -> None:
        try:
            outcome.append(work())
        except BaseException as error:  # told to the waiting thread below
            failure.append(error)

    # A daemon: a keyring that hangs must not keep the program from ending.
    thread = threading.Thread(target=run, name="keyring", daemon=True)
    thread.start()
    thread.join(time_limit)
    if outcome:
        return outcome[0]
    if failure and isinstance(failure[0], ModuleNotFoundError) and failure[0].name == "keyring":
        raise ModuleNotFoundError(name="keyring")
    if failure:
        # Only the type: the words of a backend may say what it was asked to keep.
        raise _failed(_("It failed with {error}.").format(error=type(failure[0]).__name__))
    raise _failed(_("It did not answer within {seconds} seconds.").format(seconds=int(time_limit)))


def _failed(reason: str) -> SettingsProblem:
    return SettingsProblem(
        _("The keyring cannot be used"),
        _("The keyring of the operating system did not help. {reason}").format(reason=reason),
        _("Unlock the keyring, or let the profile ask for its secret or take it from a file or a command."),
    )
