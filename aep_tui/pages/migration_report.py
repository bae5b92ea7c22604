"""The record of a migration for people and scripts: Markdown for the ticket, JSON by the names that scripts know."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from aep_tui.domain.migration_plan import MigrationPlan, MigrationRow, Road
from aep_tui.domain.migration_record import MigrationRecord, RowRecord, Stage
from aep_tui.domain.translation import _, plural
from aep_tui.pages.dataflow_words import instant_words
from aep_tui.pages.migration_words import flow_words, group_words, road_words, state_words

_UNDER_THE_HEAD: Final = "| --- | --- | --- | --- | --- | --- | --- |"


def report_markdown(plan: MigrationPlan, record: MigrationRecord, *, is_as_made: bool) -> str:
    """Return the report as Markdown; nothing that stands in it came from anywhere but plan and record.

    Args:
        plan: what was to be done.
        record: what was done.
        is_as_made: nobody has changed the file of the plan since it was made.
    """
    return "\n".join(_lines(plan, record, is_as_made=is_as_made)) + "\n"


def report_lines(plan: MigrationPlan, record: MigrationRecord, *, is_as_made: bool) -> Iterator[str]:
    """Yield the report as it is read on a page, where a table of seven columns has no room: it is a list there.

    Args:
        plan: what was to be done.
        record: what was done.
        is_as_made: nobody has changed the file of the plan since it was made.
    """
    for line in _lines(plan, record, is_as_made=is_as_made):
        if not line.startswith("|"):
            yield line
        elif line == _UNDER_THE_HEAD:
            yield from (_list_entry(row, record.of(row.connection_id)) for row in plan.rows)


def _lines(plan: MigrationPlan, record: MigrationRecord, *, is_as_made: bool) -> Iterator[str]:
    known = {row.connection_id: record.of(row.connection_id) for row in plan.rows}
    done = sum(each.stage is Stage.DONE for each in known.values())
    words = plural("# Migration of {count} connection", "# Migration of {count} connections", len(plan.rows))
    yield words.format(count=len(plan.rows))
    yield ""
    yield _("- Platform: {url}, organization {organization}").format(
        url=_plain(plan.base_url), organization=_plain(plan.organization_id)
    )
    yield _("- Auth method: {old} to {new}").format(old=plan.old_method_id, new=plan.new_method_id)
    yield _("- Road: {road}").format(road=road_words(record.road or plan.road))
    began = instant_words(record.began_at) or _("not yet")
    yield _("- Planned {planned}, begun {began}").format(planned=instant_words(plan.made_at), began=began)
    yield _("- Done: {done} of {count}").format(done=done, count=len(plan.rows))
    if not is_as_made:
        yield _("- The plan was changed by hand after it was made.")
    if record.refused:
        yield _("- Refused in place: {reason}").format(reason=_plain(record.refused))
    if record.unreadable:
        yield _("- Lines of the record that cannot be read: {count}; a change may stand in each").format(
            count=record.unreadable
        )
    yield ""
    yield _("| connection | sandbox | organization of the source | state | road | when | test |")
    yield _UNDER_THE_HEAD
    for row in plan.rows:
        yield _table_row(row, known[row.connection_id])
    for row in plan.rows:
        yield from _section(row, known[row.connection_id])
    yield from _by_hand(plan, known)


def _table_row(row: MigrationRow, known: RowRecord) -> str:
    cells = (
        row.name,
        row.sandbox_name,
        group_words(row.group),
        state_words(known),
        known.road.value if known.road else "-",
        instant_words(known.ended_at) or "-",
        {True: _("passed"), False: _("FAILED"), None: "-"}[known.test],
    )
    return f"| {' | '.join(_plain(cell) for cell in cells)} |"


def _list_entry(row: MigrationRow, known: RowRecord) -> str:
    return _("- {name}, sandbox {sandbox}: {state}").format(
        name=_plain(row.name), sandbox=_plain(row.sandbox_name), state=state_words(known)
    )


def _section(row: MigrationRow, known: RowRecord) -> Iterator[str]:
    """Yield all that is known of a connection on which something was done."""
    if known == RowRecord():
        return
    yield ""
    yield f"## {_plain(row.name)} ({_plain(row.sandbox_name)})"
    yield ""
    facts = (
        (_("old connection"), row.connection_id),
        (_("new connection"), known.new_id),
        (_("state"), state_words(known)),
        (_("begun"), instant_words(known.began_at)),
        (_("ended"), instant_words(known.ended_at)),
        (_("how it is known"), known.made_words),
        (_("before"), _pairs(known.parameters or row.parameters)),
        (_("after"), _pairs(known.new_parameters)),
        (_("explored"), _explored(known)),
        (_("request ids"), ", ".join(known.request_ids)),
        (_("stopped"), known.stopped),
    )
    for name, value in facts:
        if value:
            yield f"- {name}: {_plain(value)}"


def _by_hand(plan: MigrationPlan, known: dict[str, RowRecord]) -> Iterator[str]:
    """Yield what a person has to do on the platform's own pages."""
    rows = [
        row
        for row in plan.rows
        if row.may_feed_dataflows and known[row.connection_id].road is Road.BESIDE and known[row.connection_id].new_id
    ]
    if not rows:
        return
    yield ""
    yield _("## Left to be done by hand")
    yield ""
    yield _(
        "A dataflow cannot be re-pointed to another connection: each of these has to be made anew on the new one, and "
        "the old one switched off afterwards. The old connections still feed them."
    )
    for row in rows:
        yield ""
        yield _("On {new} ({id}), in the place of {old}:").format(
            new=_plain(row.new_name), id=_plain(known[row.connection_id].new_id), old=_plain(row.name)
        )
        yield ""
        if row.dataflows_problem:
            yield _("- Its dataflows could not be read when the plan was made: {reason}").format(
                reason=_plain(row.dataflows_problem)
            )
        for flow in row.dataflows:
            yield f"- [ ] {_plain(flow_words(flow))}"


