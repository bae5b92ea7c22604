"""Existing connections in words, for people: a paragraph on a terminal, a line in a pipe."""

from __future__ import annotations

from collections.abc import Iterator

from aep_tui.commands.wrapping import rows, wrapped
from aep_tui.domain.existing import ExistingConnection
from aep_tui.domain.translation import _
from aep_tui.pages.dataflow_words import dataflow_words, instant_words, used_by_words
from aep_tui.session.connection_details import ConnectionDetails, UsedBy

_INDENT = 4


def row_text(row: ExistingConnection, width: int | None) -> str:
    """Return a connection of a list, with a newline at its end.

    Args:
        row: the connection.
        width: in cells, of a terminal; None puts all into one line, for a pipe.
    """
    name = row.status.name or _("(no name)")
    facts = _facts(row)
    attention = "; ".join(each.words for each in row.attention)
    if width is None:
        return " · ".join(filter(None, [name, *facts, row.status.connection_id, attention])) + "\n"
    lines = [*wrapped(name, width, _INDENT)]
    for text in filter(None, (" · ".join(facts), row.status.connection_id, attention)):
        lines += [" " * _INDENT + line for line in wrapped(text, width - _INDENT)]
    return "".join(f"{line}\n" for line in lines)


def details_text(details: ConnectionDetails, today_words: str, width: int) -> str:
    """Return all that was learnt about a connection, in lines of at most `width` cells.

    Args:
        details: the connection.
        today_words: what Adobe has announced about it, in today's words; "" for nothing.
        width: in cells.
    """
    row, status = details.connection, details.connection.status
    pairs = [
        (_("id"), status.connection_id),
        (_("sandbox"), row.sandbox_name),
        (_("source"), row.source or status.connection_spec_id or _("not known")),
        (_("auth method"), _auth_method_words(details)),
        (_("state"), status.state),
        (_("created"), _by(instant_words(status.created_at), status.created_by)),
        (_("changed"), _by(instant_words(status.updated_at), status.updated_by)),
        (_("description"), status.description),
        (_("attention"), "; ".join(each.words for each in row.attention)),
        *status.parameters.items(),
    ]
    shown = rows([(name, words) for name, words in pairs if words], width)
    parts = [*wrapped(status.name or _("(no name)"), width), *shown]
    if today_words:
        parts += ["", *wrapped(today_words, width)]
    return "".join(f"{line}\n" for line in [*parts, "", *used_by_lines(details.used_by, width)])


def used_by_lines(used: UsedBy, width: int) -> Iterator[str]:
    """Yield the lines about what rides on a connection."""
    yield from wrapped(used_by_words(used), width)
    for flow in used.dataflows:
        yield from wrapped(f"- {dataflow_words(flow)}", width, _INDENT)
    if used.run_problem is not None:
        words = _("More about the last runs could not be read: {reason}").format(reason=used.run_problem.message)
        yield from wrapped(words, width)


def _facts(row: ExistingConnection) -> list[str]:
    status = row.status
    changed = f"{status.updated_at:%Y-%m-%d}" if status.updated_at else _("(not known)")
    source = row.source or status.connection_spec_id
    return [
        *filter(None, (source, row.auth_method, status.state)),
        _("changed {day}").format(day=changed),
        row.sandbox_name,
    ]


def _auth_method_words(details: ConnectionDetails) -> str:
    method = details.connection.auth_method
    if not method:
        return _("none")
    if details.is_offered is None:
        return _("{method} (whether the platform still offers it could not be read)").format(method=method)
    if details.is_offered:
        return _("{method} (the platform offers it)").format(method=method)
    return _("{method} (the platform does not offer it any more)").format(method=method)


def _by(instant: str, who: str) -> str:
    return _("{instant} by {who}").format(instant=instant, who=who) if instant and who else instant or who
