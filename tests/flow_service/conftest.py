"""One practice server for the tests over real sockets; each test finds it empty and without faults."""

from __future__ import annotations

from tests.kit.fixtures import running_server, server

__all__ = ["running_server", "server"]
