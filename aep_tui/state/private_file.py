"""Files of ours: readable and writable by the person alone, written whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from aep_tui.domain.problem import SettingsProblem
from aep_tui.domain.safe_text import without_control_characters
from aep_tui.domain.translation import _
from aep_tui.state.ownership import foreign_words
from aep_tui.state.text_file import decoded, reason_of, shown_path

LARGEST_PRIVATE_FILE = 4 * 1024 * 1024
"""Bytes; files of ours stay far below."""

_OPEN_SAFELY = os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK


def write_private_file(path: Path, content: str) -> None:
    """Write `content` to `path`, mode 0600: after a crash there is the old file or the new one, never half of one.

    Args:
        path: the file; its directory exists and belongs to us (`paths.config_directory`, `paths.state_directory`).
        content: the whole text.

    Raises:
        SettingsProblem: file or directory are a symbolic link or belong to or are writable for somebody else, or the
            disk does not take it.
    """
    try:
        with _directory(path.parent) as directory:
            _refuse_foreign_target(path, directory)
            _replace(path.name, content, directory)
    except OSError as error:
        raise disk_problem(path, error) from None


def read_private_file(path: Path) -> str | None:
    """Return the text of a file of ours, or None when there is none.

    Raises:
        SettingsProblem: the file is a symbolic link, belongs to or is writable for somebody else, is no text, or
            cannot be read.
    """
    descriptor = open_private_for_reading(path)
    if descriptor is None:
        return None
    try:
        with os.fdopen(descriptor, "rb") as stream:
            content = stream.read(LARGEST_PRIVATE_FILE + 1)
    except OSError as error:
        raise disk_problem(path, error) from None
    text = decoded(content) if len(content) <= LARGEST_PRIVATE_FILE else None
    if text is None:
        raise _problem(path, _("It is not a text of this program."))
    return text


def remove_private_file(path: Path) -> None:
    """Remove a file of ours; one that is not there is fine.

    Raises:
        SettingsProblem: it cannot be removed.
    """
    try:
        with _directory(path.parent) as directory:
            os.unlink(path.name, dir_fd=directory)
            os.fsync(directory)
    except FileNotFoundError:
        return
    except OSError as error:
        raise disk_problem(path, error) from None


def open_private_for_reading(path: Path) -> int | None:
    """Return a descriptor that reads a file of ours, also on a read-only file system; None when there is no file.

    Raises:
        SettingsProblem: as for `read_private_file`.
    """
    try:
        with _directory(path.parent) as directory:
            descriptor = os.open(path.name, os.O_RDONLY | _OPEN_SAFELY, dir_fd=directory)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise disk_problem(path, error) from None
    return _ours(path, descriptor)


def open_private_for_append(path: Path) -> int:
    """Return a descriptor that reads and appends to a file of ours, created with mode 0600 when it is not there.

    Raises:
        SettingsProblem: as for `read_private_file`.
    """
    try:
        with _directory(path.parent) as directory:
            flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | _OPEN_SAFELY
            descriptor = os.open(path.name, flags, mode=0o600, dir_fd=directory)
            os.fsync(directory)
    except OSError as error:
        raise disk_problem(path, error) from None
    return _ours(path, descriptor)


def refuse_control_characters(value: str, what: str) -> str:
    """Return `value`, or refuse it when it holds a line break or another character that could forge a line of a file.

    Args:
        value: what is about to be stored.
        what: the name of the value, for the message.

    Raises:
        SettingsProblem: the value holds such a character; the message does not repeat it.
    """
    if "\t" in value or without_control_characters(value, keep_newlines=False) != value:
        raise SettingsProblem(
            _("A value cannot be stored"),
            _("{what} contains a line break or another control character.").format(what=what),
            _("Type the value again without it."),
        )
    return value


def _replace(name: str, content: str, directory: int) -> None:
    temporary = f".{name}.{os.urandom(6).hex()}"
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _OPEN_SAFELY
    descriptor = os.open(temporary, flags, mode=0o600, dir_fd=directory)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(temporary, name, src_dir_fd=directory, dst_dir_fd=directory)
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary, dir_fd=directory)
        raise
    os.fsync(directory)


@contextmanager
def _directory(path: Path) -> Iterator[int]:
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | _OPEN_SAFELY)
    try:
        _refuse_foreign(path, os.fstat(descriptor))
        yield descriptor
    finally:
        os.close(descriptor)


def _ours(path: Path, descriptor: int) -> int:
    try:
        _refuse_foreign(path, os.fstat(descriptor))
    except SettingsProblem:
        os.close(descriptor)
        raise
    return descriptor


def _refuse_foreign_target(path: Path, directory: int) -> None:
    try:
        _refuse_foreign(path, os.stat(path.name, dir_fd=directory, follow_symlinks=False))
    except FileNotFoundError:
        return


def _refuse_foreign(path: Path, status: os.stat_result) -> None:
    if stat.S_ISLNK(status.st_mode):
        raise _problem(path, _("It is a symbolic link."))
    if not (stat.S_ISREG(status.st_mode) or stat.S_ISDIR(status.st_mode)):
        raise _problem(path, _("It is neither a file nor a directory."))
    if words := foreign_words(status):
        raise _problem(path, words)


def disk_problem(path: Path, error: OSError) -> SettingsProblem:
    """Return in words why the operating system does not open, write or remove a file of ours."""
    if error.errno == errno.ELOOP or (error.errno == errno.ENOTDIR and path.parent.is_symlink()):
        return _problem(path, _("It or its directory is a symbolic link."))
    reason = reason_of(error)
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return _problem(path, reason, _("Make room on the disk, or set XDG_STATE_HOME to a directory on another one."))
    if error.errno == errno.EROFS:
        return _problem(path, reason, _("Set XDG_STATE_HOME and XDG_CONFIG_HOME to directories that can be written."))
    return _problem(path, reason)


def _problem(path: Path, reason: str, next_step: str = "") -> SettingsProblem:
    return SettingsProblem(
        _("A file of this program cannot be used"),
        _("{path} cannot be used: {reason}").format(path=shown_path(path), reason=reason),
        next_step
        or _("Move it out of the way or correct its owner and permissions (600 for a file, 700 for a directory)."),
    )
