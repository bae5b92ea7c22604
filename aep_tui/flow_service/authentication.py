"""The bearer token on its way into a request; one of the two places where secrets are unwrapped."""

from __future__ import annotations

from collections.abc import Generator

import httpx

from aep_tui.domain.header_value import header_fault
from aep_tui.domain.problem import SettingsProblem
from aep_tui.domain.secret import Secret
from aep_tui.domain.translation import _
from aep_tui.flow_service.errors import AuthenticationRequired


class BearerToken(httpx.Auth):
    """Sends an access token that a person, a file or the environment gave; nothing renews it."""

    def __init__(self, token: Secret | None) -> None:
        """Take the token without "Bearer ", or None.

        Raises:
            SettingsProblem: the token contains something that no header can carry; the message does not repeat it.
        """
        self._token = checked_token(token) if token is not None else None

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Put the token into `request`.

        Raises:
            AuthenticationRequired: there is no token; the request does not leave.
        """
        if self._token is None:
            raise AuthenticationRequired(
                _("There is no access token"),
                _("The request needs an access token and none was given."),
                _("Enter an access token, or set AEP_ACCESS_TOKEN."),
                who_can_fix=_("you"),
                request_left=False,
            )
        put_token(request, self._token)
        yield request


def put_token(request: httpx.Request, token: Secret) -> None:
    """Put `token` into the Authorization header of `request`."""
    request.headers["Authorization"] = f"Bearer {token.get_secret_value()}"


def checked_token(token: Secret) -> Secret:
    """Return `token` when a header can carry it.

    Checked here, because httpx and h11 name an illegal header value in their exceptions.

    Raises:
        SettingsProblem: it is empty, or contains blanks, line breaks or letters outside ASCII.
    """
    text = token.get_secret_value()
    if not text or header_fault(text):
        raise SettingsProblem(
            _("The access token cannot be used"),
            _("It is empty, or contains a blank, a line break or another character that no header can carry."),
            _("Copy it again, in one piece."),
        )
    return token


def checked_header(name: str, value: str) -> str:
    """Return `value` when a header can carry it.

    Raises:
        SettingsProblem: it contains a control character or a letter outside ASCII.
    """
    if header_fault(value, may_have_blanks=True):
        raise SettingsProblem(
            _("A setting cannot be sent"),
            _("The value for {name} contains a character that no header can carry.").format(name=name),
            _("Copy it again, in one piece and without blanks around it."),
        )
    return value
