"""What a person changes of an existing connection, and the JSON Patch that says it. Secrets are unwrapped here.

Only what is changed is sent, but the parameters as a whole: the platform forgets each one that such a patch leaves out
(Adobe's tutorial on updating, OpenAPI document of the destinations).
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aep_tui.domain.change_intent import shown_texts
from aep_tui.domain.connection import ConnectionStatus
from aep_tui.domain.connection_request import ConnectionRequest, placeholder
from aep_tui.domain.safe_text import without_control_characters
from aep_tui.domain.secret import Secret

JsonObject = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ConnectionChange:
    """One change; what is None stays as it is.

    Attributes:
        name: a new name.
        description: a new description; "" takes it away.
        secret: API name and value of one secret, sent by its own path. That is shown for Amazon S3 only; where it is
            refused, nothing has changed, and all parameters are the way.
        credentials: all parameters, every secret among them.
        auth: another auth method with all its parameters, which no document promises to be possible.
    """

    name: str | None = None
    description: str | None = None
    secret: tuple[str, Secret] | None = field(default=None, repr=False)
    credentials: ConnectionRequest | None = None
    auth: ConnectionRequest | None = None

    def operations_with_placeholders(self, seen: ConnectionStatus) -> list[JsonObject]:
        """Return the operations, a placeholder in the place of each secret.

        Args:
            seen: the connection that is to be changed, as the person saw it.
        """
        patches = self.credentials.parameters_patch_with_placeholders() if self.credentials else []
        patches += self.auth.auth_patch_with_placeholders() if self.auth else []
        return self._operations(seen, patches, lambda name, _secret: placeholder(name))

    def body_to_send(self, seen: ConnectionStatus) -> bytes:
        """Return the exact bytes of the body, secrets in clear: for the wire only."""
        patches = json.loads(self.credentials.parameters_patch_to_send()) if self.credentials else []
        patches += json.loads(self.auth.auth_patch_to_send()) if self.auth else []
        operations = self._operations(seen, patches, lambda _name, secret: secret.get_secret_value())
        return json.dumps(operations, ensure_ascii=False).encode()

    def shown_texts(self) -> dict[str, str]:
        """Return all that the platform will show of this change, by the names of an intent; of a secret nothing."""
        parameters = self.credentials.shown_parameters() if self.credentials else {}
        parameters |= self.auth.shown_parameters() if self.auth else {}
        return shown_texts(
            None if self.name is None else without_control_characters(self.name),
            None if self.description is None else without_control_characters(self.description),
            {name: without_control_characters(value) for name, value in parameters.items()},
            None if self.auth is None else self.auth.auth_spec_name,
        )

    @property
    def secret_names(self) -> tuple[str, ...]:
        """API names of the secrets that are replaced."""
        one = () if self.secret is None else (self.secret[0],)
        requests = [each for each in (self.credentials, self.auth) if each is not None]
        return (*one, *(name for request in requests for name in request.secret_names))

    def _operations(
        self, seen: ConnectionStatus, patches: list[JsonObject], value_of: Callable[[str, Secret], str]
    ) -> list[JsonObject]:
        operations: list[JsonObject] = []
        if self.name is not None:
            operations.append({"op": "replace", "path": "/name", "value": self.name})
        if self.description:
            operations.append({"op": "add", "path": "/description", "value": self.description})
        elif self.description == "" and seen.description:
            operations.append({"op": "remove", "path": "/description"})
        if self.secret is not None:
            name, secret = self.secret
            kind = "replace" if name in seen.parameters else "add"
            operations.append({"op": kind, "path": f"/auth/params/{name}", "value": value_of(name, secret)})
        return operations + patches
