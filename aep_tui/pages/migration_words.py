"""What is said of a migration: its plan, each connection of it, what happens and how it ended; for every face."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from aep_tui.domain.dataflow import DataflowRun, Schedule
from aep_tui.domain.migration_plan import MigrationPlan, MigrationRow, PlannedDataflow, Road, TestResult
from aep_tui.domain.migration_record import MigrationRecord, RowRecord, Stage
from aep_tui.domain.translation import _, plural
from aep_tui.pages.dataflow_words import instant_words, run_words, schedule_words
from aep_tui.session.migration_events import MigrationEvent, RowBegan, RowChanged, RowSays, RunEnded

if TYPE_CHECKING:
    from aep_tui.session.migration_checking import CheckedRow

NO_SECRET: Final = _("The plan holds no secret.")
CHANGED_BY_HAND: Final = _(
    "Warning: this plan was changed by hand after it was made. Look at what it says before you run it."
)
GO_ON_WITH_A_TOKEN: Final = _(
    "Give a new access token, and the same command again: it goes on at this connection, and does nothing twice."
)
ROAD_DETAILS: Final = {
    Road.BESIDE: _("A new connection next to the old one, which stays as it is."),
    Road.IN_PLACE: _("The connection itself gets the new auth method, which no document promises to be possible."),
}
EARLIER_RUN_BESIDE: Final = _("An earlier run went on beside the old connections.")
NEXT_RUN_BESIDE: Final = _("An earlier run went on beside the old connections, and so does the next one.")
IN_PRODUCTION: Final = _("Something is going to be created or changed in production.")
_TESTS: Final = {
    TestResult.PASSED: _("test passed"),
    TestResult.FAILED: _("test FAILED"),
    TestResult.UNKNOWN: _("test not known"),
}


def group_words(group: str) -> str:
    """Return how a group of connections is called: by the host of its address."""
    return group.partition("://")[2] or group or _("no-address")


def credentials_words(group: str) -> str:
    """Return whose credentials are asked for."""
    return _("Credentials for the connections of {group}").format(group=group_words(group))


def road_words(road: Road) -> str:
    """Return what a road is."""
    if road is Road.IN_PLACE:
        return _("in place: the connection itself gets the new auth method, which no document promises to be possible")
    return _("beside: a new connection next to the old one, which stays as it is")


def plan_lines(plan: MigrationPlan, record: MigrationRecord | None = None) -> Iterator[str]:
    """Yield what a plan says: how many, in which order, what cannot be undone, and what is left to be done by hand.

    Args:
        plan: what is to be done.
        record: what was done and decided since, None for nothing; a run that went beside goes before the plan's road.
    """
    known = record or MigrationRecord()
    road = known.road or plan.road
    words = plural(
        "{count} connection in {sandboxes}, in the order of work:",
        "{count} connections in {sandboxes}, in the order of work:",
        len(plan.rows),
    )
    yield words.format(count=len(plan.rows), sandboxes=", ".join(plan.sandbox_names))
    for number, row in enumerate(plan.rows, 1):
        yield f"{number}. {row_words(row)}"
    yield _("Road {road}.").format(road=road_words(road))
    for group, rows in plan.groups().items():
        words = plural("{group}: {count} connection", "{group}: {count} connections", len(rows))
        yield _("One set of credentials for {group}.").format(
            group=words.format(group=group_words(group), count=len(rows))
        )
    if road is Road.IN_PLACE:
        yield _("What is changed in place cannot be undone without the old secrets: the platform gives none back.")
    else:
        yield from _by_hand_lines([row for row in plan.rows if _is_beside(known.of(row.connection_id))])
    for row in plan.rows:
        if row.test is TestResult.FAILED:
            yield _("{name} in {sandbox} fails its test already now.").format(name=row.name, sandbox=row.sandbox_name)
    yield NO_SECRET


def _is_beside(record: RowRecord) -> bool:
    """Return whether a connection has, or is going to have, a new one beside it where nothing else was decided."""
    return record.road is not Road.IN_PLACE and record.stage is not Stage.LEFT_OUT


def _by_hand_lines(rows: Sequence[MigrationRow]) -> Iterator[str]:
    """Yield how many dataflows a person has to make anew; what could not be read is not called nothing."""
    count = sum(len(row.dataflows) for row in rows)
    unread = sum(bool(row.dataflows_problem) for row in rows)
    if count:
        yield plural(
            "A dataflow cannot be re-pointed: {count} dataflow has to be made anew by hand on the new connection. "
            "aep-tui migrate report lists it.",
            "A dataflow cannot be re-pointed: {count} dataflows have to be made anew by hand on the new connections. "
            "aep-tui migrate report lists them.",
            count,
        ).format(count=count)
    elif not unread:
        yield _("No dataflow that you can see has to be made anew.")
    if unread:
        yield plural(
            "The dataflows of {count} connection could not be read: if there are any, they have to be made anew by "
            "hand as well.",
            "The dataflows of {count} connections could not be read: if there are any, they have to be made anew by "
            "hand as well.",
            unread,
        ).format(count=unread)


def row_words(row: MigrationRow) -> str:
    """Return a line about a connection of a plan."""
    kind = _(" (PRODUCTION)") if row.is_in_production else ""
    flows = plural("{count} dataflow", "{count} dataflows", len(row.dataflows)).format(count=len(row.dataflows))
    if row.dataflows_problem:
        flows = _("dataflows not known")
    following = min((flow.next_run_at for flow in row.dataflows if flow.next_run_at), default=None)
    facts = [f"{row.sandbox_name}{kind}", group_words(row.group), _TESTS[row.test], flows]
    if following is not None:
        facts.append(_("next run {instant}").format(instant=instant_words(following)))
    return f"{row.name or row.connection_id}: {', '.join(facts)}"


def state_words(record: RowRecord) -> str:
    """Return how far a connection has come."""
    match record.stage:
        case Stage.WAITING:
            return _("stopped, nothing changed") if record.stopped else _("waiting")
        case Stage.SENDING | Stage.PUTTING_BACK:
            return _("nobody knows; the next run looks first")
        case Stage.MADE:
            made = _("created, not done yet") if record.road is Road.BESIDE else _("changed, not done yet")
            return _("{made}, TEST FAILED").format(made=made) if record.test is False else made
        case Stage.DONE:
            return _("done: new connection {id}").format(id=record.new_id) if record.new_id else _("done in place")
        case Stage.LEFT_OUT:
            return _("left out by a person")
        case Stage.PUT_BACK:
            return _("changed, then put back")


def event_words(event: MigrationEvent) -> str:
    """Return what an event says in a line, "" for one that says nothing new to a person."""
    match event:
        case RowBegan(row, number, count, left, pace):
            words = _("{number} of {count}: {name}, sandbox {sandbox}.").format(
                number=number, count=count, name=row.name or row.connection_id, sandbox=row.sandbox_name
            )
            return words if pace is None else f"{words} {time_left_words(left * pace)}"
        case RowSays(_row, words):
            return f"  {words}"
        case RowChanged(_row, record) if record.is_over:
            return f"  {state_words(record)}."
        case RunEnded():
            return end_words(event)
    return ""


def time_left_words(seconds: float) -> str:
    """Return how long the rest takes at this pace."""
    minutes = round(seconds / 60)
    if minutes < 1:
        return _("Less than a minute is left at this pace.")
    words = plural(
        "About {count} minute is left at this pace.", "About {count} minutes are left at this pace.", minutes
    )
    return words.format(count=minutes)


def done_words(count: int) -> str:
    """Return how many are done."""
    return plural("{count} connection is done", "{count} connections are done", count).format(count=count)


def left_words(count: int) -> str:
    """Return how many are not over."""
    return _("{count} left").format(count=count)


def end_words(end: RunEnded) -> str:
    """Return how a run has ended."""
    done, left = done_words(end.done), left_words(end.left)
    if end.reason is None:
        return _("{done}, nothing is left to do here.").format(done=done)
    if end.problem is None or end.row is None:
        return _("Paused: {done}, {left}. Start again to go on.").format(done=done, left=left)
    problem = end.problem
    words = _("Stopped at {name}, sandbox {sandbox}: {title}. {message} {next_step} ({done}, {left}.)")
    return words.format(
        name=end.row.name or end.row.connection_id,
        sandbox=end.row.sandbox_name,
        title=problem.title,
        message=problem.message,
        next_step=problem.next_step,
        done=done,
        left=left,
    )


def so_far_lines(plan: MigrationPlan, record: MigrationRecord, digest: str) -> Iterator[str]:
    """Yield what earlier runs have done, nothing for none: done, not done, and what nobody knows.

    Args:
        plan: what is to be done.
        record: what was done.
        digest: of the plan.
    """
    if not record.rows:
        return
    if record.digest not in {"", digest}:
        yield _("Warning: the plan is not the one any more with which the first run began.")
    known = [record.of(row.connection_id) for row in plan.rows]
    yield _("Earlier runs: {done} of {count} done.").format(
        done=sum(each.stage is Stage.DONE for each in known), count=len(known)
    )
    for row, each in zip(plan.rows, known, strict=True):
        if each.is_unknown:
            yield _("Nobody knows what became of {name}, sandbox {sandbox}; it is looked into first.").format(
                name=row.name, sandbox=row.sandbox_name
            )
        if each.stage is Stage.MADE:
            yield _("{name}, sandbox {sandbox}: {state}.").format(
                name=row.name, sandbox=row.sandbox_name, state=state_words(each)
            )
        if each.stage is Stage.LEFT_OUT:
            yield _("The record says that {name}, sandbox {sandbox}, was left out: nothing is done with it.").format(
                name=row.name, sandbox=row.sandbox_name
            )
    if record.road is Road.BESIDE is not plan.road:
        is_over = all(each.is_over for each in known)
        yield EARLIER_RUN_BESIDE if is_over else NEXT_RUN_BESIDE
    if record.refused:
        yield _("The platform refused to change the auth method in place: {reason}").format(reason=record.refused)


def undo_words(*, puts_back: bool) -> str:
    """Return what can be undone of a run in place."""
    if puts_back:
        return _("After a change whose test fails, the old credentials are put back.")
    return _("No old secrets were given: what is changed in place cannot be undone.")


def flow_words(flow: PlannedDataflow) -> str:
    """Return a line about a dataflow that has to be made anew, as a person needs it on the platform's own pages."""
    unknown = _("not known")
    schedule = Schedule(flow.frequency, flow.interval, flow.starts_at)
    start = "" if flow.frequency == "once" else instant_words(flow.starts_at)  # the schedule says it already
    has_run = flow.last_run_id or flow.last_run_state or flow.last_run_at
    last = DataflowRun(flow.last_run_id, status=flow.last_run_state, completed_at=flow.last_run_at) if has_run else None
    words = _("{name} ({id}), {state}: table {table}, mapping {mapping}, dataset {dataset}, {schedule}{start}, {run}")
    return words.format(
        name=flow.name or unknown,
        id=flow.flow_id,
        state=flow.state or unknown,
        table=flow.table or unknown,
        mapping=flow.mapping_id or unknown,
        dataset=flow.dataset_id or unknown,
        schedule=schedule_words(schedule),
        start=_(" from {instant}").format(instant=start) if start else "",
        run=run_words(last),
    )


