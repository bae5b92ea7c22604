"""The answers of the platform as frozen models: whatever may be absent or wrong becomes "" or None, never a crash."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any, Final

from pydantic import BeforeValidator, Field

from aep_tui.domain.connection import ConnectionStatus, CreatedConnection
from aep_tui.domain.json_value import json_object
from aep_tui.domain.sandbox import Sandbox
from aep_tui.domain.secret_names import may_be_secret
from aep_tui.domain.translation import _
from aep_tui.flow_service.wire_values import (
    Etag,
    Id,
    Instant,
    JsonObject,
    JsonObjects,
    State,
    Text,
    Truth,
    WireModel,
    clean_text,
)

SECRET_PARAMETERS: Final = frozenset(
    {"password", "securitytoken", "clientsecret", "jwttoken", "accesstoken", "refreshtoken"}
)
"""The secrets of the five documented connections, in lower case."""
_SECRET_VALUE = re.compile(r"arn:aws:secretsmanager:|-----BEGIN|^eyJ[\w-]{8,}\.|\bbearer\s", re.IGNORECASE)


class CreatedAnswer(WireModel):
    """The body of 201 to a create, and of 200 to a patch."""

    id: Id = ""
    etag: Etag = ""

    def connection(self, location: str, request_id: str, status: int) -> CreatedConnection:
        """Return it in the words of the domain."""
        return CreatedConnection(self.id, self.etag, clean_text(location), clean_text(request_id), status)


class ConnectionItem(WireModel):
    """One entry of `items` in an answer about connections."""

    id: Id = ""
    state: State = ""
    name: Text = ""
    etag: Etag = ""
    version: Text = ""
    created_at: Instant = Field(default=None, alias="createdAt")
    updated_at: Instant = Field(default=None, alias="updatedAt")
    created_client: Text = Field(default="", alias="createdClient")
    created_by: Text = Field(default="", alias="createdBy")
    updated_by: Text = Field(default="", alias="updatedBy")
    sandbox_name: Text = Field(default="", alias="sandboxName")
    description: Text = ""
    connection_spec: JsonObject = Field(default_factory=dict, alias="connectionSpec")
    auth: JsonObject = Field(default_factory=dict)

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
            created_by=self.created_by,
            updated_by=self.updated_by,
            connection_spec_id=clean_text(self.connection_spec.get("id")),
            auth_spec_name=clean_text(self.auth.get("specName")),
            sandbox_name=self.sandbox_name,
            description=self.description,
            parameters=shown_parameters(json_object(self.auth.get("params"))),
        )


class ItemsAnswer(WireModel):
    """A list: `items`, and where the next page is; what has no list of objects there is none."""

    items: list[dict[str, Any]]
    links: JsonObject = Field(default_factory=dict, alias="_links")

    @property
    def next_page(self) -> str:
        """`_links.next.href`, or ""."""
        href = json_object(self.links.get("next")).get("href")
        return href if isinstance(href, str) else ""


class SpecItem(WireModel):
    """One entry of `items` in an answer about connection specifications."""

    auth_specs: JsonObjects = Field(default_factory=list, alias="authSpec")

    @property
    def auth_spec_names(self) -> tuple[str, ...]:
        """`authSpec[].name`, without empty ones."""
        return tuple(name for spec in self.auth_specs if (name := clean_text(spec.get("name"))))


class SandboxItem(WireModel):
    """One entry of `sandboxes`."""

    name: Text = ""
    title: Text = ""
    type: Text = ""
    region: Text = ""
    state: Text = ""
    is_default: Truth = Field(default=False, alias="isDefault")

    def sandbox(self) -> Sandbox:
        """Return it in the words of the domain."""
        return Sandbox(self.name, self.title, self.type, self.region, self.state, self.is_default)


class SandboxesAnswer(WireModel):
    """The list of sandboxes; `_page.count` is wrong in Adobe's own sample and therefore not read."""

    sandboxes: list[dict[str, Any]]


class TokenAnswer(WireModel):
    """The answer of IMS to a token request."""

    access_token: str = Field(repr=False)
    expires_in: Annotated[float, BeforeValidator(lambda value: value if isinstance(value, int | str) else 0)] = 0.0


def shown_parameters(parameters: Mapping[str, object]) -> dict[str, str]:
    """Return `auth.params` as text, with "set" in the place of everything that may be a secret.

    A published revision of the AWS tutorial shows secrets as references into a secret store; nothing promises that, so
    the name decides, and a value that looks like a secret is masked under any name.
    """
    return {clean_text(name): _shown(name, value) for name, value in parameters.items()}


def masked(item: Mapping[str, object]) -> dict[str, object]:
    """Return one entry of `items` as it came, with "set" in the place of everything that may be a secret.

    In `auth.params` whole objects and lists may be secrets, as in `shown_parameters`.
    """
    shown = {name: _masked(name, value) for name, value in item.items()}
    auth = json_object(item.get("auth"))
    if isinstance(parameters := auth.get("params"), dict):
        texts = shown_parameters(parameters)
        values = {clean_text(name): value for name, value in parameters.items()}
        params = {
            name: text if text == _("set") or isinstance(values[name], str) else values[name]
            for name, text in texts.items()
        }
        shown["auth"] = {**{name: _masked(name, value) for name, value in auth.items()}, "params": params}
    return shown


def _masked(name: str, value: object) -> object:
    if isinstance(value, dict):
        return {clean_text(each): _masked(clean_text(each), more) for each, more in value.items()}
    if isinstance(value, list):
        return [_masked(name, each) for each in value]
    shown = _shown(name, value)
    return shown if shown == _("set") or isinstance(value, str) else value


def _shown(name: str, value: object) -> str:
    if isinstance(value, bool):
        text = "true" if value else "false"
    elif isinstance(value, dict | list):
        return _("set")
    else:
        text = clean_text(value)
    is_secret = may_be_secret(name) or name.lower() in SECRET_PARAMETERS or _SECRET_VALUE.search(text)
    return _("set") if text and is_secret else text
