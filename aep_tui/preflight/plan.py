"""Which checks there are, in the order in which they are shown."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from aep_tui.domain.check import PlannedCheck
from aep_tui.domain.translation import _

if TYPE_CHECKING:
    from aep_tui.domain.source import Source

TERMINAL: Final = "terminal"
PROXY: Final = "proxy"
CERTIFICATES: Final = "certificates"
PLATFORM_NETWORK: Final = "platform-network"
PLATFORM_TLS: Final = "platform-tls"
IDENTITY_NETWORK: Final = "identity-network"
IDENTITY_TLS: Final = "identity-tls"
CLOCK: Final = "clock"
ACCESS_TOKEN: Final = "access-token"  # noqa: S105 - the name of a check
API_KEY: Final = "api-key"
ORGANIZATION: Final = "organization"
SANDBOX: Final = "sandbox"
VIEW_SOURCES: Final = "view-sources"
MANAGE_SOURCES: Final = "manage-sources"
LIFECYCLE: Final = "lifecycle"
CONNECTION_SPEC: Final = "connection-spec"


def spec_check_id(source_id: str) -> str:
    """Return the id of the check of a source's connection specification."""
    return f"{CONNECTION_SPEC}.{source_id}"


def planned_checks(sources: Iterable[Source]) -> tuple[PlannedCheck, ...]:
    """Return all checks for `sources`, in order."""
    return (
        PlannedCheck(TERMINAL, _("Terminal")),
        PlannedCheck(PROXY, _("Proxy")),
        PlannedCheck(CERTIFICATES, _("Trusted certificates")),
        PlannedCheck(PLATFORM_NETWORK, _("Network to the platform")),
        PlannedCheck(PLATFORM_TLS, _("TLS to the platform")),
        PlannedCheck(IDENTITY_NETWORK, _("Network to the identity service")),
        PlannedCheck(IDENTITY_TLS, _("TLS to the identity service")),
        PlannedCheck(CLOCK, _("Clock")),
        PlannedCheck(ACCESS_TOKEN, _("Access token")),
        PlannedCheck(API_KEY, _("API key")),
        PlannedCheck(ORGANIZATION, _("Organization")),
        PlannedCheck(SANDBOX, _("Sandbox")),
        PlannedCheck(VIEW_SOURCES, _("Permission to view sources")),
        PlannedCheck(MANAGE_SOURCES, _("Permission to manage sources")),
        *(PlannedCheck(spec_check_id(source.id), _("Source {label}").format(label=source.label)) for source in sources),
        PlannedCheck(LIFECYCLE, _("Lifecycle notices")),
    )
