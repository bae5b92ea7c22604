"""The answers of the platform as frozen models: whatever may be absent or wrong becomes "" or None, never a crash."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Any, Final

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from aep_tui.domain.connection import ConnectionStatus, CreatedConnection
from aep_tui.domain.redaction import MARK
from aep_tui.domain.safe_text import shortened, without_control_characters
from aep_tui.domain.sandbox import Sandbox
from aep_tui.domain.translation import _

_LONGEST_VALUE: Final = 2_000
_LONGEST_STATE: Final = 100
_ID = re.compile(r"[!-.0-\[\]-~]{1,200}")
"""Printable ASCII without blanks and slashes; the platform's ids are UUIDs."""
SECRET_PARAMETERS: Final = frozenset(
    {"password", "securitytoken", "clientsecret", "jwttoken", "accesstoken", "refreshtoken"}
)
"""The secrets of the five documented connections, in lower case."""
_EARLIEST_MILLISECONDS: Final = 1e11
"""As seconds this is the year 5138, as milliseconds 1973; the documents show milliseconds only."""
_SECRET_NAME = re.compile(r"pass|pwd|secret|token|key|credential|private|assertion|signature|certificate|\bpin\b")
_SECRET_VALUE = re.compile(r"arn:aws:secretsmanager:|-----BEGIN|^eyJ[\w-]{8,}\.|\bbearer\s", re.IGNORECASE)


def _text(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return shortened(without_control_characters(str(value)[: _LONGEST_VALUE + 1]), _LONGEST_VALUE)


def _id(value: object) -> str:
    """Return an id, or "" when there is none.

    Raises:
        ValueError: it cannot be one, for example because a secret had to be removed from it.
    """
    text = str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
    if text and not _ID.fullmatch(text):
        raise ValueError("no id")
    return text


def _state(value: object) -> str:
    return shortened(_text(value).strip(), _LONGEST_STATE)


def _header_value(value: object) -> str:
    """Return an etag exactly as it came, or "" when it could not be sent back in a header.

    Raises:
        ValueError: a secret had to be removed from it.
    """
    if isinstance(value, str) and MARK in value:
        raise ValueError("no etag")
    return value if isinstance(value, str) and re.fullmatch(r"[\x20-\x7e]{1,1000}", value) else ""


def _instant(value: object) -> datetime | None:
    """Return the instant of epoch milliseconds, also when seconds or text of either kind were sent."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return _instant_of_text(str(value))
    try:
        return datetime.fromtimestamp(number if abs(number) < _EARLIEST_MILLISECONDS else number / 1000, UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _instant_of_text(text: str) -> datetime | None:
    try:
        instant = datetime.fromisoformat(text.strip())
        return (instant if instant.tzinfo else instant.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _object(value: object) -> dict[str, Any]:
    return {str(key): each for key, each in value.items()} if isinstance(value, dict) else {}


def _objects(value: object) -> list[dict[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


_Text = Annotated[str, BeforeValidator(_text)]
_Id = Annotated[str, BeforeValidator(_id)]
_State = Annotated[str, BeforeValidator(_state)]
_Etag = Annotated[str, BeforeValidator(_header_value)]
_Instant = Annotated[datetime | None, BeforeValidator(_instant)]
_Object = Annotated[dict[str, Any], BeforeValidator(_object)]
_Objects = Annotated[list[dict[str, Any]], BeforeValidator(_objects)]
_Truth = Annotated[bool, BeforeValidator(lambda value: value is True)]


class _Wire(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True, populate_by_name=True)


class CreatedAnswer(_Wire):
    """The body of 201 to a create, and of 200 to a patch."""

    id: _Id = ""
    etag: _Etag = ""

    def connection(self, location: str, request_id: str, status: int) -> CreatedConnection:
        """Return it in the words of the domain."""
        return CreatedConnection(self.id, self.etag, _text(location), _text(request_id), status)


class ConnectionItem(_Wire):
    """One entry of `items` in an answer about connections."""

    id: _Id = ""
    state: _State = ""
    name: _Text = ""
    etag: _Etag = ""
    version: _Text = ""
    created_at: _Instant = Field(default=None, alias="createdAt")
    updated_at: _Instant = Field(default=None, alias="updatedAt")
    created_client: _Text = Field(default="", alias="createdClient")
    sandbox_name: _Text = Field(default="", alias="sandboxName")
    description: _Text = ""
    connection_spec: _Object = Field(default_factory=dict, alias="connectionSpec")
    auth: _Object = Field(default_factory=dict)

    def status(self) -> ConnectionStatus:
        """Return it in the words of the domain, the values of secrets replaced by a mark."""
        return ConnectionStatus(
            connection_id=self.id,
            state=self.state,
            name=self.name,
            etag=self.etag,
            version=self.version,
            created_at=self.created_at,
            updated_at=self.updated_at,
            created_client=self.created_client,
            connection_spec_id=_text(self.connection_spec.get("id")),
            auth_spec_name=_text(self.auth.get("specName")),
            sandbox_name=self.sandbox_name,
            description=self.description,
            parameters=shown_parameters(_object(self.auth.get("params"))),
        )


class ItemsAnswer(_Wire):
    """A list: `items`, and where the next page is; what has no list of objects there is none."""

    items: list[dict[str, Any]]
    links: _Object = Field(default_factory=dict, alias="_links")

    @property
    def next_page(self) -> str:
        """`_links.next.href`, or ""."""
        href = _object(self.links.get("next")).get("href")
        return href if isinstance(href, str) else ""


class SpecItem(_Wire):
    """One entry of `items` in an answer about connection specifications."""

    auth_specs: _Objects = Field(default_factory=list, alias="authSpec")

    @property
    def auth_spec_names(self) -> tuple[str, ...]:
        """`authSpec[].name`, without empty ones."""
        return tuple(name for spec in self.auth_specs if (name := _text(spec.get("name"))))


class SandboxItem(_Wire):
    """One entry of `sandboxes`."""

    name: _Text = ""
    title: _Text = ""
    type: _Text = ""
    region: _Text = ""
    state: _Text = ""
    is_default: _Truth = Field(default=False, alias="isDefault")

    def sandbox(self) -> Sandbox:
        """Return it in the words of the domain."""
        return Sandbox(self.name, self.title, self.type, self.region, self.state, self.is_default)


class SandboxesAnswer(_Wire):
    """The list of sandboxes; `_page.count` is wrong in Adobe's own sample and therefore not read."""

    sandboxes: list[dict[str, Any]]


class TokenAnswer(_Wire):
    """The answer of IMS to a token request."""

    access_token: str = Field(repr=False)
    expires_in: Annotated[float, BeforeValidator(lambda value: value if isinstance(value, int | str) else 0)] = 0.0


def shown_parameters(parameters: Mapping[str, object]) -> dict[str, str]:
    """Return `auth.params` as text, with "set" in the place of everything that may be a secret.

    A published revision of the AWS tutorial shows secrets as references into a secret store; nothing promises that, so
    the name decides, and a value that looks like a secret is masked under any name.
    """
    return {_text(name): _shown(name, value) for name, value in parameters.items()}


def _shown(name: str, value: object) -> str:
    if isinstance(value, bool):
        text = "true" if value else "false"
    elif isinstance(value, dict | list):
        return _("set")
    else:
        text = _text(value)
    is_secret = _SECRET_NAME.search(name.lower()) or name.lower() in SECRET_PARAMETERS or _SECRET_VALUE.search(text)
    return _("set") if text and is_secret else text
