from __future__ import annotations

from aep_tui.domain.check import CheckResult, CheckState, PreflightReport


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


def test_a_warning_is_no_failed_check() -> None:
    results = {state: CheckResult(state.value, "Check", state, 0.0, "Found.") for state in CheckState}
    assert PreflightReport((results[CheckState.FAILED],)).count(CheckState.FAILED) == 1
    others = tuple(each for state, each in results.items() if state is not CheckState.FAILED)
    assert PreflightReport(others).count(CheckState.FAILED) == PreflightReport().count(CheckState.FAILED) == 0
    report = PreflightReport(tuple(results.values()))
    assert report.result("warning") == results[CheckState.WARNING]
    assert report.result("another") is None


def test_each_state_has_a_word_for_people() -> None:
    assert [state.label for state in CheckState] == ["OK", "Warning", "Failed", "Skipped"]
    assert list(map(str, CheckState)) == ["ok", "warning", "failed", "skipped"], "what scripts read"


def test_the_summary_counts_each_state() -> None:
    states = [CheckState.OK] * 3 + [CheckState.WARNING] * 2 + [CheckState.FAILED]
    results = tuple(CheckResult("id", "Check", state, 0.0, "Found.") for state in states)
    assert PreflightReport(results).summary() == "3 OK, 2 with a warning, 1 failed, 0 skipped."
