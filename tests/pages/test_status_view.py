"""What the status page says after each event, without a terminal."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import cast

import pytest

from aep_tui.domain.connection import ConnectionStatus, CreatedConnection
from aep_tui.domain.problem import Problem
from aep_tui.domain.secret import Secret
from aep_tui.flow_service.errors import AuthenticationRequired, OutcomeUnknown, RequestRefused, ServiceUnavailable
from aep_tui.pages.choice_row import Tone
from aep_tui.pages.status_run import StatusRun
from aep_tui.pages.status_view import ConnectionTested, Gone, StatusEvent, StatusView, Told, WatchBegan, after
from aep_tui.pages.timeline import Moment, TimelineEntry, drawn_timeline, elapsed_text, elapsed_words
from aep_tui.session.change_outcome import Changed, ChangeOutcome, ChangeUnknown, NotChanged
from aep_tui.session.outcome import Created
from aep_tui.session.status_session import StatusSession, WorkKind
from aep_tui.session.watch import PollFailed, StateSeen, TokenRefused, Watch, WatchEnd, WatchEnded
from tests.kit.clock import FakeClock
from tests.pages.support import NOW

CREATED = CreatedConnection("id-1", etag='"e1"', location="/connections/id-1")
START = StatusView(done_words="created (HTTP {status})", sent_parameters=(("url", "here"), ("secret", "set")))
WATCHED = StatusView(created=CreatedConnection("id-1"))


def view_after(start: StatusView, *events: StatusEvent) -> StatusView:
    """The view once the events have happened, a second apart."""
    for number, event in enumerate(events):
        start = after(start, event, Moment(NOW, float(number)))
    return start


def seen(state: str, *, etag: str = '"e1"', is_change: bool = True, **parameters: str) -> StateSeen:
    """A look that worked."""
    return StateSeen(ConnectionStatus("id-1", state, etag=etag, parameters=parameters), NOW, is_change)


def failed_look() -> PollFailed:
    """A look that did not work."""
    return PollFailed(ServiceUnavailable("The platform is busy", "It answered 503.", "Wait."), 10.2)


def refused() -> TokenRefused:
    """A look whose token was not taken."""
    return TokenRefused(AuthenticationRequired("Refused", "The token was refused.", "Take another one."))


def test_a_create_is_told_until_the_connection_is_enabled_and_tested() -> None:
    view = view_after(START, Told("Creating the connection."))
    assert (view.activity, view.identity, view.seen) == ("Creating the connection.", "", None)
    view = view_after(view, Created(CREATED), WatchBegan())
    assert view.activity == "Created. Waiting until it is enabled..."
    assert view.identity.splitlines() == ["id         id-1", 'etag       "e1"', "location   /connections/id-1"]
    view = view_after(view, seen("initializing"), seen("initializing", is_change=False), seen("enabled"))
    view = view_after(view, WatchEnded(WatchEnd.ENABLED))
    assert view.activity == "Enabled. Asking the platform to test it..."
    assert view.is_working
    view = view_after(view, ConnectionTested(True))
    assert view.activity == "OK: the connection is enabled."
    assert not view.is_working
    assert not view.can_watch_again
    assert [entry.words for entry in view.entries] == ["created (HTTP 201)", "initializing", "enabled", "test: OK"]
    assert view.seen is not None
    assert view.seen.test_passed is True


def test_a_connection_that_was_found_says_so() -> None:
    view = view_after(START, Created(CREATED, "found: it was created, and the answer was lost"))
    assert view.timeline == "12:00:00 UTC  +  0.0 s  found: it was created, and the answer was lost"


@pytest.mark.parametrize(
    ("event", "entry", "activity"),
    [
        (
            ConnectionTested(False),
            "test: failed (the platform gives no reason)",
            "Warning: the connection is enabled, but the platform's test of it failed.",
        ),
        (
            ConnectionTested(None, Problem("No answer", "", "")),
            "test: no answer (No answer)",
            "OK: the connection is enabled.",
        ),
    ],
)
def test_a_test_that_did_not_pass_is_told(event: ConnectionTested, entry: str, activity: str) -> None:
    view = view_after(WATCHED, seen("enabled"), WatchEnded(WatchEnd.ENABLED), event)
    assert view.entries[-1].words == entry
    assert view.activity == activity


def test_a_failed_look_is_told_until_the_next_one_works() -> None:
    view = view_after(WATCHED, WatchBegan(), failed_look())
    assert view.trouble.startswith("Looking again in 10 s. A failed look is not a failed connection.\nError: ")
    assert view.entries[-1].words == "the state could not be read: The platform is busy"
    assert view_after(view, seen("initializing")).trouble == ""


def test_nothing_is_looked_at_again_once_watching_has_ended() -> None:
    view = view_after(WATCHED, failed_look(), WatchEnded(WatchEnd.GAVE_UP))
    assert view.activity == "Watching has ended; the last state was not known. Go on later: aep-tui watch id-1"
    assert "Looking again" not in view.trouble
    assert "The platform is busy" in view.trouble
    assert view.can_watch_again


def test_a_rehearsal_does_not_send_a_person_to_a_connection_that_will_be_gone() -> None:
    view = view_after(replace(WATCHED, is_practice=True), refused(), WatchEnded(WatchEnd.GAVE_UP))
    assert "aep-tui watch" not in view.activity
    assert "forgets" in view.activity


def test_watching_goes_on_where_it_ended() -> None:
    view = view_after(WATCHED, seen("initializing"), WatchEnded(WatchEnd.GAVE_UP), WatchBegan())
    assert view.is_working
    assert view.activity == "Watching..."
    assert len(view.entries) == 1


def test_a_state_that_no_document_names_ends_the_watch_with_its_own_words() -> None:
    view = view_after(WATCHED, seen("frozen"), WatchEnded(WatchEnd.UNKNOWN_STATE))
    assert view.activity.startswith("The state is frozen. ")


def test_what_the_service_added_is_told_and_what_was_sent_is_not() -> None:
    view = view_after(START, Created(CREATED), seen("enabled", etag='"e2"', url="here", secret="set", org="00D"))
    assert view.details.splitlines() == ['etag now   "e2"', "Set by the service: org = 00D"]
    assert view_after(WATCHED, seen("enabled", url="here")).details.splitlines()[1] == "Parameters: url = here"


def test_as_text_it_says_what_the_page_says_the_etag_of_now_as_well() -> None:
    view = view_after(START, Created(CREATED), WatchBegan(), seen("enabled", etag='"e2"', url="here", orgId="00D"))
    assert view.details.splitlines() == ['etag now   "e2"', "Set by the service: orgId = 00D"]
    for part in (view.identity, view.timeline, view.details):
        assert part in view.plain_text


def test_a_wait_is_told_beside_what_is_known() -> None:
    view = view_after(START, Created(CREATED), WatchBegan(), Told("Retrying in 2 s."))
    assert (view.activity, view.trouble) == ("Created. Waiting until it is enabled...", "Retrying in 2 s.")


@pytest.mark.parametrize(("seconds", "words"), [(0, "0 s"), (59.9, "59 s"), (125.2, "2 min 5 s")])
def test_the_time_since_the_start_is_told_in_minutes(seconds: float, words: str) -> None:
    assert elapsed_text(seconds) == words


def test_a_test_that_the_platform_refuses_has_failed_with_its_words() -> None:
    refusal = RequestRefused("The platform refused", "meaning", server_said="Error from flow provider: 401")
    view = view_after(START, Created(CREATED), ConnectionTested(False, refusal))
    assert "test: failed (Error from flow provider: 401)" in view.timeline
    assert view.activity.startswith("Warning")


def test_a_drawn_timeline_has_marks_and_the_time_between_what_is_apart() -> None:
    noon = datetime(2026, 1, 1, 12, tzinfo=UTC)
    moments = [Moment(noon + timedelta(seconds=seconds), seconds) for seconds in (0.0, 0.4, 70.4)]
    tones = (Tone.NEUTRAL, Tone.WARNING, Tone.GOOD)
    entries = [TimelineEntry(moment, tone.name, tone) for moment, tone in zip(moments, tones, strict=True)]
    assert drawn_timeline(entries).splitlines() == [
        "●  12:00:00 UTC  +  0.0 s  NEUTRAL",
        "!  12:00:00 UTC  +  0.4 s  WARNING",
        "│  1 min 10 s",
        "✓  12:01:10 UTC  + 70.4 s  GOOD",
    ]


def test_the_time_of_adobe_s_own_sample_stands_beside_the_time_it_has_taken() -> None:
    assert elapsed_words(12.3, 88) == "12 s (1 min 28 s in Adobe's sample)"
    assert elapsed_words(12.3, 0) == "12 s"


@pytest.mark.parametrize(
    ("state", "test_passed", "tone"),
    [
        ("enabled", True, Tone.GOOD),
        ("enabled", None, Tone.GOOD),
        ("enabled", False, Tone.WARNING),
        ("initializing", None, Tone.WARNING),
        ("", None, Tone.WARNING),
        ("disabled", None, Tone.ERROR),
        (None, None, Tone.WARNING),
    ],
)
def test_the_end_is_enabled_not_enabled_or_unknown(state: str | None, test_passed: bool | None, tone: Tone) -> None:
    status = None if state is None else ConnectionStatus("id", state)
    assert StatusView(status=status, test_passed=test_passed, is_working=False).end_tone is tone
    assert StatusView(status=status, is_working=True).end_tone is Tone.NEUTRAL


# --- a change and a delete --------------------------------------------------------------------------------------------

CHANGE = StatusView(done_words="changed", sent_parameters=(), kind=WorkKind.CHANGE, connection_id="id-1")
DELETE = replace(CHANGE, kind=WorkKind.DELETE)


def test_a_change_says_nothing_of_a_create() -> None:
    view = view_after(CHANGE, Created(CreatedConnection("id-1", '"e2"')), WatchBegan())
    assert view.activity == "Changed. Waiting until it is enabled..."
    view = view_after(view, seen("enabled", etag='"e2"', url="here"), WatchEnded(WatchEnd.ENABLED))
    assert view.details == ""  # nothing was set by the service: it stood there before
    for start in (CHANGE, DELETE):
        assert "created" not in start.stop_question + start.stopped_waiting.message + start.stopped_waiting.next_step


def test_a_delete_that_is_done_is_good_and_over() -> None:
    view = view_after(DELETE, Told("Accepted. Looking whether it is gone."))
    assert view.activity == "Accepted. Looking whether it is gone."
    view = view_after(view, Gone())
    assert view.activity == "OK: the connection is deleted; the platform does not find it any more."
    assert (view.is_working, view.can_watch_again, view.end_tone) == (False, False, Tone.GOOD)
    assert view.seen is not None
    assert view.seen.status is not None
    assert view.seen.status.state == "deleted"


class Face:
    """Writes down what the run tells it."""

    def __init__(self) -> None:
        self.events: list[StatusEvent] = []
        self.failed: list[tuple[Exception, bool]] = []

    def happens(self, event: StatusEvent, moment: Moment) -> None:
        self.events.append(event)

    def create_failed(self, problem: Exception, *, is_unclear: bool) -> None:
        self.failed.append((problem, is_unclear))

    async def ask_for_token(self, reason: Problem) -> Secret | None:
        return None

    def token_replaced(self, token: Secret) -> None:
        raise AssertionError


async def run_of(outcome: ChangeOutcome, kind: WorkKind) -> Face:
    """What is told when the platform's answer to a change or a delete is `outcome`."""

    async def send(_on_progress: Callable[[str], None]) -> ChangeOutcome:
        return outcome

    async def test(_connection_id: str) -> bool:
        return True

    async def no_events() -> AsyncIterator[object]:
        yield WatchEnded(WatchEnd.GAVE_UP)

    face = Face()
    watch = cast(Callable[[str], Watch], lambda _connection_id: no_events())
    session = StatusSession(FakeClock(), watch, test, send, "id-1", kind=kind)
    await StatusRun(session, face).run(None)
    return face


@pytest.mark.anyio
async def test_what_became_of_a_change_is_told_as_it_is() -> None:
    face = await run_of(Changed('"e2"', "found by looking"), WorkKind.CHANGE)
    assert face.events[0] == Created(CreatedConnection("id-1", '"e2"'), "found by looking")
    refusal, unknown = Problem("No", "Refused."), OutcomeUnknown("?", "Lost.")
    assert (await run_of(NotChanged(refusal), WorkKind.CHANGE)).failed == [(refusal, False)]
    assert (await run_of(ChangeUnknown(unknown), WorkKind.DELETE)).failed == [(unknown, True)]


@pytest.mark.anyio
async def test_what_is_deleted_is_not_watched() -> None:
    face = await run_of(Changed(found_words="found by looking"), WorkKind.DELETE)
    assert face.events == [Gone("found by looking")]
