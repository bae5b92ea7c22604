"""Before a run each group's first connection is as planned, and the source itself takes the new credentials."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import cast

import pytest

from aep_tui.domain.migration_plan import MigrationPlan
from aep_tui.domain.migration_record import MigrationRecord, RowRecord, Stage
from aep_tui.flow_service.client import FlowService
from aep_tui.flow_service.errors import NotFound
from aep_tui.practice.organization import practice_target
from aep_tui.session import migration_login
from aep_tui.session.migration_login import GroupRefused, LoginCheck, check_groups
from aep_tui.session.migration_planning import Methods
from aep_tui.session.migration_requests import GroupCredentials
from aep_tui.session.migration_run import RunPlace
from aep_tui.session.open_sandboxes import OpenedSandbox
from aep_tui.session.source_checks import CheckAttempts
from tests.kit.clock import START, FakeClock
from tests.kit.wire import a_wire
from tests.session.migrating import CREDENTIALS, ENDED, METHODS, SECRETS, WITH_TOKEN
from tests.session.migration_in_memory import GROUP, OLD, ROW, Service, refused

pytestmark = pytest.mark.anyio

ROWS = tuple(replace(ROW, connection_id=f"old-{number}") for number in range(1, 4))
ELSEWHERE = replace(ROW, connection_id="old-9", group="https://other.my.salesforce.com")
PLAN = MigrationPlan("https://p", "o@AdobeOrg", START, "s", "a", "b", rows=(ELSEWHERE, *ROWS))


async def checked(
    service: Service,
    monkeypatch: pytest.MonkeyPatch,
    record: MigrationRecord | None = None,
    given: GroupCredentials = CREDENTIALS,
    *,
    methods: Methods = METHODS,
    asks_source: bool = True,
    left_out: Collection[str] = (),
) -> tuple[list[Mapping[str, object]], list[str]]:
    asked, said = list[Mapping[str, object]](), list[str]()

    async def check(values: Mapping[str, object], _attempts: object, _wire: object) -> None:
        asked.append(values)

    monkeypatch.setattr(migration_login, "CHECKS", {METHODS.new.check: check})
    clock = FakeClock()
    sandboxes = {"dev": OpenedSandbox("dev", cast(FlowService, service))}
    await check_groups(
        RunPlace(PLAN, "abc", methods, sandboxes, practice_target(SECRETS), clock),
        record or MigrationRecord(),
        {GROUP: given},
        login=LoginCheck(a_wire(clock=clock, secrets=SECRETS), CheckAttempts()) if asks_source else None,
        left_out=left_out,
        on_progress=said.append,
    )
    return asked, said


async def test_the_source_is_asked_once_a_group_at_the_address_that_the_platform_shows(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    service = Service([OLD])
    asked, said = await checked(service, monkeypatch)
    assert service.asked == ["old-1"], "the first that waits stands for its group"
    assert said == [f"Asking {GROUP} whether it takes the new credentials."]
    (values,) = asked
    assert (values["address"], values["client_id"]) == (GROUP, "3MVG9acme")
    assert values["client_secret"] is CREDENTIALS.new["clientSecret"]


async def test_what_is_done_or_left_out_stands_for_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    service = Service([OLD])
    done = MigrationRecord({"old-1": RowRecord(Stage.DONE)})
    await checked(service, monkeypatch, done, left_out={"old-2"})
    assert service.asked == ["old-3"]
    asked, _said = await checked(service, monkeypatch, done, left_out={"old-2", "old-3"})
    assert (service.asked, asked) == (["old-3"], [])


async def test_a_person_may_say_that_the_source_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    assert await checked(Service([OLD]), monkeypatch, asks_source=False) == ([], [])


async def test_what_is_not_as_planned_or_missing_names_the_connection_and_asks_nobody(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with pytest.raises(GroupRefused, match="ACME in sandbox dev: Changed last by"):
        await checked(Service([replace(OLD, name="Other")]), monkeypatch)
    with pytest.raises(GroupRefused, match="ACME in sandbox dev: clientSecret: "):
        await checked(Service([OLD]), monkeypatch, given=GroupCredentials())


async def test_a_token_that_has_ended_today_asks_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(GroupRefused, match="jwtToken: The token ended on 2026-11-22 at 11:00 UTC"):
        await checked(Service([OLD]), monkeypatch, given=GroupCredentials(new=ENDED), methods=WITH_TOKEN)


async def test_a_connection_that_is_gone_is_named_so_that_it_can_be_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(GroupRefused, match="ACME in sandbox dev: ") as refusal:
        await checked(Service([refused(NotFound)]), monkeypatch)
    assert refusal.value.connection_id == "old-1"
    with pytest.raises(NotFound):
        await checked(Service([refused(NotFound, proves=False)]), monkeypatch)
