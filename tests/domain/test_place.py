from __future__ import annotations

from dataclasses import replace

import pytest

from aep_tui.domain.place import Place

HERE = Place("https://platform.adobe.io", "ACME@AdobeOrg", "dev")


@pytest.mark.parametrize(
    ("other", "is_same_organization"),
    [
        (replace(HERE, sandbox_name="prod"), True),
        (replace(HERE, organization_id="OTHER@AdobeOrg"), False),
        (replace(HERE, base_url="http://127.0.0.1:8787"), False),
    ],
    ids=["sandbox", "organization", "service"],
)
def test_each_part_makes_another_place_and_the_sandbox_no_other_organization(
    other: Place, is_same_organization: bool
) -> None:
    assert other != HERE
    assert other.is_same_organization(HERE) is is_same_organization
    assert HERE.is_same_organization(other) is is_same_organization
    assert (other.organization == HERE.organization) is is_same_organization
