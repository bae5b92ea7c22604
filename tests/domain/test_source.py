"""What a parameter is called in a form."""

from __future__ import annotations

import pytest

from aep_tui.domain.source import Parameter, ValueDescription


@pytest.mark.parametrize(
    ("is_required", "described", "is_called_required"),
    [
        (True, None, True),
        (False, None, False),
        (False, ValueDescription(), False),
        (False, ValueDescription(is_required=True), True),
        (True, ValueDescription(), True),
    ],
)
def test_what_we_or_the_platform_demand_is_called_required(
    is_required: bool, described: ValueDescription | None, is_called_required: bool
) -> None:
    parameter = Parameter("a", "A", "", "", "", is_required=is_required, described=described)
    assert parameter.is_called_required is is_called_required
