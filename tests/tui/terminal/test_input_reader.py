"""Keys and pastes come out of what terminals send, and nothing else; `python -m` this module fuzzes for longer."""

from __future__ import annotations

import random
import sys

import pytest
from textual import events
from textual.message import Message

from aep_tui.tui.terminal.input_reader import (
    BURST_DELAY,
    ESCAPE_DELAY,
    PASTE_DELAY,
    STRING_DELAY,
    BackgroundTold,
    Burst,
    InputReader,
    PasteCut,
    Unreadable,
)

SEQUENCES_IN_THE_SUITE = 4_000
SEQUENCES_IN_THE_FUZZ = 100_000
NO_KEYS = (
    b"\xe9",
    b"\x1b[97;1:3u",
    b"\x1b]11;rgb:0000/0000/0000\x1b\\",
    b"\x1b[1114112u",
    b"\x1bP>|XTerm(390)\x1b\\",
    b"\x1b_Gi=31;OK\x1b\\",
)
SEEDS = (
    *NO_KEYS,
    b"\x1b[200~\x1b[32mS3cretVal\nPart2\x1b[0m\x1b[201~",
    b"\x1b[<0;10;10M",
    b"\x1b[48;24;80;480;800t",
    b"\x1b[?2048;1$y",
    b"\x1b[?62;4c",
    b"\x1bOP\x1b[15~\x1b[1;2A",
    b"\x1b[55296;;55296u",
    b"\x1b[M !!",
    "é€𝄞".encode(),
)


class Hand:
    """Types into a reader, with a clock of its own."""

    def __init__(self) -> None:
        self.now = 0.0
        self.reader = InputReader(monotonic=lambda: self.now)

    def types(self, *reads: bytes, pause: float = 1.0) -> list[Message]:
        """Return what the reads mean, with `pause` seconds behind each."""
        found: list[Message] = []
        for read in reads:
            found += self.reader.feed(read)
            self.now += pause
            found += self.reader.tick()
        return found


def keys(messages: list[Message]) -> list[str]:
    assert all(isinstance(message, events.Key) for message in messages), messages
    return [message.key for message in messages if isinstance(message, events.Key)]


def typed(messages: list[Message]) -> str:
    """Return the text that would stand in a field."""
    text = ""
    for message in messages:
        if isinstance(message, events.Key) and message.is_printable:
            text += message.character or ""
        elif isinstance(message, events.Paste) and not isinstance(message, Burst):
            text += message.text
    return text


@pytest.mark.parametrize(
    ("data", "names"),
    [
        (b"a", ["a"]),
        (b"\x1b", ["escape"]),
        (b"\x1b[A", ["up"]),
        (b"\x1bOA", ["up"]),
        (b"\x1bOP", ["f1"]),
        (b"\x1b[[A", ["f1"]),
        (b"\x1b[15~", ["f5"]),
        (b"\x1b[Z", ["shift+tab"]),
        (b"\t", ["tab"]),
        (b"\r", ["enter"]),
        (b"\x7f", ["backspace"]),
        (b"\x11", ["ctrl+q"]),
        (b"\x1b[113;5u", ["ctrl+q"]),
        (b"\x1b[13u", ["enter"]),
        (b"\x1b[97;;97u", ["a"]),
        (b"\x1b[97;1:1u", ["a"]),
        (b"\x1b[97:65;1:2u", ["a"]),
        (b"\x1bx", ["alt+x"]),
        (b"\x1b\x1b[A", ["escape", "up"]),
    ],
)
def test_a_key_is_a_key(data: bytes, names: list[str]) -> None:
    assert keys(Hand().types(data)) == names


@pytest.mark.parametrize(
    "data",
    [
        b"\x1b[97;1:3u",
        b"\x1b[1;1:3B",
        b"\x1b[15;1:3~",
        b"\x1b[:u",
        b"\x1b[1114112u",
        b"\x1b]11;rgb:0000/0000/0000\x1b\\",
        b"\x1b]11;rgb:0000/0000/0000\x07",
        b"\x9d11;rgb\x9c",
        b"\x1bP>|XTerm(390)\x1b\\",
        b"\x1bP1+r544e=787465726d\x1b\\",
        b"\x1b_Gi=31;OK\x1b\\",
        b"\x1b[?62;4c",
        b"\x1b[>41;390;0c",
        b"\x1b[32m",
        b"\x1b[5;7R",
        b"\x1b[99",
        b"\x1b]52;c;aGVsbG8",
        b"\x1bP" + b"x" * 3000,
    ],
)
def test_what_is_no_key_types_nothing(data: bytes) -> None:
    assert typed(Hand().types(data)) == ""
    assert typed(Hand().types(data, pause=STRING_DELAY)) == ""
    assert typed(Hand().types(b"a", data, b"b", pause=STRING_DELAY)) == "ab"


