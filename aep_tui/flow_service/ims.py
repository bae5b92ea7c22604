"""Access tokens from Adobe's identity service (IMS) by OAuth Server-to-Server, in memory only.

Facts: Adobe Developer Console, "OAuth Server-to-Server credential": `POST /ims/token/v3` with a form, tokens of about a
day, no refresh token. The secret goes into the body and never into the query, which servers log.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, AsyncIterator
from dataclasses import dataclass
from typing import Final

import httpx

from aep_tui.domain.problem import SettingsProblem
from aep_tui.domain.secret import Secret
from aep_tui.domain.target import ClientCredential
from aep_tui.domain.translation import _
from aep_tui.flow_service.answer import Answer
from aep_tui.flow_service.authentication import checked_token, put_token
from aep_tui.flow_service.errors import AuthenticationRequired, PlatformError, UnreadableAnswer
from aep_tui.flow_service.exchange import Wire, is_compressed, send
from aep_tui.flow_service.failures import unreadable
from aep_tui.flow_service.reading_only import TOKEN_PATH
from aep_tui.flow_service.wire import TokenAnswer

RENEWS_BEFORE: Final = 500.0
"""Seconds before the expiry at which a new token is asked for."""

_LONGEST_LIFE: Final = 24 * 3600.0
"""Tokens live about a day; a larger `expires_in` is in milliseconds, as the retired JWT exchange gave it."""
_LARGEST_REFUSAL: Final = 65_536


@dataclass(frozen=True, slots=True)
class _HeldToken:
    token: Secret
    renew_at: float


class ImsAuthentication(httpx.Auth):
    """Puts a valid token into every request; asks for a new one when it is due, and once after a 401.

    After a 401 a GET is sent again. Anything that changes something is sent again only when the gateway refused it
    (`error_code` 401…), because then nothing ran behind it. There is never more than one renewal at a time.
    """

    def __init__(self, client_id: str, credential: ClientCredential, wire: Wire) -> None:
        """Take the credential; nothing is asked for yet.

        Args:
            client_id: the same value as the API key.
            credential: of Adobe Developer Console.
            wire: to the identity service; its secrets learn the tokens.
        """
        self._client_id = client_id
        self._credential = credential
        self._wire = wire
        self._held: _HeldToken | None = None
        self._renewal = asyncio.Lock()

    def __repr__(self) -> str:
        return f"ImsAuthentication({self._wire.base_url})"

    async def access_token(self) -> Secret:
        """Return a token that is valid for some minutes at least, asking for one when there is none.

        One attempt; the retries of the request that needs the token repeat this too.

        Raises:
            AuthenticationRequired: the identity service refused; the message says what is wrong.
            PlatformError: the identity service could not be reached or understood. `request_left` is False in every
                error from here, because the request that needs the token has not been carried out.
        """
        async with self._renewal:
            if self._held is None or self._wire.clock.monotonic() >= self._held.renew_at:
                self._held = await self._new_token()
            return self._held.token

    async def async_auth_flow(self, request: httpx.Request) -> AsyncGenerator[httpx.Request, httpx.Response]:
        """Put a token into `request`, and a new one after a 401 when the request may be sent again.

        Raises:
            PlatformError: as `access_token`.
        """
        token = await self.access_token()
        put_token(request, token)
        response = yield request
        if response.status_code != 401:
            return
        if is_compressed(response):
            return
        if isinstance(response.stream, httpx.AsyncByteStream):
            # httpx reads a refusal whole before it sends a request again; this bounds what it reads.
            response.stream = _Bounded(response.stream, _LARGEST_REFUSAL)
        if request.method == "GET" or await _is_refusal_of_the_gateway(response):
            put_token(request, await self._token_after_refusal_of(token))
            yield request

    async def _token_after_refusal_of(self, refused: Secret) -> Secret:
        async with self._renewal:
            if self._held is None or self._held.token is refused:
                self._held = None
                self._held = await self._new_token()
            return self._held.token

    async def _new_token(self) -> _HeldToken:
        failure: PlatformError
        try:
            return self._read(await self._ask())
        except PlatformError as error:
            failure = _as_token_failure(error)
        failure.request_left = False
        raise failure

    async def _ask(self) -> Answer:
        secret = self._credential.client_secret.get_secret_value()
        client = self._wire.client()
        try:
            request = client.build_request(
                "POST",
                TOKEN_PATH,
                data={
                    "grant_type": "client_credentials",
                    "client_id": self._client_id,
                    "client_secret": secret,
                    "scope": self._credential.scopes,
                },
            )
            return await send(self._wire, client, request)
        finally:
            await client.aclose()

    def _read(self, answer: Answer) -> _HeldToken:
        given = answer.read_as(TokenAnswer)
        try:
            token = checked_token(self._wire.secrets.hold(given.access_token, "accessToken"))
        except SettingsProblem:
            token = None
        if token is None:
            raise unreadable(answer.status, _("It holds no usable access token."), answer.request_id)
        life = min(max(given.expires_in, 0.0), _LONGEST_LIFE)
        # A token that lives shorter than the margin is used for half of its life.
        return _HeldToken(token, self._wire.clock.monotonic() + life - min(RENEWS_BEFORE, life / 2))


class _Bounded(httpx.AsyncByteStream):
    def __init__(self, stream: httpx.AsyncByteStream, limit: int) -> None:
        self._stream = stream
        self._limit = limit

    async def __aiter__(self) -> AsyncIterator[bytes]:
        left = self._limit
        async for chunk in self._stream:
            yield chunk[:left]
            left -= len(chunk)
            if left <= 0:
                return

    async def aclose(self) -> None:
        await self._stream.aclose()


async def _is_refusal_of_the_gateway(response: httpx.Response) -> bool:
    try:
        body = json.loads(await response.aread())
    except (ValueError, RecursionError):
        return False
    return isinstance(body, dict) and str(body.get("error_code", "")).startswith("401")


def _as_token_failure(error: PlatformError) -> PlatformError:
    if isinstance(error, UnreadableAnswer):
        return UnreadableAnswer(
            _("An answer that is not the identity service's"),
            _(
                "Adobe's identity service, or what answers in its place, sent no access token (HTTP status {status})."
            ).format(status=error.status),
            _(
                "Check AEP_IMS_HOST, and whether a proxy or a sign-in page stands between you and Adobe's identity "
                "service."
            ),
            status=error.status,
            request_id=error.request_id,
        )
    if error.status not in {400, 401, 403}:
        return error
    return AuthenticationRequired(
        _("Adobe's identity service gave no access token"),
        error.message,
        error.next_step,
        status=error.status,
        code=error.code,
        request_id=error.request_id,
        server_said=error.server_said,
        who_can_fix=error.who_can_fix,
    )
