"""The target: which organization and sandbox of which service a connection is created in."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import field
from enum import StrEnum
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from aep_tui.domain import first_words
from aep_tui.domain.light_dataclass import dataclass
from aep_tui.domain.place import Place
from aep_tui.domain.problem import SettingsProblem
from aep_tui.domain.secret import Secret
from aep_tui.domain.translation import _

if TYPE_CHECKING:
    from datetime import datetime


LIVE_BASE_URL = "https://platform.adobe.io"
"""The documented host of the platform APIs (all five tutorials)."""


DOCUMENTED_HOSTS = frozenset({"platform.adobe.io", "ims-na1.adobelogin.com", "ims-na1-stg1.adobelogin.com"})
"""The platform (all five tutorials), and Adobe's identity service in production and on stage (Developer Console)."""

IDENTITY_SERVICE_URL = "https://ims-na1.adobelogin.com"
"""The documented host of Adobe's identity service (Developer Console, OAuth Server-to-Server)."""

DOCUMENTED_SCOPES = "openid,session,AdobeID,read_organizations,additional_info.projectedProductContext"
"""What a token is asked for (Adobe's Postman environment for Experience Platform, key SCOPES)."""

LONGEST_SHOWN_HOST = 32
"""Cells that a host takes on the target line."""


READ_ONLY_WORD = "READ-ONLY"
"""Stands behind the mode of a target in which nothing can be changed; the option has the same name."""


class Mode(StrEnum):
    """Whether the wizard rehearses or changes a real organization."""

    PRACTICE = first_words.PRACTICE
    LIVE = "live"

    @property
    def label(self) -> str:
        """The word on the target line."""
        return self.value.upper()


@dataclass(frozen=True, slots=True)
class ClientCredential:
    """What access tokens are obtained with: OAuth Server-to-Server; the client id is the target's API key.

    Attributes:
        client_secret: stays wrapped.
        scopes: with commas between them.
        ims_base_url: scheme and host of Adobe's identity service.
    """

    client_secret: Secret = field(repr=False)
    scopes: str = DOCUMENTED_SCOPES
    ims_base_url: str = IDENTITY_SERVICE_URL

    @property
    def checked_ims_base_url(self) -> str:
        """Scheme and host of the identity service, as a request may use them.

        Raises:
            SettingsProblem: the host cannot be used.
        """
        return checked_base_url(self.ims_base_url)


@dataclass(frozen=True, slots=True)
class Target:
    """Where requests go and on whose behalf.

    Attributes:
        mode: practice or live.
        base_url: scheme and host, no trailing slash, for example "https://platform.adobe.io".
        organization_id: `x-gw-ims-org-id`, for example "1234@AdobeOrg".
        sandbox_name: `x-sandbox-name`; always asked for and always sent, on AWS too.
        api_key: `x-api-key`, the client id of the credential.
        access_token: the bearer token without "Bearer ", or None while it is not known.
        client_credential: obtains the tokens when there is no `access_token`, or None.
        token_expires_at: when `access_token` expires by its own words, or None when it does not say.
        is_read_only: nothing may be sent that could change something there.
    """

    mode: Mode
    base_url: str = LIVE_BASE_URL
    organization_id: str = ""
    sandbox_name: str = ""
    api_key: str = ""
    access_token: Secret | None = field(default=None, repr=False)
    client_credential: ClientCredential | None = field(default=None, repr=False)
    token_expires_at: datetime | None = None
    is_read_only: bool = False

    @property
    def place(self) -> Place:
        """Where requests go, without on whose behalf."""
        return Place(self.base_url, self.organization_id, self.sandbox_name)

    @property
    def host(self) -> str:
        """Host and port of the base URL."""
        return self.base_url.partition("://")[2] or self.base_url

    @property
    def mode_and_host(self) -> str:
        """The mode, and in live mode the host unless it is the documented one, for example "LIVE 127.0.0.1:8787".

        It says READ-ONLY where nothing can be changed. Of a long host the end is kept: who owns a name is told by its
        last part.
        """
        mode = f"{self.mode.label} {READ_ONLY_WORD}" if self.is_read_only else self.mode.label
        if self.mode is Mode.PRACTICE or self.base_url == LIVE_BASE_URL:
            return mode
        is_long = len(self.host) > LONGEST_SHOWN_HOST
        return f"{mode} " + (f"…{self.host[1 - LONGEST_SHOWN_HOST :]}" if is_long else self.host)


def checked_base_url(text: str) -> str:
    """Return scheme, host and port of a base URL, without a trailing slash and with the host in lower case.

    Args:
        text: for example "https://platform.adobe.io/".

    Raises:
        SettingsProblem: the URL is not https (http is for loopback hosts only), or it carries user information, a
            path, a query or a fragment. The message does not repeat the URL, which may carry a password.
    """
    text = text.strip()
    if not text.isascii() or re.search(r"[\x00-\x20\x7f\\]", text):
        raise _refused(_("It contains a blank, a control character or a letter that a host name cannot have."))
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        host, port = "", None
        parts = urlsplit("")
    if parts.scheme not in {"http", "https"} or not (_is_host_name(host) or ":" in host) or port == 0:
        raise _refused(_("It is not of the form https://host or https://host:port."))
    if "@" in parts.netloc:
        raise _refused(_("It contains a user name or a password."))
    if parts.path.strip("/") or parts.query or parts.fragment or text.endswith(("?", "#")):
        raise _refused(_("It contains more than scheme, host and port."))
    if parts.scheme == "http" and not is_loopback_host(host):
        raise _refused(_("Without https the access token would travel in clear; http is for this machine only."))
    shown_host = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{shown_host}" + (f":{port}" if port else "")


def is_address_of_adobe(base_url: str) -> bool:
    """Return whether a checked base URL is that of a documented host of Adobe.

    Those are the platform (`platform.adobe.io`, on stage `platform-{environment}.adobe.io`) and its identity service.
    """
    scheme, _separator, host = base_url.partition("://")
    host = host.removesuffix(":443")
    is_stage = re.fullmatch(r"platform-[a-z0-9]+(?:-[a-z0-9]+)*\.adobe\.io", host) is not None
    return scheme == "https" and (host in DOCUMENTED_HOSTS or is_stage)


def is_loopback_host(host: str) -> bool:
    """Return whether `host` (name or address, no port) always is this machine: 127.0.0.0/8, ::1 or localhost."""
    host = host.strip("[]").lower()
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    return (
        address in ipaddress.ip_network("127.0.0.0/8")
        if address.version == 4
        else address == ipaddress.ip_address("::1")
    )


def _is_host_name(host: str) -> bool:
    labels = host.split(".")
    return len(host) <= 253 and all(
        0 < len(label) <= 63 and label.replace("-", "").replace("_", "").isalnum() and label[0] != "-" != label[-1]
        for label in labels
    )


def _refused(reason: str) -> SettingsProblem:
    return SettingsProblem(
        _("The base URL cannot be used"),
        _("The base URL of the service is refused. {reason}").format(reason=reason),
        _("Write it like https://platform.adobe.io, without a path."),
    )
