"""What is said of dataflows and of what rides on a connection: whole sentences, for screens and commands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final

from aep_tui.domain.dataflow import Dataflow, DataflowRun, RunResult, Schedule, SourceConnection
from aep_tui.domain.translation import _, plural
from aep_tui.pages.problem_text import answer_lines

if TYPE_CHECKING:
    from aep_tui.session.connection_details import UsedBy

_RESULTS: Final = {
    RunResult.SUCCEEDED: _("succeeded"),
    RunResult.WITH_ERRORS: _("succeeded with errors"),
    RunResult.FAILED: _("failed"),
    RunResult.UNDER_WAY: _("under way"),
}

NONE_BEFORE_A_DELETE: Final = _(
    "No dataflow that you can see uses this connection. Access labels may hide some; the platform then refuses the "
    "delete, and nothing has changed."
)


def instant_words(instant: datetime | None) -> str:
    """Return an instant to the minute, in UTC, "" for None."""
    return f"{instant:%Y-%m-%d %H:%M} UTC" if instant is not None else ""


def used_by_words(used: UsedBy) -> str:
    """Return a sentence about what rides on a connection: not readable, none that you can see, or how many."""
    if used.problem is not None:
        return _("The dataflows could not be read: {reason}").format(reason=used.problem.message)
    count = len(used.dataflows)
    if count:
        words = plural(
            "{count} dataflow that you can see uses it.", "{count} dataflows that you can see use it.", count
        )
        return words.format(count=count)
    return _("No dataflow that you can see uses it. Access labels may hide some from you.")


def uses_in_short(used: UsedBy) -> str:
    """Return what `used_by_words` says in a few words, for a row of a table."""
    if used.problem is not None:
        return _("could not be read")
    count = len(used.dataflows)
    if not count:
        return _("no dataflow that you can see")
    return plural("{count} dataflow that you can see", "{count} dataflows that you can see", count).format(count=count)


def used_by_lines(used: UsedBy) -> list[str]:
    """Return the sentence about what rides on a connection, a line for each dataflow, and what else is to be known."""
    lines = [used_by_words(used), *(f"- {dataflow_words(flow, used.source_connections)}" for flow in used.dataflows)]
    read = {each for flow in used.dataflows for each in flow.source_connection_ids}
    idle = [each for each in used.source_connections if each.source_connection_id not in read]
    if idle and used.problem is None:
        words = plural(
            "{count} source connection without a dataflow that you can see: {names}",
            "{count} source connections without a dataflow that you can see: {names}",
            len(idle),
        )
        names = ", ".join(each.name or each.source_connection_id for each in idle)
        lines.append(words.format(count=len(idle), names=names))
    if used.problem is not None:
        if used.problem.next_step:
            lines.append(_("What to do: {next_step}").format(next_step=used.problem.next_step))
        lines.extend(answer_lines(used.problem))
    if used.run_problem is not None:
        words = _("More about the last runs could not be read: {reason}")
        lines.append(words.format(reason=used.run_problem.message))
    return lines


def dataflow_words(flow: Dataflow, sources: Sequence[SourceConnection] = ()) -> str:
    """Return a line about a dataflow: name, state, schedule, last run, and what it reads from as far as it is known.

    Args:
        flow: the dataflow.
        sources: source connections of its base connection.
    """
    words = _("{name}: {state}, {schedule}, {run}").format(
        name=flow.name or flow.flow_id,
        state=flow.state or _("state not known"),
        schedule=schedule_words(flow.schedule),
        run=run_words(flow.last_run),
    )
    read = [each for each in sources if each.source_connection_id in flow.source_connection_ids]
    names = ", ".join(each.name for each in read if each.name)
    return _("{words}; reads from {names}").format(words=words, names=names) if names else words


def schedule_words(schedule: Schedule) -> str:
    """Return when a dataflow runs; a word of the platform that we do not know is shown as it is."""
    if not schedule.frequency:
        return _("no schedule known")
    if schedule.frequency == "once":
        if schedule.starts_at is None:
            return _("once")
        return _("once, on {instant}").format(instant=instant_words(schedule.starts_at))
    count = schedule.interval or 1
    words = {
        "minute": plural("every minute", "every {count} minutes", count),
        "hour": plural("every hour", "every {count} hours", count),
        "day": plural("every day", "every {count} days", count),
        "week": plural("every week", "every {count} weeks", count),
    }.get(schedule.frequency)
    return words.format(count=count) if words else f"{schedule.frequency} {schedule.interval or ''}".rstrip()


def run_words(run: DataflowRun | None) -> str:
    """Return what became of the last run."""
    if run is None:
        return _("no run known")
    result = _RESULTS.get(run.result) or run.status or _("result not known")
    at = instant_words(run.completed_at or run.started_at)
    words = _("last run {instant}: {result}") if at else _("last run: {result}")
    words = words.format(instant=at, result=result)
    if run.failed_records:
        lost = plural("{count} record was lost", "{count} records were lost", run.failed_records)
        words = _("{words}, {more}").format(words=words, more=lost.format(count=run.failed_records))
    return _("{words} ({reason})").format(words=words, reason=run.errors[0]) if run.errors else words
