"""The road in place: a PATCH of the auth method, which no document promises; sent once, in the version seen."""

from __future__ import annotations

from typing import NoReturn

from aep_tui.domain.connection import ConnectionStatus
from aep_tui.domain.connection_change import ConnectionChange
from aep_tui.domain.connection_request import ConnectionRequest
from aep_tui.domain.migration_record import RecordedStep, Stage
from aep_tui.domain.problem import Problem
from aep_tui.domain.translation import _
from aep_tui.flow_service.errors import AuthenticationRequired, PlatformError
from aep_tui.session.change_look import look_into
from aep_tui.session.change_once import change_once, finish_change
from aep_tui.session.change_outcome import Changed, ChangeOutcome, ChangeUnknown, NotChanged
from aep_tui.session.changes import ConnectionChanged
from aep_tui.session.migration_events import StopHere, StopReason
from aep_tui.session.migration_keeper import RowJournal
from aep_tui.session.migration_requests import is_refusal_of_the_road, old_request, refuse_changed, request_id_of
from aep_tui.session.migration_row import RowWork


async def settle_change(work: RowWork) -> None:
    """Look into a change of an earlier run of which nobody knows the outcome; nothing is sent.

    Raises:
        StopHere: nobody can tell even now, or what was found ends the run.
    """
    known = work.keeper.of(work.row)
    if known.change is None:
        return
    puts_back = known.stage is Stage.PUTTING_BACK
    try:
        outcome = await look_into(work.service, known.change, work.clock, on_progress=work.say)
    except PlatformError as error:
        raise StopHere(StopReason.FAILED, error) from None
    finish_change(RowJournal(work.keeper, work.row, puts_back=puts_back), known.change, outcome, work.say)
    if puts_back:
        _stop_after_put_back(work, outcome)
    else:
        _judge(work, outcome, is_of_earlier_run=True)


async def change_in_place(work: RowWork, now: ConnectionStatus, request: ConnectionRequest) -> None:
    """Change the auth method of the connection itself.

    Raises:
        StopHere: it was not changed, or nobody can tell.
    """
    kept = work.methods.old.shown(now.parameters)
    work.say(_("Changing the auth method of the connection in place."))
    _judge(work, await _changed(work, now, request, RowJournal(work.keeper, work.row, parameters=kept)))


async def put_back(work: RowWork, reason: str) -> None:
    """Put the old credentials back, when they were given and the connection still has the new ones.

    Raises:
        StopHere: always, when something was sent.
    """
    known = work.keeper.of(work.row)
    now = await work.read(work.row.connection_id)
    address = work.methods.address_name
    if now.parameters.get(address, "") != work.row.group:
        work.stop(
            StopReason.CHANGED,
            _("The connection has another address now"),
            _("The old secrets of {id} are of another organization of the source. Nothing was sent."),
            work.row.connection_id,
        )
    # The address is the platform's: whoever writes into the record must not say where a secret goes.
    kept = {**dict(known.parameters), address: work.row.group}
    request = old_request(work.row, kept, work.methods, work.given, work.clock.now())
    if request is None or now.auth_spec_name != work.methods.new.spec_name:
        return
    work.say(_("The test has failed. Putting the old credentials back."))
    journal = RowJournal(work.keeper, work.row, puts_back=True)
    _stop_after_put_back(work, await _changed(work, now, request, journal), reason)


def credentials_gone(reason: str) -> Problem:
    """Return what is said after a change whose test fails; `reason` is the platform's."""
    return Problem(
        _("The connection fails its test after the change"),
        _("{reason} The old credentials are gone from the platform: it gives none back.").format(
            reason=reason or _("The platform gives no reason.")
        ),
        _(
            "Mend the new credentials on the platform and start again; or give the old ones to put them back: "
            "--put-back with the secrets of the old auth method."
        ),
    )


async def _changed(
    work: RowWork, now: ConnectionStatus, request: ConnectionRequest, journal: RowJournal
) -> ChangeOutcome:
    change = ConnectionChange(auth=request)
    try:
        with work.locked():
            return await change_once(
                work.service, now, change, journal, work.clock, place=work.place, on_progress=work.say
            )
    except ConnectionChanged as unchanged:
        return NotChanged(unchanged)


def _judge(work: RowWork, outcome: ChangeOutcome, *, is_of_earlier_run: bool = False) -> None:
    """Go on after a change, or stop.

    Raises:
        StopHere: it was not made, or nobody can tell.
    """
    match outcome:
        case Changed():
            if work.keeper.of(work.row).stage is not Stage.MADE:
                work.stop(
                    StopReason.UNKNOWN,
                    _("The record could not be written"),
                    _("Connection {id} was changed, and the record does not say so. The next run looks at it."),
                    work.row.connection_id,
                )
        case NotChanged(error) if is_refusal_of_the_road(error):
            words = _("{message} Nothing has changed.").format(message=error.message)
            work.keeper.note(work.row, RecordedStep.ROAD_REFUSED, words=words, request_id=request_id_of(error))
            raise StopHere(StopReason.ROAD_REFUSED, road_refused(words))
        case NotChanged(error, now):
            if now is not None:
                refuse_changed(work.row, now, work.methods)
            if not is_of_earlier_run:
                reason = StopReason.REFUSED if getattr(error, "proves_refusal", False) else StopReason.FAILED
                raise StopHere(reason, error)
        case ChangeUnknown(error):
            _stop_unknown(work, error)


def _stop_after_put_back(work: RowWork, outcome: ChangeOutcome, reason: str = "") -> None:
    """Stop, with what became of putting the old credentials back.

    Raises:
        StopHere: always.
    """
    match outcome:
        case Changed():
            raise StopHere(
                StopReason.PUT_BACK,
                Problem(
                    _("The old credentials were put back"),
                    _("{reason} The connection has its old auth method again; test it.").format(reason=reason).strip(),
                    _("Find out why the new credentials fail. A new plan tries this connection again."),
                ),
            )
        case NotChanged(AuthenticationRequired() as refusal):
            raise StopHere(StopReason.FAILED, refusal)  # with another token the test comes again, and then this
        case NotChanged(error):
            raise StopHere(StopReason.TEST_FAILED, credentials_gone(error.message))
        case ChangeUnknown(error):
            _stop_unknown(work, error)


def _stop_unknown(work: RowWork, error: Problem) -> NoReturn:
    words = _("{what} If you have found out, say so: --settle {id}=yes or --settle {id}=no.")
    what = words.format(what=error.next_step, id=work.row.connection_id)
    raise StopHere(StopReason.UNKNOWN, Problem(error.title, error.message, what))


def road_refused(reason: str) -> Problem:
    """Return what is said when the platform takes no other auth method in place; `reason` is its refusal."""
    return Problem(
        _("The platform does not change the auth method in place"),
        reason,
        _(
            "Go on beside the old connections with --beside: they stay as they are, and feed their dataflows. Only a "
            "new plan tries in place again."
        ),
    )
