from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from aep_tui.domain.problem import SettingsProblem
from aep_tui.state.text_file import decoded, read_text_file


def test_a_pipe_without_a_writer_is_told_and_does_not_hang_the_start(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(SettingsProblem, match="nobody has written to it"):
        read_text_file(pipe, may_be_pipe=True, seconds_for_a_pipe=0.01)


def test_what_comes_through_a_pipe_in_pieces_is_read_to_its_end(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)

    def write() -> None:
        with pipe.open("w", encoding="utf-8") as stream:
            for piece in ("first\n", "second\n"):
                stream.write(piece)
                stream.flush()

    writer = threading.Thread(target=write)
    writer.start()
    assert read_text_file(pipe, may_be_pipe=True).text == "first\nsecond\n"
    writer.join()


def test_a_pipe_is_no_file_where_none_is_expected(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(SettingsProblem, match="not a file"):
        read_text_file(pipe)


def test_a_file_that_was_read_or_refused_is_closed(tmp_path: Path) -> None:
    good, binary = tmp_path / "good", tmp_path / "binary"
    good.write_text("AEP_ORG_ID=x\n")
    binary.write_bytes(b"\xff\xfe\x00\xd8")
    before = os.listdir("/proc/self/fd")
    assert read_text_file(good).text == "AEP_ORG_ID=x\n"
    for refused in (binary, tmp_path):
        with pytest.raises(SettingsProblem):
            read_text_file(refused)
    assert os.listdir("/proc/self/fd") == before


def test_why_a_file_cannot_be_read_is_told_in_the_words_of_the_system(tmp_path: Path) -> None:
    with pytest.raises(SettingsProblem, match=r"No such file or directory\.$"):
        read_text_file(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("abcdeabcdą".encode("utf-16-le"), "abcdeabcdą"),
        ("abcdeabcdą".encode("utf-16-be"), "abcdeabcdą"),
        ("abcdą".encode("utf-16-le"), None),
        ("abcdeą".encode("utf-16-le"), None),
        ("ab".encode("utf-16-le"), "ab"),
        (b"a\0", None),
        ("ab".encode("utf-16"), "ab"),
        (b"\xff\xfea", None),
        (b"caf\xe9", None),
        (b"a\r\nb\rc\n", "a\nb\nc\n"),
        (b"\xef\xbb\xbfa", "a"),
    ],
)
def test_a_text_is_recognised_by_its_mark_or_by_its_plain_letters(content: bytes, text: str | None) -> None:
    assert decoded(content) == text


def test_of_what_comes_through_a_pipe_nothing_is_cut_in_silence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = os.read
    monkeypatch.setattr("aep_tui.state.text_file.LARGEST_FILE", 10)
    monkeypatch.setattr("os.read", lambda descriptor, _size: read(descriptor, 5))
    for count, is_taken in ((10, True), (11, False), (15, False)):
        pipe = tmp_path / f"pipe-{count}"
        os.mkfifo(pipe)
        writer = threading.Thread(target=pipe.write_text, args=("x" * count,))
        writer.start()
        if is_taken:
            assert read_text_file(pipe, may_be_pipe=True).text == "x" * count
        else:
            with pytest.raises(SettingsProblem, match="longer than a file"):
                read_text_file(pipe, may_be_pipe=True)
        writer.join()
