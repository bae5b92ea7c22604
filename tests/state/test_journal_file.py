"""The journal's file: locked, closed, on the disk, and read line by line as it was meant."""

from __future__ import annotations

import fcntl
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from aep_tui.domain.problem import SettingsProblem
from aep_tui.state.journal import Journal, JournalReading
from tests.state.intents import CREATED, intent
from tests.state.test_journal import journal_path


def test_reading_and_writing_leave_no_file_open(home: Path) -> None:
    journal = Journal()
    journal.begin(intent("a"))
    before = os.listdir("/proc/self/fd")
    journal.finish("a", CREATED)
    assert len(journal.entries()) == 1
    assert os.listdir("/proc/self/fd") == before


def test_a_line_that_stands_there_twice_changes_nothing(home: Path) -> None:
    journal = Journal()
    journal.begin(intent("a"))
    path = journal_path(home)
    path.write_bytes(path.read_bytes() * 2)
    assert [entry.is_open for entry in journal.entries()] == [True]
    journal.finish("a", CREATED)
    path.write_bytes(path.read_bytes() + path.read_bytes())
    (entry,) = journal.entries()
    assert entry.outcome == CREATED
    assert not entry.is_concluded


def test_the_name_of_a_new_journal_is_on_the_disk_before_a_request_leaves(monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[bool] = []
    fsync = os.fsync

    def note(descriptor: int) -> None:
        synced.append(stat.S_ISDIR(os.fstat(descriptor).st_mode))
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", note)
    Journal().begin(intent("a"))
    assert set(synced) == {True, False}, "the directory and the file"


def test_what_is_said_of_an_intent_that_nobody_began_is_no_entry(home: Path) -> None:
    journal = Journal()
    journal.finish("unknown", CREATED)
    journal.conclude("unknown")
    assert journal.unfinished() == JournalReading()
    assert journal.entries() == ()


@pytest.fixture
def other_writer(home: Path) -> Iterator[int]:
    """Hold the lock of a journal with an intent in it, as another window does; returns its descriptor."""
    Journal().begin(intent("a"))
    descriptor = os.open(journal_path(home), os.O_RDONLY)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    yield descriptor
    os.close(descriptor)


def test_a_writer_waits_for_another_one_and_does_not_write_beside_it(
    home: Path, other_writer: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = journal_path(home).read_bytes()
    seen: list[bytes] = []

    def rest(_seconds: float) -> None:
        seen.append(journal_path(home).read_bytes())
        if len(seen) == 3:
            fcntl.flock(other_writer, fcntl.LOCK_UN)

    monkeypatch.setattr("time.sleep", rest)
    Journal().begin(intent("b"))
    assert seen == [before] * 3
    assert [one.id for one in Journal().open_intents()] == ["a", "b"]


def test_a_window_that_never_gives_the_journal_back_is_told_and_nothing_is_written(
    home: Path, other_writer: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = journal_path(home).read_bytes()
    waited: list[float] = []
    monkeypatch.setattr("time.sleep", waited.append)
    open_files = os.listdir("/proc/self/fd")
    with pytest.raises(SettingsProblem, match="for 5 seconds") as refusal:
        Journal().begin(intent("b"))
    assert refusal.value.title == "The journal is held by another window"
    assert sum(waited) == pytest.approx(5)
    assert "Nothing new is sent without it." in refusal.value.message
    assert "fg" in refusal.value.next_step
    assert journal_path(home).read_bytes() == before
    assert os.listdir("/proc/self/fd") == open_files


def test_a_reading_that_begins_amid_a_line_begins_with_the_next_one(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = Journal()
    sizes = [0]
    for name in ("a", "b", "c"):
        journal.begin(intent(name))
        sizes.append(journal_path(home).stat().st_size)
    monkeypatch.setattr("aep_tui.state.journal.LONGEST_READ", sizes[3] - sizes[1] + 5)
    reading = journal.unfinished()
    assert [one.id for one in reading.open_intents] == ["b", "c"]
    assert len(reading.notes) == 1
    assert "too long to be read whole" in reading.notes[0]


def test_half_a_character_in_a_name_stands_in_the_journal_as_an_escape(home: Path) -> None:
    journal = Journal()
    journal.begin(intent("a", name="x \ud800 é"))
    assert journal.open_intents() == (intent("a", name="x \ud800 é"),)
    assert journal_path(home).read_bytes().isascii()


def test_asking_makes_no_directory(home: Path) -> None:
    assert Journal().open_intents() == ()
    assert list(home.iterdir()) == []


def test_a_first_line_that_was_cut_off_leaves_nothing_behind(home: Path) -> None:
    journal = Journal()
    journal.begin(intent("a"))
    path = journal_path(home)
    path.write_bytes(path.read_bytes()[:-40])
    journal.begin(intent("b"))
    reading = journal.unfinished()
    assert [one.id for one in reading.open_intents] == ["b"]
    assert reading.notes == ()
