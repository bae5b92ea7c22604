"""Which kind of request a path and a method are: scenarios and fault plans count each kind by itself."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

FLOW_SERVICE_PATH: Final = "/data/foundation/flowservice"
CONNECTIONS_PATH: Final = f"{FLOW_SERVICE_PATH}/connections"
CONNECTION_SPECS_PATH: Final = f"{FLOW_SERVICE_PATH}/connectionSpecs"
SOURCE_CONNECTIONS_PATH: Final = f"{FLOW_SERVICE_PATH}/sourceConnections"
FLOWS_PATH: Final = f"{FLOW_SERVICE_PATH}/flows"
TARGET_CONNECTIONS_PATH: Final = f"{FLOW_SERVICE_PATH}/targetConnections"
RUNS_PATH: Final = f"{FLOW_SERVICE_PATH}/runs"
FLOW_SPECS_PATH: Final = f"{FLOW_SERVICE_PATH}/flowSpecs"
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
    SOURCE_CONNECTIONS = "source-connections"
    TARGET_CONNECTIONS = "target-connections"
    FLOWS = "flows"
    RUNS = "runs"
    FLOW_SPECIFICATIONS = "flow-specifications"
    SANDBOXES = "sandboxes"
    TOKEN = "token"  # noqa: S105  # a kind
    SALESFORCE_TOKEN = "salesforce-token"  # noqa: S105  # a kind
    OTHER = "other"


_BY_FOLDER: Final = {
    CONNECTION_SPECS_PATH: RequestKind.SPECIFICATIONS,
    SOURCE_CONNECTIONS_PATH: RequestKind.SOURCE_CONNECTIONS,
    TARGET_CONNECTIONS_PATH: RequestKind.TARGET_CONNECTIONS,
    FLOWS_PATH: RequestKind.FLOWS,
    RUNS_PATH: RequestKind.RUNS,
    FLOW_SPECS_PATH: RequestKind.FLOW_SPECIFICATIONS,
}
_BY_METHOD: Final = {"GET": RequestKind.READ, "PATCH": RequestKind.UPDATE, "DELETE": RequestKind.DELETE}


def kind_of_request(method: str, path: str) -> RequestKind:
    """Return the kind of a request to `path` (percent-decoded, without query)."""
    path = path.rstrip("/")
    if path == CONNECTIONS_PATH:
        return {"POST": RequestKind.CREATE, "GET": RequestKind.LIST}.get(method, RequestKind.OTHER)
    if path.startswith(CONNECTIONS_PATH + "/"):
        return _kind_of_one(method, path.removeprefix(CONNECTIONS_PATH + "/"))
    for folder, kind in _BY_FOLDER.items():
        if path == folder or path.startswith(f"{folder}/"):
            return kind
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
