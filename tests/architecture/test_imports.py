from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

FIRST_PAINT_WEIGHT = {"httpx", "httpcore", "pydantic", "starlette", "uvicorn", "cryptography", "dotenv"}
COMMAND_LINE_WEIGHT = {"textual", "rich", "platformdirs", *FIRST_PAINT_WEIGHT}  # Textual itself loads platformdirs

RUN_THE_COMMAND = """
import sys
sys.argv = ["aep-tui", *{arguments!r}]
from aep_tui.cli import main
try:
    code = main()
except SystemExit as end:
    code = end.code
assert not code, code
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


@pytest.mark.parametrize("argument", ["--help", "--version"])
def test_help_and_version_load_neither_the_screens_nor_the_client(argument: str) -> None:
    loaded = packages_loaded_by(RUN_THE_COMMAND.format(arguments=[argument]))
    assert "aep_tui" in loaded
    assert loaded & COMMAND_LINE_WEIGHT == set()


@pytest.mark.parametrize("arguments", [["settings"], ["profile", "list"], ["completion", "bash"]])
def test_what_needs_no_network_loads_no_event_loop(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    loaded = packages_loaded_by(RUN_THE_COMMAND.format(arguments=arguments))
    assert "aep_tui" in loaded
    assert loaded & ({"asyncio", "ssl", "textual", "rich"} | FIRST_PAINT_WEIGHT) == set()


def test_the_app_loads_nothing_that_the_first_paint_does_without() -> None:
    loaded = packages_loaded_by("import aep_tui.tui.app")
    assert "textual" in loaded
    assert loaded & FIRST_PAINT_WEIGHT == set()


@pytest.mark.parametrize(
    "module", ["aep_tui.domain.wizard", "aep_tui.domain.catalog.catalog", "aep_tui.domain.connection_request"]
)
def test_rules_and_data_load_neither_textual_nor_pydantic(module: str) -> None:
    loaded = packages_loaded_by(f"import {module}")
    assert loaded & COMMAND_LINE_WEIGHT == set()


@pytest.mark.parametrize("argument", ["--help", "--version"])
def test_help_and_version_load_nothing_that_costs_more_than_all_they_say(argument: str) -> None:
    """A dataclass brings `inspect`, which takes as long as the interpreter's own start."""
    loaded = packages_loaded_by(RUN_THE_COMMAND.format(arguments=[argument]))
    assert loaded & {"dataclasses", "inspect", "datetime", "pathlib", "shutil", "json", "tomllib", "logging"} == set()


def test_the_first_page_loads_no_rules_for_what_is_typed_later() -> None:
    """Rules, requests and pastes are loaded while the person reads; see `aep_tui.tui.next_pages`."""
    later = ("rules.registry", "validation", "connection_request", "jwt_claims", "paste")
    names = [f"aep_tui.domain.{name}" for name in later]
    run = f"import sys, aep_tui.tui.app\nassert not set(sys.modules) & set({names}), set(sys.modules) & set({names})\n"
    packages_loaded_by(run)


def test_the_way_to_the_first_page_makes_its_data_classes_cheaply() -> None:
    """Each one of the library takes as long as a keystroke; see `aep_tui.domain.light_dataclass`."""
    run = """
import sys
import aep_tui.commands.run_wizard, aep_tui.tui.app, aep_tui.tui.terminal.driver
dear = {
    f"{name}.{made.__qualname__}"
    for name, module in list(sys.modules.items()) if name.startswith("aep_tui")
    for made in vars(module).values()
    if isinstance(made, type) and made.__module__ == name and "__dataclass_fields__" in vars(made)
    and made.__repr__.__globals__["__name__"] != "reprlib"
}
assert not dear, dear
"""
    packages_loaded_by(run)
