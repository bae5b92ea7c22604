"""Keeps secrets from hosts that only a `.env` in the working directory names.

Such a file comes with a folder that was cloned or unpacked. Naming a host there must not be enough to receive a token
that the person keeps elsewhere.
"""

from __future__ import annotations

from aep_tui.domain.problem import SettingsProblem
from aep_tui.domain.target import is_address_of_adobe
from aep_tui.domain.translation import _
from aep_tui.settings.resolved import ResolvedSettings
from aep_tui.settings.setting import SECRET_NAMES, SettingName, setting_named


def refuse_foreign_hosts(
    settings: ResolvedSettings, *, typed_secret: SettingName | None = None, base_url: str = ""
) -> None:
    """Check that no host of a `.env` that nobody named gets a secret from another place.

    Hosts of Adobe get every secret, and the file's own secrets may go where the file says. A token that is obtained
    with a client secret goes to the platform, so both secrets concern the base URL.

    Args:
        settings: after every place was looked at.
        typed_secret: the secret that was typed and takes the place of those in the settings, None without one.
        base_url: the platform's address when the person could change it; a changed one is their own choice.

    Raises:
        SettingsProblem: such a host would get a secret; the message tells file, variable and host.
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


def _refuse_foreign_host(settings: ResolvedSettings, name: SettingName, secret: SettingName, place: str) -> None:
    host = settings.values.get(name)
    address = settings.text(name)
    if host is None or not host.is_unasked or is_address_of_adobe(address):
        return
    raise SettingsProblem(
        _("A secret would go to a host that is not Adobe's"),
        _("{origin} names the host {host}, but the {secret} comes from another place: {place}.").format(
            origin=host.origin, host=address.partition("://")[2], secret=secret.replace("_", " "), place=place
        ),
        _(
            "If you mean this host, name it with {flag} or with {variable} in the environment. Otherwise remove the "
            "line from the file."
        ).format(flag=setting_named(name).flag, variable=setting_named(name).variable),
    )
