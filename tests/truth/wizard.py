"""The real wizard in a real terminal, in live mode, with a practice server as its platform."""

from __future__ import annotations

import sys
from pathlib import Path

from aep_tui.practice.organization import API_KEY, ORGANIZATION_ID
from tests.kit.canary import CANARY
from tests.truth.submitter import SANDBOX
from tests.tui.terminal.journeys import AZURE, SALESFORCE_ON_AZURE, TASK, Page, walk
from tests.tui.terminal.pty_process import user_environment
from tests.tui.terminal.terminal import Terminal

COMMAND = [sys.executable, "-m", "aep_tui"]

_FIELDS_OF_THE_FORM = 6
START = Page("welcome", "Organization ID", ("enter",) * (_FIELDS_OF_THE_FORM + 2))
"""From the choice of live mode through the form to Start."""

CHECKS = "Check this set-up"
QUESTION = "Something was not finished"
CLOUD = AZURE.wait_for

TO_CREDENTIALS = SALESFORCE_ON_AZURE[2:6]
NAME, SUBMIT = SALESFORCE_ON_AZURE[6:8]


def environment(home: Path, base_url: str, **more: str) -> dict[str, str]:
    """Return what a person has in the environment: the target and the token."""
    return user_environment(
        home=home,
        AEP_BASE_URL=base_url,
        AEP_IMS_HOST=base_url,
        AEP_ORG_ID=ORGANIZATION_ID,
        AEP_SANDBOX_NAME=SANDBOX,
        AEP_API_KEY=API_KEY,
        AEP_ACCESS_TOKEN=CANARY,
        **more,
    )


def start_wizard(home: Path, base_url: str, is_warm: bool = True, **more: str) -> Terminal:
    """Start the wizard; `home` is its home and working directory, and `is_warm` spares it the imports."""
    home.mkdir(exist_ok=True)
    return Terminal(COMMAND, environment=environment(home, base_url, **more), directory=home, is_warm=is_warm)


def go_on_from_welcome(terminal: Terminal, wait_for: str) -> None:
    """Choose Start, go past the checks of the set-up, take what is marked, and return when `wait_for` is shown."""
    walk(terminal, [START])
    question = TASK.wait_for
    screen = terminal.wait_until(lambda text: question in text or CHECKS in text, what=f"{question!r} or the checks")
    if question not in screen:
        terminal.send_keys("enter")
    walk(terminal, [TASK])
    terminal.wait_for_text(wait_for)
