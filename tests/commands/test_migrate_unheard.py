"""`aep-tui migrate` whose standard output is not read any more."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from aep_tui.commands.standard_output import PipeClosed
from aep_tui.domain.migration_record import Stage
from aep_tui.domain.secrets import Secrets
from aep_tui.state.migration_files import read_record
from tests.commands.made_plan import a_plan, migrate
from tests.commands.test_migrate import run, shown

pytestmark = pytest.mark.usefixtures("home", "no_waits")


def close_after(monkeypatch: pytest.MonkeyPatch, writes: int) -> None:
    """Let whoever reads standard output close it after so many writes."""
    left = iter(range(writes))

    def write(text: str) -> None:
        if next(left, None) is None:
            raise PipeClosed

    monkeypatch.setattr("aep_tui.commands.output.write_standard_output", write)


@pytest.mark.parametrize(("command", "arguments"), [("report", ()), ("check", ()), ("run", ("--dry-run",))])
def test_a_reader_that_has_read_enough_ends_what_only_asks_without_a_word(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    command: str,
    arguments: tuple[str, ...],
) -> None:
    plan = a_plan(tmp_path, "dev")
    close_after(monkeypatch, 0)
    assert migrate(command, plan, "--json", *arguments) == 141
    assert "takes nothing" not in shown(capsys)[1]


def test_a_reader_that_has_read_enough_of_a_plan_ends_it_quietly_and_the_plan_is_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = tmp_path / "plan.toml"
    close_after(monkeypatch, 0)
    assert migrate("plan", plan, "--json", "--sandbox-name", "dev") == 141
    words = shown(capsys)[1]
    assert "takes nothing" not in words
    assert "The plan is in" in words
    assert run(plan, "--dry-run") == 141


@pytest.mark.parametrize("writes", [0, 1, 2, 3])
def test_a_reader_that_goes_amid_a_run_ends_it_after_the_present_connection_and_leaves_nothing_unknown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, writes: int
) -> None:
    plan = a_plan(tmp_path, "dev")
    with monkeypatch.context() as closing:
        close_after(closing, writes)
        assert run(plan, "--json") == 3
    assert "Standard output takes nothing" in shown(capsys)[1]
    record = read_record(plan, Secrets())
    assert [row.stage for row in record.rows.values()] == [Stage.DONE]
    capsys.readouterr()
    assert run(plan, "--json") == 0
    lines = [json.loads(line) for line in shown(capsys)[0].splitlines()]
    assert sum(each["stage"] == "done" for each in lines[:-1]) == 7
