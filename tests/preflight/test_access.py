from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest

from aep_tui.domain.catalog.catalog import load_catalog
from aep_tui.domain.check import CheckState
from aep_tui.domain.clock import SystemClock
from aep_tui.domain.lifecycle import NoticePhase
from aep_tui.domain.sandbox import Sandbox
from aep_tui.domain.target import Target
from aep_tui.flow_service.answer import Answer
from aep_tui.flow_service.errors import PlatformError
from aep_tui.practice.organization import (
    EXPIRED_TOKEN,
    INVALID_API_KEY,
    ORGANIZATION_WITHOUT_PROFILE,
    WRONG_CLIENT_ID,
    WRONG_CLIENT_SECRET,
)
from aep_tui.practice.scenarios import EVERYTHING_FINE, Scenario
from aep_tui.preflight.access import TokenFacts, door_verdict, manage_verdict, sandbox_verdict, token_verdict
from aep_tui.preflight.requests import Blame, Reply
from aep_tui.preflight.terminal_facts import terminal_verdict
from tests.domain.tokens import token
from tests.flow_service.helpers import SPEC_ID
from tests.kit.clock import START
from tests.kit.practice_server import PracticeServer
from tests.preflight.helpers import (
    A_TERMINAL,
    SOURCES,
    check,
    found,
    live_target,
    state,
    target_with_secret,
)

pytestmark = pytest.mark.anyio

BEHIND_THE_DOOR = ("sandbox", "view-sources", "connection-spec.salesforce")


@contextmanager
def playing(scenario: Scenario) -> Iterator[str]:
    with PracticeServer(scenario=scenario, clock=SystemClock()) as server:
        yield server.base_url


async def test_a_set_up_that_works_is_told_so(server: PracticeServer) -> None:
    report = await check(live_target(server.base_url))
    for check_id in ("access-token", "api-key", "organization", *BEHIND_THE_DOOR):
        assert state(report, check_id) is CheckState.OK
    assert "region VA7" in found(report, "sandbox").reason
    assert report.count(CheckState.FAILED) == 0
    assert report.offered_auth_spec_names[SPEC_ID] == ("OAuth2 Client Credential", "Basic Authentication")


async def test_the_permission_to_manage_is_not_known_before_the_create(server: PracticeServer) -> None:
    result = found(await check(live_target(server.base_url)), "manage-sources")
    assert result.state is CheckState.SKIPPED
    assert "Not known before the create" in result.reason


async def test_a_client_secret_obtains_a_token(server: PracticeServer) -> None:
    report = await check(target_with_secret(server.base_url))
    assert state(report, "access-token") is CheckState.OK
    assert "identity service gave a token" in found(report, "access-token").reason
    assert state(report, "sandbox") is CheckState.OK


@pytest.mark.parametrize(
    ("changes", "culprit"),
    [
        ({"token": EXPIRED_TOKEN}, "access-token"),
        ({"api_key": INVALID_API_KEY}, "api-key"),
        ({"organization_id": ORGANIZATION_WITHOUT_PROFILE}, "organization"),
        ({"organization_id": "not an id"}, "organization"),
        ({"sandbox_name": "nowhere"}, "sandbox"),
        ({"sandbox_name": "*"}, "sandbox"),
    ],
)
async def test_what_the_platform_refuses_fails_alone_and_the_rest_is_not_known(
    server: PracticeServer, changes: dict[str, str], culprit: str
) -> None:
    report = await check(live_target(server.base_url, **changes))
    assert [result.id for result in report.results if result.state is CheckState.FAILED] == [culprit]
    for check_id in set(BEHIND_THE_DOOR) - {culprit}:
        assert state(report, check_id) is CheckState.SKIPPED
        assert "refused" in found(report, check_id).reason
    assert report.offered_auth_spec_names == {}


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ({"secret": WRONG_CLIENT_SECRET}, "client_secret"),
        ({"key": WRONG_CLIENT_ID}, "client_id"),
    ],
)
async def test_a_wrong_credential_is_what_the_identity_service_says(
    server: PracticeServer, target: dict[str, str], words: str
) -> None:
    report = await check(target_with_secret(server.base_url, **target))
    assert state(report, "access-token") is CheckState.FAILED
    assert words in found(report, "access-token").reason
    assert state(report, "api-key") is CheckState.SKIPPED


@pytest.mark.parametrize(
    ("field", "check_id"), [("api_key", "api-key"), ("organization_id", "organization"), ("sandbox_name", "sandbox")]
)
@pytest.mark.parametrize("value", ["", "line\nbreak"])
async def test_a_setting_that_cannot_be_sent_fails_before_anything_is_asked(
    server: PracticeServer, field: str, check_id: str, value: str
) -> None:
    report = await check(live_target(server.base_url, **{field: value}))
    assert [result.id for result in report.results if result.state is CheckState.FAILED] == [check_id]


