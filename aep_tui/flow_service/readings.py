"""What the answers about connections say; an answer that cannot be what was asked for counts as unreadable."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from typing import Final
from urllib.parse import quote, unquote, urlsplit

from aep_tui.domain.connection import ConnectionStatus, CreatedConnection
from aep_tui.domain.connection_request import path_of_connection
from aep_tui.domain.json_value import json_object
from aep_tui.domain.safe_text import shortened, without_control_characters
from aep_tui.domain.translation import _
from aep_tui.flow_service.answer import Answer
from aep_tui.flow_service.errors import NotFound, UnreadableAnswer
from aep_tui.flow_service.failures import failed_test, unreadable
from aep_tui.flow_service.wire import ConnectionItem, CreatedAnswer, ItemsAnswer, masked
from aep_tui.flow_service.wire_values import clean_text

_CREATED: Final = 201
_ACCEPTED: Final = 202
_CHANGED: Final = 200
_SAYS_THAT_IT_IS_DONE: Final = frozenset({200, _CREATED})
"""201 is what the documents say. 200 with an id says no less; 202 says that it is not done, 203 that a proxy speaks."""

_LONGEST_TOLD_ID: Final = 60

_CONNECTION_ADDRESS = re.compile(r"/connections/([^/?#]+)/?$")


def connection_path(connection_id: str) -> str:
    """Return the path of a connection.

    Raises:
        NotFound: the id is empty; nothing is sent.
    """
    if not connection_id.strip():
        raise NotFound(
            _("Not found"),
            _("The id of the connection is empty."),
            _("Enter the id that the platform gave when the connection was created."),
            who_can_fix=_("you"),
            request_left=False,
        )
    return path_of_connection(connection_id)


def created_connection(answer: Answer) -> CreatedConnection:
    """Return what the answer to a create says; the id stands in the body, in its first item, or in `Location`.

    Raises:
        UnreadableAnswer: it does not say that there is a connection, or which one.
    """
    if answer.status == _ACCEPTED:
        raise unreadable(
            answer.status, _("It accepts the request and does not say that it is done."), answer.request_id
        )
    if answer.status not in _SAYS_THAT_IT_IS_DONE:
        raise unreadable(answer.status, _("It does not say that the connection was created."), answer.request_id)
    location = answer.header("location")
    try:
        said = _first_that_is_created(answer)
    except UnreadableAnswer:
        if answer.status != _CREATED:
            raise
        said = CreatedAnswer()
    if not said.id and (found := _CONNECTION_ADDRESS.search(location)):
        with suppress(UnreadableAnswer):
            said = answer.valid(CreatedAnswer, {"id": unquote(found.group(1)), "etag": said.etag})
    if said.id:
        return said.connection(location, answer.request_id, answer.status)
    if answer.status == _CREATED:
        raise unreadable(
            answer.status, _("It says that the connection was created; its id could not be read."), answer.request_id
        )
    raise unreadable(answer.status, _("It holds no id of a connection."), answer.request_id)


def _first_that_is_created(answer: Answer) -> CreatedAnswer:
    value = answer.parsed()
    items = value.get("items") if isinstance(value, dict) and not value.get("id") else None
    return answer.valid(CreatedAnswer, items[0] if isinstance(items, list) and items else value)


def changed_connection(answer: Answer, connection_id: str) -> CreatedConnection:
    """Return what the answer to a change of `connection_id` says.

    Raises:
        UnreadableAnswer: it does not say that the change is made (200 alone does: Flow Service, PATCH of a connection),
            is about another connection, or its id or etag cannot be one.
    """
    if answer.status != _CHANGED:
        raise unreadable(answer.status, _("It does not say that the connection was changed."), answer.request_id)
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
    return connections_of(answer, answer.read_as(ItemsAnswer).items)


def connections_of(answer: Answer, items: Iterable[object]) -> tuple[ConnectionStatus, ...]:
    """Return the connections in the items of a list that was read.

    Raises:
        UnreadableAnswer: an item holds an id or etag that cannot be one.
    """
    return tuple(answer.valid(ConnectionItem, item).status() for item in items)


def connections_to_show(answer: Answer, items: Iterable[object]) -> tuple[ConnectionStatus, ...]:
    """Return the connections in the items of a list that is only shown; one with an unusable id hides no other.

    Such a one has no id and no version, so that nothing can be asked or changed in its name; what stands in the place
    of its id is `told_id`.

    Raises:
        UnreadableAnswer: an item is none at all.
    """
    return tuple(_listed(answer, item) for item in items)


def _listed(answer: Answer, item: object) -> ConnectionStatus:
    try:
        return answer.valid(ConnectionItem, item).status()
    except UnreadableAnswer:
        told = json_object(item)
        status = answer.valid(ConnectionItem, {**told, "id": "", "etag": ""}).status()
        return replace(status, told_id=shortened(clean_text(told.get("id")), _LONGEST_TOLD_ID))


def shown_answer(answer: Answer, connection_id: str) -> str:
    """Return the item about `connection_id` as indented JSON, the values of secrets replaced by a mark."""
    items = [json_object(item) for item in answer.read_as(ItemsAnswer).items]
    found = next((item for item in items if _is_same_id(clean_text(item.get("id")), connection_id)), items[0])
    return json.dumps(masked(found), ensure_ascii=False, indent=2)


def passed_test(answer: Answer) -> bool:
    """Return whether the answer to a test says that the connection works.

    Raises:
        RequestRefused: it says that it does not, and why; no document shows how it would.
        UnreadableAnswer: it says neither.
    """
    value = answer.parsed()
    result = value.get("result") if isinstance(value, dict) else value
    if isinstance(result, str) and result.lower() in {"true", "false"}:
        result = result.lower() == "true"
    if not isinstance(result, bool):
        raise unreadable(answer.status, _("It does not say whether the connection works."), answer.request_id)
    words = [text for each in json_object(value).values() if isinstance(each, str) and (text := clean_text(each))]
    said = [each for each in words if each.lower() not in {"true", "false"}]
    if not result and said:
        raise failed_test(answer.status, shortened(" ".join(said)), answer.request_id)
    return result


def next_query(answer: Answer) -> str | None:
    """Return the query of the next page of connections, as `query_of` does."""
    return query_of(answer.read_as(ItemsAnswer).next_page, "connections")


def query_of(href: str, name: str) -> str | None:
    """Return the query of a link to a next page, "" for no link, None when it cannot be followed.

    Only the query is taken, so that no answer sends the token to another host or path.

    Args:
        href: the link.
        name: the last part of the path of the list.
    """
    if not href:
        return ""
    try:
        parts = urlsplit(href)
    except ValueError:
        return None
    is_ours = not parts.path or parts.path.rstrip("/").rpartition("/")[2] == name
    return (quote(parts.query, safe="=&%+:-._~") or None) if is_ours else None


def is_meant(status: ConnectionStatus, spec_id: str, name: str) -> bool:
    """Return whether a listed connection is of this source and has this name ("" for any)."""
    return status.connection_spec_id in {"", spec_id} and (
        not name or without_control_characters(name).strip() == status.name.strip()
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
