"""The plan of a migration and its record, a journal beside it: each line is on the disk before more is done."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import fields
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from aep_tui.domain.migration_plan import Road
from aep_tui.domain.migration_record import Entry, MigrationRecord, RecordedStep, read_together
from aep_tui.domain.problem import SettingsProblem
from aep_tui.domain.safe_text import without_control_characters
from aep_tui.domain.secrets import Secrets
from aep_tui.domain.translation import _
from aep_tui.state.file_lock import is_locked_by_us
from aep_tui.state.journal_lines import change_from, change_record, intent_from, intent_record
from aep_tui.state.ownership import foreign_words
from aep_tui.state.text_file import decoded, reason_of, shown_path

LARGEST_PLAN: Final = 32 * 1024 * 1024
"""Bytes; a connection takes about one thousand."""
_LARGEST_RECORD: Final = 256 * 1024 * 1024
_OPEN_SAFELY: Final = os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK
_TEXTS: Final = ("connection_id", "etag", "new_id", "words", "request_id", "digest", "table")


def record_path(plan: Path) -> Path:
    """Return where the record of a plan lies: beside it, for example `plan.toml.record`.

    Raises:
        SettingsProblem: what was given for the plan names no file.
    """
    if not plan.name or "\0" in str(plan):
        raise _problem(plan, _("It has no usable name."), _ANOTHER_NAME)
    return plan.with_name(f"{plan.name}.record")


def read_plan_text(path: Path) -> str:
    """Return the text of a plan.

    Raises:
        SettingsProblem: there is no such file, or it is no text of the size that a plan can have.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
        with os.fdopen(descriptor, "rb") as stream:
            is_file = stat.S_ISREG(os.fstat(descriptor).st_mode)
            content = stream.read(LARGEST_PLAN + 1) if is_file else b""
    except (OSError, ValueError) as error:
        raise _problem(path, reason_of(error) if isinstance(error, OSError) else _("It has no usable name.")) from None
    text = decoded(content) if is_file and len(content) <= LARGEST_PLAN else None
    if text is None:
        raise _problem(path, _("It is no text of the size that a plan can have."))
    return text


def refuse_taken_name(path: Path) -> None:
    """Refuse a name for a new plan under which something lies already.

    Raises:
        SettingsProblem: there is a file or a record of this name.
    """
    if os.path.lexists(record_path(path)):
        raise _problem(record_path(path), _("It is the record of an earlier plan of this name."), _ANOTHER_NAME)
    if os.path.lexists(path):
        raise _problem(path, _TAKEN, _ANOTHER_NAME)


def refuse_unwritable_plan(path: Path) -> None:
    """Refuse a place for a new plan before anything is read for it.

    Raises:
        SettingsProblem: there is a file or a record of this name, or no file can be made there.
    """
    refuse_taken_name(path)
    temporary = _temporary(path)
    try:
        os.close(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _OPEN_SAFELY, 0o600))
        os.unlink(temporary)
    except OSError as error:
        raise _problem(path, reason_of(error)) from None


def _temporary(path: Path) -> Path:
    return path.with_name(f".{path.name}.{os.urandom(6).hex()}")


def write_plan_text(path: Path, text: str) -> None:
    """Write a plan, readable and writable by the person alone; a plan that is there stays.

    Raises:
        SettingsProblem: there is a file or a record of this name, or the disk does not take it.
    """
    refuse_taken_name(path)
    temporary = _temporary(path)
    try:
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _OPEN_SAFELY, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        os.link(temporary, path)  # unlike a rename it replaces nothing
    except FileExistsError:
        raise _problem(path, _TAKEN, _ANOTHER_NAME) from None
    except OSError as error:
        raise _problem(path, reason_of(error)) from None
    finally:
        with suppress(OSError):
            os.unlink(temporary)
    _sync_directory(path)


def read_record(plan: Path, secrets: Secrets) -> MigrationRecord:
    """Return what the record of a plan says; nothing when there is none.

    Raises:
        SettingsProblem: it is not ours alone, or cannot be read.
    """
    try:
        descriptor = os.open(record_path(plan), os.O_RDONLY | _OPEN_SAFELY)
    except FileNotFoundError:
        return MigrationRecord()
    except OSError as error:
        raise _problem(record_path(plan), reason_of(error)) from None
    with RecordFile(record_path(plan), descriptor, secrets) as record:
        return record.read()


def open_record(plan: Path, secrets: Secrets) -> RecordFile:
    """Return the record of a plan, locked for this process until it is closed.

    Raises:
        SettingsProblem: another run works on this plan, the file is not ours alone, or the disk does not take it.
    """
    path = record_path(plan)
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | _OPEN_SAFELY, 0o600)
    except OSError as error:
        raise _problem(path, reason_of(error)) from None
    record = RecordFile(path, descriptor, secrets)
    try:
        if not is_locked_by_us(descriptor, path):
            raise _problem(path, _("Another run of this plan is working."), _("Wait until it has ended."))
        _sync_directory(path)
    except BaseException:
        record.close()
        raise
    return record


