"""What is said of one existing connection: names and values, and sentences about its parts, for every face."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from aep_tui.domain.existing import ExistingConnection
from aep_tui.domain.translation import _
from aep_tui.pages.dataflow_words import instant_words
from aep_tui.pages.wrapping import cells

if TYPE_CHECKING:
    from aep_tui.domain.connection import ConnectionStatus
    from aep_tui.domain.dataflow import ExploredColumn


def name_words(status: ConnectionStatus) -> str:
    """Return the name of a connection, or that it has none."""
    return status.name or _("(no name)")


def row_facts(row: ExistingConnection) -> list[str]:
    """Return what a list says of a connection beside its name and its id: a few words each."""
    status = row.status
    changed = f"{status.updated_at:%Y-%m-%d}" if status.updated_at else _("(not known)")
    source = row.source or status.connection_spec_id
    return [
        *filter(None, (source, row.auth_method, status.state)),
        _("changed {day}").format(day=changed),
        row.sandbox_name,
    ]


def attention_words(row: ExistingConnection) -> str:
    """Return why somebody should look at a connection, "" for no reason."""
    return "; ".join(each.words for each in row.attention)


def connection_rows(row: ExistingConnection, auth_method_words: str) -> list[tuple[str, str]]:
    """Return names and values of all that is known of a connection; what is not known of it has no row.

    Args:
        row: the connection.
        auth_method_words: from `offer_words`.
    """
    status = row.status
    pairs = [
        (_("id"), status.connection_id),
        (_("sandbox"), row.sandbox_name),
        (_("source"), row.source or status.connection_spec_id or _("not known")),
        (_("auth method"), auth_method_words),
        (_("state"), state_words(status)),
        (_("created"), _by(instant_words(status.created_at), status.created_by)),
        (_("changed"), _by(instant_words(status.updated_at), status.updated_by)),
        (_("description"), status.description),
        (_("attention"), attention_words(row)),
        *status.parameters.items(),
    ]
    return [(name, words) for name, words in pairs if words]


def state_words(status: ConnectionStatus) -> str:
    """Return the state and since when: the platform says only when the connection was changed last."""
    if not status.state:
        return _("not known")
    since = instant_words(status.updated_at or status.created_at)
    return _("{state}, unchanged since {instant}").format(state=status.state, instant=since) if since else status.state


def state_not_seen_words(state: str, seen: Sequence[str]) -> str:
    """Return what is said when no connection is in a state that somebody asks for; states are the platform's words."""
    if not seen:
        return _("No connection is in the state {state}.").format(state=state)
    words = _("No connection is in the state {state}. States that are seen there: {states}.")
    return words.format(state=state, states=", ".join(seen))


def auth_method_not_seen_words(method: str) -> str:
    """Return what is said when no connection has an auth method that somebody asks for: a name may be misspelt."""
    words = _(
        "No connection has the auth method {method}. It goes by its id, for example oauth2-client-credential, or by "
        "the auth.specName of the platform, exactly."
    )
    return words.format(method=method)


def offer_words(method: str, is_offered: bool | None) -> str:
    """Return an auth method and whether the platform still offers it; None when that could not be read."""
    if not method:
        return _("none")
    if is_offered is None:
        return _("{method} (whether the platform still offers it could not be read)").format(method=method)
    if is_offered:
        return _("{method} (the platform offers it)").format(method=method)
    return _("{method} (the platform does not offer it any more)").format(method=method)


def announced_words(row: ExistingConnection, today: date) -> tuple[str, ...]:
    """Return what Adobe has announced about source and auth method, as it is true today, and the way out."""
    return tuple(f"{notice.statement(today)} {notice.way_out}".rstrip() for notice in row.notices)


def tested_words(status: ConnectionStatus, has_passed: bool) -> str:
    """Return what the platform's test of a connection said."""
    words = _("The platform's test of {name} was passed.") if has_passed else _("The test of {name} has failed.")
    return words.format(name=status.name or status.connection_id)


def no_reason_words() -> str:
    """Return what is said of a failed test to which the platform adds nothing."""
    return _(
        "The platform gives no reason. Check the credentials at the source; exploring the tables may show more of it."
    )


def column_lines(columns: Sequence[ExploredColumn]) -> list[str]:
    """Return a line about each column of a table, the types one below the other."""
    width = max((cells(each.name) for each in columns), default=0)
    return [f"{each.name}{' ' * (width - cells(each.name))}  {each.type}".rstrip() for each in columns]


def column_words(column: ExploredColumn) -> str:
    """Return a line about a column of a table."""
    return f"{column.name}  {column.type}".rstrip()


def _by(instant: str, who: str) -> str:
    return _("{instant} by {who}").format(instant=instant, who=who) if instant and who else instant or who
