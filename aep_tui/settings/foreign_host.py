"""Keeps secrets from hosts that only a `.env` in the working directory names.

Such a file comes with a folder that was cloned or unpacked. Naming a host there must not be enough to receive a token
that the person keeps elsewhere: the person has to name it too, with an option or by typing it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from types import MappingProxyType
from urllib.parse import urlsplit

from aep_tui.domain.problem import Problem
from aep_tui.domain.target import is_address_of_adobe, is_loopback_host
from aep_tui.domain.translation import _
from aep_tui.settings.layer import FoundValue
from aep_tui.settings.resolved import ResolvedSettings
from aep_tui.settings.setting import SECRET_NAMES, SettingName, setting_named


class HostUnconfirmed(Problem):
    """A secret would go to a host that only a `.env` in the working directory names.

    Attributes:
        host: with its port, without the scheme.
    """

    def __init__(self, message: str, next_step: str, host: str) -> None:
        super().__init__(_("A secret would go to a host that is not Adobe's"), message, next_step)
        self.host = host


def with_confirmed_hosts(settings: ResolvedSettings, hosts: Collection[str]) -> ResolvedSettings:
    """Return the settings in which a person has named `hosts`, so that they get secrets wherever they stand.

    Args:
        settings: after every place was looked at.
        hosts: as they were typed, with their ports and without schemes.
    """
    typed = {host.strip().lower() for host in hosts}
    values = dict(settings.values)
    for name in (SettingName.BASE_URL, SettingName.IMS_HOST):
        found = values.get(name)
        if found is not None and found.is_unasked and _host_of(settings.text(name)).lower() in typed:
            values[name] = replace(found, is_unasked=False)
    return replace(settings, values=MappingProxyType(values))


def refuse_foreign_hosts(
    settings: ResolvedSettings, *, typed_secret: SettingName | None = None, base_url: str = ""
) -> None:
    """Check that no host of a `.env` that nobody named gets a secret from another place.

    Hosts of Adobe get every secret, and the file's own secrets may go where the file says. A token that is obtained
    with a client secret goes to the platform, so both secrets concern the base URL. In the wizard the secrets of the
    source go there too, and no file of a folder may say where; this machine itself is left in peace.

    Args:
        settings: after every place was looked at.
        typed_secret: the secret that was typed and takes the place of those in the settings, None without one.
        base_url: the platform's address in the wizard, "" elsewhere; a changed one is the person's choice.

    Raises:
        HostUnconfirmed: such a host would get a secret; the message tells file, variable and host.
    """
    if typed_secret is not None:
        secrets = {typed_secret: _("what you typed")}
    else:
        found = {name: settings.values[name] for name in SECRET_NAMES & settings.values.keys()}
        secrets = {name: secret.origin for name, secret in found.items() if not secret.is_unasked}
    for secret, place in sorted(secrets.items()):
        if not base_url or base_url == settings.base_url:
            _refuse_foreign_host(settings, SettingName.BASE_URL, secret, place)
        if secret is SettingName.CLIENT_SECRET:
            _refuse_foreign_host(settings, SettingName.IMS_HOST, secret, place)
    if base_url and base_url == settings.base_url and not is_loopback_host(urlsplit(base_url).hostname or ""):
        _refuse_source_secrets(settings)


def _refuse_foreign_host(settings: ResolvedSettings, name: SettingName, secret: SettingName, place: str) -> None:
    host = _foreign_host(settings, name)
    if host is None:
        return
    address = _host_of(settings.text(name))
    raise HostUnconfirmed(
        _("{origin} names the host {host}, but the {secret} comes from another place: {place}.").format(
            origin=host.origin, host=address, secret=secret.replace("_", " "), place=place
        ),
        _way_out(name, address),
        address,
    )


def _refuse_source_secrets(settings: ResolvedSettings) -> None:
    host = _foreign_host(settings, SettingName.BASE_URL)
    if host is not None:
        address = _host_of(settings.base_url)
        raise HostUnconfirmed(
            _("{origin} names the host {host}, and the secrets of your source would go there.").format(
                origin=host.origin, host=address
            ),
            _way_out(SettingName.BASE_URL, address),
            address,
        )


def _foreign_host(settings: ResolvedSettings, name: SettingName) -> FoundValue | None:
    """Return a host that nobody asked for and that is not Adobe's, or None."""
    host = settings.values.get(name)
    return host if host is not None and host.is_unasked and not is_address_of_adobe(settings.text(name)) else None


def _host_of(address: str) -> str:
    return address.partition("://")[2]


def _way_out(name: SettingName, host: str) -> str:
    return _(
        "If you mean this host, confirm it with --confirm-host {host}, or name it with {flag} or with {variable} in "
        "the environment. Otherwise remove the line from the file."
    ).format(host=host, flag=setting_named(name).flag, variable=setting_named(name).variable)
