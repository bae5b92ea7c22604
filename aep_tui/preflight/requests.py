"""The requests of the checks: one attempt each, and what a refusal is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from urllib.parse import quote

from aep_tui.domain.connection_request import CONNECTIONS_PATH
from aep_tui.flow_service.answer import Answer
from aep_tui.flow_service.authentication import BearerToken
from aep_tui.flow_service.client import CONNECTION_SPECS_PATH, SANDBOXES_PATH
from aep_tui.flow_service.errors import (
    AuthenticationRequired,
    NotFound,
    PlatformError,
    RequestRefused,
)
from aep_tui.flow_service.exchange import Wire, send
from aep_tui.flow_service.ims import ImsAuthentication

SANDBOXES_IN_A_PAGE: Final = 100


class Blame(StrEnum):
    """What a refusal is about that keeps the platform from looking at the rest of a request."""

    ACCESS_TOKEN = "access-token"  # noqa: S105 - the name of a check
    API_KEY = "api-key"
    ORGANIZATION = "organization"
    SANDBOX = "sandbox"


_BLAME_BY_CODE: Final[Mapping[str, Blame]] = {
    # Experience Platform troubleshooting guide: the gateway.
    "403010": Blame.ACCESS_TOKEN,
    "401013": Blame.ACCESS_TOKEN,
    "403000": Blame.API_KEY,
    "403003": Blame.API_KEY,
    "400003": Blame.ORGANIZATION,
    "403025": Blame.ORGANIZATION,
    "403027": Blame.ORGANIZATION,
    # Flow Service error codes, "identity, sandbox".
    "FLOW-2000-401": Blame.ORGANIZATION,
    "FLOW-2001-401": Blame.ORGANIZATION,
    "FLOW-2002-401": Blame.ORGANIZATION,
    "FLOW-2114-400": Blame.ACCESS_TOKEN,
    "FLOW-2115-400": Blame.ACCESS_TOKEN,
    **dict.fromkeys(
        (
            "FLOW-2100-404",
            "FLOW-2101-404",
            "FLOW-2102-500",
            "FLOW-2103-404",
            "FLOW-2104-500",
            "FLOW-2105-400",
            "FLOW-2106-404",
            "FLOW-2107-500",
            "FLOW-2108-500",
            "FLOW-2111-403",
            "FLOW-2112-400",
            "FLOW-2113-400",
        ),
        Blame.SANDBOX,
    ),
    # Sources error codes: the layer of the connectors.
    "FLOW-1008-401": Blame.ORGANIZATION,
    "FLOW-1009-403": Blame.ORGANIZATION,
}
AT_THE_DOOR: Final = frozenset({Blame.ACCESS_TOKEN, Blame.API_KEY, Blame.ORGANIZATION})
"""Refusals that say nothing about what lies behind."""
WRITE_IS_MISSING: Final = "FLOW-2118-403"
_BEHIND_THE_GATEWAY: Final = ("FLOW-", "SMS-")


@dataclass(frozen=True, slots=True)
class Reply:
    """What came of a request: an answer or a failure, and how many seconds that took."""

    seconds: float
    answer: Answer | None = None
    failure: PlatformError | None = None

    @property
    def has_passed_the_gateway(self) -> bool:
        """Whether a service behind the gateway spoke, so that the gateway took token, API key and organization."""
        return self.answer is not None or (
            self.failure is not None and self.failure.code.startswith(_BEHIND_THE_GATEWAY)
        )

    @property
    def blame(self) -> Blame | None:
        """Which of these was refused; None for an answer and for every other failure."""
        if self.failure is None:
            return None
        known = _BLAME_BY_CODE.get(self.failure.code)
        return known or (Blame.ACCESS_TOKEN if isinstance(self.failure, AuthenticationRequired) else None)

    @property
    def says_that_it_is_not_there(self) -> bool:
        """Whether the platform knows no such thing (404, or an id that it calls invalid)."""
        is_invalid = isinstance(self.failure, RequestRefused) and self.failure.code == "FLOW-1413-400"
        return (isinstance(self.failure, NotFound) and self.failure.is_from_platform) or is_invalid


class Asker:
    """Sends requests that read, once each, with the headers of the target."""

    def __init__(self, wire: Wire, headers: Mapping[str, str], authentication: BearerToken | ImsAuthentication) -> None:
        """Take what the requests need.

        Args:
            wire: to the platform.
            headers: checked values for `x-api-key`, `x-gw-ims-org-id` and `x-sandbox-name`.
            authentication: puts the token in.
        """
        self._wire = wire
        self._headers = headers
        self._authentication = authentication
        self._client = wire.client()

    async def aclose(self) -> None:
        """Close all connections."""
        await self._client.aclose()

    async def sandboxes(self, page: int) -> Reply:
        """Ask for a page of the sandboxes that the caller may use; `limit` and `offset` go together."""
        return await self._ask(f"{SANDBOXES_PATH}?limit={SANDBOXES_IN_A_PAGE}&offset={page * SANDBOXES_IN_A_PAGE}")

    async def one_connection(self) -> Reply:
        """Ask for one connection of the sandbox, which takes the permission to view sources."""
        return await self._ask(f"{CONNECTIONS_PATH}?limit=1")

    async def connection_spec(self, connection_spec_id: str) -> Reply:
        """Ask for a connection specification."""
        return await self._ask(f"{CONNECTION_SPECS_PATH}/{quote(connection_spec_id, safe='')}")

    async def _ask(self, path: str) -> Reply:
        clock = self._wire.clock
        started = clock.monotonic()
        answer, failure = None, None
        try:
            request = self._client.build_request("GET", path, headers=self._headers)
            answer = await send(self._wire, self._client, request, authentication=self._authentication)
        except PlatformError as error:
            failure = error
        return Reply(clock.monotonic() - started, answer, failure)
