"""What a parameter is called in a form."""

from __future__ import annotations

import pytest

from aep_tui.domain.source import Parameter, ValueDescription
from tests.domain.forms import BASIC


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


def test_of_what_the_platform_shows_only_the_fields_of_the_method_are_shown_and_no_secret() -> None:
    shown = BASIC.shown({"username": "somebody", "password": "set", "apiVersion": "60.0", "other": "x"})
    assert shown == (("apiVersion", "60.0"), ("username", "somebody"))
