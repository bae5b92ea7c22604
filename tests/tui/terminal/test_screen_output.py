"""What reaches the terminal: signs that its encoding has, and nothing after the end."""

from __future__ import annotations

import errno
import io
import sys
from pathlib import Path

import pytest
from textual.drivers._writer_thread import MAX_QUEUED_WRITES, WriterThread

from aep_tui.tui.terminal.screen_output import ScreenOutput, plain_text
from tests.tui.terminal.pty_process import user_environment
from tests.tui.terminal.terminal import Terminal
from tests.tui.terminal.test_first_paint import TAKEN_OVER


@pytest.mark.parametrize(
    ("text", "encoding", "shown"),
    [
        ("(•) é 日", "utf-8", "(•) é 日"),
        ("(•) é 日", "latin-1", "(*) é ??"),
        ("(•) é 日", "ascii", "(*) ? ??"),
        ("Step 1 of 8 · a…b", "ascii", "Step 1 of 8 - a~b"),
        ("e\u0301", "ascii", "e"),
        ("\x1b[1;2Hplain", "ascii", "\x1b[1;2Hplain"),
    ],
)
def test_a_sign_that_the_encoding_has_not_gives_way_to_one_of_the_same_width(
    text: str, encoding: str, shown: str
) -> None:
    assert plain_text(text, encoding) == shown


def test_nothing_is_written_after_the_end() -> None:
    file = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    output = ScreenOutput(file)
    assert not output.has_written
    output.write("one")
    output.close()
    output.write("two")
    output.flush()
    file.flush()
    assert output.has_written
    assert file.buffer.getvalue() == b"one"


class _Gone(io.RawIOBase):
    """A terminal that has hung up."""

    def writable(self) -> bool:
        """Say that it is one to write to."""
        return True

    def write(self, _data: object) -> int:
        """Refuse, as the kernel does."""
        raise OSError(errno.EIO, "gone")


def test_who_writes_to_a_terminal_that_is_gone_waits_for_nobody() -> None:
    output = ScreenOutput(io.TextIOWrapper(io.BufferedWriter(_Gone(), buffer_size=1), encoding="utf-8"))
    writer = WriterThread(output)  # type: ignore[arg-type]  # as the driver hands it over
    writer.start()
    for _number in range(MAX_QUEUED_WRITES - 1):
        writer.write("x" * 10_000)
    writer.stop()
    assert writer._queue.empty(), "nobody takes what the app writes, and it stands still when the queue is full"


@pytest.mark.parametrize("text", ["held back until it is flushed", "too long to be held back " * 1000])
def test_a_terminal_that_is_gone_is_no_error_whenever_it_is_noticed(text: str) -> None:
    output = ScreenOutput(io.TextIOWrapper(io.BufferedWriter(_Gone()), encoding="utf-8"))
    output.write(text)
    output.flush()
    assert output.has_written


@pytest.mark.parametrize("encoding", ["latin-1", "ascii"])
def test_the_wizard_is_readable_where_the_output_is_no_utf_8(encoding: str, tmp_path: Path) -> None:
    environment = user_environment(home=tmp_path, PYTHONIOENCODING=encoding)
    command = [sys.executable, "-m", "aep_tui", "--practice"]
    with Terminal(command, environment=environment, directory=Path.cwd()) as terminal:
        screen = terminal.wait_for_text("Where should the connection be created?")
        assert "(*)" in screen
        assert "\\u" not in screen
        early, _mouse, _app = terminal.raw_output.partition(TAKEN_OVER)
    assert b"Where should" not in early, "the first page has signs that this output lacks"