@pytest.mark.parametrize("end", [b"\x07", b"\x1b\\", b"\x9c"])
@pytest.mark.parametrize(
    ("first", "second"),
    [(b"\x1b]11;rgb:ff", b"ff/ffff/ffff"), (b"\x1b]11;rgb:", b"FF/ff/ff"), (b"\x1b]11;rgb:f/f/f", b"")],
)
def test_the_second_half_of_a_background_is_never_typed_however_late_it_comes(
    first: bytes, second: bytes, end: bytes
) -> None:
    found = Hand().types(b"a", first, b"b", second + end, b"c", pause=STRING_DELAY)
    assert typed(found) == "abc"
    assert [message.brightness for message in found if isinstance(message, BackgroundTold)] == [pytest.approx(1.0)]


@pytest.mark.parametrize("cut", range(2, 11))
def test_the_second_half_of_what_is_said_of_a_mode_is_never_typed_however_late_it_comes(cut: int) -> None:
    answer = b"\x1b[?2026;2$y"
    found = Hand().types(b"a", answer[:cut], b"b", answer[cut:], b"c", b"2$y", pause=STRING_DELAY)
    assert typed(found) == "abc2$y"


def test_after_half_a_background_all_that_is_typed_arrives() -> None:
    hand = Hand()
    assert typed(hand.types(b"\x1b]11;rgb:ff", b"f", b"0/", b"ffx", b"x\x07", pause=STRING_DELAY)) == "f0/ffxx"
    assert typed(hand.types(b"\x1b]12;rgb:ff", b"f", b"0/", pause=STRING_DELAY)) == "f0/"


@pytest.mark.parametrize(
    ("data", "brightness"),
    [
        (b"\x1b]11;rgb:0000/0000/0000\x1b\\", 0.0),
        (b"\x1b]11;rgb:ffff/ffff/ffff\x07", 1.0),
        (b"\x1b]11;rgb:80/80/80\x1b\\", 0.502),
        (b"\x1b]11;rgba:1e1e/2020/3030/ffff\x1b\\", 0.13),
    ],
)
def test_the_terminal_tells_how_bright_its_background_is(data: bytes, brightness: float) -> None:
    (told,) = Hand().types(data)
    assert isinstance(told, BackgroundTold)
    assert told.brightness == pytest.approx(brightness, abs=0.01)
    assert Hand().types(b"\x1b]11;?\x1b\\", b"\x1b]11;rgb:zz/0/0\x07", b"\x1b]10;rgb:0/0/0\x07") == []


def test_an_accented_letter_in_latin_1_is_named_and_passed_over() -> None:
    found = Hand().types(b"caf\xe9s")
    assert typed(found) == "cafs"
    assert any(isinstance(message, Unreadable) for message in found)


def test_what_comes_in_pieces_is_put_together() -> None:
    hand = Hand()
    whole = "é\x1b[A\x1b]11;rgb:0\x1b\\\x1b[200~one\ntwo\x1b[201~z".encode()
    found = hand.types(*(bytes([byte]) for byte in whole), pause=0.001)
    assert [type(message).__name__ for message in found] == ["Key", "Key", "Paste", "Key"]
    assert typed(found) == "éone\ntwoz"


def test_escape_is_the_key_only_when_nothing_follows() -> None:
    hand = Hand()
    assert hand.types(b"\x1b", pause=ESCAPE_DELAY / 2) == []
    assert keys(hand.types(b"[A")) == ["up"]
    assert keys(hand.types(b"\x1b")) == ["escape"]


def test_a_paste_is_whole_and_one_whose_end_was_lost_ends() -> None:
    hand = Hand()
    (paste,) = hand.types(b"\x1b[200~one\x1b[32m\ntwo\x00\x1b[201~")
    assert isinstance(paste, events.Paste)
    assert paste.text == "one\x1b[32m\ntwo"
    assert hand.types(b"\x1b[200~lost", pause=PASTE_DELAY / 2) == []
    (lost,) = hand.types(b" and found", pause=PASTE_DELAY)
    assert isinstance(lost, events.Paste)
    assert lost.text == "lost and found"
    assert keys(hand.types(b"a")) == ["a"]


