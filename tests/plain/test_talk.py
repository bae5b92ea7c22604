"""Lines in and out: corrections, keys that are no text, what is typed ahead, the end of the input."""

from __future__ import annotations

import io
import os
import signal
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aep_tui.plain.talk import Cancelled, GoBack, SeveralLines, Talk
from tests.kit.canary import CANARY
from tests.kit.examples import examples

pytestmark = pytest.mark.anyio


class Typed:
    """A talk whose keyboard is a pipe: what is typed ends with the input."""

    def __init__(self, content: bytes) -> None:
        self._reading, writing = os.pipe()
        os.write(writing, content)
        os.close(writing)
        self.output = io.StringIO()
        self.talk = Talk(self._reading, self.output)

    def close(self) -> None:
        os.close(self._reading)


@pytest.fixture
def typed() -> Iterator[list[Typed]]:
    made: list[Typed] = []
    yield made
    for each in made:
        each.close()


@pytest.mark.parametrize(
    ("content", "answer"),
    [
        (b"azure\n", "azure"),
        (b"  azure \r\n", "azure"),
        (b"azzure\x7f\x7f\x7f\x7fure\n", "azure"),
        (b"wrong\x15azure\n", "azure"),
        (b"\x7f\x7fazure\n", "azure"),
        (b"az\x1b[Aure\x1bOB\n", "azure"),
        (b"az\x00\x07ure\n", "azure"),
        ("größe 漢\x7f漢\n".encode(), "größe 漢"),
        (b"caf\xe9\n", "caf\ufffd"),
        (b"azure\x04\n", "azure"),
    ],
)
async def test_a_line_is_what_was_meant(typed: list[Typed], content: bytes, answer: str) -> None:
    one = Typed(content)
    typed.append(one)
    assert await one.talk.ask("Cloud:") == answer


async def test_a_secret_is_not_echoed_and_not_trimmed(typed: list[Typed]) -> None:
    one = Typed(f" {CANARY} \nazure\n".encode())
    typed.append(one)
    assert await one.talk.ask_secret("Client secret:") == f" {CANARY} "
    assert await one.talk.ask("Cloud:") == "azure"
    assert one.output.getvalue() == "Client secret: \nCloud: azure\n"


async def test_what_is_pasted_ahead_is_kept_for_the_next_question_and_shown_there_only(typed: list[Typed]) -> None:
    one = Typed(f"3MVG9acme\n{CANARY}\n".encode())
    typed.append(one)
    assert await one.talk.ask("Client ID:") == "3MVG9acme"
    assert CANARY not in one.output.getvalue()
    assert await one.talk.ask_secret("Client secret:") == CANARY
    assert CANARY not in one.output.getvalue()


class StoppedAmidPrompt(io.RawIOBase):
    """Takes what is written; the program is stopped and goes on while it hands over its first prompt."""

    def __init__(self) -> None:
        super().__init__()
        self.written = b""

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:  # noqa: ANN401 - as in the library
        is_first_prompt = not self.written
        self.written += bytes(data)
        if is_first_prompt:
            signal.raise_signal(signal.SIGCONT)
        return len(data)


async def test_who_goes_on_amid_a_prompt_is_asked_again() -> None:
    keyboard, terminal = os.openpty()
    try:
        raw = StoppedAmidPrompt()
        with Talk(terminal, io.TextIOWrapper(io.BufferedWriter(raw), encoding="utf-8")) as talk:
            os.write(keyboard, b"azure\n")
            assert await talk.ask("Cloud:") == "azure"
        assert raw.written == b"Cloud: Cloud: azure\n"
    finally:
        os.close(keyboard)
        os.close(terminal)


class Pasting(io.StringIO):
    """Takes what is written; as soon as it is a prompt, something is pasted."""

    def __init__(self, keyboard: int, content: bytes) -> None:
        super().__init__()
        self._keyboard = keyboard
        self._content = content

    def write(self, text: str) -> int:
        if text.endswith(": "):
            os.write(self._keyboard, self._content)
            self._content = b""
        return super().write(text)


