"""A source that refuses the new credentials before a migration: who is told, and whether others may be tried."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

import pytest

from aep_tui.domain.migration_plan import MigrationPlan
from aep_tui.domain.migration_record import MigrationRecord
from aep_tui.domain.problem import Problem
from aep_tui.flow_service.client import FlowService
from aep_tui.practice.organization import practice_target
from aep_tui.session import migration_login
from aep_tui.session.migration_login import LoginCheck, LoginRefused, check_groups
from aep_tui.session.migration_run import RunPlace
from aep_tui.session.open_sandboxes import OpenedSandbox
from aep_tui.session.source_checks import CheckAttempts
from tests.kit.clock import START, FakeClock
from tests.kit.wire import a_wire
from tests.session.migrating import CREDENTIALS, METHODS, SECRETS
from tests.session.migration_in_memory import GROUP, OLD, ROW, Service

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    ("before", "counts", "may_try_again"), [(0, 1, True), (0, 0, False), (2, 1, False), (1, 0, False)]
)
async def test_others_may_be_tried_while_refusals_are_left_and_this_was_one(
    monkeypatch: pytest.MonkeyPatch, before: int, counts: int, may_try_again: bool
) -> None:
    attempts = CheckAttempts()
    attempts.refused = before

    async def check(_values: Mapping[str, object], tried: CheckAttempts, _wire: object) -> None:
        tried.refused += counts
        raise Problem("Refused", "INVALID_LOGIN", "Try others.")

    monkeypatch.setattr(migration_login, "CHECKS", {METHODS.new.check: check})
    clock = FakeClock()
    plan = MigrationPlan("https://p", "o@AdobeOrg", START, "s", "a", "b", rows=(ROW,))
    sandboxes = {"dev": OpenedSandbox("dev", cast(FlowService, Service([OLD])))}
    with pytest.raises(LoginRefused) as refusal:
        await check_groups(
            RunPlace(plan, "abc", METHODS, sandboxes, practice_target(SECRETS), clock),
            MigrationRecord(),
            {GROUP: CREDENTIALS},
            login=LoginCheck(a_wire(clock=clock, secrets=SECRETS), attempts),
            on_progress=list[str]().append,
        )
    assert refusal.value.may_try_again is may_try_again
    assert (refusal.value.group, refusal.value.message) == (GROUP, f"{GROUP}: INVALID_LOGIN")
