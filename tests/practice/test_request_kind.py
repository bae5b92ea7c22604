from __future__ import annotations

import pytest

from aep_tui.practice.request_kind import CONNECTIONS_PATH, FLOW_SERVICE_PATH, RequestKind, kind_of_request


@pytest.mark.parametrize(
    ("method", "path", "kind"),
    [
        ("POST", CONNECTIONS_PATH, RequestKind.CREATE),
        ("GET", f"{CONNECTIONS_PATH}/", RequestKind.LIST),
        ("PUT", CONNECTIONS_PATH, RequestKind.OTHER),
        ("GET", f"{CONNECTIONS_PATH}/1", RequestKind.READ),
        ("PATCH", f"{CONNECTIONS_PATH}/1", RequestKind.UPDATE),
        ("DELETE", f"{CONNECTIONS_PATH}/1", RequestKind.DELETE),
        ("GET", f"{CONNECTIONS_PATH}/1/test", RequestKind.TEST),
        ("GET", f"{CONNECTIONS_PATH}/1/explore", RequestKind.EXPLORE),
        ("GET", f"{FLOW_SERVICE_PATH}/connectionSpecs/1", RequestKind.SPECIFICATIONS),
        ("GET", f"{FLOW_SERVICE_PATH}/flowSpecs", RequestKind.FLOW_SPECIFICATIONS),
        ("GET", f"{FLOW_SERVICE_PATH}/flowSpecsOfOthers", RequestKind.OTHER),
        ("POST", "/ims/token/v3", RequestKind.TOKEN),
        ("GET", "/data/foundation/sandbox-management/", RequestKind.SANDBOXES),
    ],
)
def test_each_documented_request_is_of_its_kind(method: str, path: str, kind: RequestKind) -> None:
    assert kind_of_request(method, path) is kind
