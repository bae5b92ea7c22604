from __future__ import annotations

import subprocess
import sys

PROGRAM = """
import dataclasses, sys
before = dataclasses.dataclass
from aep_tui.tui.terminal.lean_textual import lean_textual
with lean_textual():
    import aep_tui.tui.app
assert dataclasses.dataclass is before
absent = {"textual.command", "textual.widgets._tree", "textual.widgets._select", "textual.fuzzy"}
assert not absent & set(sys.modules), absent & set(sys.modules)
assert aep_tui.tui.app.WizardApp.ENABLE_COMMAND_PALETTE is False
from textual.command import CommandPalette
assert CommandPalette.__module__ == "textual.command"
with lean_textual():
    import textual.command
assert sys.modules["textual.command"] is textual.command
"""


def test_textual_comes_without_its_palette_and_whoever_wants_it_gets_it() -> None:
    run = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
