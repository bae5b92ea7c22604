import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Self

import pytest

from aep_tui.domain.problem import SettingsProblem
from aep_tui.state.paths import config_directory, state_directory
from aep_tui.state.private_file import (
    disk_problem,
    open_private_for_append,
    read_private_file,
    refuse_control_characters,
    remove_private_file,
    write_private_file,
)


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    directory = tmp_path / "ours"
    directory.mkdir(mode=0o700)
    return directory


def test_a_file_is_written_whole_with_mode_0600_whatever_the_umask(ours: Path) -> None:
    old = os.umask(0)
    try:
        write_private_file(ours / "file", "één\ntwo")
        write_private_file(ours / "file", "second")
    finally:
        os.umask(old)
    assert read_private_file(ours / "file") == "second"
    assert stat.S_IMODE((ours / "file").stat().st_mode) == 0o600
    assert [one.name for one in ours.iterdir()] == ["file"]


def test_a_write_that_fails_leaves_the_old_file_and_no_rubbish(ours: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_private_file(ours / "file", "old")

    def full_disk(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full_disk)
    with pytest.raises(SettingsProblem, match="No space left"):
        write_private_file(ours / "file", "new")
    assert (ours / "file").read_text() == "old"
    assert [one.name for one in ours.iterdir()] == ["file"]


def test_a_symbolic_link_is_neither_read_nor_written_nor_followed(ours: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.write_text("theirs")
    outside.chmod(0o600)
    (ours / "file").symlink_to(outside)
    for work in (
        lambda: read_private_file(ours / "file"),
        lambda: write_private_file(ours / "file", "x"),
        lambda: open_private_for_append(ours / "file"),
    ):
        with pytest.raises(SettingsProblem, match="symbolic link"):
            work()
    assert outside.read_text() == "theirs"
    assert (ours / "file").is_symlink()


def test_a_symbolic_link_in_place_of_our_directory_is_refused(ours: Path, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(ours)
    for work in (
        lambda: read_private_file(link / "file"),
        lambda: write_private_file(link / "file", "x"),
        lambda: open_private_for_append(link / "file"),
    ):
        with pytest.raises(SettingsProblem, match="symbolic link"):
            work()
    assert list(ours.iterdir()) == []


@pytest.mark.parametrize("mode", [0o660, 0o606, 0o622])
def test_a_file_that_others_may_write_is_not_used(ours: Path, mode: int) -> None:
    path = ours / "file"
    path.write_text("x")
    path.chmod(mode)
    for work in (
        lambda: read_private_file(path),
        lambda: write_private_file(path, "y"),
        lambda: open_private_for_append(path),
    ):
        with pytest.raises(SettingsProblem, match="Other users may write"):
            work()


def test_a_directory_that_others_may_write_is_not_used(ours: Path) -> None:
    ours.chmod(0o770)
    with pytest.raises(SettingsProblem, match="Other users may write"):
        write_private_file(ours / "file", "x")


def test_a_pipe_in_place_of_a_file_does_not_hang(ours: Path) -> None:
    os.mkfifo(ours / "pipe", 0o600)
    with pytest.raises(SettingsProblem, match="neither a file"):
        read_private_file(ours / "pipe")


def test_what_is_not_there_reads_as_nothing_and_is_removed_without_words(ours: Path) -> None:
    assert read_private_file(ours / "file") is None
    assert read_private_file(ours / "missing" / "file") is None
    remove_private_file(ours / "file")
    write_private_file(ours / "file", "x")
    remove_private_file(ours / "file")
    assert list(ours.iterdir()) == []


def test_a_missing_directory_is_a_problem_in_words(ours: Path) -> None:
    with pytest.raises(SettingsProblem, match="No such file"):
        write_private_file(ours / "missing" / "file", "x")


def test_a_file_that_is_no_text_is_refused(ours: Path) -> None:
    (ours / "file").write_bytes(b"\xff\xff")
    (ours / "file").chmod(0o600)
    with pytest.raises(SettingsProblem, match="not a text"):
        read_private_file(ours / "file")


@pytest.mark.parametrize("value", ["a\nb", "a\r", "\t", "\0", "\x1b[0m", "\x7f", "\u202e", "\u200b", "\u2028"])
def test_control_characters_are_refused_by_the_name_of_the_value(value: str) -> None:
    with pytest.raises(SettingsProblem, match="sandbox_name"):
        refuse_control_characters(value, "sandbox_name")


def test_ordinary_text_is_stored_as_it_is() -> None:
    assert refuse_control_characters("Müller & Söhne, 東京", "x") == "Müller & Söhne, 東京"


@pytest.mark.parametrize("directory_of", [config_directory, state_directory])
def test_our_directories_are_made_with_mode_0700_below_those_of_the_person(home: Path, directory_of: object) -> None:
    assert callable(directory_of)
    old = os.umask(0)
    try:
        path = directory_of()
        assert directory_of() == path
    finally:
        os.umask(old)
    assert path.name == "aep-tui"
    assert path.is_relative_to(home)
    assert stat.S_IMODE(path.stat().st_mode) == 0o700


def test_asking_where_a_directory_is_does_not_make_it(home: Path) -> None:
    assert not config_directory(create=False).exists()


def test_a_directory_of_ours_that_is_a_link_a_file_or_open_to_others_is_refused(home: Path) -> None:
    path = config_directory(create=False)
    path.parent.mkdir(parents=True)
    path.symlink_to(home)
    with pytest.raises(SettingsProblem, match="symbolic link"):
        config_directory()
    path.unlink()
    path.write_text("")
    with pytest.raises(SettingsProblem):
        config_directory()
    path.unlink()
    path.mkdir()
    path.chmod(0o777)
    with pytest.raises(SettingsProblem, match="Other users may write"):
        config_directory()


@pytest.mark.parametrize(
    ("number", "advice"),
    [
        (errno.ENOSPC, "Make room on the disk"),
        (errno.EDQUOT, "Make room on the disk"),
        (errno.EROFS, "directories that can be written"),
        (errno.EACCES, "correct its owner and permissions"),
        (errno.ENOTDIR, "correct its owner and permissions"),
        (errno.ELOOP, "correct its owner and permissions"),
    ],
)
def test_the_advice_fits_what_the_disk_says(ours: Path, number: int, advice: str) -> None:
    problem = disk_problem(ours / "file", OSError(number, os.strerror(number)))
    assert advice in problem.next_step
    assert ("symbolic link" in problem.message) is (number == errno.ELOOP)
    assert number == errno.ELOOP or os.strerror(number) in problem.message


def test_a_file_of_four_megabytes_is_read_and_a_longer_one_is_not(ours: Path) -> None:
    path = ours / "file"
    write_private_file(path, "x" * 4 * 1024 * 1024)
    assert read_private_file(path) == "x" * 4 * 1024 * 1024
    write_private_file(path, "x" * (4 * 1024 * 1024 + 1))
    with pytest.raises(SettingsProblem, match="not a text of this program"):
        read_private_file(path)


def test_what_was_written_or_removed_is_so_after_the_power_has_failed(
    ours: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[str] = []
    fsync = os.fsync

    def note(descriptor: int) -> None:
        synced.append("directory" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "file")
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", note)
    write_private_file(ours / "file", "text")
    assert synced == ["file", "directory"]
    remove_private_file(ours / "file")
    assert synced == ["file", "directory", "directory"]


USES: list[Callable[[Path], object]] = [
    read_private_file,
    lambda path: write_private_file(path, "x"),
    lambda path: os.close(open_private_for_append(path)),
]


def test_what_belongs_to_somebody_else_is_not_used_and_not_left_open(
    ours: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = ours / "file"
    write_private_file(path, "text")
    for mode in (0o644, 0o755):
        path.chmod(mode)
        assert read_private_file(path) == "text", "others may read what is no secret"
    before = os.listdir("/proc/self/fd")
    somebody = os.geteuid() + 1
    monkeypatch.setattr(os, "geteuid", lambda: somebody)
    for use in USES:
        with pytest.raises(SettingsProblem, match="belongs to another user"):
            use(path)
    assert os.listdir("/proc/self/fd") == before


def test_a_file_alone_that_others_may_write_is_refused_and_closed(ours: Path) -> None:
    path = ours / "file"
    write_private_file(path, "text")
    path.chmod(0o620)
    before = os.listdir("/proc/self/fd")
    for use in USES:
        with pytest.raises(SettingsProblem, match="Other users may write to it"):
            use(path)
    assert os.listdir("/proc/self/fd") == before
    path.chmod(0o600)
    assert read_private_file(path) == "text"


def test_a_disk_that_does_not_give_a_file_back_is_told(ours: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_private_file(ours / "file", "kept")

    class Failing:
        def __enter__(self) -> Self:
            return self

        def __exit__(self, *_error: object) -> None:
            os.close(descriptors[0])

        def read(self, _size: int) -> bytes:
            raise OSError(errno.EIO, os.strerror(errno.EIO))

    descriptors: list[int] = []

    def failing(descriptor: int, _mode: str) -> Failing:
        descriptors.append(descriptor)
        return Failing()

    monkeypatch.setattr(os, "fdopen", failing)
    with pytest.raises(SettingsProblem, match="Input/output error"):
        read_private_file(ours / "file")
