from __future__ import annotations

import errno
import json
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import aep_tui
from aep_tui.domain.intent import IntentJournal, IntentOutcome, OutcomeKind
from aep_tui.domain.problem import SettingsProblem
from aep_tui.state.journal import LONGEST_READ, Journal, JournalReading
from aep_tui.state.paths import state_directory
from aep_tui.state.unfinished import find_unfinished
from tests.kit.canary import CANARY
from tests.kit.examples import examples
from tests.state.intents import CREATED, intent

ROOT = str(Path(aep_tui.__path__[0]).parent)


def journal_path(home: Path) -> Path:
    return home / "state" / "aep-tui" / "journal.jsonl"


def test_it_is_the_journal_that_the_create_writes_to() -> None:
    journal: IntentJournal = Journal()
    journal.begin(intent("a"))


@pytest.mark.parametrize("known", [None, (), ("c-0", "c-1")])
def test_an_intent_comes_back_as_it_went_in_and_stays_open_until_its_outcome(known: tuple[str, ...] | None) -> None:
    wanted = intent("a", known_connection_ids=known)
    Journal().begin(wanted)
    assert Journal().open_intents() == (wanted,)
    Journal().finish("a", CREATED)
    assert Journal().open_intents() == ()
    [entry] = Journal().entries()
    assert (entry.intent, entry.outcome, entry.is_concluded) == (wanted, CREATED, False)


def test_an_intent_of_which_nobody_can_tell_stays_open_until_it_is_settled_or_concluded() -> None:
    journal = Journal()
    journal.begin(intent("a"))
    journal.begin(intent("b"))
    for name in "ab":
        journal.finish(name, IntentOutcome(OutcomeKind.CANNOT_TELL))
    assert [one.id for one in journal.open_intents()] == ["a", "b"]
    journal.finish("a", IntentOutcome(OutcomeKind.NOT_CREATED))
    journal.conclude("b")
    assert journal.open_intents() == ()


def test_a_created_connection_is_offered_for_watching_until_the_person_has_seen_its_end() -> None:
    journal = Journal()
    journal.begin(intent("a"))
    journal.finish("a", CREATED)
    assert [entry.outcome for entry in journal.unfinished().unconcluded_connections] == [CREATED]
    assert journal.unfinished().open_intents == ()
    journal.conclude("a")
    assert journal.unfinished() == JournalReading()


def test_no_file_means_no_intents_and_asking_makes_none(home: Path) -> None:
    assert Journal().entries() == ()
    assert not journal_path(home).exists()


def test_the_file_is_private(home: Path) -> None:
    Journal().begin(intent("a"))
    assert stat.S_IMODE(journal_path(home).stat().st_mode) == 0o600


