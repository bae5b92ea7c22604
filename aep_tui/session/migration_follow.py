"""What is done after a connection was created or changed: watch until it is enabled, test it, explore one table."""

from __future__ import annotations

from aep_tui.domain.connection import ConnectionStatus
from aep_tui.domain.migration_plan import Road
from aep_tui.domain.migration_record import RecordedStep
from aep_tui.domain.problem import Problem
from aep_tui.domain.translation import _
from aep_tui.flow_service.errors import PlatformError, is_failed_test
from aep_tui.flow_service.existing_connections import explored_columns, explored_tables
from aep_tui.session.migration_events import StopHere, StopReason
from aep_tui.session.migration_in_place import credentials_gone, put_back
from aep_tui.session.migration_row import LEAVE, RowWork
from aep_tui.session.watch import PollFailed, StateSeen, TokenRefused, WatchEnd, WatchEnded, watch_connection


async def follow(work: RowWork, *, puts_back: bool) -> None:
    """Watch until the connection is enabled, test it and explore one table of it.

    Args:
        work: the connection, and what is needed.
        puts_back: after a change in place whose test fails, put the old credentials back.

    Raises:
        StopHere: at the first of these that does not go well.
    """
    known = work.keeper.of(work.row)
    connection_id = known.new_id or work.row.connection_id
    if not known.is_enabled:
        status = await _enabled(work, connection_id)
        if status.auth_spec_name != work.methods.new.spec_name:
            raise StopHere(StopReason.CHANGED, _another_method(work.row.connection_id, connection_id, status))
        kept = work.methods.new.shown(status.parameters)
        work.keeper.note(work.row, RecordedStep.ENABLED, etag=status.etag, parameters=kept)
    if known.test is not True:
        await _test(work, connection_id, puts_back=puts_back)
    await _explore(work, connection_id)
    work.keeper.note(work.row, RecordedStep.DONE)


async def _enabled(work: RowWork, connection_id: str) -> ConnectionStatus:
    is_new = work.keeper.of(work.row).road is Road.BESIDE
    status: ConnectionStatus | None = None
    work.say(_("Watching until the connection is enabled."))
    async for event in watch_connection(work.service, connection_id, clock=work.clock, is_new=is_new):
        match event:
            case StateSeen(seen, _at, is_change):
                status = seen
                if is_change:
                    work.say(_("The connection is {state}.").format(state=seen.state or "-"))
            case PollFailed(error, _wait):
                work.say(error.message)
            case TokenRefused(error):
                raise StopHere(StopReason.FAILED, error)
            case WatchEnded(reason):
                if reason is WatchEnd.ENABLED and status is not None:
                    return status
                break
    state = status.state if status is not None else _("not seen")
    words = _("Connection {id} is {state}.").format(id=connection_id, state=state or "-")
    next_step = _("The next run watches it again; or leave it out with --leave {id}.").format(id=work.row.connection_id)
    raise StopHere(StopReason.NOT_ENABLED, Problem(_("The connection was not seen enabled"), words, next_step))


def _another_method(row_id: str, connection_id: str, status: ConnectionStatus) -> Problem:
    return Problem(
        _("The connection does not have the new auth method"),
        _("Connection {id} has the auth method {name}.").format(id=connection_id, name=status.auth_spec_name or "-"),
        LEAVE.format(id=row_id),
    )


async def _test(work: RowWork, connection_id: str, *, puts_back: bool) -> None:
    work.say(_("Letting the platform test the connection."))
    reason = ""
    try:
        passed = await work.service.test_connection(connection_id)
    except PlatformError as error:
        if not is_failed_test(error):
            raise StopHere(StopReason.FAILED, error) from None
        passed, reason = False, error.server_said or error.message
    work.keeper.note(work.row, RecordedStep.TESTED, passed=passed, words=reason)
    if passed:
        return
    if work.keeper.of(work.row).road is Road.BESIDE:
        words = _("{reason} The old connection was not touched and goes on feeding its dataflows.")
        next_step = _("Mend connection {id}, then start again; or leave this row out with --leave {row}.")
        raise StopHere(
            StopReason.TEST_FAILED,
            Problem(
                _("The new connection fails its test"),
                words.format(reason=reason or _("The platform gives no reason.")),
                next_step.format(id=connection_id, row=work.row.connection_id),
            ),
        )
    if puts_back:
        await put_back(work, reason)
    raise StopHere(StopReason.TEST_FAILED, credentials_gone(reason))


async def _explore(work: RowWork, connection_id: str) -> None:
    work.say(_("Exploring one table of the connection."))
    spec_id = work.methods.source.connection_spec_id
    try:
        tables = await explored_tables(work.service, connection_id, spec_id)
        columns = await explored_columns(work.service, connection_id, tables[0].path, spec_id) if tables else ()
    except PlatformError as error:
        reason = StopReason.NOT_EXPLORED if error.proves_refusal else StopReason.FAILED
        raise StopHere(reason, error) from None
    if not tables:
        work.stop(
            StopReason.NOT_EXPLORED,
            _("The connection shows no table"),
            _("Connection {id} passes its test, but shows no table: perhaps its user may read none."),
            connection_id,
        )
    table = tables[0].path
    work.keeper.note(work.row, RecordedStep.EXPLORED, tables=len(tables), table=table, columns=len(columns))
