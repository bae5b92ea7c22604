"""The practice server of the HTTP tests."""

from __future__ import annotations

from tests.kit.fixtures import running_server, server

__all__ = ["running_server", "server"]