def test_each_line_is_on_the_disk_before_the_call_returns(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    seen: list[int] = []
    fsync = os.fsync

    def counting(descriptor: int) -> None:
        fsync(descriptor)
        seen.append(journal_path(home).stat().st_size)

    monkeypatch.setattr("os.fsync", counting)
    Journal().begin(intent("a"))
    assert seen[-1] == journal_path(home).stat().st_size > 0


def test_a_disk_that_takes_nothing_is_told_before_anything_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    journal = Journal()

    def full(descriptor: int, content: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.write", full)
    with pytest.raises(SettingsProblem, match="No space left") as refusal:
        journal.begin(intent("a"))
    assert "nothing is sent" in refusal.value.next_step


@pytest.mark.parametrize("cut", range(1, 40, 3))
def test_a_line_that_was_cut_off_is_passed_over_and_does_not_swallow_the_next_one(home: Path, cut: int) -> None:
    journal = Journal()
    journal.begin(intent("a"))
    journal.begin(intent("b"))
    path = journal_path(home)
    path.write_bytes(path.read_bytes()[:-cut])
    complete = {1: ["a", "b"]}.get(cut, ["a"])
    assert [one.id for one in journal.open_intents()] == complete
    assert journal.unfinished().notes == ()
    journal.begin(intent("c"))
    journal.finish("a", CREATED)
    assert [one.id for one in journal.open_intents()] == [*complete[1:], "c"]
    assert journal.unfinished().notes == ()


def test_a_secret_in_an_explanation_does_not_reach_the_file(home: Path) -> None:
    journal = Journal()
    journal.begin(intent("a"))
    journal.finish("a", IntentOutcome(OutcomeKind.NOT_CREATED, "", f'the server said {{"password": "{CANARY}"}}'))
    assert CANARY not in journal_path(home).read_text()
    [entry] = journal.entries()
    assert entry.outcome is not None
    assert "the server said" in entry.outcome.explanation


def test_what_may_look_like_a_create_is_of_its_place_and_also_what_a_person_has_forgotten() -> None:
    journal = Journal()
    for each in (intent("forgotten"), intent("made"), intent("elsewhere", sandbox_name="prod")):
        journal.begin(each)
    journal.conclude("forgotten")
    journal.finish("made", CREATED)
    others = journal.others_like(intent("mine"))
    assert (others.taken_ids, [each.id for each in others.unclear]) == (frozenset({"c-1"}), ["forgotten"])


def test_a_long_journal_is_read_to_its_beginning(home: Path) -> None:
    journal = Journal()
    journal.begin(intent("old"))
    begin = journal_path(home).read_bytes()
    with journal_path(home).open("ab") as stream:
        for number in range(3000):
            stream.write(begin.replace(b'"id": "old"', f'"id": "{number}"'.encode()))
            stream.write(f'{{"event": "finish", "id": "{number}", "kind": "not-created", '.encode())
            stream.write(b'"connection_id": "", "explanation": ""}\n')
    assert journal_path(home).stat().st_size > 1_800_000
    journal.begin(intent("new"))
    assert [one.id for one in journal.open_intents()] == ["old", "new"]
    assert journal.unfinished().notes == ()
    assert len(journal.others_like(intent("another")).unclear) == 2


def test_of_a_journal_of_gigabytes_the_end_is_read_and_the_rest_is_told(home: Path) -> None:
    journal = Journal()
    journal.begin(intent("old"))
    os.truncate(journal_path(home), 3 * LONGEST_READ)
    journal.begin(intent("new"))
    reading = journal.unfinished()
    assert [one.id for one in reading.open_intents] == ["new"]
    assert any("too long to be read whole" in note for note in reading.notes)
    assert all(str(journal_path(home)) in note for note in reading.notes)


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: b"\0" * len(content),
        lambda content: bytes(byte ^ 0x55 for byte in content),
        lambda content: content.replace(b'"started_at": "2026', b'"started_at": "2o26'),
        lambda content: content.replace(b'{"event": "begin"', b'{"event": "begim"'),
        lambda content: content.replace(b'"known_connection_ids": ["c-0"]', b'"known_connection_ids": "c-0"'),
        lambda content: content.replace(b'["c-0"]', b"[0]"),
        lambda content: content[:-1] + b"\x00" + b"\n",
        lambda content: b"null\n",
    ],
)
def test_a_damaged_line_is_told_and_the_other_intents_are_found(home: Path, damage: Callable[[bytes], bytes]) -> None:
    journal = Journal()
    journal.begin(intent("a"))
    content = journal_path(home).read_bytes()
    assert damage(content) != content
    journal_path(home).write_bytes(damage(content))
    journal.begin(intent("b"))
    unfinished = find_unfinished()
    assert [one.id for one in unfinished.open_intents] == ["b"]
    assert len(unfinished.notes) == 1
    assert "cannot be read, and a create or a change may stand in" in unfinished.notes[0]


def test_the_damaged_lines_are_counted(home: Path) -> None:
    Journal().begin(intent("a"))
    journal_path(home).write_bytes(b'{"event": "finish", "id": "a", "kind": "maybe"}\n' * 3)
    [note] = Journal().unfinished().notes
    assert note.startswith("3 lines of the journal")


def test_a_read_only_file_system_hides_no_open_create(monkeypatch: pytest.MonkeyPatch) -> None:
    Journal().begin(intent("a"))
    open_file = os.open

    def read_only(path: str, flags: int, *rest: int, **named: int) -> int:
        if flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            raise OSError(errno.EROFS, os.strerror(errno.EROFS))
        return open_file(path, flags, *rest, **named)

    monkeypatch.setattr("os.open", read_only)
    assert [one.id for one in find_unfinished().open_intents] == ["a"]
    with pytest.raises(SettingsProblem, match="Read-only") as refusal:
        Journal().begin(intent("b"))
    assert "XDG_STATE_HOME" in refusal.value.next_step


def test_a_begin_that_does_not_reach_the_disk_leaves_nothing_to_speak_of(monkeypatch: pytest.MonkeyPatch) -> None:
    journal = Journal()
    journal.begin(intent("a"))

    def failing(descriptor: int) -> None:
        if stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(errno.EIO, os.strerror(errno.EIO))

    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", failing)
        with pytest.raises(SettingsProblem, match="Input/output error"):
            journal.begin(intent("never sent"))
    assert [one.id for one in journal.open_intents()] == ["a"]
    journal.begin(intent("b"))
    assert [one.id for one in journal.open_intents()] == ["a", "b"]
    assert journal.unfinished().notes == ()


