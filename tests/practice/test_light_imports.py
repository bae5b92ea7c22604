from __future__ import annotations

import subprocess
import sys

import pytest

_HEAVY = {"starlette", "uvicorn", "pydantic", "httpx", "sqlite3", "anyio", "textual"}


@pytest.mark.parametrize("module", ["aep_tui.practice.scenarios", "aep_tui.practice.organization"])
def test_the_names_for_the_command_line_cost_no_heavy_import(module: str) -> None:
    program = f"import sys, {module}; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    assert module in loaded
    assert not _HEAVY & {name.partition(".")[0] for name in loaded}
