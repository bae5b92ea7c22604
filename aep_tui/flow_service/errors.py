"""The error tree of the platform: every failed request becomes one of these, in words and without secrets."""

from __future__ import annotations

from typing import Final, Self

from aep_tui.domain.problem import Problem
from aep_tui.domain.translation import _

_HAS_CHANGED: Final = 412


class PlatformError(Problem):
    """A request to the platform did not give what it should.

    Attributes:
        title, message, next_step: what happened and what to do, in our words (see `Problem`).
        status: the HTTP status, or None when there was no answer.
        code: the documented code, for example "FLOW-2120-403", "403025" (gateway), "invalid_client" (IMS), or "".
        request_id: the id that Adobe's support asks for, or "".
        server_said: the server's own words, redacted, without control characters, at most 500 characters; or "".
        reported: what the network reported on this machine, redacted, where no server has said anything; or "".
        who_can_fix: who can do something about it, for example "your Platform administrator"; "" when unknown.
        request_left: False only when the request provably never reached the platform, so that nothing happened there.
        is_from_platform: False when the answer has no shape that the platform is known to send, so that a proxy may
            have put it in the place of the platform's own.
        proves_refusal: True only for a 4xx in a documented shape, which shows that the platform did not carry the
            request out.
        attempts: how often the request was sent, repeats included.
        is_about_a_look: whether the message says already that nothing was sent.
    """

    is_about_a_look = False

    def __init__(
        self,
        title: str,
        message: str,
        next_step: str = "",
        *,
        status: int | None = None,
        code: str = "",
        request_id: str = "",
        server_said: str = "",
        who_can_fix: str = "",
        request_left: bool = True,
    ) -> None:
        super().__init__(title, message, next_step)
        self.status = status
        self.code = code
        self.request_id = request_id
        self.server_said = server_said
        self.reported = ""
        self.who_can_fix = who_can_fix
        self.request_left = request_left
        self.is_from_platform = True
        self.proves_refusal = False
        self.attempts = 1

    def without_anything_sent(self) -> Self:
        """Return this error with "nothing was sent" before its message: it came while something was only looked up."""
        if not self.is_about_a_look:
            self.is_about_a_look = True
            self.message = _("Nothing was sent. {message}").format(message=self.message)
        return self


class AuthenticationRequired(PlatformError):
    """401, or no token could be obtained: the access token is missing, wrong or expired."""


class PermissionRefused(PlatformError):
    """403: the token is valid, but not for this."""


class NotFound(PlatformError):
    """404: no such thing, most often because another sandbox is meant."""


class RequestRefused(PlatformError):
    """Another 4xx: the platform understood the request and did not do it."""


class RateLimited(PlatformError):
    """429: too many requests came. Only with `proves_refusal` was it refused before it was carried out.

    Attributes:
        retry_after: seconds that the platform asks to wait, or None when it does not say.
    """

    retry_after: float | None = None


class ServiceUnavailable(PlatformError):
    """5xx: the platform has a problem of its own; a request that changes something may still have been carried out.

    Attributes:
        retry_after: seconds that the platform asks to wait, or None when it does not say.
    """

    retry_after: float | None = None


class ConnectionFailed(PlatformError):
    """The network did not deliver request or answer; `request_left` says whether the platform may have seen it."""


class UnreadableAnswer(PlatformError):
    """An answer that is not what the documents describe: garbage, too large, a redirection."""


class OutcomeUnknown(PlatformError):
    """A request that changes something may or may not have been carried out.

    Attributes:
        cause: the failure that hid the outcome, None when the request just had no answer.
    """

    def __init__(self, title: str, message: str, next_step: str = "", cause: PlatformError | None = None) -> None:
        """Take the facts of the answer from `cause`."""
        super().__init__(title, message, next_step)
        self.cause = cause
        if cause is not None:
            self.status, self.code, self.request_id = cause.status, cause.code, cause.request_id
            self.server_said, self.reported, self.who_can_fix = cause.server_said, cause.reported, cause.who_can_fix


def has_changed(failure: Exception | None) -> bool:
    """Return whether a change was refused because the connection is another version by now (412)."""
    if not isinstance(failure, PlatformError) or isinstance(failure, OutcomeUnknown):
        return False
    return failure.status == _HAS_CHANGED


def is_failed_test(failure: Exception) -> bool:
    """Return whether the platform's test of a connection has failed, and not only got no answer.

    The platform may answer the test of a connection that does not work with an error in its documented shape, which
    carries the source's own words (Flow Service, `GET /connections/{id}/test`).
    """
    return isinstance(failure, RequestRefused | NotFound) and failure.proves_refusal