def report_record(plan: MigrationPlan, record: MigrationRecord, *, is_as_made: bool) -> dict[str, Any]:
    """Return the report by the names that scripts know.

    Args:
        plan: what was to be done.
        record: what was done.
        is_as_made: nobody has changed the file of the plan since it was made.
    """
    return {
        "baseUrl": plan.base_url,
        "organizationId": plan.organization_id,
        "source": plan.source_id,
        "oldMethod": plan.old_method_id,
        "newMethod": plan.new_method_id,
        "road": (record.road or plan.road).value,
        "plannedAt": _instant(plan.made_at),
        "begunAt": _instant(record.began_at),
        "planIsAsMade": is_as_made,
        "refusedInPlace": record.refused,
        "unreadableLines": record.unreadable,
        "connections": [row_report(row, record.of(row.connection_id)) for row in plan.rows],
    }


def row_report(row: MigrationRow, known: RowRecord) -> dict[str, Any]:
    """Return what is known of one connection by the names that scripts know."""
    return {
        "id": row.connection_id,
        "name": row.name,
        "sandbox": row.sandbox_name,
        "group": row.group,
        "stage": known.stage.value,
        "isUnknown": known.is_unknown,
        "road": known.road.value if known.road else None,
        "newId": known.new_id or None,
        "newName": row.new_name if known.new_id else None,
        "begunAt": _instant(known.began_at),
        "endedAt": _instant(known.ended_at),
        "test": known.test,
        "explored": {"tables": known.tables, "table": known.table, "columns": known.columns} if known.table else None,
        "before": dict(known.parameters or row.parameters),
        "after": dict(known.new_parameters) or None,
        "requestIds": list(known.request_ids),
        "stopped": known.stopped or None,
        "dataflowsToMakeAnew": [
            {
                "id": flow.flow_id,
                "name": flow.name,
                "table": flow.table,
                "mappingId": flow.mapping_id,
                "datasetId": flow.dataset_id,
                "frequency": flow.frequency,
                "interval": flow.interval,
                "startsAt": _instant(flow.starts_at),
                "lastRunId": flow.last_run_id,
                "lastRunState": flow.last_run_state,
                "lastRunAt": _instant(flow.last_run_at),
            }
            for flow in (row.dataflows if known.road is Road.BESIDE and known.new_id else ())
        ],
    }


def _explored(known: RowRecord) -> str:
    if not known.table:
        return ""
    return _("{tables} tables, {columns} columns in {table}").format(
        tables=known.tables, columns=known.columns, table=known.table
    )


def _pairs(pairs: tuple[tuple[str, str], ...]) -> str:
    return ", ".join(f"{name} = {value}" for name, value in pairs)


def _instant(instant: datetime | None) -> str | None:
    return instant.isoformat() if instant is not None else None


def _plain(text: str) -> str:
    """Return a text that means nothing in Markdown or HTML, wherever it comes from."""
    marked = "".join(f"\\{each}" if each in "\\`*_[]|#" else each for each in text)
    return marked.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\n", " ")
