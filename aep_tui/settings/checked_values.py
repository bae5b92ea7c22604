"""What a value has to look like before the program uses it; the messages name the origin and never the value."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from aep_tui import domain
from aep_tui.domain.header_value import HeaderFault, header_fault, is_signed_token
from aep_tui.domain.problem import SettingsProblem
from aep_tui.domain.stand_in import stand_in
from aep_tui.domain.target import checked_base_url
from aep_tui.domain.translation import _
from aep_tui.settings.setting import SettingName
from aep_tui.settings.switch_words import is_on

LONGEST_VALUE = 16_384
"""Characters; a token of Adobe has about 1 500, and no server takes longer headers."""


def checked(name: SettingName, text: str, origin: str) -> str:
    """Return `text` in the form in which the program uses it.

    White space around it goes, and so does the "Bearer " in front of a token (Adobe's Postman environment writes it
    there). Scopes become a list with commas; hosts become "https://host".

    Args:
        name: what is set.
        text: the value as it was found.
        origin: where it was found, in words, for the message.

    Raises:
        SettingsProblem: the value cannot be sent in a header or stands for another one, or a URL is not acceptable.
    """
    text = text.strip().removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}").strip()
    if not text:
        return ""
    if len(text) > LONGEST_VALUE:
        raise _unusable(name, origin, _("It is longer than any value of this kind."))
    if stand_in(text):
        raise _unusable(name, origin, _("It is a placeholder or a reference, and not the value itself."))
    check = _CHECKS.get(name, _one_word)
    return check(name, text, origin)


def _one_word(name: SettingName, text: str, origin: str) -> str:
    match header_fault(text):
        case HeaderFault.BLANK:
            raise _unusable(name, origin, _("It contains a blank or a line break."))
        case HeaderFault.CHARACTER:
            raise _unusable(name, origin, _("It contains a character that no request header may carry."))
        case None:
            return text


def _shown(name: SettingName, text: str, origin: str) -> str:
    if is_signed_token(text):
        raise _unusable(name, origin, _("It is a token, and this value is shown and kept in clear."))
    return _one_word(name, text, origin)


def _token(name: SettingName, text: str, origin: str) -> str:
    return _one_word(name, domain.bearer_prefix_removed(text)[0], origin)


def _scopes(name: SettingName, text: str, origin: str) -> str:
    words = (word.strip().strip("\"'") for word in text.strip("[]").replace(",", " ").split())
    return ",".join(_one_word(name, word, origin) for word in words if word)


def _base_url(name: SettingName, text: str, origin: str) -> str:
    try:
        return checked_base_url(_one_word(name, text, origin))
    except SettingsProblem as problem:
        raise SettingsProblem(
            problem.title,
            _("{message} It comes from: {origin}.").format(message=problem.message, origin=origin),
            problem.next_step,
        ) from None


def _host(name: SettingName, text: str, origin: str) -> str:
    return _base_url(name, text if "://" in text else f"https://{text}", origin)


def _switch(name: SettingName, text: str, origin: str) -> str:
    """Return "true", or "" for a text that switches nothing on: then another place may still switch it on."""
    said = is_on(text)
    if said is not None:
        return "true" if said else ""
    raise _unusable(name, origin, _("It has to be true or false."))


_CHECKS: Mapping[SettingName, Callable[[SettingName, str, str], str]] = {
    SettingName.ORGANIZATION_ID: _shown,
    SettingName.SANDBOX_NAME: _shown,
    SettingName.API_KEY: _shown,
    SettingName.ACCESS_TOKEN: _token,
    SettingName.SCOPES: _scopes,
    SettingName.BASE_URL: _base_url,
    SettingName.IMS_HOST: _host,
    SettingName.READ_ONLY: _switch,
}


def _unusable(name: SettingName, origin: str, reason: str) -> SettingsProblem:
    return SettingsProblem(
        _("A value cannot be used"),
        _("The value of {name} ({origin}) cannot be used. {reason}").format(name=name, origin=origin, reason=reason),
        _("Correct it there and start again."),
    )
