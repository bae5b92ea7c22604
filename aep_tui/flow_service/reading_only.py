"""Read-only: what may leave a client that is to change nothing. It stands below everything else that sends."""

from __future__ import annotations

from typing import Final

import httpx

from aep_tui.domain.translation import _
from aep_tui.flow_service.errors import PlatformError

TOKEN_PATH: Final = "/ims/token/v3"  # noqa: S105  # a path, no password
"""Where Adobe's identity service gives access tokens (Developer Console, server-to-server authentication)."""


class ReadOnly(PlatformError):
    """The program was told to change nothing, and this request might; it did not leave."""


async def refuse_a_change(request: httpx.Request) -> None:
    """Let a request pass that reads, or that obtains a token to read with.

    Raises:
        ReadOnly: it is another one; no byte of it has left.
    """
    if request.method == "GET" or (request.method == "POST" and request.url.path == TOKEN_PATH):
        return
    raise read_only_refusal()


def read_only_refusal() -> ReadOnly:
    """Return what is said instead of sending something that could change something; no byte has left."""
    return ReadOnly(
        _("Read-only"),
        _("The program was started read-only, so it sends nothing that could change something."),
        _("Start it without --read-only, and look whether AEP_READ_ONLY or the profile says so."),
        who_can_fix=_("you"),
        request_left=False,
    )
