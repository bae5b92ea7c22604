"""The target: which organization and sandbox of which service a connection is created in."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pydantic import SecretStr

LIVE_BASE_URL = "https://platform.adobe.io"
"""The documented host of the platform APIs (all five tutorials)."""


class Mode(StrEnum):
    """Whether the wizard rehearses or changes a real organization."""

    PRACTICE = "practice"
    LIVE = "live"

    @property
    def label(self) -> str:
        """The word on the target line."""
        return self.value.upper()


@dataclass(frozen=True, slots=True)
class Target:
    """Where requests go and on whose behalf.

    Attributes:
        mode: practice or live.
        base_url: scheme and host, no trailing slash, for example "https://platform.adobe.io".
        organization_id: `x-gw-ims-org-id`, for example "1234@AdobeOrg".
        sandbox_name: `x-sandbox-name`; always asked for and always sent, on AWS too.
        api_key: `x-api-key`, the client id of the credential.
        access_token: the bearer token without "Bearer ", or None while it is not known.
    """

    mode: Mode
    base_url: str = LIVE_BASE_URL
    organization_id: str = ""
    sandbox_name: str = ""
    api_key: str = ""
    access_token: SecretStr | None = field(default=None, repr=False)

    @property
    def host(self) -> str:
        """Host and port of the base URL."""
        return self.base_url.partition("://")[2] or self.base_url
