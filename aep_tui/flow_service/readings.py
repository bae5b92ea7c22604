"""What the answers about connections say; an answer that cannot be what was asked for counts as unreadable."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Final
from urllib.parse import quote, urlsplit

from aep_tui.domain.connection import ConnectionStatus, CreatedConnection
from aep_tui.domain.safe_text import without_control_characters
from aep_tui.domain.translation import _
from aep_tui.flow_service.errors import NotFound
from aep_tui.flow_service.exchange import Answer
from aep_tui.flow_service.failures import unreadable
from aep_tui.flow_service.wire import ConnectionItem, CreatedAnswer, ItemsAnswer

_CREATED: Final = frozenset({200, 201})
"""201 is what the documents say. 200 with an id says no less; 202 says that it is not done, 203 that a proxy speaks."""


def created_connection(answer: Answer) -> CreatedConnection:
    """Return what the answer to a create says.

    Raises:
        UnreadableAnswer: it does not say that there is a connection, or its id or etag cannot be one.
    """
    if answer.status not in _CREATED:
        raise unreadable(answer.status, _("It does not say that the connection was created."), answer.request_id)
    created = answer.read_as(CreatedAnswer).connection(answer.header("location"), answer.request_id, answer.status)
    if not created.connection_id:
        raise unreadable(answer.status, _("It holds no id of a connection."), answer.request_id)
    return created


def changed_connection(answer: Answer, connection_id: str) -> CreatedConnection:
    """Return what the answer to a change of `connection_id` says.

    Raises:
        UnreadableAnswer: it is about another connection, or its id or etag cannot be one.
    """
    changed = answer.read_as(CreatedAnswer).connection(answer.header("location"), answer.request_id, answer.status)
    if not changed.connection_id:
        raise unreadable(answer.status, _("It holds no id of a connection."), answer.request_id)
    if not _is_same_id(changed.connection_id, connection_id):
        raise unreadable(answer.status, _("It is about another connection."), answer.request_id)
    return changed


def asked_connection(answer: Answer, connection_id: str) -> ConnectionStatus:
    """Return the item about `connection_id`; one without an id is about what was asked for.

    Raises:
        NotFound: there is no item.
        UnreadableAnswer: there are items about other connections only.
    """
    items = listed_connections(answer)
    if not items:
        raise _no_such_connection(answer)
    for status in items:
        if _is_same_id(status.connection_id, connection_id):
            return status
    for status in items:
        if not status.connection_id:
            return replace(status, connection_id=connection_id)
    raise unreadable(answer.status, _("It is about another connection."), answer.request_id)


def listed_connections(answer: Answer) -> tuple[ConnectionStatus, ...]:
    """Return all items of a list.

    Raises:
        UnreadableAnswer: it is no list, or holds an id or etag that cannot be one.
    """
    items = answer.read_as(ItemsAnswer).items
    return tuple(answer.valid(ConnectionItem, item).status() for item in items)


def next_query(answer: Answer) -> str:
    """Return the query of the next page, or ""; only the query, so that no answer sends the token to another host."""
    href = answer.read_as(ItemsAnswer).next_page
    try:
        parts = urlsplit(href)
    except ValueError:
        return ""
    return quote(parts.query, safe="=&%+:-._~") if parts.path.endswith("/connections") else ""


def is_meant(status: ConnectionStatus, spec_id: str, name: str, created_from: datetime | None) -> bool:
    """Return whether a listed connection is of this source, has this name ("" for any), and is not older."""
    return (
        status.connection_spec_id in {"", spec_id}
        and (not name or without_control_characters(name).strip() == status.name.strip())
        and (created_from is None or status.created_at is None or status.created_at >= created_from)
    )


def _is_same_id(given: str, asked: str) -> bool:
    # Ids are UUIDs, in which capital letters mean nothing.
    return given.lower() == asked.strip().lower()


def _no_such_connection(answer: Answer) -> NotFound:
    return NotFound(
        _("Not found"),
        _("The platform answered, but with no connection."),
        _("Check the id and the sandbox: a connection is visible in its own sandbox only."),
        status=answer.status,
        request_id=answer.request_id,
        who_can_fix=_("you"),
    )
