"""Sandboxes as the platform lists them, and the cloud that a sandbox's region stands for."""

from __future__ import annotations

from aep_tui.domain.light_dataclass import dataclass
from aep_tui.domain.source import Cloud

PRODUCTION = "production"
DEVELOPMENT = "development"
ACTIVE = "active"

_CLOUD_BY_REGION = {
    "VA6": Cloud.AWS,
    "VA7": Cloud.AZURE,
    "GBR9": Cloud.AZURE,
    "NDL2": Cloud.AZURE,
    "NLD2": Cloud.AZURE,
    "CAN2": Cloud.AZURE,
    "IND2": Cloud.AZURE,
    "AUS5": Cloud.AZURE,
}
"""Experience Platform multi-cloud overview; Adobe's pages spell the region in the Netherlands in two ways."""


@dataclass(frozen=True, slots=True)
class Sandbox:
    """One sandbox that the caller may use.

    Attributes:
        name: the value of `x-sandbox-name`.
        title: the name for people.
        type: "production", "development", or whatever else the platform says; "" when absent.
        region: for example "VA7"; "" when absent.
        state: for example "active"; "" when absent.
        is_default: whether it is the organization's default sandbox.
    """

    name: str
    title: str = ""
    type: str = ""
    region: str = ""
    state: str = ""
    is_default: bool = False

    @property
    def is_production(self) -> bool:
        """Whether the platform calls it a production sandbox."""
        return self.type == PRODUCTION

    @property
    def is_active(self) -> bool:
        """Whether it can be used now."""
        return self.state == ACTIVE


def cloud_of_region(region: str) -> Cloud | None:
    """Return the cloud of a documented region, or None when the person has to be asked."""
    return _CLOUD_BY_REGION.get(region.strip().upper())