async def test_without_a_token_nothing_is_asked(server: PracticeServer) -> None:
    target: Target = replace(live_target(server.base_url), access_token=None)
    report = await check(target)
    assert state(report, "access-token") is CheckState.FAILED
    assert state(report, "api-key") is CheckState.SKIPPED


async def test_a_token_that_says_that_it_has_expired_and_is_accepted_warns(server: PracticeServer) -> None:
    report = await check(live_target(server.base_url, token=token(exp=1_600_000_000)))
    assert state(report, "access-token") is CheckState.WARNING
    assert "2020-09-13" in found(report, "access-token").reason


async def test_a_retired_source_fails_only_when_somebody_wants_it() -> None:
    scenario = replace(EVERYTHING_FINE, refuses_what_is_retired=True)
    with playing(scenario) as base_url:
        all_sources = await check(live_target(base_url))
        wanted = await check(live_target(base_url), source_id="zoho-crm")
    assert state(all_sources, "connection-spec.zoho-crm") is CheckState.WARNING
    assert state(wanted, "connection-spec.zoho-crm") is CheckState.FAILED
    salesforce = found(all_sources, "connection-spec.salesforce")
    assert salesforce.state is CheckState.WARNING
    assert "no longer offers: Basic Authentication" in salesforce.reason
    assert "Basic Authentication" not in all_sources.offered_auth_spec_names[SPEC_ID]


async def test_too_many_requests_warn() -> None:
    with playing(replace(EVERYTHING_FINE, rate_limited_requests=1)) as base_url:
        report = await check(live_target(base_url))
    assert state(report, "view-sources") is CheckState.WARNING
    assert report.count(CheckState.FAILED) == 0


async def test_a_service_that_is_down_fails() -> None:
    with playing(replace(EVERYTHING_FINE, down_seconds=60.0)) as base_url:
        report = await check(live_target(base_url))
    assert state(report, "view-sources") is CheckState.FAILED
    assert state(report, "sandbox") is CheckState.FAILED


async def test_the_lifecycle_of_the_choice_is_told(server: PracticeServer) -> None:
    report = await check(live_target(server.base_url), source_id="zoho-crm")
    rows = [result for result in report.results if result.id.startswith("lifecycle.")]
    assert [(row.id, row.name, row.state) for row in rows] == [
        ("lifecycle.zoho-crm-retired", "Notice: Zoho CRM", CheckState.WARNING)
    ]
    assert "Zoho CRM" in rows[0].reason
    assert rows[0].what_to_do
    assert len([result for result in report.results if result.id.startswith("connection-spec.")]) == 1


async def test_each_notice_about_the_sources_has_a_row_of_its_own(server: PracticeServer) -> None:
    report = await check(live_target(server.base_url))
    rows = [result for result in report.results if result.id.startswith("lifecycle.")]
    notices = load_catalog().notices
    assert [row.id for row in rows] == [f"lifecycle.{notice.id}" for notice in notices]
    today = SystemClock().today()
    for row, notice in zip(rows, notices, strict=True):
        assert row.reason == notice.wording(today)
        is_dated = notice.effective_on is not None and notice.phase(today) is not NoticePhase.BEFORE
        assert row.state is (CheckState.WARNING if is_dated else CheckState.OK)


def test_a_sandbox_that_is_not_active_fails() -> None:
    use = Reply(0.0, Answer(200, {}, {"items": []}))
    verdict, sandbox = sandbox_verdict("dev", (), use, [Sandbox("dev", state="resetting")])
    assert verdict.state is CheckState.FAILED
    assert "resetting" in verdict.reason
    assert sandbox is not None


def test_a_sandbox_is_told_with_what_the_list_says_of_it() -> None:
    use = Reply(0.0, Answer(200, {}, {}))
    full = Sandbox("dev", title="Development", type="development", region="VA7", state="active")
    assert sandbox_verdict("dev", (), use, [full])[0].reason == (
        "dev is active (Development, development, region VA7)."
    )
    bare = Sandbox("dev", type="development", state="active")
    assert sandbox_verdict("dev", (), use, [bare])[0].reason == "dev is active (development)."
    stateless, _sandbox = sandbox_verdict("dev", (), use, [Sandbox("dev", type="production")])
    assert stateless.state is CheckState.WARNING
    assert stateless.reason == "dev is in the list (production), which does not say whether it is active."


def test_a_refused_sandbox_is_told_with_those_that_may_be_used() -> None:
    use = Reply(0.0, failure=PlatformError("Refused", "No such sandbox.", "Choose another.", code="FLOW-2100-404"))
    verdict, _none = sandbox_verdict("nowhere", (), use, [Sandbox("prod"), Sandbox("dev")])
    assert verdict.what_to_do == "Choose another. These may be used: prod, dev."
    assert sandbox_verdict("nowhere", (), use, None)[0].what_to_do == "Choose another."
    assert sandbox_verdict("nowhere", (), use, [])[0].what_to_do == "Choose another."


