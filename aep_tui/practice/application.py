"""The embedded practice Flow Service: a Starlette application that behaves as Adobe's documents say.

It needs no network and no account. Magic values that make it refuse something stand in
`aep_tui.practice.organization`; whole situations are scenarios. It writes no log, and it keeps no secret: what arrives
as one becomes a reference before the store sees it.
"""

from __future__ import annotations

import uuid
import weakref
from collections.abc import Awaitable, Callable, Sequence
from email.utils import format_datetime
from functools import cache, partial
from typing import Final

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from aep_tui.domain.catalog.catalog import Catalog, load_catalog
from aep_tui.domain.clock import Clock
from aep_tui.practice import connections, dataflow_lists, platform_services
from aep_tui.practice.answers import Refusal, flow_error, problem_error
from aep_tui.practice.changing import Colleague
from aep_tui.practice.contents import Contents
from aep_tui.practice.disturbances import Disturbances
from aep_tui.practice.listing import FLOWS, RUNS, SOURCE_CONNECTIONS, TARGET_CONNECTIONS
from aep_tui.practice.request_kind import (
    CONNECTION_SPECS_PATH,
    CONNECTIONS_PATH,
    FLOW_SPECS_PATH,
    FLOWS_PATH,
    IMS_TOKEN_PATH,
    RUNS_PATH,
    SALESFORCE_TOKEN_PATH,
    SANDBOXES_PATH,
    SOURCE_CONNECTIONS_PATH,
    TARGET_CONNECTIONS_PATH,
)
from aep_tui.practice.scenarios import EVERYTHING_FINE, Scenario
from aep_tui.practice.service import PracticeService
from aep_tui.practice.store import PracticeStore

_Handler = Callable[[PracticeService, Request], Awaitable[Response]]

_ONE = f"{CONNECTIONS_PATH}/{{connection_id}}"
_LISTS: Final = (
    (SOURCE_CONNECTIONS_PATH, SOURCE_CONNECTIONS),
    (TARGET_CONNECTIONS_PATH, TARGET_CONNECTIONS),
    (FLOWS_PATH, FLOWS),
    (RUNS_PATH, RUNS),
)
_ROUTES: tuple[tuple[str, str, _Handler], ...] = (
    ("POST", CONNECTIONS_PATH, connections.create_connection),
    ("GET", CONNECTIONS_PATH, connections.list_connections),
    ("GET", _ONE, connections.read_connection),
    ("PATCH", _ONE, connections.update_connection),
    ("DELETE", _ONE, connections.delete_connection),
    ("DELETE", f"{_ONE}/", connections.delete_connection),  # the OpenAPI document writes both with a slash at the end
    ("PATCH", f"{_ONE}/", connections.update_connection),
    ("GET", f"{_ONE}/test", connections.check_connection),
    ("GET", f"{_ONE}/explore", connections.explore_connection),
    ("GET", CONNECTION_SPECS_PATH, connections.list_connection_specs),
    ("GET", f"{CONNECTION_SPECS_PATH}/{{connection_spec_id}}", connections.read_connection_spec),
    *(("GET", path, partial(dataflow_lists.list_items, listing)) for path, listing in _LISTS),
    *(("GET", f"{path}/{{item_id}}", partial(dataflow_lists.read_item, listing)) for path, listing in _LISTS),
    ("GET", FLOW_SPECS_PATH, dataflow_lists.list_flow_specs),
    ("GET", f"{FLOW_SPECS_PATH}/{{item_id}}", dataflow_lists.read_flow_spec),
    ("GET", f"{SANDBOXES_PATH}/", platform_services.list_sandboxes),
    ("POST", IMS_TOKEN_PATH, platform_services.issue_access_token),
    ("POST", SALESFORCE_TOKEN_PATH, platform_services.issue_salesforce_token),
)


def _of_its_service(handler: _Handler) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        return await handler(request.app.state.service, request)

    return answer


@cache
def _routes() -> tuple[Route, ...]:
    """Return the routes, which are the same in each application."""
    return tuple(Route(path, _of_its_service(handler), methods=[method]) for method, path, handler in _ROUTES)


def create_practice_application(
    *,
    scenario: Scenario = EVERYTHING_FINE,
    store: PracticeStore | None = None,
    clock: Clock,
    middleware: Sequence[Middleware] = (),
    catalog: Catalog | None = None,
) -> Starlette:
    """Return a practice service.

    Args:
        scenario: how it behaves.
        store: what it remembers; a new one in memory when left out. Whoever hands one in closes it.
        clock: its time.
        middleware: what stands between the request and the service: tests let requests go wrong there.
        catalog: the sources that it offers; those of the package when left out.

    Returns:
        The application; `application.state.service` is its `PracticeService`.
    """
    kept_in = PracticeStore() if store is None else store
    sources = catalog or load_catalog()
    contents = Contents(scenario, kept_in, sources, int(clock.now().timestamp() * 1000))
    service = PracticeService(
        scenario=scenario,
        store=kept_in,
        contents=contents,
        clock=clock,
        catalog=sources,
        disturbances=Disturbances(scenario, clock),
        colleague=Colleague(contents),
    )
    application = Starlette(
        routes=_routes(),
        middleware=[Middleware(RequestIdMiddleware, clock=clock), *middleware],
        exception_handlers={
            Refusal: _refuse,
            HTTPException: _refuse_unknown_path,
            Exception: _say_internal_error,
        },
    )
    application.router.redirect_slashes = False
    application.state.service = service
    if store is None:
        weakref.finalize(application, kept_in.close)
    return application


class RequestIdMiddleware:
    """Gives every request an id: `x-request-id` on the answer, and the same in the report of an error.

    The answer also says by `Date` what time it is here, as that of every server does.
    """

    def __init__(self, app: ASGIApp, clock: Clock) -> None:
        """Stand in front of `app`; `clock` is the service's."""
        self._app = app
        self._clock = clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on with an id."""
        request_id = str(uuid.uuid4())
        scope.setdefault("state", {})["request_id"] = request_id

        async def send_with_id(message: Message) -> None:
            if message["type"] == "http.response.start":
                date = format_datetime(self._clock.now(), usegmt=True)
                ours = (b"x-request-id", request_id.encode()), (b"date", date.encode())
                message["headers"] = [*message["headers"], *ours]
            await send(message)

        await self._app(scope, receive, send_with_id)


# Each is a coroutine, because the library would call a plain function in a thread of its own.


async def _refuse(request: Request, error: Exception) -> Response:
    if not isinstance(error, Refusal):
        raise error
    return JSONResponse(error.body_with(request.state.request_id), status_code=error.status, headers=error.headers)


async def _refuse_unknown_path(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 404
    title = "MethodNotAllowed" if status == 405 else "NotFound"
    return JSONResponse(problem_error(status, title, "Nothing is served here").body, status_code=status)


async def _say_internal_error(request: Request, error: Exception) -> Response:
    response = await _refuse(request, flow_error("1400-500", "An internal error occurred."))
    response.headers["x-request-id"] = request.state.request_id  # this answer passes no middleware
    return response
