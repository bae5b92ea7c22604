from __future__ import annotations

from tests.tui.terminal.screen import Screen


def test_the_alternate_page_hides_the_main_page_and_gives_it_back() -> None:
    screen = Screen(20, 3)
    screen.feed(b"$ start\r\n\x1b[?1049h\x1b[H\x1b[1mInside\x1b[0m")
    assert screen.is_alternate
    assert screen.text() == "Inside\n\n"
    screen.feed(b"\x1b[?1049ldone")
    assert screen.text() == "$ start\ndone\n"


def test_an_update_is_shown_when_it_is_complete() -> None:
    screen = Screen(20, 2)
    screen.feed(b"\x1b[?2026hhalf")
    assert screen.is_updating
    screen.feed(b" whole\x1b[?2026l")
    assert not screen.is_updating
    assert screen.text() == "half whole\n"


def test_sequences_and_characters_may_be_cut_anywhere() -> None:
    screen = Screen(20, 2)
    for byte in "\x1b[>25u\x1b[2;3H• é\x1b[?2026$p\x1b]0;title\x07!".encode():
        screen.feed(bytes([byte]))
    assert screen.text() == "\n  • é!"


def test_the_cursor_is_counted_from_one() -> None:
    screen = Screen(20, 5)
    screen.feed(b"\x1b[3;7H")
    assert screen.cursor == (3, 7)