def test_a_disk_that_fills_up_in_the_middle_of_a_line_leaves_nothing_of_it(
    monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    journal = Journal()
    journal.begin(intent("a"))
    before, write = journal_path(home).read_bytes(), os.write

    def filling_up(descriptor: int, content: bytes) -> int:
        if len(content) < 100:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return write(descriptor, content[:100])

    monkeypatch.setattr("os.write", filling_up)
    with pytest.raises(SettingsProblem, match="No space left"):
        journal.begin(intent("b"))
    assert journal_path(home).read_bytes() == before


def test_a_disk_that_is_full_after_a_crash_leaves_nothing_that_cannot_be_read(
    monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    journal = Journal()
    journal.begin(intent("a"))
    whole = journal_path(home).read_bytes()
    journal.begin(intent("b"))
    cut_off = journal_path(home).read_bytes()[:-40]
    journal_path(home).write_bytes(cut_off)

    def full(_descriptor: int, _content: bytes) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as disk:
        disk.setattr("os.write", full)
        with pytest.raises(SettingsProblem, match="No space left"):
            journal.begin(intent("c"))
    assert journal_path(home).read_bytes() == whole
    journal.begin(intent("d"))
    assert [one.id for one in journal.open_intents()] == ["a", "d"]
    assert journal.unfinished().notes == ()


def test_a_place_that_cannot_lock_is_told_as_that(monkeypatch: pytest.MonkeyPatch) -> None:
    def without_locks(_descriptor: int, _operation: int) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr("fcntl.flock", without_locks)
    with pytest.raises(SettingsProblem, match="cannot be locked: No locks available") as refusal:
        Journal().begin(intent("a"))
    assert "XDG_STATE_HOME" in refusal.value.next_step


def test_a_journal_behind_a_symbolic_link_is_refused(home: Path, tmp_path: Path) -> None:
    journal = Journal()
    state_directory()
    journal_path(home).symlink_to(tmp_path / "elsewhere")
    for work in (lambda: journal.begin(intent("a")), journal.entries):
        with pytest.raises(SettingsProblem, match="symbolic link"):
            work()
    assert not (tmp_path / "elsewhere").exists()


@settings(max_examples=examples(150))
@given(
    st.lists(
        st.binary(max_size=40)
        | st.sampled_from(
            [
                b'{"event": "begin", "intent": 5}',
                b'{"event": "begin", "intent": {"id": "x"}}',
                b'{"event": "finish", "id": ["good"], "kind": []}',
                b'{"event": "finish", "id": "good", "kind": "created", "connection_id": 5}',
                b'{"event": "conclude", "id": null}',
                b"[" * 2000,
                b"null",
            ]
        ),
        max_size=5,
    )
)
def test_no_line_of_rubbish_hides_a_good_one(home: Path, rubbish: list[bytes]) -> None:
    path = journal_path(home)
    state_directory()
    path.unlink(missing_ok=True)
    journal = Journal()
    path.touch(0o600)
    path.write_bytes(b"".join(line + b"\n" for line in rubbish))
    journal.begin(intent("good"))
    with path.open("ab") as stream:
        stream.write(b"".join(b"\n" + line for line in rubbish))
    assert [one.id for one in journal.open_intents()] == ["good"]


def test_writers_side_by_side_lose_no_line(home: Path) -> None:
    program = (
        "import sys\n"
        "from tests.state.intents import intent\n"
        "from aep_tui.state.journal import Journal\n"
        "print('ready', flush=True)\n"
        "sys.stdin.read()\n"
        "for number in range(20): Journal().begin(intent(f'{sys.argv[1]}-{number}'))\n"
    )
    waiting, go = os.pipe()
    environment = os.environ | {"PYTHONPATH": ROOT}
    one, two = (
        subprocess.Popen([sys.executable, "-c", program, name], stdin=waiting, stdout=subprocess.PIPE, env=environment)
        for name in "ab"
    )
    os.close(waiting)
    with one, two:
        assert one.stdout is not None
        assert two.stdout is not None
        assert one.stdout.readline() == two.stdout.readline() == b"ready\n"
        os.close(go)
    assert (one.returncode, two.returncode) == (0, 0)
    assert {each.id for each in Journal().open_intents()} == {
        f"{name}-{number}" for name in "ab" for number in range(20)
    }


def test_a_process_that_is_killed_after_begin_leaves_an_open_intent() -> None:
    program = (
        "import os, signal\n"
        "from tests.state.intents import intent\n"
        "from aep_tui.state.journal import Journal\n"
        "Journal().begin(intent('killed')); os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], env=os.environ | {"PYTHONPATH": ROOT}, check=False)
    assert done.returncode == -signal.SIGKILL
    assert [one.id for one in Journal().open_intents()] == ["killed"]


def test_the_digests_of_what_was_sent_come_back_and_an_older_line_proves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    wanted = intent("i-1", knows_all_before=True, sent_digests=(("description", "a" * 64), ("params.host", "b" * 64)))
    Journal(path).begin(wanted)
    assert Journal(path).open_intents() == (wanted,)
    record = json.loads(path.read_text())
    del record["intent"]["knows_all_before"], record["intent"]["sent_digests"]
    path.write_text(json.dumps(record) + "\n")
    (older,) = Journal(path).open_intents()
    assert (older.knows_all_before, older.sent_digests) == (False, ())


@pytest.mark.parametrize("digests", [None, "x", {"a": "b"}, [["a"]], [["a", 1]], ["ab"], [["a", "b", "c"]]])
def test_digests_that_cannot_be_read_leave_the_intent_without_proof(tmp_path: Path, digests: object) -> None:
    path = tmp_path / "journal.jsonl"
    Journal(path).begin(intent("i-1"))
    record = json.loads(path.read_text())
    record["intent"]["sent_digests"] = digests
    path.write_text(json.dumps(record) + "\n")
    (read,) = Journal(path).open_intents()
    assert read.sent_digests == ()
