"""The practice server of the HTTP tests."""

from __future__ import annotations

from tests.flow_service.conftest import _running_server, server

__all__ = ["_running_server", "server"]
