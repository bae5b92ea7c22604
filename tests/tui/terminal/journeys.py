"""Ways through the wizard by keys: what to wait for on each page, and what to press there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tests.secrets import CANARY
from tests.tui.terminal.terminal import Terminal


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a journey.

    Attributes:
        name: for reports.
        wait_for: the text that says that the page is there.
        keys: names of keys and texts to type; the last key leaves the page.
    """

    name: str
    wait_for: str
    keys: tuple[str, ...]


WELCOME = Page("welcome", "Where should the connection be created?", ("enter",))
AZURE = Page("cloud", "Which cloud does your organization", ("enter",))
NAME = Page("name", "What should the connection be called?", ("enter", "enter", "enter"))
SUBMIT = Page("review", "[ Submit ]", ("tab", "tab", "tab", "enter"))
ENABLED = Page("status", "OK: the connection is enabled.", ("ctrl+q",))

SALESFORCE_ON_AZURE = (
    WELCOME,
    AZURE,
    Page("source", "Which source do you want to connect?", ("enter",)),
    Page("auth method", "How should Experience Platform log in", ("enter",)),
    Page(
        "credentials",
        "Environment URL",
        (
            *("https://acme.my.salesforce.com", "enter"),
            *("3MVG9acme", "enter"),
            *(CANARY, "enter"),
            *("62.0", "enter"),
            *("tab", "tab", "enter"),
        ),
    ),
    NAME,
    SUBMIT,
    ENABLED,
)
"""OAuth 2 Client Credential, the recommended way: no notice stands in it."""

ORACLE_SERVICE_CLOUD = (
    WELCOME,
    AZURE,
    Page("source", "Which source do you want to connect?", ("down", "enter")),
    Page("auth method", "How should Experience Platform log in", ("enter",)),
    Page("notices", "I have read this", ("space", "enter", "enter")),
    Page("credentials", "Host", ("acme.custhelp.com", "enter", "integration", "enter", CANARY, "enter", "enter")),
    NAME,
    SUBMIT,
    ENABLED,
)
"""A source that Adobe has retired: the notice has to be acknowledged."""


def walk(terminal: Terminal, pages: Sequence[Page]) -> None:
    """Go through `pages`.

    Raises:
        TerminalError: a page did not come; the message shows the last screen.
    """
    for page in pages:
        terminal.wait_for_text(page.wait_for)
        terminal.send_keys(*page.keys)
