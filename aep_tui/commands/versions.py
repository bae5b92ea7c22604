"""The versions that a report of a fault needs."""

from __future__ import annotations

import json
import platform
from importlib.metadata import PackageNotFoundError, version
from typing import Final

from aep_tui import __version__

_LIBRARIES: Final = ("textual", "httpx", "pydantic", "cryptography", "PyJWT")


def versions_json() -> str:
    """Return the versions of this program, Python, the system and what the program stands on, as JSON."""
    record = {"aep-tui": __version__, "python": platform.python_version(), "system": platform.platform()}
    for name in _LIBRARIES:
        try:
            record[name] = version(name)
        except PackageNotFoundError:
            record[name] = ""
    return json.dumps(record, indent=2) + "\n"