class RecordFile:
    """The record: JSON lines that are only ever added.

    A last line without an end was cut off by a kill or a power failure; nothing was done after it, so it is taken away.
    """

    def __init__(self, path: Path, descriptor: int, secrets: Secrets) -> None:
        """Take an open file.

        Args:
            path: of the file.
            descriptor: of the open file, which is closed with this.
            secrets: of this run; none is written.

        Raises:
            SettingsProblem: others own it or may write to it.
        """
        self._path = path
        self._descriptor = descriptor
        self._secrets = secrets
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode) or foreign_words(status):
            self.close()
            raise _problem(path, _("It is no file of yours alone."), _("Correct its owner and permissions (600)."))

    def __enter__(self) -> Self:
        """Do nothing."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Close the file."""
        self.close()

    def close(self) -> None:
        """Close the file, which ends the lock; a second time nothing happens."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1

    def read(self) -> MigrationRecord:
        """Return what the record says.

        Raises:
            SettingsProblem: it cannot be read, or is longer than any record.
        """
        entries: list[Entry] = []
        unreadable = 0
        try:
            if os.fstat(self._descriptor).st_size > _LARGEST_RECORD:
                raise _problem(self._path, _("It is longer than a record can be."))
            with os.fdopen(os.dup(self._descriptor), "rb") as stream:
                stream.seek(0)
                for line in stream:
                    if not line.endswith(b"\n"):
                        break  # `add` takes it away, so that nothing may build on it
                    entry = _entry(line)
                    if entry is None:
                        unreadable += 1
                    else:
                        entries.append(entry)
        except OSError as error:
            raise _problem(self._path, reason_of(error)) from None
        return read_together(entries, unreadable)

    def add(self, entry: Entry) -> None:
        """Add an entry; it is on the disk when this returns.

        Raises:
            SettingsProblem: the disk does not take it; no part of it stays behind.
        """
        line = json.dumps(_line(entry, self._secrets), ensure_ascii=True).encode() + b"\n"
        try:
            size = self._end()
            try:
                while line:
                    line = line[os.write(self._descriptor, line) :]
                os.fsync(self._descriptor)
            except OSError:
                with suppress(OSError):
                    os.ftruncate(self._descriptor, size)
                raise
        except OSError as error:
            raise _problem(
                self._path,
                reason_of(error),
                _("Make room on the disk; without the record nothing is sent."),
            ) from None

    def _end(self) -> int:
        """Return where the next line begins, after a line that was cut off is taken away."""
        size = os.fstat(self._descriptor).st_size
        while size and os.pread(self._descriptor, 1, size - 1) != b"\n":
            start = max(0, size - 4_096)
            size = start + os.pread(self._descriptor, size - start, start).rfind(b"\n") + 1
            os.ftruncate(self._descriptor, size)
        return size


_NAMES: Final = tuple(each.name for each in fields(Entry))


def _line(entry: Entry, secrets: Secrets) -> dict[str, object]:
    record: dict[str, object] = {
        each: value for each in _NAMES if (value := getattr(entry, each)) not in (None, "", ()) or each == "passed"
    }
    record |= {"at": entry.at.isoformat(), "words": secrets.clean(entry.words)}
    record["parameters"] = [list(pair) for pair in entry.parameters]
    if entry.intent is not None:
        record["intent"] = intent_record(entry.intent)
    if entry.change is not None:
        record["change"] = change_record(entry.change)
    return {key: value for key, value in record.items() if value not in (None, "", [])}


def _entry(line: bytes) -> Entry | None:
    try:
        record = json.loads(line)
        if not isinstance(record, dict):
            return None
        return _entry_of(record)
    except (ValueError, TypeError, RecursionError):
        return None


def _entry_of(record: Mapping[str, Any]) -> Entry:
    """Return the entry that `_line` has written; the file may have come with the plan, so no text steers a terminal.

    Raises:
        ValueError, TypeError: it is none.
    """
    texts: dict[str, Any] = {key: record.get(key, "") for key in _TEXTS}
    pairs = tuple((_harmless(str(name)), _harmless(str(value))) for name, value in record.get("parameters", ()))
    numbers: dict[str, Any] = {key: record.get(key) for key in ("tables", "columns")}
    passed = record.get("passed")
    at = datetime.fromisoformat(record.get("at", ""))
    intent = intent_from(record["intent"]) if "intent" in record else None
    change = change_from(record["change"]) if "change" in record else None
    if (
        not all(isinstance(text, str) for text in texts.values())
        or not all(number is None or type(number) is int for number in numbers.values())
        or passed not in (None, True, False)
        or at.tzinfo is None
        or ("intent" in record and intent is None)
        or ("change" in record and change is None)
    ):
        raise ValueError("this is no entry")
    texts = {key: _harmless(text) for key, text in texts.items()}
    road = Road(record["road"]) if "road" in record else None
    return Entry(
        RecordedStep(record.get("event", "")),
        at,
        road=road,
        intent=intent,
        change=change,
        passed=passed,
        parameters=pairs,
        **texts,
        **numbers,
    )


def _harmless(text: str) -> str:
    return without_control_characters(text, keep_newlines=True)


_TAKEN: Final = _("There is a file of this name already.")
_ANOTHER_NAME: Final = _("Name another file, or move that one away.")


def _sync_directory(path: Path) -> None:
    with suppress(OSError):
        descriptor = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _problem(path: Path, reason: str, next_step: str = "") -> SettingsProblem:
    return SettingsProblem(
        _("A file of the migration cannot be used"),
        _("{path} cannot be used: {reason}").format(path=shown_path(path), reason=reason),
        next_step or _("Check the name, the owner and the permissions of the file."),
    )
