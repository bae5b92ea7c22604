"""What the first page says of the practice service, which is painted before anything is loaded."""

from __future__ import annotations

from aep_tui.domain.translation import _

ORGANIZATION_ID = "ACME5C1328435BF324E9@AdobeOrg"
"""`x-gw-ims-org-id` of ACME; every well-formed organization works, and each sees only its own connections."""

REHEARSAL_SANDBOX_NAME = "rehearsal"
"""The sandbox that a practice target starts with."""

LABELS = {
    "everything-fine": _("Everything fine"),
    "slow-initializing": _("Slow initializing"),
    "wrong-credentials": _("Wrong credentials"),
    "expired-token": _("Expired token"),
    "sandbox-missing": _("Sandbox missing"),
    "retired-source-refused": _("Retired source refused"),
    "rate-limited": _("Rate limited"),
    "service-down": _("Service down for a while"),
    "strict": _("Strict"),
    "test-fails": _("Connection test fails"),
    "never-enabled": _("Never enabled"),
    "lived-in-organization": _("Lived-in organization"),
    "big-organization": _("Big organization"),
    "busy-organization": _("Busy organization"),
    "change-refused": _("Changes refused"),
    "some-sandboxes-closed": _("Some sandboxes closed"),
    "migration": _("Migration"),
    "migration-in-place": _("Migration in place"),
    "migration-refused-later": _("Migration refused later"),
    "migration-busy": _("Migration among others"),
    "migration-token-expires": _("Migration, token expires"),
}
"""The names of the scenarios for people, by their ids and in their order, the ordinary one first."""

WHAT_THE_FIRST_DOES = _("The connection is initializing for about 3 seconds and then enabled.")
