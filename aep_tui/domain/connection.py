"""What the platform says about a base connection, as far as the wizard shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime

from aep_tui.domain.light_dataclass import dataclass

ENABLED = "enabled"
DELETED = "deleted"
"""Our own word for a connection that this program has deleted; no document shows it as a state."""
PENDING_STATES = frozenset(
    {"initializing", "updating", "enabling", "disabling", "inProgress", "enabled-finalizing", "delete-finalizing"}
)
"""States that pass by themselves (tutorials and the error catalogue); every state in no list is shown as it is."""


@dataclass(frozen=True, slots=True)
class CreatedConnection:
    """The answer to a create.

    Attributes:
        connection_id: `id`.
        etag: `etag`, with the double quotes that are part of it; "" when absent.
        location: the `Location` header; "" when absent.
        request_id: the request id that the service answered with; "" when absent.
        status: the HTTP status of the answer, 201 as documented.
    """

    connection_id: str
    etag: str = ""
    location: str = ""
    request_id: str = ""
    status: int = 201


@dataclass(frozen=True, slots=True)
class ConnectionStatus:
    """`items[0]` of `GET /connections/{id}`; what may be absent is "" or None.

    Attributes:
        connection_id, name, state, etag, version: as the platform says them.
        created_at, updated_at: aware instants (the platform sends milliseconds).
        created_client: the API key of whoever created it.
        created_by, updated_by: the user ids of whoever created it and changed it last.
        told_id: of an entry of a list, what stands in the place of an id that can be none; `connection_id` is "" then.
        connection_spec_id, auth_spec_name, sandbox_name, description: as the platform says them.
        parameters: non-secret values of `auth.params`; the values of known secrets are replaced by a mark.
    """

    connection_id: str
    state: str
    name: str = ""
    etag: str = ""
    version: str = ""
    created_at: datetime | None = None
    updated_at: datetime | None = None
    created_client: str = ""
    connection_spec_id: str = ""
    auth_spec_name: str = ""
    sandbox_name: str = ""
    description: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict)
    created_by: str = ""
    updated_by: str = ""
    told_id: str = ""

    @property
    def is_enabled(self) -> bool:
        """Whether the connection can be used."""
        return self.state == ENABLED

    @property
    def is_pending(self) -> bool:
        """Whether the state is known to pass by itself."""
        return self.state in PENDING_STATES


@dataclass(frozen=True, slots=True)
class ConnectionList:
    """What a search for connections has read.

    Attributes:
        connections: those that were read and meant.
        is_complete: whether the list was read to its end; one that was not proves of nothing that it is not there.
        told_at: the `Date` of the last page that has one, or None.
    """

    connections: tuple[ConnectionStatus, ...] = ()
    is_complete: bool = True
    told_at: datetime | None = None