@pytest.mark.parametrize(
    ("ahead", "pasted", "secret"),
    [
        (b"", f"{CANARY}\n".encode(), CANARY),
        (f"{CANARY}\n".encode(), b"azure\n", CANARY),
        (f"{CANARY}\n3MVG9acme\n".encode(), b"", CANARY),
        (b"", f"{CANARY}\r\n".encode(), CANARY),
        (b"", f"{CANARY}\n{CANARY}\n".encode(), None),
        (b"", f"{CANARY}\n{CANARY}".encode(), None),
        (b"", f"\n{CANARY}\n".encode(), None),
        (b"", f"quit\n{CANARY}\n".encode(), None),
        (CANARY[:4].encode(), f"{CANARY[4:]}\n{CANARY}\n".encode(), None),
    ],
)
async def test_several_lines_are_a_secret_only_when_they_were_typed_ahead(
    ahead: bytes, pasted: bytes, secret: str | None
) -> None:
    reading, writing = os.pipe()
    try:
        os.write(writing, ahead)
        output = Pasting(writing, pasted)
        talk = Talk(reading, output)
        if secret is None:
            with pytest.raises(SeveralLines):
                await talk.ask_secret("Client secret:")
            os.write(writing, b"azure\n")
            assert await talk.ask("Cloud:") == "azure"
        else:
            assert await talk.ask_secret("Client secret:") == secret
        assert CANARY not in output.getvalue()
    finally:
        os.close(reading)
        os.close(writing)


@pytest.mark.parametrize("content", [b"", b"\x04", b"quit\n", b" quit \n", b"half a line"])
async def test_the_end_cancels_and_takes_no_default(typed: list[Typed], content: bytes) -> None:
    for ask in (Talk.ask, Talk.ask_secret):
        one = Typed(content)
        typed.append(one)
        with pytest.raises(Cancelled):
            await ask(one.talk, "Cloud:")


async def test_a_less_than_sign_goes_back(typed: list[Typed]) -> None:
    for ask in (Talk.ask, Talk.ask_secret):
        one = Typed(b"<\n")
        typed.append(one)
        with pytest.raises(GoBack):
            await ask(one.talk, "Cloud:")


@settings(max_examples=examples(200))
@given(content=st.binary(max_size=200))
async def test_no_bytes_bring_a_control_character_to_the_terminal(content: bytes) -> None:
    one = Typed(content)
    try:
        while True:
            try:
                await one.talk.ask("Cloud:")
            except GoBack:
                continue
    except Cancelled:
        pass
    finally:
        one.close()
    written = one.output.getvalue().replace("\b \b", "")
    assert all(character.isprintable() or character in "\n\t" for character in written)


async def test_what_is_said_is_cleaned_of_control_characters(typed: list[Typed]) -> None:
    one = Typed(b"")
    typed.append(one)
    one.talk.say("first\x1b[2J\nsecond\x07 ")
    assert one.output.getvalue().startswith("first")
    assert "\x1b" not in one.output.getvalue()
    assert one.output.getvalue().splitlines()[-1] == "second\ufffd"


class Narrow(io.StringIO):
    """A terminal of 40 columns, whose size nobody can read but by the environment."""

    def isatty(self) -> bool:
        return True


def test_a_line_goes_on_under_its_own_beginning_and_a_command_stays_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    output = Narrow()
    talk = Talk(0, output)
    words = "one two three four five six seven eight nine ten"
    talk.say(f"12. {words}")
    talk.say(f"   {words}")
    assert output.getvalue() == (
        "12. one two three four five six seven\n    eight nine ten\n"
        "   one two three four five six seven\n   eight nine ten\n"
    )
    talk.show(words * 2)
    assert output.getvalue().endswith(f"{words * 2}\n")
