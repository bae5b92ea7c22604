"""Where something happens: what was sent to one place is never taken for something of another."""

from __future__ import annotations

from dataclasses import replace

from aep_tui.domain.light_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A sandbox of an organization of a service; two places are the same when all three are.

    Attributes:
        base_url: scheme and host of the service, no trailing slash.
        organization_id: `x-gw-ims-org-id`.
        sandbox_name: `x-sandbox-name`; "" stands for the organization with all its sandboxes.
    """

    base_url: str
    organization_id: str
    sandbox_name: str = ""

    @property
    def organization(self) -> Place:
        """The same without the sandbox: what a token is good for, and what a list of sandboxes belongs to."""
        return replace(self, sandbox_name="")

    def is_same_organization(self, other: Place) -> bool:
        """Return whether `other` is in the same organization of the same service, whatever its sandbox."""
        return self.organization == other.organization
