"""Ways through the wizard by keys: what to wait for on each page, and what to press there."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass

from aep_tui.domain.catalog.catalog import load_catalog
from aep_tui.domain.secrets import Secrets
from aep_tui.domain.source import Cloud
from aep_tui.domain.wizard import Step, Wizard
from aep_tui.pages.frame import Frame
from aep_tui.pages.notices_view import way_out
from aep_tui.pages.step_choices import CHOICES_OF_STEPS
from aep_tui.practice.organization import practice_target
from tests.kit.canary import CANARY
from tests.kit.clock import FakeClock
from tests.kit.journeys import Journey
from tests.tui.terminal.keyboard import is_key
from tests.tui.terminal.terminal import Terminal

HURRIED = [
    sys.executable,
    "-c",
    "import sys\n"
    "from aep_tui.cli import main\n"
    "from aep_tui.practice.scenarios import EVERYTHING_FINE\n"
    "object.__setattr__(EVERYTHING_FINE, 'initializing_seconds', 0.0)\n"
    "sys.exit(main())",
]
"""The program, where a connection is enabled as soon as it is created: for tests that do not look at the time between.

The arguments follow.
"""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a journey.

    Attributes:
        name: for reports.
        wait_for: the text that says that the page is there.
        keys: names of keys and texts to type; the last key leaves the page.
        sent: bytes that no key sends, before the keys.
    """

    name: str
    wait_for: str
    keys: tuple[str, ...]
    sent: bytes = b""


WELCOME = Page("welcome", "Where should the connection be created?", ("enter",))
TASK = Page("what to do", "What do you want to do?", ("enter",))
AZURE = Page("cloud", "Which cloud does your organization", ("enter",))
NAME = Page("name", "What should the connection be called?", ("enter", "enter", "enter"))
SUBMIT = Page("review", "[ Submit ]", ("tab", "tab", "tab", "enter"))
ENABLED = Page("status", "OK: the connection is enabled.", ("ctrl+q",))

SALESFORCE_ON_AZURE = (
    WELCOME,
    TASK,
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
            *("tab", "enter"),
        ),
    ),
    NAME,
    SUBMIT,
    ENABLED,
)
"""OAuth 2 Client Credential, the recommended way: no notice stands in it."""


def pages_of(journey: Journey) -> tuple[Page, ...]:
    """Return the pages of one connection of the table that the plain face is driven from as well."""
    clock = FakeClock()
    empty = Wizard(load_catalog(), clock.today())
    with_cloud = empty.with_cloud(Cloud(journey.cloud)).wizard
    with_source = with_cloud.with_source(journey.source).wizard
    walked = with_source.with_auth_method(journey.auth_method).wizard
    method, given = walked.auth_method, dict(journey.values)
    assert method is not None
    typed = [key for each in method.parameters for key in (given.get(each.api_name, ""), "enter") if key]
    to_the_box = ("shift+tab",) if way_out(walked) is not None else ()  # the focus is on the way out at first
    notice = Page("notices", "I have read this", (*to_the_box, "space", "enter", "enter"))
    return (
        WELCOME,
        TASK,
        Page("cloud", AZURE.wait_for, _keys_to(journey.cloud, Step.CLOUD, empty)),
        Page("source", "Which source do you want to connect?", _keys_to(journey.source, Step.SOURCE, with_cloud)),
        Page(
            "auth method",
            "How should Experience Platform log in",
            _keys_to(journey.auth_method, Step.AUTH_METHOD, with_source),
        ),
        *([notice] if journey.has_notice else ()),
        Page("credentials", method.parameters[0].label, (*typed, "enter")),
        NAME,
        SUBMIT,
        ENABLED,
    )


def _keys_to(wanted: str, step: Step, wizard: Wizard) -> tuple[str, ...]:
    choices, frame = CHOICES_OF_STEPS[step], Frame(wizard, practice_target(Secrets()), FakeClock(), Secrets())
    ids = [row.id for row in choices.rows(frame) if not row.reason_disabled]
    marked = choices.chosen_id(frame) or ids[0]
    distance = ids.index(wanted) - ids.index(marked)
    return (*("down" if distance > 0 else "up" for _row in range(abs(distance))), "enter")


def walk(terminal: Terminal, pages: Sequence[Page], *, is_pasted: bool = False) -> None:
    """Go through `pages`; texts are typed, or pasted as ids and secrets often are, which is a key instead of twenty.

    Raises:
        TerminalError: a page did not come; the message shows the last screen.
    """
    for page in pages:
        terminal.wait_for_text(page.wait_for)
        if page.sent:
            terminal.process.send(page.sent)
        for key in page.keys:
            if is_pasted and not is_key(key):
                terminal.paste(key)
            else:
                terminal.send_keys(key)
