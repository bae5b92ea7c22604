"""The words of the first page, for both faces and for the painter that shows it before anything is loaded."""

from __future__ import annotations

from aep_tui.domain.translation import _

GREETING = _(
    "This wizard creates a base connection in Adobe Experience Platform and watches it until it is enabled. Nothing is "
    "sent before Submit at the end."
)
WHERE_TO_CREATE = _("Where should the connection be created?")
PRACTICE_ROW = _("Practice: an embedded service, no account, no network")
LIVE_ROW = _("Live: the real platform")
WHAT_PRACTICE_DOES = _("What should the practice service do?")
START = _("Start")
SANDBOX_OF_PRACTICE = _("sandbox {name}")
"""On the target line."""
