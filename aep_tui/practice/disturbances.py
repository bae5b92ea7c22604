"""What a scenario does to a request before anything else: limits, an outage, an access token that has expired."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from datetime import datetime, timedelta

from aep_tui.domain.clock import Clock
from aep_tui.practice.answers import Refusal, flow_error, gateway_error
from aep_tui.practice.request_kind import RequestKind
from aep_tui.practice.scenarios import Scenario


class Disturbances:
    """The memory of one scenario; lives as long as the application."""

    def __init__(self, scenario: Scenario, clock: Clock) -> None:
        self._scenario = scenario
        self._clock = clock
        self._first_request_at: datetime | None = None
        self._seen: Counter[RequestKind] = Counter()
        self._first_token = FirstToken()

    def check(self, kind: RequestKind) -> None:
        """Let a platform request pass or raise the scenario's refusal.

        Raises:
            Refusal: 503 while the service is down, 429 while requests of this kind are limited.
        """
        now = self._clock.now()
        self._first_request_at = self._first_request_at or now
        if now - self._first_request_at < timedelta(seconds=self._scenario.down_seconds):
            raise flow_error("1103-503", "The service is currently unavailable. Please try again later.")
        self._seen[kind] += 1
        if self._seen[kind] <= self._scenario.rate_limited_requests:
            raise too_many_requests(str(self._scenario.retry_after_seconds))

    def check_token(self, token: str) -> None:
        """Let a token pass or raise the gateway's refusal of an expired one.

        Raises:
            Refusal: 401013 for the first token that was seen, once it has created a connection.
        """
        if self._scenario.expires_first_token and self._first_token.is_refused(token):
            raise gateway_error("401013", "Oauth token is not valid")

    def note_created(self) -> None:
        """Remember that a connection was created."""
        self._first_token.expire()


class FirstToken:
    """Recognises the first access token that was seen, by a keyed digest; the token itself is not kept."""

    def __init__(self) -> None:
        self._key = os.urandom(32)
        self._digest = b""
        self._is_expired = False

    def is_refused(self, token: str) -> bool:
        """Return whether `token` is the first one that was seen and has expired."""
        digest = hashlib.blake2b(token.encode(), key=self._key).digest()
        self._digest = self._digest or digest
        return self._is_expired and digest == self._digest

    def expire(self) -> None:
        """From now on the first token is refused."""
        self._is_expired = True


def too_many_requests(retry_after: str) -> Refusal:
    """Return the gateway's 429 (Adobe's documentation of the Analytics API) with `Retry-After`, or without for ""."""
    return gateway_error("429050", "Too many requests", {"Retry-After": retry_after} if retry_after else None)
