"""What may be said of a change whose answer was lost, look by look: proved, not carried out, or not known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from aep_tui.domain.change_intent import ChangeIntent, ChangeKind, digests_of_change
from aep_tui.domain.connection import ConnectionStatus
from aep_tui.flow_service.errors import (
    AuthenticationRequired,
    ConnectionFailed,
    NotFound,
    OutcomeUnknown,
    PlatformError,
    RequestRefused,
)
from aep_tui.session.change_look import LOOKS_FOR, look_into, unknown_outcome
from aep_tui.session.change_outcome import Changed, ChangeOutcome, ChangeUnknown, NotChanged
from tests.kit.clock import START, FakeClock
from tests.kit.intents import LOST

pytestmark = pytest.mark.anyio

SEEN = ConnectionStatus("id-1", "enabled", name="Old", etag='"1"')
OURS = replace(SEEN, name="New", etag='"2"', updated_at=START + timedelta(seconds=1), updated_by="we")
OTHERS = replace(SEEN, etag='"2"', updated_at=datetime(2026, 11, 22, 12, 5, tzinfo=UTC), updated_by="a.colleague")
CHANGE = ChangeIntent(
    id="c-1",
    started_at=START,
    base_url="https://p",
    organization_id="o@AdobeOrg",
    sandbox_name="dev",
    connection_id="id-1",
    kind=ChangeKind.CHANGE,
    name="Old",
    etag='"1"',
    digests=digests_of_change("c-1", {"name": "New"}),
    is_seen_in_result=True,
)
DELETE = replace(CHANGE, kind=ChangeKind.DELETE, digests=(), is_seen_in_result=False)
NOBODY = ConnectionFailed("No network", "Nothing came back.")


def not_found(*, proves: bool = True) -> NotFound:
    error = NotFound("Not found", "The platform does not know it.", status=404)
    error.proves_refusal = proves
    return error


Answer = ConnectionStatus | PlatformError


class Looked:
    """Answers looks one after the other, the last answer again and again."""

    def __init__(self, answers: Sequence[Answer]) -> None:
        self.answers = list(answers)
        self.asked: list[tuple[str, bool]] = []

    async def connection_status(self, connection_id: str, *, with_retries: bool = True) -> ConnectionStatus:
        self.asked.append((connection_id, with_retries))
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, PlatformError):
            raise answer
        return answer


async def looked(
    *answers: Answer,
    intent: ChangeIntent = CHANGE,
    failure: PlatformError | None = LOST,
    clock: FakeClock | None = None,
) -> tuple[ChangeOutcome, list[float]]:
    clock = clock or FakeClock()
    outcome = await look_into(Looked(answers), intent, clock, failure=failure)
    return outcome, clock.slept


async def test_a_later_version_that_shows_the_change_proves_it_at_once() -> None:
    outcome, slept = await looked(OURS)
    assert outcome == Changed('"2"', "found by looking: it was changed, and the answer was lost")
    assert slept == []


async def test_each_look_asks_once_for_this_connection_and_says_what_is_done() -> None:
    service, said = Looked([NOBODY, OURS]), list[str]()
    await look_into(service, CHANGE, FakeClock(), failure=LOST, on_progress=said.append)
    assert service.asked == [("id-1", False)] * 2
    assert said == ["The answer was lost. Looking at the connection."] * 2
    said.clear()
    await look_into(Looked([OURS]), CHANGE, FakeClock(), on_progress=said.append)
    assert said == ["Looking at the connection. Nothing is sent again."]


@pytest.mark.parametrize("intent", [CHANGE, DELETE])
async def test_the_same_version_is_looked_at_for_as_long_as_a_gateway_waits_and_then_was_not_changed(
    intent: ChangeIntent,
) -> None:
    outcome, slept = await looked(SEEN, intent=intent)
    assert isinstance(outcome, NotChanged)
    assert outcome.now == SEEN
    assert sum(slept) == LOOKS_FOR > 60
    assert set(slept) == {5.0}
    assert "A gateway gave up. A minute later it still is the version that you saw." in outcome.error.message
    deleted = intent is DELETE
    assert ("deleted" in outcome.error.title) is deleted
    assert ("only do what you want" in outcome.error.next_step) is deleted


async def test_a_version_that_came_late_is_found() -> None:
    outcome, slept = await looked(*[SEEN] * 13, OURS)
    assert isinstance(outcome, Changed)
    assert sum(slept) == 65


async def test_another_version_is_nobodys_and_is_told_with_its_time_and_its_author() -> None:
    outcome, slept = await looked(OTHERS)
    assert isinstance(outcome, ChangeUnknown)
    assert outcome.now == OTHERS
    assert slept == []
    assert "It was changed at 2026-11-22 12:05 UTC by a.colleague" in outcome.error.next_step
    outcome, _slept = await looked(replace(OTHERS, updated_at=None, updated_by=""))
    assert isinstance(outcome, ChangeUnknown)
    assert "It was changed at an unknown time by somebody" in outcome.error.next_step


async def test_a_version_that_shows_a_change_proves_no_delete() -> None:
    outcome, _slept = await looked(OURS, intent=replace(DELETE, is_seen_in_result=True))
    assert isinstance(outcome, ChangeUnknown)
    assert outcome.error.title == "It is not known whether the connection was deleted"


async def test_a_version_without_a_name_proves_nothing_and_is_looked_at_again() -> None:
    hidden = replace(SEEN, etag="", state="updating")
    outcome, slept = await looked(hidden, hidden, replace(OTHERS))
    assert isinstance(outcome, ChangeUnknown)
    assert len(slept) == 2
    outcome, slept = await looked(hidden)
    assert isinstance(outcome, ChangeUnknown)
    assert sum(slept) == LOOKS_FOR
    assert "The platform names no version of it now" in outcome.error.next_step


@pytest.mark.parametrize("intent", [CHANGE, DELETE])
async def test_it_is_gone_only_when_the_platform_says_so_twice_in_a_row(intent: ChangeIntent) -> None:
    outcome, slept = await looked(not_found(), intent=intent)
    assert slept == [5.0]
    if intent is DELETE:
        assert outcome == Changed(found_words="found by looking: it is gone, and the answer was lost")
    else:
        assert isinstance(outcome, ChangeUnknown)
        assert "somebody has deleted it" in outcome.error.next_step
    for between in (SEEN, NOBODY, not_found(proves=False)):
        clock = FakeClock()
        outcome, slept = await looked(not_found(), between, not_found(), SEEN, intent=intent, clock=clock)
        assert isinstance(outcome, NotChanged), "one machine behind the address may not know it"
        assert sum(slept) == LOOKS_FOR


async def test_a_foreign_404_never_counts_as_gone() -> None:
    outcome, _slept = await looked(not_found(proves=False), intent=DELETE)
    assert isinstance(outcome, ChangeUnknown)
    assert "The connection could not be looked at" in outcome.error.next_step


async def test_the_time_is_not_up_between_two_words_that_it_is_gone() -> None:
    outcome, slept = await looked(*[NOBODY] * 13, not_found(), not_found(), intent=DELETE)
    assert isinstance(outcome, Changed)
    assert sum(slept) == LOOKS_FOR + 5


async def test_an_old_look_is_no_answer_when_the_last_one_failed() -> None:
    outcome, _slept = await looked(SEEN, NOBODY)
    assert isinstance(outcome, ChangeUnknown)
    assert outcome.now == SEEN
    assert "The connection could not be looked at" in outcome.error.next_step


async def test_what_is_being_deleted_is_not_called_unchanged() -> None:
    outcome, _slept = await looked(replace(SEEN, state="delete-finalizing"), intent=DELETE)
    assert isinstance(outcome, ChangeUnknown)
    assert "at work on deleting it" in outcome.error.next_step
    outcome, _slept = await looked(replace(SEEN, state="delete-finalizing"), SEEN, intent=DELETE)
    assert isinstance(outcome, NotChanged), "the last look counts"
    outcome, _slept = await looked(replace(SEEN, state="delete-finalizing"), NOBODY, intent=DELETE)
    assert isinstance(outcome, ChangeUnknown)
    assert "could not be looked at" in outcome.error.next_step


@pytest.mark.parametrize(("age", "waits"), [(0, True), (599, True), (600, False), (86_400, False)])
async def test_a_request_of_an_earlier_run_is_waited_for_only_while_it_may_be_under_way(age: int, waits: bool) -> None:
    intent = replace(CHANGE, started_at=START - timedelta(seconds=age))
    outcome, slept = await looked(SEEN, intent=intent, failure=None)
    assert isinstance(outcome, NotChanged)
    assert sum(slept) == (LOOKS_FOR if waits else 0)
    assert "The answer to the request is not known." in outcome.error.message
    _outcome, slept = await looked(SEEN, intent=intent)
    assert sum(slept) == LOOKS_FOR, "what this run has sent may be under way, whatever the clock says"


async def test_a_token_that_has_ended_leaves_an_earlier_intent_open_and_hides_one_of_this_run() -> None:
    ended = AuthenticationRequired("Token", "It has ended.", status=401)
    with pytest.raises(AuthenticationRequired):
        await looked(ended, failure=None)
    outcome, slept = await looked(ended)
    assert isinstance(outcome, ChangeUnknown)
    assert sum(slept) == LOOKS_FOR
    outcome, _slept = await looked(ended, OURS)
    assert isinstance(outcome, Changed)


def test_what_hid_the_outcome_is_told_with_all_that_support_asks_for() -> None:
    error = unknown_outcome(CHANGE, "Lost.", "Look.", LOST)
    assert isinstance(error, OutcomeUnknown)
    assert error.title == "It is not known whether the connection was changed"
    assert (error.message, error.next_step) == ("Lost.", "Look.")
    assert (error.status, error.code, error.request_id) == (502, "X-1", "r-1")
    assert (error.server_said, error.who_can_fix, error.cause) == ("Bad gateway", "Adobe", LOST)
    alone = unknown_outcome(DELETE, "Lost.", "Look.")
    assert alone.title == "It is not known whether the connection was deleted"
    assert (alone.message, alone.next_step, alone.cause, alone.status) == ("Lost.", "Look.", None, None)


async def test_a_refused_token_is_asked_for_and_the_look_goes_on_at_once() -> None:
    refusals: list[AuthenticationRequired] = []

    async def replaced(refusal: AuthenticationRequired) -> bool:
        refusals.append(refusal)
        return True

    ended, clock = AuthenticationRequired("Sign in", "It has ended.", status=401), FakeClock()
    outcome = await look_into(Looked([ended, OURS]), CHANGE, clock, failure=LOST, on_token_refused=replaced)
    assert isinstance(outcome, Changed)
    assert (refusals, clock.slept) == ([ended], [])


async def test_who_has_no_other_token_is_asked_once_while_it_is_looked() -> None:
    refusals: list[AuthenticationRequired] = []

    async def later(refusal: AuthenticationRequired) -> bool:
        refusals.append(refusal)
        return False

    ended = AuthenticationRequired("Sign in", "It has ended.", status=401)
    outcome = await look_into(Looked([ended]), CHANGE, FakeClock(), failure=LOST, on_token_refused=later)
    assert isinstance(outcome, ChangeUnknown)
    assert refusals == [ended]
    with pytest.raises(AuthenticationRequired):
        await look_into(Looked([ended]), CHANGE, FakeClock(), on_token_refused=later)


FOREIGN = RequestRefused("Refused", "A proxy may have said it.", status=412)


@pytest.mark.parametrize("intent", [CHANGE, DELETE])
async def test_a_412_that_is_not_the_platforms_is_looked_into_and_told_within_seconds(intent: ChangeIntent) -> None:
    outcome, slept = await looked(SEEN, intent=intent, failure=FOREIGN)
    assert isinstance(outcome, ChangeUnknown)
    assert "(412)" in outcome.error.next_step
    assert sum(slept) <= 5.0


async def test_a_412_that_is_not_the_platforms_hides_no_change_that_shows() -> None:
    outcome, slept = await looked(OURS, failure=FOREIGN)
    assert isinstance(outcome, Changed)
    outcome, slept = await looked(NOBODY, OURS, failure=FOREIGN)
    assert isinstance(outcome, Changed)
    assert sum(slept) <= 5.0
