from __future__ import annotations

import pytest

from aep_tui.domain.sandbox import Sandbox, cloud_of_region
from aep_tui.domain.source import Cloud


@pytest.mark.parametrize(
    ("region", "cloud"),
    [
        ("VA6", Cloud.AWS),
        *((region, Cloud.AZURE) for region in ("VA7", "GBR9", "NDL2", "NLD2", "CAN2", "IND2", "AUS5", " va7 ")),
        ("", None),
        ("PRACTICE", None),
    ],
)
def test_a_documented_region_tells_the_cloud(region: str, cloud: Cloud | None) -> None:
    assert cloud_of_region(region) is cloud


def test_production_and_active_are_what_the_platform_calls_so() -> None:
    assert Sandbox("prod", type="production", state="active").is_production
    assert not Sandbox("dev", type="development").is_production
    assert Sandbox("prod", state="active").is_active
    assert not Sandbox("prod", state="").is_active
