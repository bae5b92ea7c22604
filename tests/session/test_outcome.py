"""What became of a create, a change or a delete: when it certainly was not carried out."""

from __future__ import annotations

import pytest

from aep_tui.flow_service.errors import PlatformError
from aep_tui.session.outcome import is_certainly_not_carried_out


@pytest.mark.parametrize(
    ("status", "is_proved"), [(400, True), (403, True), (404, True), (408, False), (409, False), (412, True)]
)
def test_the_platforms_own_refusal_proves_it_but_for_those_that_may_hide_the_outcome(
    status: int, is_proved: bool
) -> None:
    error = PlatformError("Refused", "In the platform's own form.", "", status=status)
    assert not is_certainly_not_carried_out(error), "anybody may have said so"
    error.proves_refusal = True
    assert is_certainly_not_carried_out(error) is is_proved


def test_what_never_left_was_not_carried_out() -> None:
    assert is_certainly_not_carried_out(PlatformError("Network", "Refused.", "", request_left=False))
