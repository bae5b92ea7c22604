"""The request that creates a base connection, built from the typed model and never from a pasted sample.

This is one of the two places where secrets are unwrapped (the other is the bearer and IMS authentication in
`flow_service`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from aep_tui.domain.draft import Answer, Draft, is_empty
from aep_tui.domain.json_value import read_json
from aep_tui.domain.source import AuthMethod, Parameter, ParameterKind, Source
from aep_tui.domain.target import Target

CONNECTIONS_PATH = "/data/foundation/flowservice/connections"
"""Path of the Flow Service's connections (all five tutorials)."""

PARAMETERS_PATH = "/auth/params"
"""Path of the parameters within a connection, for a JSON Patch (Adobe's tutorial on updating)."""

JsonObject = dict[str, Any]


def path_of_connection(connection_id: str) -> str:
    """Return the path of a connection, also of one whose id has signs that mean something in an address.

    Dots are encoded too, or an id of ".." would name the folder above; bytes that are no text name nothing.
    """
    return f"{CONNECTIONS_PATH}/{quote(connection_id, safe='', errors='replace').replace('.', '%2E')}"


@dataclass(frozen=True, slots=True)
class ConnectionRequest:
    """Everything a create says, secrets still wrapped.

    Attributes:
        name, description: of the connection; an empty description is left out of the body.
        connection_spec_id, connection_spec_version: the source.
        auth_spec_name: `auth.specName`.
        parameters: the declared parameters with the answers that are sent, in the order of the form.
    """

    name: str
    description: str
    connection_spec_id: str
    connection_spec_version: str
    auth_spec_name: str
    parameters: tuple[tuple[Parameter, Answer], ...] = field(repr=False)

    @property
    def secret_names(self) -> tuple[str, ...]:
        """API names of the secrets that the request carries."""
        return tuple(parameter.api_name for parameter, _ in self.parameters if parameter.is_secret)

    def shown_parameters(self) -> dict[str, str]:
        """Return the parameters that are no secrets, as text in the form in which a list of the platform shows them.

        Objects and lists are not shown there, and a number with a fraction may be written in another way.
        """
        sent = {
            parameter.api_name: value_to_send(parameter, answer) if isinstance(answer, str) else answer
            for parameter, answer in self.parameters
            if not parameter.is_secret
        }
        return {
            name: ("true" if value else "false") if isinstance(value, bool) else str(value)
            for name, value in sent.items()
            if isinstance(value, str | bool | int)
        }

    def body_with_placeholders(self) -> JsonObject:
        """Return the body with each secret replaced by its placeholder, for example "{CLIENT_SECRET}"."""
        return self._body(lambda parameter, _: placeholder(parameter.api_name))

    def body_to_send(self) -> bytes:
        """Return the exact bytes of the body, secrets in clear: for the wire only."""
        return json.dumps(self._body(_unwrapped), ensure_ascii=False).encode()

    def parameters_patch_with_placeholders(self) -> list[JsonObject]:
        """Return the body of the PATCH that replaces all parameters, secrets as placeholders."""
        return [_parameters_patch(self.body_with_placeholders())]

    def parameters_patch_to_send(self) -> bytes:
        """Return the body of the PATCH that replaces all parameters, secrets in clear: for the wire only.

        The set is always complete, because the platform forgets every parameter that the patch leaves out (Flow
        Service tutorial "update", Adobe's OpenAPI document of the destinations).
        """
        return json.dumps([_parameters_patch(self._body(_unwrapped))], ensure_ascii=False).encode()

    def auth_patch_with_placeholders(self) -> list[JsonObject]:
        """Return the body of the PATCH that replaces auth method and parameters, secrets as placeholders."""
        return [_auth_patch(self.body_with_placeholders())]

    def auth_patch_to_send(self) -> bytes:
        """Return the body of the PATCH that replaces auth method and parameters, secrets in clear: for the wire only.

        No document promises that it is taken, and of four other sources Adobe's pages deny it.
        """
        return json.dumps([_auth_patch(self._body(_unwrapped))], ensure_ascii=False).encode()

    def _body(self, secret_value: Callable[[Parameter, Answer], object]) -> JsonObject:
        parameters = {
            parameter.api_name: secret_value(parameter, answer) if parameter.is_secret else _plain(parameter, answer)
            for parameter, answer in self.parameters
        }
        body: JsonObject = {"name": self.name}
        if self.description:
            body["description"] = self.description
        body["auth"] = {"specName": self.auth_spec_name, "params": parameters}
        body["connectionSpec"] = {"id": self.connection_spec_id, "version": self.connection_spec_version}
        return body


def _parameters_patch(body: JsonObject) -> JsonObject:
    return {"op": "replace", "path": PARAMETERS_PATH, "value": body["auth"]["params"]}


def value_to_send(parameter: Parameter, text: str) -> object:
    """Return what is sent for a text: of a parameter that is typed as JSON that value, otherwise the text itself.

    Of a secret that was loaded nobody could say beforehand that it is no JSON; then it is sent as a text.
    """
    if parameter.kind is ParameterKind.JSON:
        with suppress(ValueError):
            return read_json(text)
    return text


def _plain(parameter: Parameter, answer: Answer) -> object:
    return value_to_send(parameter, answer) if isinstance(answer, str) else answer


def _auth_patch(body: JsonObject) -> JsonObject:
    return {"op": "replace", "path": "/auth", "value": body["auth"]}


def _unwrapped(parameter: Parameter, answer: Answer) -> object:
    if isinstance(answer, bool):
        return answer
    return value_to_send(parameter, answer if isinstance(answer, str) else answer.get_secret_value())


def build_connection_request(draft: Draft, source: Source, auth_method: AuthMethod) -> ConnectionRequest:
    """Return the request for a complete draft.

    An empty optional value is left out, and a switch that is off as well (Salesforce tutorial, Azure, OAuth 2 Client
    Credential: `includeDeletedObjects` defaults to false).

    Args:
        draft: the answers, one for each question.
        source: that was chosen.
        auth_method: that was chosen.
    """
    return ConnectionRequest(
        name=draft.name,
        description=draft.description,
        connection_spec_id=source.connection_spec_id,
        connection_spec_version=source.connection_spec_version,
        auth_spec_name=auth_method.spec_name,
        parameters=tuple(
            (parameter, draft.answers[parameter.api_name])
            for parameter in auth_method.parameters
            if not is_empty(draft.answers.get(parameter.api_name))
        ),
    )


def placeholder(api_name: str) -> str:
    """Return the placeholder for a secret, in the tutorials' way: "clientSecret" becomes "{CLIENT_SECRET}"."""
    return "{" + variable_name(api_name) + "}"


def variable_name(api_name: str) -> str:
    """Return an API name as a shell variable: "clientSecret" becomes "CLIENT_SECRET"."""
    return "".join(f"_{character}" if character.isupper() else character for character in api_name).upper()


def header_fields(target: Target, bearer: str) -> Mapping[str, str]:
    """Return the five headers of the tutorials, with `bearer` as the token (or a placeholder for it)."""
    return {
        "Authorization": f"Bearer {bearer}",
        "x-api-key": target.api_key,
        "x-gw-ims-org-id": target.organization_id,
        "x-sandbox-name": target.sandbox_name,
        "Content-Type": "application/json",
    }
