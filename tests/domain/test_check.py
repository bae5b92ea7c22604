from __future__ import annotations

from aep_tui.domain.check import CheckResult, CheckState


def test_scripts_find_every_value_of_a_check_under_its_key_and_seconds_with_three_digits() -> None:
    result = CheckResult("sandbox", "Sandbox", CheckState.WARNING, 0.12345, "It is not active.", "Ask.", "your admin")
    assert result.as_json() == {
        "id": "sandbox",
        "name": "Sandbox",
        "state": "warning",
        "seconds": 0.123,
        "reason": "It is not active.",
        "what_to_do": "Ask.",
        "who_can_do_it": "your admin",
    }