def test_a_paste_that_was_cut_is_left_out_with_its_end_and_the_next_one_is_whole() -> None:
    hand = Hand()
    assert hand.types(b"\x1b[200~one", pause=PASTE_DELAY / 2) == []
    hand.now += PASTE_DELAY
    hand.reader.cut()
    assert hand.types(b"\rtwo", pause=PASTE_DELAY / 2) == []
    (cut,) = hand.types(b"three\x1b[201~")
    assert isinstance(cut, PasteCut)
    hand.reader.cut()
    (paste,) = hand.types(b"\x1b[200~four\x1b[201~")
    assert isinstance(paste, events.Paste)
    assert paste.text == "four"
    assert hand.types(b"\x1b[200~five", pause=PASTE_DELAY / 2) == []
    hand.reader.cut()
    (cut,) = hand.reader.tick(hand.now + PASTE_DELAY)
    assert isinstance(cut, PasteCut)


@pytest.mark.parametrize(
    "reads",
    [
        (b"one\rtwo\r",),
        (b"one\r" + b"x" * 65,),
        (b"\r\r",),
        (b"one\r\ntwo",),
        (b"one\rtwo\rthr", b"ee\rfour", b"\r"),
        (b"one\x1b[13utwo\x1b[13u",),
    ],
)
def test_several_lines_at_once_are_no_typing(reads: tuple[bytes, ...]) -> None:
    found = Hand().types(*reads, pause=BURST_DELAY / 3)
    assert typed(found) == ""
    assert not found or isinstance(found[0], Burst)


def test_a_burst_comes_as_one_when_it_has_ended() -> None:
    hand = Hand()
    assert hand.types(b"one\rtwo\r", b"three", pause=BURST_DELAY / 3) == []
    hand.now += BURST_DELAY
    (burst,) = hand.reader.tick()
    assert isinstance(burst, Burst)
    assert burst.text == "one\ntwo\nthree"


@pytest.mark.parametrize("data", [b"one\ttwo\tthree\t", b"one\rtwo", b"x" * 64, b"one\r" + b"x" * 64])
def test_one_line_end_in_a_read_is_typing(data: bytes) -> None:
    assert keys(Hand().types(data))


def test_more_characters_than_anybody_types_are_one_paste_in_its_place_among_the_keys() -> None:
    found = Hand().types(b"ab\t" + b"x" * 65 + b"\tcd")
    assert [each.key if isinstance(each, events.Key) else each for each in found[:3]] == ["a", "b", "tab"]
    assert isinstance(found[3], events.Paste)
    assert not isinstance(found[3], Burst)
    assert found[3].text == "x" * 65
    assert keys(found[4:]) == ["tab", "c", "d"]


def test_the_key_that_leaves_is_heard_amid_a_burst() -> None:
    assert keys(Hand().reader.feed(b"one\rtwo\r\x11")) == ["ctrl+q"]


def fuzz(count: int, seed: int) -> None:
    """Send `count` random and mutated sequences in random pieces; what follows each is still read as it is."""
    chance = random.Random(seed)
    hand = Hand()
    for number in range(count):
        data = bytearray(chance.choice(SEEDS) * chance.randrange(1, 3))
        for _mutation in range(chance.randrange(6)):
            place = chance.randrange(len(data) + 1)
            match chance.randrange(3):
                case 0:
                    data[place:place] = bytes(chance.randrange(256) for _byte in range(chance.randrange(1, 6)))
                case 1:
                    del data[place : place + chance.randrange(1, 5)]
                case _:
                    data[place:place] = chance.choice((b"\x1b", b"\x1b[", b"\x1b]", b";", b":", b"999999999999", b"u"))
        cut = chance.randrange(len(data) + 1)
        found = hand.types(bytes(data[:cut]), bytes(data[cut:]), pause=chance.choice((0.0, 0.01, 0.2)))
        for message in found:
            if isinstance(message, events.Key):
                assert message.character is None or message.character.encode(), (number, bytes(data))
        hand.now += PASTE_DELAY
        hand.reader.tick()
        assert typed(hand.types(b"a")) == "a", (number, bytes(data))


def test_no_bytes_break_the_reader() -> None:
    fuzz(SEQUENCES_IN_THE_SUITE, seed=1)


if __name__ == "__main__":
    fuzz(SEQUENCES_IN_THE_FUZZ, seed=int(sys.argv[1]) if len(sys.argv) > 1 else 1)
