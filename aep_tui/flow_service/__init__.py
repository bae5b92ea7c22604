"""Everything that speaks HTTP to the platform; the only room that imports httpx."""

from __future__ import annotations

import sys

if "httpx" not in sys.modules:
    # Where click is installed, as uvicorn wants it, httpx loads its own command line with it: 3.4 MB that nobody uses.
    # It does without when that cannot be imported.
    sys.modules["httpx._main"] = None  # type: ignore[assignment]
