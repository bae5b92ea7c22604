"""What the commands and the rules load; what the first page loads is in `tests.tui.terminal.test_leisure`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

LIBRARIES = {"httpx", "httpcore", "pydantic", "starlette", "uvicorn", "cryptography", "dotenv"}
COMMAND_LINE_WEIGHT = {"textual", "rich", "platformdirs", *LIBRARIES}  # Textual itself loads platformdirs

OF_MORE_THAN_ALL_THEY_SAY = {
    *("dataclasses", "inspect", "datetime", "pathlib", "shutil", "json", "tomllib", "logging"),
}
"""A dataclass brings `inspect`, which takes as long as the interpreter's own start."""

RUN_COMMANDS = """
import sys
from aep_tui.cli import main
for arguments in {commands!r}:
    try:
        code = main(arguments)
    except SystemExit as end:
        code = end.code
    assert not code, (arguments, code)
"""
LIST_MODULES = """
import sys
print("\\n".join(sorted({name.partition(".")[0] for name in sys.modules})))
"""


def packages_loaded_by(program: str) -> set[str]:
    """Run `program` in an interpreter of its own; return the top-level packages that it has imported."""
    run = subprocess.run(
        [sys.executable, "-c", program + LIST_MODULES], capture_output=True, text=True, check=False, timeout=60
    )
    assert run.returncode == 0, run.stderr
    return set(run.stdout.rpartition("LOADED ")[2].split())


def test_help_and_version_load_nothing_that_costs_more_than_all_they_say() -> None:
    loaded = packages_loaded_by(RUN_COMMANDS.format(commands=[["--help"], ["--version"]]))
    assert "aep_tui" in loaded
    assert loaded & (COMMAND_LINE_WEIGHT | OF_MORE_THAN_ALL_THEY_SAY) == set()


def test_what_needs_no_network_loads_no_event_loop(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    commands = [["settings"], ["profile", "list"], ["completion", "bash"]]
    loaded = packages_loaded_by(RUN_COMMANDS.format(commands=commands))
    assert "aep_tui" in loaded
    assert loaded & ({"asyncio", "ssl", "textual", "rich"} | LIBRARIES) == set()


def test_rules_and_data_load_neither_textual_nor_pydantic() -> None:
    loaded = packages_loaded_by(
        "from aep_tui.domain import connection_request, wizard; from aep_tui.domain.catalog import catalog"
    )
    assert "aep_tui" in loaded
    assert loaded & COMMAND_LINE_WEIGHT == set()
