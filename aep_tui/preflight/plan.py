"""Which checks there are, in the order in which they are shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from aep_tui.domain.check import PlannedCheck
from aep_tui.domain.translation import _

if TYPE_CHECKING:
    from aep_tui.domain.lifecycle import LifecycleNotice
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


def notice_check_id(notice: LifecycleNotice) -> str:
    """Return the id of the row of a lifecycle notice."""
    return f"{LIFECYCLE}.{notice.id}"


def planned_checks(sources: Sequence[Source], notices: Iterable[LifecycleNotice]) -> tuple[PlannedCheck, ...]:
    """Return all checks for `sources`, and a row for each of `notices`, in order."""
    labels = {source.id: source.label for source in sources}
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
        *(
            PlannedCheck(notice_check_id(notice), _("Notice: {label}").format(label=_label(notice, labels)))
            for notice in notices
        ),
    )


def _label(notice: LifecycleNotice, labels: Mapping[str, str]) -> str:
    return labels.get(notice.source_id) or (notice.cloud.label if notice.cloud else notice.title)
