"""The Flow Service as an object: one method for each thing that the wizard asks of the platform."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from types import TracebackType
from typing import Final, Self
from urllib.parse import quote

import httpx

from aep_tui.domain.connection import ConnectionList, ConnectionStatus, CreatedConnection
from aep_tui.domain.connection_change import ConnectionChange
from aep_tui.domain.connection_request import CONNECTIONS_PATH, ConnectionRequest
from aep_tui.domain.sandbox import Sandbox
from aep_tui.domain.secret import Secret
from aep_tui.domain.target import Target
from aep_tui.domain.translation import _
from aep_tui.flow_service.advice import KIND_BY_METHOD, Subject
from aep_tui.flow_service.answer import Answer
from aep_tui.flow_service.authentication import BearerToken, checked_header
from aep_tui.flow_service.errors import PlatformError
from aep_tui.flow_service.exchange import Wire, request_of, send
from aep_tui.flow_service.readings import (
    asked_connection,
    changed_connection,
    connection_path,
    created_connection,
    is_meant,
    listed_connections,
    next_query,
    passed_test,
)
from aep_tui.flow_service.retry import (
    LONGEST_WAIT,
    LONGEST_WAIT_OF_A_CHANGE,
    RetryWait,
    change_may_be_repeated,
    reading_may_be_repeated,
    with_retries,
)
from aep_tui.flow_service.retry_after import http_date
from aep_tui.flow_service.wire import ItemsAnswer, SandboxesAnswer, SandboxItem, SpecItem

CONNECTION_SPECS_PATH: Final = "/data/foundation/flowservice/connectionSpecs"
SANDBOXES_PATH: Final = "/data/foundation/sandbox-management/"
_PAGE: Final = 100
_MOST_PAGES: Final = 20
_MOST_PAGES_OF_CONNECTIONS: Final = 100
_FILTER_GRAMMAR: Final = frozenset(',=<>"~!')


class FlowService:
    """The platform as one target sees it.

    Requests that read are retried as `retry` says; requests that change something never, unless they certainly were not
    carried out. All failures are `PlatformError`; before the first request also `SettingsProblem` for a setting that
    cannot be used. What an answer or an error says holds no secret of this run.
    """

    def __init__(
        self,
        target: Target,
        wire: Wire,
        *,
        authentication: httpx.Auth | None = None,
        on_retry: Callable[[RetryWait], None] | None = None,
    ) -> None:
        """Take what the requests need; nothing is sent or opened yet.

        Args:
            target: on whose behalf requests go.
            wire: where they go, and how.
            authentication: puts the token into requests; by default the target's access token as it is.
            on_retry: is told of each wait before a further attempt.

        Raises:
            SettingsProblem: the token or another setting cannot be used.
        """
        self._wire = wire
        self._authentication = authentication or BearerToken(target.access_token)
        self._on_retry = on_retry
        self._headers = {
            name: checked_header(name, value)
            for name, value in {
                "x-api-key": target.api_key,
                "x-gw-ims-org-id": target.organization_id,
                "x-sandbox-name": target.sandbox_name,
            }.items()
            if value
        }
        self._http_client: httpx.AsyncClient | None = None
        self._server_time_offset: timedelta | None = None
        self._spec_ids: dict[str, str] = {}
        self._public_words = frozenset({target.api_key, target.organization_id, target.sandbox_name})

    def __repr__(self) -> str:
        return f"FlowService({self._wire.base_url})"

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close all connections."""
        if self._http_client is not None:
            await self._http_client.aclose()
            self._http_client = None

    @property
    def server_time_offset(self) -> timedelta | None:
        """How far the server's clock is ahead of ours (`Date` of the last answer, to the second), or None."""
        return self._server_time_offset

    def replace_access_token(self, token: Secret) -> None:
        """Send `token` from the next request on.

        Raises:
            SettingsProblem: no header can carry it; the old one stays.
        """
        self._authentication = BearerToken(token)

    def keep_readable(self, request: ConnectionRequest) -> None:
        """Leave in every answer from now on what `request` sends in clear, also where a secret is part of it.

        It is compared with what was sent.
        """
        self._public_words |= {request.name, request.connection_spec_id, request.auth_spec_name, request.description}
        self._public_words |= set(request.shown_parameters().values())

    async def create(self, request: ConnectionRequest) -> CreatedConnection:
        """Create a base connection; the POST reaches the platform at most once.

        Raises:
            PlatformError: also when the connection may exist nevertheless, see `creation.create_once`.
        """
        self.keep_readable(request)
        return created_connection(
            await self._change(
                "POST",
                CONNECTIONS_PATH,
                content=request.body_to_send(),
                connection_spec_id=request.connection_spec_id,
            )
        )

    async def connection_status(self, connection_id: str, *, with_retries: bool = True) -> ConnectionStatus:
        """Return what the platform says about a connection.

        Args:
            connection_id: its id.
            with_retries: False for one attempt only, which is what watching wants.

        Raises:
            PlatformError: `NotFound` also when the answer holds no connection, `UnreadableAnswer` when another one.
        """
        answer = await self.read(connection_path(connection_id), with_retries=with_retries)
        status = asked_connection(answer, connection_id)
        self._spec_ids[connection_id.lower()] = status.connection_spec_id
        return status

    async def find_connections(
        self,
        *,
        connection_spec_id: str,
        name: str = "",
        with_retries: bool = True,
        on_page: Callable[[int], None] | None = None,
    ) -> ConnectionList:
        """Return the connections of a source, over all pages (at most 100 of 100).

        The filters are checked again here, because a name with a comma or an operator in it cannot be filtered for by
        the platform (Flow Service guide "sort and filter"). What was read stays when a later page fails.

        Args:
            connection_spec_id: of the source.
            name: exactly this name; "" for all.
            with_retries: False for one attempt at each page.
            on_page: is told before each further page how many connections were read.

        Raises:
            PlatformError: the first page could not be read.
        """
        properties = [f"connectionSpec.id=={connection_spec_id}"]
        if name and not _FILTER_GRAMMAR.intersection(name):
            properties.append(f"name=={name}")
        query: str | None = "&".join(f"property={quote(each, safe='=')}" for each in properties) + f"&limit={_PAGE}"
        # What is compared must not be redacted, or a connection would be overlooked and created a second time.
        self._public_words |= {connection_spec_id, name}
        found: dict[str, ConnectionStatus] = {}
        seen_queries: set[str] = set()
        count = 0
        told_at: datetime | None = None
        while query:
            if query in seen_queries or len(seen_queries) == _MOST_PAGES_OF_CONNECTIONS:
                return ConnectionList(tuple(found.values()), is_complete=False, told_at=told_at)
            if count and on_page is not None:
                on_page(count)
            try:
                answer = await self.read(f"{CONNECTIONS_PATH}?{query}", with_retries=with_retries)
                listed, following = listed_connections(answer), next_query(answer)
            except PlatformError:
                if not seen_queries:
                    raise
                return ConnectionList(tuple(found.values()), is_complete=False, told_at=told_at)
            seen_queries.add(query)
            told_at = http_date(answer.header("date")) or told_at
            count += len(listed)
            for status in listed:
                if status.connection_id and is_meant(status, connection_spec_id, name):
                    found[status.connection_id] = status
            query = following
        return ConnectionList(tuple(found.values()), is_complete=query is not None, told_at=told_at)

    async def test_connection(self, connection_id: str, connection_spec_id: str = "") -> bool:
        """Return whether the platform can use the connection's credentials (`GET /connections/{id}/test`).

        Args:
            connection_id: its id.
            connection_spec_id: of its source, for the advice in an error; "" for what was seen of the connection last.

        Raises:
            PlatformError: the check itself failed, or the connection did and the platform says why (`is_failed_test`).
        """
        spec_id = connection_spec_id or self._spec_ids.get(connection_id.lower(), "")
        return passed_test(await self.read(f"{connection_path(connection_id)}/test", connection_spec_id=spec_id))

    async def delete_connection(self, connection_id: str, etag: str) -> None:
        """Delete a connection in the version that `etag` names (202 and 204 both mean done).

        Raises:
            PlatformError: 412 when it has changed meanwhile.
        """
        await self._change(
            "DELETE", connection_path(connection_id), headers={"If-Match": checked_header("If-Match", etag)}
        )

    async def change_connection(self, seen: ConnectionStatus, change: ConnectionChange) -> CreatedConnection:
        """Change a connection in the version that was seen; return its id and new etag.

        Raises:
            PlatformError: 412 when it has changed meanwhile, 400 FLOW-1417-400 while it is initializing.
        """
        for request in (change.credentials, change.auth):
            if request is not None:
                self.keep_readable(request)
        self._public_words |= {change.name or "", change.description or ""}
        answer = await self._change(
            "PATCH",
            connection_path(seen.connection_id),
            content=change.body_to_send(seen),
            connection_spec_id=seen.connection_spec_id,
            headers={"If-Match": checked_header("If-Match", seen.etag)},
        )
        return changed_connection(answer, seen.connection_id)

    async def auth_spec_names(self, connection_spec_id: str) -> tuple[str, ...]:
        """Return the auth specifications that the platform offers for a source now.

        Raises:
            PlatformError: the specification could not be read.
        """
        answer = await self.read(f"{CONNECTION_SPECS_PATH}/{quote(connection_spec_id, safe='')}")
        items = answer.read_as(ItemsAnswer).items
        return SpecItem.model_validate(items[0]).auth_spec_names if items else ()

    async def sandboxes(self) -> tuple[Sandbox, ...]:
        """Return the sandboxes that the caller may use, over all pages.

        Raises:
            PlatformError: the list could not be read.
        """
        found: dict[str, Sandbox] = {}
        for page in range(_MOST_PAGES):
            # limit and offset have to be given together (Sandbox API guide).
            answer = await self.read(f"{SANDBOXES_PATH}?limit={_PAGE}&offset={page * _PAGE}")
            items = answer.read_as(SandboxesAnswer).sandboxes
            known = len(found)
            for item in items:
                sandbox = SandboxItem.model_validate(item).sandbox()
                if sandbox.name:
                    found[sandbox.name] = sandbox
            if len(items) < _PAGE or len(found) == known:
                break
        return tuple(found.values())

    async def read(self, path: str, *, with_retries: bool = True, connection_spec_id: str = "") -> Answer:
        """Return the answer to a GET.

        Args:
            path: with its query.
            with_retries: False for one attempt only.
            connection_spec_id: of the source that it is about, for the advice in an error.

        Raises:
            PlatformError: there is none, or it is a refusal.
        """
        if not with_retries:
            return await self._send_once("GET", path, None, {}, connection_spec_id)
        return await self._send("GET", path, None, {}, connection_spec_id)

    async def _change(
        self,
        method: str,
        path: str,
        *,
        content: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        connection_spec_id: str = "",
    ) -> Answer:
        try:
            return await self._send(method, path, content, headers or {}, connection_spec_id)
        except PlatformError as error:
            if error.attempts > 1:
                error.message = _("{message} The request was sent {count} times.").format(
                    message=error.message, count=error.attempts
                )
            raise

    async def _send(
        self, method: str, path: str, content: bytes | None, headers: Mapping[str, str], connection_spec_id: str
    ) -> Answer:
        is_reading = method == "GET"
        return await with_retries(
            lambda: self._send_once(method, path, content, headers, connection_spec_id),
            may_be_repeated=reading_may_be_repeated if is_reading else change_may_be_repeated,
            clock=self._wire.clock,
            on_retry=self._on_retry,
            longest_wait=LONGEST_WAIT if is_reading else LONGEST_WAIT_OF_A_CHANGE,
        )

    async def _send_once(
        self, method: str, path: str, content: bytes | None, headers: Mapping[str, str], connection_spec_id: str
    ) -> Answer:
        client = self._client()
        content_type = {"Content-Type": "application/json"} if content is not None else {}
        request = request_of(self._wire, client, method, path, {**self._headers, **headers, **content_type}, content)
        return await send(
            self._wire,
            client,
            request,
            authentication=self._authentication,
            public_words=self._public_words,
            on_headers=self._note_server_time,
            subject=Subject(KIND_BY_METHOD[method], connection_spec_id),
        )

    def _client(self) -> httpx.AsyncClient:
        if self._http_client is None:
            self._http_client = self._wire.client()
        return self._http_client

    def _note_server_time(self, headers: Mapping[str, str]) -> None:
        if (date := http_date(headers.get("date", ""))) is not None:
            self._server_time_offset = date - self._wire.clock.now()