@pytest.mark.parametrize(("count", "end"), [(8, "dev7."), (9, "dev7 ….")])
def test_of_many_sandboxes_eight_are_named(count: int, end: str) -> None:
    listed = [Sandbox(f"dev{number}") for number in range(count)]
    verdict, _none = sandbox_verdict("nowhere", (), Reply(0.0, Answer(200, {}, {})), listed)
    assert verdict.what_to_do.endswith(end)


def test_an_empty_list_of_sandboxes_names_none() -> None:
    verdict, _none = sandbox_verdict("nowhere", (), Reply(0.0, Answer(200, {}, {})), [])
    assert verdict.what_to_do.endswith("(none).")


def test_a_key_is_accepted_where_a_service_behind_the_gateway_refuses_the_organization() -> None:
    refused = Reply(0.0, failure=PlatformError("Refused", "Another organization.", code="FLOW-2000-401"))
    assert door_verdict(Blame.API_KEY, [refused], "Accepted.").state is CheckState.OK
    assert door_verdict(Blame.ORGANIZATION, [refused], "Accepted.").state is CheckState.FAILED
    at_the_gateway = Reply(0.0, failure=PlatformError("Refused", "Another organization.", code="403025"))
    assert door_verdict(Blame.API_KEY, [at_the_gateway], "Accepted.").state is CheckState.SKIPPED
    token = Reply(0.0, failure=PlatformError("Refused", "Another token.", code="FLOW-2114-400"))
    assert door_verdict(Blame.ORGANIZATION, [token], "Accepted.").state is CheckState.SKIPPED


def test_a_list_that_cannot_be_read_warns_when_the_sandbox_works() -> None:
    use = Reply(0.0, Answer(200, {}, {}))
    page = Reply(0.0, failure=PlatformError("Refused", "The list is not for you."))
    first = Reply(0.0, Answer(200, {}, {"sandboxes": []}))
    verdict, sandbox = sandbox_verdict("dev", (first, page), use, None)
    assert (verdict.state, sandbox) == (CheckState.WARNING, None)
    assert verdict.reason.endswith("could not be read: The list is not for you.")


def test_how_many_sandboxes_a_credential_may_use_is_told_in_the_right_number() -> None:
    use = Reply(0.0, Answer(200, {}, {}))
    only, _none = sandbox_verdict("dev", (), use, [Sandbox("prod")])
    assert only.reason == "This credential may use one sandbox, and it is not dev."
    several, _none = sandbox_verdict("dev", (), use, [Sandbox("prod"), Sandbox("stage")])
    assert several.reason == "This credential may use 2 sandboxes, and dev is not among them."


@pytest.mark.parametrize(
    ("is_obtained", "hours", "state", "reason"),
    [
        (True, None, CheckState.OK, "The identity service gave a token; it is renewed by itself."),
        (True, 1, CheckState.OK, "The identity service gave a token that is valid until 2026-11-22 13:00 UTC."),
        (False, 1, CheckState.OK, "The token says of itself that it is valid until 2026-11-22 13:00 UTC."),
        (False, 0, CheckState.FAILED, "The token says of itself that it expired on 2026-11-22 12:00 UTC."),
        (False, None, CheckState.SKIPPED, "The token does not say until when it is valid."),
    ],
)
def test_of_a_token_that_was_not_tried_is_told_what_it_says_itself(
    is_obtained: bool, hours: int | None, state: CheckState, reason: str
) -> None:
    facts = TokenFacts(is_obtained, None if hours is None else START + timedelta(hours=hours))
    verdict = token_verdict(facts, (), START)
    assert verdict.state is state
    assert verdict.reason.startswith(reason)


def test_a_permission_to_manage_that_is_known_to_be_missing_fails() -> None:
    missing = Reply(0.0, failure=PlatformError("Refused", "You may not write.", "Ask.", code="FLOW-2118-403"))
    assert manage_verdict([missing]).state is CheckState.FAILED
    other = Reply(0.0, failure=PlatformError("Refused", "You may not view.", "Ask.", code="FLOW-2120-403"))
    assert manage_verdict([other]).state is CheckState.SKIPPED


def test_a_token_that_says_nothing_is_not_called_good_unasked() -> None:
    now = SystemClock().now()
    assert token_verdict(TokenFacts(False, None), (), now).state is CheckState.SKIPPED


@pytest.mark.parametrize("changes", [{"is_terminal": False}, {"width": 79}, {"height": 21}, {"term": "dumb"}])
def test_a_terminal_that_cannot_show_the_wizard_warns(changes: dict[str, object]) -> None:
    assert terminal_verdict(A_TERMINAL).state is CheckState.OK
    assert terminal_verdict(replace(A_TERMINAL, **changes)).state is CheckState.WARNING  # type: ignore[arg-type]  # one field each
    assert SOURCES
