"""Plan and record of a migration on the disk: written before more is done, read back whole, and nobody else's."""

from __future__ import annotations

import errno
import json
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from aep_tui.domain.change_intent import ChangeIntent, ChangeKind
from aep_tui.domain.intent import Intent
from aep_tui.domain.migration_plan import Road
from aep_tui.domain.migration_record import Entry, RecordedStep, RowRecord, Stage
from aep_tui.domain.problem import SettingsProblem
from aep_tui.domain.secrets import Secrets
from aep_tui.state import migration_files
from aep_tui.state.migration_files import open_record, read_plan_text, read_record, record_path, write_plan_text
from tests.kit.canary import CANARY

AT = datetime(2026, 11, 28, 12, tzinfo=UTC)
PLACE = ("https://p", "o@AdobeOrg", "dev")
PROOF = (("name", "1" * 64),)
INTENT = Intent("i-1", AT, *PLACE, "key", "s", "m", "spec", "ACME", "0" * 64, AT, "OAuth2", ("a", "b"), False, PROOF)
CHANGE = ChangeIntent("c-1", AT, *PLACE, "old-1", ChangeKind.CHANGE, "ACME", '"1"', PROOF, ("clientSecret",), True, AT)
MADE = Entry(RecordedStep.MADE, AT, "old-1", new_id="new-1")


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    folder = tmp_path / "migration"
    folder.mkdir()
    return folder / "plan.toml"


def added(plan: Path, *entries: Entry, secrets: Secrets | None = None) -> None:
    with open_record(plan, secrets or Secrets()) as record:
        for entry in entries:
            record.add(entry)


@contextmanager
def refused(words: str) -> Iterator[None]:
    with pytest.raises(SettingsProblem) as raised:
        yield
    assert words in raised.value.message
    assert raised.value.next_step


# --- the plan ---------------------------------------------------------------------------------------------------------


def test_a_plan_is_written_for_the_person_alone_and_read_back(plan: Path) -> None:
    write_plan_text(plan, "format = 1\n# ä\n")
    assert read_plan_text(plan) == "format = 1\n# ä\n"
    assert plan.stat().st_mode & 0o777 == 0o600
    assert list(plan.parent.iterdir()) == [plan], "no temporary file stays behind"


def test_a_plan_that_is_there_stays(plan: Path) -> None:
    plan.write_text("the first one")
    with refused("There is a file of this name already"):
        write_plan_text(plan, "another")
    assert plan.read_text() == "the first one"
    assert list(plan.parent.iterdir()) == [plan]


@pytest.mark.parametrize("name", [".", "/", "a\0b"])
def test_what_names_no_file_is_refused_and_breaks_nothing(name: str) -> None:
    with pytest.raises(SettingsProblem, match="no usable name"):
        write_plan_text(Path(name), "x")
    with pytest.raises(SettingsProblem, match="no usable name"):
        read_record(Path(name), Secrets())


def test_a_plan_is_not_written_beside_the_record_of_an_earlier_one(plan: Path) -> None:
    """The run of the new plan would take what that record says for its own."""
    record_path(plan).symlink_to("nowhere")
    with refused("plan.toml.record cannot be used: It is the record of an earlier plan"):
        write_plan_text(plan, "format = 1")
    assert not plan.exists()


