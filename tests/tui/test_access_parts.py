from __future__ import annotations

import asyncio
import threading
from datetime import UTC, datetime, timedelta

import pytest

from aep_tui.domain.background_work import in_background
from aep_tui.pages.token_time import token_time_text
from aep_tui.settings.resolved import ResolvedSettings
from aep_tui.tui.dialogs.settings_page import note_count_text

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (3 * 3600 + 12 * 60 + 59, "token 3 h 12 min"),
        (3600, "token 1 h 0 min"),
        (3599, "token 59 min"),
        (60, "token 1 min"),
        (59, "token under 1 min"),
        (1, "token under 1 min"),
        (0, "token expired"),
        (-0.5, "token expired"),
        (-86400, "token expired"),
    ],
)
def test_the_time_left_is_told_in_words(seconds: float, words: str) -> None:
    assert token_time_text(NOW + timedelta(seconds=seconds), NOW) == words


def test_a_token_that_does_not_say_when_it_expires_is_not_guessed_about() -> None:
    assert token_time_text(None, NOW) == ""


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        (None, ""),
        (ResolvedSettings(), ""),
        (ResolvedSettings(notes=("one",)), "1 note about your settings: F6"),
        (ResolvedSettings(notes=("one",), warnings=("two",)), "2 notes about your settings: F6"),
    ],
)
def test_notes_are_counted(settings: ResolvedSettings | None, words: str) -> None:
    assert note_count_text(settings) == words


@pytest.mark.anyio
async def test_work_in_the_background_returns_or_raises() -> None:
    assert await in_background(lambda: threading.current_thread().daemon)

    def fail() -> None:
        raise ValueError("as expected")

    with pytest.raises(ValueError, match="as expected"):
        await in_background(fail)


@pytest.mark.anyio
async def test_a_wait_for_the_background_can_be_given_up_at_once() -> None:
    gate, done = threading.Event(), threading.Event()

    def work() -> None:
        gate.wait()
        done.set()

    waiting = asyncio.ensure_future(in_background(work))
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    gate.set()
    assert done.wait(10)
