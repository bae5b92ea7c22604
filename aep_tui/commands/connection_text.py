"""Existing connections in words, for people: a paragraph on a terminal, a line in a pipe."""

from __future__ import annotations

from collections.abc import Iterator

from aep_tui.domain.existing import ExistingConnection
from aep_tui.pages.connection_words import attention_words, connection_rows, name_words, offer_words, row_facts
from aep_tui.pages.dataflow_words import used_by_lines
from aep_tui.pages.wrapping import rows, wrapped
from aep_tui.session.connection_details import ConnectionDetails, UsedBy

_INDENT = 4


def row_text(row: ExistingConnection, width: int | None) -> str:
    """Return a connection of a list, with a newline at its end.

    Args:
        row: the connection.
        width: in cells, of a terminal; None puts all into one line, for a pipe.
    """
    name, facts, attention = name_words(row.status), row_facts(row), attention_words(row)
    if width is None:
        return " · ".join(filter(None, [name, *facts, row.status.connection_id, attention])) + "\n"
    lines = [*wrapped(name, width, _INDENT, breaks_words=True)]
    for text in filter(None, (" · ".join(facts), row.status.connection_id, attention)):
        lines += [" " * _INDENT + line for line in wrapped(text, width - _INDENT, breaks_words=True)]
    return "".join(f"{line}\n" for line in lines)


def details_text(details: ConnectionDetails, today_words: str, width: int) -> str:
    """Return all that was learnt about a connection, in lines of at most `width` cells.

    Args:
        details: the connection.
        today_words: what Adobe has announced about it, in today's words; "" for nothing.
        width: in cells.
    """
    row = details.connection
    shown = rows(connection_rows(row, offer_words(row.auth_method, details.is_offered)), width)
    parts = [*wrapped(name_words(row.status), width), *shown]
    if today_words:
        parts += ["", *wrapped(today_words, width)]
    return "".join(f"{line}\n" for line in [*parts, "", *used_by_text(details.used_by, width)])


def used_by_text(used: UsedBy, width: int) -> Iterator[str]:
    """Yield the lines about what rides on a connection, in at most `width` cells each."""
    for line in used_by_lines(used):
        yield from wrapped(line, width, _INDENT if line.startswith("- ") else 0)
