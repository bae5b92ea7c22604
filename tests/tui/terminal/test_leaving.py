"""Whoever wants to leave does not wait for what was typed before."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.tui.terminal.journeys import SALESFORCE_ON_AZURE, SUBMIT, walk
from tests.tui.terminal.pty_process import user_environment
from tests.tui.terminal.terminal import Terminal


def test_who_leaves_while_the_create_is_on_its_way_gets_the_code_for_cannot_tell(tmp_path: Path) -> None:
    """What was shown as text before stays in the scrollback, and the prompt below it does not."""
    script = tmp_path / "silent.py"
    script.write_text(
        """
import asyncio, sys
from aep_tui.flow_service.client import FlowService
from aep_tui.cli import main

async def never(self, request):
    await asyncio.Event().wait()

FlowService.create = never
sys.exit(main(["--practice"]))
""",
        encoding="utf-8",
    )
    environment = user_environment(home=tmp_path, PYTHONPATH=str(Path.cwd()))
    with Terminal([sys.executable, str(script)], environment=environment, directory=tmp_path, is_warm=True) as terminal:
        walk(terminal, SALESFORCE_ON_AZURE[:-2], is_pasted=True)
        terminal.wait_for_text(SUBMIT.wait_for)
        terminal.send_keys("f6")
        terminal.wait_for_text("Press any key to go back")
        terminal.send_keys("enter")
        walk(terminal, [SUBMIT])
        terminal.wait_for_text("Creating the connection.")
        terminal.send_keys("ctrl+q")
        terminal.wait_for_text("What was sent cannot be unsent")
        terminal.send_keys("shift+tab", "enter")
        assert terminal.wait_exit() == 6
        assert "curl" in terminal.text()
        assert "Press any key" not in terminal.text()
        assert terminal.restoration_problems() == []