def check_lines(checked: tuple[CheckedRow, ...]) -> Iterator[str]:
    """Yield how each connection is now: which new ones have dataflows, which old ones still run, which could go."""
    for each in checked:
        facts = [state_words(each.record)]
        if each.problem:
            facts.append(_("not read: {reason}").format(reason=each.problem))
        elif each.record.new_id:
            facts += [_new_words(each), _old_words(each)]
        yield f"{each.row.name} ({each.row.sandbox_name}): {'; '.join(facts)}"


def check_summary(checked: tuple[CheckedRow, ...]) -> Iterator[str]:
    """Yield how many old connections could go, and who may take them away."""
    count = sum(each.could_go for each in checked)
    words = plural("{count} old connection could go.", "{count} old connections could go.", count).format(count=count)
    if not count:
        yield words
        return
    yield _(
        "{words} A migration deletes none: a person does, on the page of each, or with aep-tui connections delete."
    ).format(words=words)
    yield _("Access labels may hide dataflows from you; the platform then refuses the delete.")


def _new_words(each: CheckedRow) -> str:
    if each.new_is_there is False:
        return _("new: GONE")
    if each.new_is_there is None:
        return _("new: not known")
    words = plural("new: {count} dataflow", "new: {count} dataflows", len(each.new_flows))
    return words.format(count=len(each.new_flows))


def _old_words(each: CheckedRow) -> str:
    if each.old_is_there is False:
        return _("old: gone")
    if each.old_is_there is None:
        return _("old: not known")
    running, left = len(each.running_old_flows), len(each.old_flows)
    if running:
        return plural("old: {count} dataflow still runs", "old: {count} dataflows still run", running).format(
            count=running
        )
    if left:
        words = plural(
            "old: {count} dataflow is there, switched off", "old: {count} dataflows are there, switched off", left
        )
        return words.format(count=left)
    if each.row.may_feed_dataflows and not each.new_flows:
        return _("old: no dataflow runs, and the new one has none")
    return _("old: could go") if each.could_go else _("old: not replaced yet")