def test_a_plan_that_the_disk_does_not_take_is_not_half_there(plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with refused("No space left on device"):
        write_plan_text(plan, "format = 1")
    assert list(plan.parent.iterdir()) == []


def test_a_plan_is_on_the_disk_before_it_has_its_name(plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    sync, link = os.fsync, os.link

    def synced(descriptor: int) -> None:
        done.append(f"fsync of {os.fstat(descriptor).st_size if not os.path.exists(plan) else 'the directory'}")
        sync(descriptor)

    def linked(source: Path, target: Path) -> None:
        done.append("link")
        link(source, target)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(os, "link", linked)
    write_plan_text(plan, "format = 1")
    assert done == ["fsync of 10", "link", "fsync of the directory"]


def test_what_is_no_plan_is_refused_with_the_reason(plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with refused("plan.toml cannot be used: No such file or directory"):
        read_plan_text(plan)
    with refused("It has no usable name"):
        read_plan_text(Path("a\0b"))
    with refused("Is a directory"):
        read_plan_text(plan.parent)
    os.mkfifo(plan)
    with refused("no text of the size"):
        read_plan_text(plan)
    plan.unlink()
    plan.write_bytes(b"\xff\xfe\xfd")
    with refused("no text of the size"):
        read_plan_text(plan)
    monkeypatch.setattr(migration_files, "LARGEST_PLAN", 6)
    plan.write_text("format")
    assert read_plan_text(plan) == "format"
    plan.write_text("format ")
    with refused("no text of the size"):
        read_plan_text(plan)


# --- the record -------------------------------------------------------------------------------------------------------

EVERY_KIND = (
    Entry(RecordedStep.PLAN, AT, digest="abc"),
    Entry(RecordedStep.ROAD, AT, road=Road.IN_PLACE),
    Entry(RecordedStep.SENDING, AT, "old-1", Road.BESIDE, intent=INTENT),
    Entry(RecordedStep.SENDING, AT, "old-2", Road.IN_PLACE, change=CHANGE, parameters=(("username", "somebody"),)),
    Entry(RecordedStep.MADE, AT, "old-1", new_id="new-1", etag='"2"', request_id="r-1"),
    Entry(RecordedStep.ENABLED, AT, "old-1", etag='"3"', parameters=(("apiVersion", "60.0"),)),
    Entry(RecordedStep.TESTED, AT, "old-1", passed=False, words="The source says no."),
    Entry(RecordedStep.TESTED, AT, "old-1", passed=True),
    Entry(RecordedStep.EXPLORED, AT, "old-1", tables=0, table="Account", columns=5),
    Entry(RecordedStep.DONE, AT, "old-1"),
)


def test_what_is_added_is_read_back(plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[Entry] = []
    monkeypatch.setattr(migration_files, "read_together", lambda entries, unreadable: read.extend(entries))
    added(plan, *EVERY_KIND)
    read_record(plan, Secrets())
    assert tuple(read) == EVERY_KIND


def test_what_was_done_is_known_by_the_next_run(plan: Path) -> None:
    assert read_record(plan, Secrets()).rows == {}, "no record: nothing was done"
    added(plan, *EVERY_KIND)
    known = read_record(plan, Secrets())
    assert (known.digest, known.road, known.unreadable) == ("abc", Road.IN_PLACE, 0)
    assert (known.of("old-1").stage, known.of("old-1").new_id, known.of("old-1").test) == (Stage.DONE, "new-1", True)
    assert known.of("old-2").change == CHANGE
    assert known.of("old-2").is_unknown
    with open_record(plan, Secrets()) as record:
        assert record.read() == known
        assert record.read() == known, "reading moves nothing"


def test_an_entry_is_on_the_disk_when_adding_it_returns(plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[bytes] = []
    with open_record(plan, Secrets()) as record:
        monkeypatch.setattr(os, "fsync", lambda _descriptor: synced.append(record_path(plan).read_bytes()))
        record.add(MADE)
        assert len(synced) == 1
        assert b'"new-1"' in synced[0]
        assert synced[0].endswith(b"\n")


def test_the_name_of_a_new_record_is_on_the_disk_before_a_request_leaves(
    plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[bool] = []
    monkeypatch.setattr(os, "fsync", lambda descriptor: synced.append(stat.S_ISDIR(os.fstat(descriptor).st_mode)))
    open_record(plan, Secrets()).close()
    assert synced == [True], "the directory"


def test_the_record_is_the_persons_alone(plan: Path) -> None:
    added(plan, MADE)
    path = record_path(plan)
    assert path.name == "plan.toml.record"
    assert path.stat().st_mode & 0o777 == 0o600
    for mode in (0o620, 0o602):
        path.chmod(mode)
        for use in (open_record, read_record):
            with refused("It is no file of yours alone"):
                use(plan, Secrets())
    path.chmod(0o755)
    assert read_record(plan, Secrets()).of("old-1").new_id == "new-1", "others may read it: no secret is in it"


def test_a_record_of_somebody_else_is_refused(plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    added(plan, MADE)
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    with refused("It is no file of yours alone"):
        read_record(plan, Secrets())


def test_a_record_that_is_no_file_is_refused(plan: Path) -> None:
    path = record_path(plan)
    path.symlink_to(plan.parent / "elsewhere")
    for use in (open_record, read_record):
        with refused("Too many levels of symbolic links"):
            use(plan, Secrets())
    path.unlink()
    os.mkfifo(path, 0o600)
    for use in (open_record, read_record):
        with refused("cannot be used"):
            use(plan, Secrets())


def test_two_runs_do_not_work_on_one_plan(plan: Path) -> None:
    with open_record(plan, Secrets()) as record:
        with refused("Another run of this plan is working"):
            open_record(plan, Secrets())
        assert read_record(plan, Secrets()).rows == {}, "looking is free"
        record.add(MADE)
        record.close()
        record.close()
        added(plan, MADE)


def test_a_refused_lock_leaves_no_file_open(plan: Path) -> None:
    with open_record(plan, Secrets()):
        before = sorted(os.listdir("/proc/self/fd"))
        with pytest.raises(SettingsProblem):
            open_record(plan, Secrets())
        assert sorted(os.listdir("/proc/self/fd")) == before


def test_no_secret_comes_into_the_record(plan: Path) -> None:
    secrets = Secrets()
    secrets.hold(CANARY, "clientSecret")
    added(plan, Entry(RecordedStep.STOPPED, AT, "old-1", words=f"The source says {CANARY} is wrong."), secrets=secrets)
    assert CANARY not in record_path(plan).read_text()
    assert "is wrong" in read_record(plan, secrets).of("old-1").stopped


@pytest.mark.parametrize("length", [1, 10, 4_095, 4_096, 4_097, 9_000])
def test_a_line_that_was_cut_off_is_taken_away_and_no_more_than_it(plan: Path, length: int) -> None:
    added(plan, MADE)
    path = record_path(plan)
    whole = path.read_bytes()
    path.write_bytes(whole + b"{" * length)
    assert read_record(plan, Secrets()).unreadable == 0, "nothing was done after it"
    added(plan, Entry(RecordedStep.DONE, AT, "old-1"))
    assert path.read_bytes().startswith(whole + b'{"event"')
    assert read_record(plan, Secrets()).of("old-1").stage is Stage.DONE


@pytest.mark.parametrize("length", [1, 5_000])
def test_a_record_that_is_one_cut_off_line_begins_anew(plan: Path, length: int) -> None:
    record_path(plan).write_bytes(b"{" * length)
    record_path(plan).chmod(0o600)
    added(plan, MADE)
    assert record_path(plan).read_bytes().count(b"\n") == 1
    assert read_record(plan, Secrets()).of("old-1").new_id == "new-1"


@pytest.mark.parametrize("call", ["fsync", "pread"])
def test_what_the_disk_does_not_take_leaves_nothing_behind(
    plan: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    added(plan, MADE)
    path = record_path(plan)
    whole = path.read_bytes()

    def full(*_arguments: int) -> None:
        assert (path.read_bytes() == whole) is (call == "pread"), "the end is looked for before anything is written"
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with open_record(plan, Secrets()) as record:
        monkeypatch.setattr(os, call, full)
        with refused("No space left on device"):
            record.add(Entry(RecordedStep.DONE, AT, "old-1"))
    assert path.read_bytes() == whole


def test_a_line_without_an_end_is_not_believed_because_the_next_one_takes_its_place(plan: Path) -> None:
    added(plan, MADE)
    path = record_path(plan)
    path.write_bytes(path.read_bytes().removesuffix(b"\n"))
    assert read_record(plan, Secrets()).of("old-1").stage is Stage.WAITING
    added(plan, Entry(RecordedStep.STOPPED, AT, "old-1", words="no answer"))
    assert read_record(plan, Secrets()).of("old-1").stage is Stage.WAITING


def test_a_line_is_written_to_its_end_though_the_disk_takes_it_in_pieces(
    plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: write(descriptor, data[:7]))
    added(plan, MADE)
    assert read_record(plan, Secrets()).of("old-1").new_id == "new-1"


def test_a_record_longer_than_any_is_refused(plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    added(plan, MADE)
    monkeypatch.setattr(migration_files, "_LARGEST_RECORD", record_path(plan).stat().st_size)
    assert read_record(plan, Secrets()).of("old-1").new_id == "new-1"
    monkeypatch.setattr(migration_files, "_LARGEST_RECORD", record_path(plan).stat().st_size - 1)
    with refused("It is longer than a record can be"):
        read_record(plan, Secrets())


def line_of(entry: Entry) -> dict[str, object]:
    line = migration_files._line(entry, Secrets())
    return dict(json.loads(json.dumps(line)))


SENDING = Entry(RecordedStep.SENDING, AT, "old-1", Road.BESIDE, intent=INTENT)


@pytest.mark.parametrize(
    ("entry", "damage"),
    [
        (MADE, {"event": "sold"}),
        (MADE, {"event": None}),
        (MADE, {"at": "noon"}),
        (MADE, {"at": "2026-11-28T12:00:00"}),
        (MADE, {"at": 5}),
        (MADE, {"connection_id": 7}),
        (MADE, {"new_id": ["new-1"]}),
        (MADE, {"tables": "5"}),
        (MADE, {"columns": True}),
        (MADE, {"passed": "yes"}),
        (MADE, {"parameters": [["one"]]}),
        (MADE, {"parameters": 5}),
        (SENDING, {"road": "by air"}),
        (SENDING, {"intent": {}}),
        (SENDING, {"change": {}}),
        (SENDING, {"intent": None}),
    ],
)
def test_a_line_that_somebody_has_damaged_is_counted_and_not_believed(
    plan: Path, entry: Entry, damage: dict[str, object]
) -> None:
    """A change may stand in each: a run refuses to begin while there is one."""
    added(plan, Entry(RecordedStep.PLAN, AT, digest="abc"))
    with record_path(plan).open("a") as stream:
        stream.write(json.dumps(line_of(entry) | damage) + "\n")
    known = read_record(plan, Secrets())
    assert known.unreadable == 1
    assert known.rows == {}
    assert known.digest == "abc"


def test_lines_that_are_no_objects_are_counted(plan: Path) -> None:
    added(plan, MADE)
    with record_path(plan).open("ab") as stream:
        stream.write(b"[]\n\xff\n" + b"[" * 100_000 + b"\n")
    assert read_record(plan, Secrets()).unreadable == 3


def test_no_word_of_a_record_that_came_from_elsewhere_steers_a_terminal(plan: Path) -> None:
    harm = "\x1b]0;x\x07\x1b[2J"
    with record_path(plan).open("w") as stream:
        stream.write(json.dumps(line_of(MADE) | {"words": harm, "new_id": harm, "parameters": [[harm, harm]]}) + "\n")
    assert not {"\x1b", "\x07"}.intersection("".join(texts_in(read_record(plan, Secrets()).of("old-1"))))


def texts_in(record: RowRecord) -> Iterator[str]:
    yield from (record.new_id, record.stopped)
    for pair in record.parameters:
        yield from pair


def test_a_second_entry_does_not_hide_the_first(plan: Path) -> None:
    added(plan, MADE, replace(MADE, connection_id="old-2", new_id="new-2"))
    known = read_record(plan, Secrets())
    assert (known.of("old-1").new_id, known.of("old-2").new_id) == ("new-1", "new-2")
