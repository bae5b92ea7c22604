"""What a person agreed to change or delete has to be what is there."""

from __future__ import annotations

from aep_tui.domain.connection import ConnectionStatus
from aep_tui.domain.problem import Problem
from aep_tui.domain.translation import _


class ConnectionChanged(Problem):
    """A connection is not what the person saw, or has no version that a change could name; nothing was sent."""


def check_unchanged(seen: ConnectionStatus, now: ConnectionStatus) -> None:
    """Compare what the person saw with what is there; what the platform did not tell then is not compared.

    Args:
        seen: as it was shown.
        now: as it was read just before the change.

    Raises:
        ConnectionChanged: name, state or etag differ, or there is no etag.
    """
    rows = ((_("name"), seen.name, now.name), (_("state"), seen.state, now.state), (_("etag"), seen.etag, now.etag))
    changed = [f"{label} {now_told}" for label, told, now_told in rows if told and told != now_told]
    if changed:
        raise ConnectionChanged(
            _("The connection has changed"),
            _("It is not as you saw it any more; now: {changes}. Nothing was sent.").format(changes=", ".join(changed)),
            _("Look at it again, and decide then."),
        )
    if not now.etag:
        raise ConnectionChanged(
            _("The connection cannot be changed yet"),
            _("The platform names no version of it (etag), as while it initializes. Nothing was sent."),
            _("Wait until it is enabled, and try again."),
        )
