from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

import aep_tui
from aep_tui.domain.place import Place
from aep_tui.domain.problem import SettingsProblem
from aep_tui.state.paths import state_directory
from aep_tui.state.submit_lock import SubmitLock, SubmitLockTaken, lock_file_name

ROOT = str(Path(aep_tui.__path__[0]).parent)
HERE = Place("https://platform.adobe.io", "ACME@AdobeOrg", "dev")
ELSEWHERE = replace(HERE, sandbox_name="prod")
HOLD = (
    "import sys\n"
    "from aep_tui.domain.place import Place\n"
    "from aep_tui.state.submit_lock import SubmitLock, SubmitLockTaken\n"
    "try:\n"
    "    with SubmitLock(Place('https://platform.adobe.io', 'ACME@AdobeOrg', 'dev')):\n"
    "        print('held', flush=True); sys.stdin.read()\n"
    "except SubmitLockTaken as taken:\n"
    "    print('taken', taken.holder, flush=True); sys.stdin.read()\n"
)


@contextmanager
def holder() -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD],
        env=os.environ | {"PYTHONPATH": ROOT},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def line_of(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def is_taken(place: Place) -> bool:
    try:
        with SubmitLock(place):
            return False
    except SubmitLockTaken:
        return True


def test_a_second_process_is_told_who_holds_the_lock() -> None:
    with holder() as other:
        assert line_of(other) == "held"
        with pytest.raises(SubmitLockTaken) as refusal, SubmitLock(HERE):
            pytest.fail("two held the lock")
        assert refusal.value.holder == other.pid
        assert f"in sandbox dev of ACME@AdobeOrg right now (process {other.pid})" in refusal.value.message


def test_work_at_one_place_blocks_no_other() -> None:
    places = {
        "another sandbox": ELSEWHERE,
        "another organization": replace(HERE, organization_id="OTHER@AdobeOrg"),
        "another host": replace(HERE, base_url="https://platform-stage.adobe.io"),
        "the same letters": Place(HERE.base_url, HERE.organization_id + HERE.sandbox_name, ""),
    }
    with holder() as other:
        assert line_of(other) == "held"
        for name, place in places.items():
            with SubmitLock(place):
                assert is_taken(place), name


def test_of_two_processes_that_race_exactly_one_gets_it() -> None:
    for _ in range(3):
        with holder() as one, holder() as two:
            words = sorted([line_of(one).split()[0], line_of(two).split()[0]])
        assert words == ["held", "taken"]


def test_the_lock_ends_with_a_process_that_is_killed() -> None:
    with holder() as other:
        assert line_of(other) == "held"
        other.send_signal(signal.SIGKILL)
        other.wait()
        with SubmitLock(HERE):
            assert is_taken(HERE)


def test_a_child_process_does_not_keep_the_lock() -> None:
    with SubmitLock(HERE):
        child = subprocess.Popen([sys.executable, "-c", "import sys; sys.stdin.read()"], stdin=subprocess.PIPE)
    with child:
        with SubmitLock(HERE):
            assert is_taken(HERE)
        child.kill()


def test_two_locks_of_one_process_exclude_each_other_too() -> None:
    with SubmitLock(HERE) as first:
        first.acquire()
        with pytest.raises(SubmitLockTaken) as refusal:
            SubmitLock(HERE).acquire()
        assert refusal.value.holder == os.getpid()
    assert not is_taken(HERE)
    first.release()
    first.acquire()
    assert is_taken(HERE), "an object that has given the lock back takes it anew"
    first.release()


def test_a_lock_file_with_rubbish_does_no_harm() -> None:
    path = state_directory() / lock_file_name(HERE)
    path.write_text("rubbish " * 100)
    path.chmod(0o600)
    with SubmitLock(HERE):
        assert path.read_text() == f"{os.getpid()}\n"


def test_a_lock_behind_a_symbolic_link_is_refused(tmp_path: Path) -> None:
    (state_directory() / lock_file_name(HERE)).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(SettingsProblem, match="symbolic link"):
        SubmitLock(HERE).acquire()


def open_descriptors() -> list[str]:
    return sorted(os.listdir("/proc/self/fd"))


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="counts descriptors where Linux lists them")
def test_a_full_disk_is_told_in_a_sentence_and_no_descriptor_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int, _content: bytes) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    before = open_descriptors()
    lock = SubmitLock(HERE)
    with monkeypatch.context() as patch:
        patch.setattr("os.write", full)
        with pytest.raises(SettingsProblem, match="No space left") as refusal:
            lock.acquire()
    assert "Make room" in refusal.value.next_step
    assert open_descriptors() == before
    assert not is_taken(HERE)
    with lock:
        assert is_taken(HERE), "what has failed holds nothing, and takes the lock when there is room again"


@pytest.mark.parametrize("code", [errno.ENOLCK, errno.EOPNOTSUPP, errno.EIO, errno.ENOSYS, errno.EINTR])
def test_a_place_without_locks_is_told_as_that_and_not_as_another_window(
    monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def without_locks(_descriptor: int, _operation: int) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr("fcntl.flock", without_locks)
    with pytest.raises(SettingsProblem, match=os.strerror(code)) as refusal:
        SubmitLock(HERE).acquire()
    assert "cannot be locked" in refusal.value.message
    assert "XDG_STATE_HOME" in refusal.value.next_step


def test_a_holder_that_nobody_knows_is_called_unknown() -> None:
    assert "(process unknown)" in SubmitLockTaken(HERE, None).message


def test_a_lock_that_another_one_holds_leaves_no_file_open(home: Path) -> None:
    with SubmitLock(HERE):
        before = os.listdir("/proc/self/fd")
        with pytest.raises(SubmitLockTaken):
            SubmitLock(HERE).acquire()
        assert os.listdir("/proc/self/fd") == before
