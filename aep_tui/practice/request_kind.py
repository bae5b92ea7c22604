"""Which kind of request a path and a method are: scenarios and fault plans count each kind by itself."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

PLATFORM_PATH: Final = "/data/foundation/"
FLOW_SERVICE_PATH: Final = "/data/foundation/flowservice"
CONNECTIONS_PATH: Final = f"{FLOW_SERVICE_PATH}/connections"
CONNECTION_SPECS_PATH: Final = f"{FLOW_SERVICE_PATH}/connectionSpecs"
SANDBOXES_PATH: Final = "/data/foundation/sandbox-management"
IMS_TOKEN_PATH: Final = "/ims/token/v3"  # noqa: S105  # a path
SALESFORCE_TOKEN_PATH: Final = "/services/oauth2/token"  # noqa: S105  # a path


class RequestKind(StrEnum):
    """What a request is about."""

    CREATE = "create"
    LIST = "list"
    READ = "read"
    TEST = "test"
    EXPLORE = "explore"
    UPDATE = "update"
    DELETE = "delete"
    SPECIFICATIONS = "specifications"
    SANDBOXES = "sandboxes"
    TOKEN = "token"  # noqa: S105  # a kind
    SALESFORCE_TOKEN = "salesforce-token"  # noqa: S105  # a kind
    OTHER = "other"


_BY_METHOD: Final = {"GET": RequestKind.READ, "PATCH": RequestKind.UPDATE, "DELETE": RequestKind.DELETE}


def kind_of_request(method: str, path: str) -> RequestKind:
    """Return the kind of a request to `path` (percent-decoded, without query)."""
    path = path.rstrip("/")
    if path == CONNECTIONS_PATH:
        return {"POST": RequestKind.CREATE, "GET": RequestKind.LIST}.get(method, RequestKind.OTHER)
    if path.startswith(CONNECTIONS_PATH + "/"):
        return _kind_of_one(method, path.removeprefix(CONNECTIONS_PATH + "/"))
    if path.startswith(CONNECTION_SPECS_PATH):
        return RequestKind.SPECIFICATIONS
    return {
        SANDBOXES_PATH: RequestKind.SANDBOXES,
        IMS_TOKEN_PATH: RequestKind.TOKEN,
        SALESFORCE_TOKEN_PATH: RequestKind.SALESFORCE_TOKEN,
    }.get(path, RequestKind.OTHER)


def _kind_of_one(method: str, rest: str) -> RequestKind:
    if rest.endswith("/test"):
        return RequestKind.TEST
    if rest.endswith("/explore"):
        return RequestKind.EXPLORE
    return _BY_METHOD.get(method, RequestKind.OTHER)
