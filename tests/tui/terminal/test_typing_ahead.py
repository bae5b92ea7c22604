"""Keys that arrive together, as on a slow link, or in any cadence, end where they would have ended one by one."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from tests.kit.canary import CANARY
from tests.tui.terminal.keyboard import encode_key, encode_text
from tests.tui.terminal.pty_process import user_environment
from tests.tui.terminal.terminal import Terminal
from tests.tui.terminal.test_input_reader import NO_KEYS

pytestmark = pytest.mark.waits

WIZARD = [sys.executable, "-m", "aep_tui", "--practice"]


@pytest.fixture
def credentials_page(tmp_path: Path) -> Iterator[Terminal]:
    with Terminal(WIZARD, environment=user_environment(home=tmp_path), directory=Path.cwd(), is_warm=True) as terminal:
        terminal.wait_for_text("Where should the connection be created?")
        terminal.send_keys("enter", "enter", "enter", "enter", "enter")
        terminal.wait_for_text("Environment URL")
        yield terminal


def is_filled(screen: str, mark: str) -> bool:
    lines = [line.strip() for line in screen.splitlines()]
    return f"one{mark}" in lines and f"two{mark}" in lines and "•" * len(CANARY) in screen and "┃ for example" in screen


def typed(mover: str, mark: str = "") -> list[bytes]:
    move = encode_key(mover)
    return [encode_text(f"one{mark}"), move, encode_text(f"two{mark}"), move, encode_text(CANARY), move]


def test_a_form_that_is_typed_at_once_or_in_any_cadence_ends_in_its_fields(credentials_page: Terminal) -> None:
    credentials_page.process.send(b"".join(typed("tab")))
    credentials_page.wait_until(lambda screen: is_filled(screen, ""))
    cadence = threading.Event()
    for mover, milliseconds in (("tab", (2, 20, 120, 400)), ("enter", (120, 400))):
        for pause in milliseconds:
            credentials_page.send_keys(*("shift+tab", "ctrl+u") * 3)
            for part in typed(mover, f"-{mover}-{pause}"):
                credentials_page.process.send(part)
                cadence.wait(pause / 1000)  # the hand that types
            credentials_page.wait_until(partial(is_filled, mark=f"-{mover}-{pause}"))
    assert CANARY.encode() not in credentials_page.raw_output


@pytest.mark.parametrize("milliseconds", [2, 20])
def test_what_is_typed_right_after_enter_over_a_whole_form_goes_to_the_next_field(
    credentials_page: Terminal, milliseconds: int, subtests: pytest.Subtests
) -> None:
    """The hand looks at what it has typed, not at where the cursor is: no two Enters are ever read together."""
    cadence = threading.Event()
    texts = ("https://acme.my.salesforce.com", "3MVG9acme", CANARY, "62.0")
    for text in texts:
        shown = "•" * len(CANARY) if text == CANARY else text
        credentials_page.process.send(encode_text(text))
        credentials_page.wait_for_text(shown)
        credentials_page.process.send(encode_key("enter"))
        cadence.wait(milliseconds / 1000)
    expected = {"https://acme.my.salesforce.com", "3MVG9acme", "•" * len(CANARY), "62.0"}

    def is_filled_and_left(screen: str) -> bool:
        return "Space Tick" in screen and expected <= {line.strip() for line in screen.splitlines()}

    screen = credentials_page.wait_until(is_filled_and_left, what="each text in its own field")
    assert "Error" not in screen
    credentials_page.process.send(encode_key("enter"))
    credentials_page.wait_for_text(">[ Next ]")
    credentials_page.process.send(encode_key("enter"))
    cadence.wait(milliseconds / 1000)
    credentials_page.process.send(encode_text("ACME"))
    credentials_page.wait_until(lambda screen: "ACME" in [line.strip(" ┃") for line in screen.splitlines()])
    assert CANARY.encode() not in credentials_page.raw_output
    with subtests.test("Ctrl+Q overtakes thousands of characters typed without bracketed paste"):
        credentials_page.process.send(encode_text("x" * 3000) + encode_key("ctrl+q"))
        credentials_page.wait_for_text("Quit? Secrets are forgotten")
        credentials_page.send_keys("shift+tab", "enter")
        assert credentials_page.wait_exit() == 130
        assert credentials_page.restoration_problems() == []


def test_what_comes_at_once_is_for_the_page_that_it_was_meant_for_or_for_none(
    credentials_page: Terminal, subtests: pytest.Subtests
) -> None:
    with subtests.test("bytes that are no key stand in no field and end nothing"):
        for data in NO_KEYS:
            credentials_page.process.send(data)
        credentials_page.wait_for_text("did not come as UTF-8")
        credentials_page.process.send(b"\x1b[200~\x1b[32mS3cretVal\x1b[0m\x1b[201~")
        credentials_page.wait_for_text("There are codes for a terminal in it")
        credentials_page.process.send(encode_text("one") + encode_key("tab"))
        credentials_page.wait_until(lambda screen: "one" in [line.strip() for line in screen.splitlines()])
        credentials_page.send_keys("shift+tab", "ctrl+u")
    with subtests.test("several lines reach no field and press no button"):
        credentials_page.process.send(encode_text("one") + (encode_key("enter") + encode_text(CANARY)) * 8)
        credentials_page.wait_until(
            lambda screen: "lines" in screen and "Error" not in screen, what="words on the lines"
        )
        screen = credentials_page.text()
        assert "Environment URL" in screen
        assert "one" not in [line.strip() for line in screen.splitlines()]
        assert "•" not in screen
        assert CANARY.encode() not in credentials_page.raw_output
    with subtests.test("keys typed while the next page opens reach the next page"):
        back = encode_key("shift+tab")
        credentials_page.process.send(back * 4 + encode_key("enter") + encode_key("up"))
        credentials_page.wait_for_text("How should Experience Platform log in")
