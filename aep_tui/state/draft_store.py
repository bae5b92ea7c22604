"""Keeps the non-secret answers of a walk, so that a lost terminal does not lose them: a file for each window."""

from __future__ import annotations

import json
import os
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from aep_tui.domain.clock import Clock
from aep_tui.domain.draft import Answer, Draft, is_empty
from aep_tui.domain.problem import SettingsProblem
from aep_tui.domain.secrets import Secrets
from aep_tui.domain.source import Cloud
from aep_tui.domain.target import Mode, Target
from aep_tui.domain.translation import _
from aep_tui.domain.wizard import Step
from aep_tui.state.file_lock import is_locked_by_us
from aep_tui.state.paths import state_directory
from aep_tui.state.private_file import (
    disk_problem,
    open_private_for_append,
    open_private_for_reading,
    read_private_file,
    remove_private_file,
    write_private_file,
)
from aep_tui.state.text_file import shown_path

_FORMAT = 1


@dataclass(frozen=True, slots=True)
class SavedDraft:
    """A draft that was saved.

    Attributes:
        draft: the answers without the secrets, and without a text that holds one.
        target: the target without its token.
        asked_for_again: API names of what had been given and was not kept.
        saved_at: when, aware, in UTC.
        step: the step that was open.
        file_name: where it lies in the state directory.
    """

    draft: Draft
    target: Target
    asked_for_again: tuple[str, ...]
    saved_at: datetime
    step: Step = Step.CLOUD
    file_name: str = ""


@dataclass(frozen=True, slots=True)
class LeftDrafts:
    """What windows that are gone left behind.

    Attributes:
        newest: the draft that was saved last, or None when there is none that can be used.
        notes: why files that are there cannot be used, in sentences.
    """

    newest: SavedDraft | None = None
    notes: tuple[str, ...] = ()


class DraftStore:
    """The draft of this window. A lock tells other windows that it is in use; it ends with the process."""

    def __init__(self, directory: Path | None = None) -> None:
        """Take the directory; the state directory when left out. Nothing is written before the first save."""
        self._directory = directory
        self._file_name = f"draft-{os.urandom(8).hex()}.json"
        self._lock: int | None = None
        self._document: dict[str, object] = {}

    def save(
        self,
        draft: Draft,
        target: Target,
        step: Step,
        *,
        secret_names: Collection[str],
        secrets: Secrets,
        clock: Clock,
    ) -> None:
        """Save what is not secret; call it whenever a field is left or a step opens. The same again writes nothing.

        Args:
            draft: the answers so far.
            target: where they are meant to go.
            step: the step that is open.
            secret_names: API names of the secret parameters; besides, nothing that is a secret's type is ever written.
            secrets: of this run; no text in which one stands is written, whatever field it was meant for.
            clock: gives the time of the save.

        Raises:
            SettingsProblem: the file cannot be written.
        """
        document = _document(draft, target, step, secret_names, secrets)
        if document == self._document:
            return
        if self._lock is None:
            self._lock = self._locked(self._file_name)
        text = json.dumps({**document, "saved_at": clock.now().isoformat()})
        write_private_file(self._path(self._file_name), text + "\n")
        self._document = document

    def remove(self) -> None:
        """Forget the draft of this window; call it when the connection is there.

        Raises:
            SettingsProblem: the file cannot be removed.
        """
        self._document = {}
        remove_private_file(self._path(self._file_name, create=False))
        remove_private_file(_lock_path(self._path(self._file_name, create=False)))
        self.close()

    def close(self) -> None:
        """Let other windows have the draft; the end of the process does the same."""
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def left_by_others(self) -> LeftDrafts:
        """Return the newest draft that no living window holds; files that cannot be used give notes and no error."""
        notes: list[str] = []
        found: list[SavedDraft] = []
        directory = self._directory_path(create=False)
        try:
            names = sorted(name for name in os.listdir(directory) if fnmatch(name, "draft*.json"))
        except (FileNotFoundError, NotADirectoryError):
            names = []
        except OSError as error:
            return LeftDrafts(notes=(disk_problem(directory, error).message,))
        for name in names:
            if name != self._file_name and not self._is_held(name):
                saved, note = _loaded(directory / name)
                found += [saved] if saved is not None else []
                notes += [note] if note else []
        return LeftDrafts(max(found, key=lambda saved: saved.saved_at, default=None), tuple(notes))

    def take_over(self, saved: SavedDraft) -> None:
        """Go on with a draft that was left: from now on it is the one of this window.

        When another window has taken it meanwhile, both go on, each with a file of its own.
        """
        if not saved.file_name:
            return
        with suppress(SettingsProblem):
            lock = self._locked(saved.file_name)
            if lock is not None or not self._is_held(saved.file_name):
                self.close()
                self._lock, self._file_name, self._document = lock, saved.file_name, {}

    def discard(self, saved: SavedDraft) -> None:
        """Remove a draft that was left, unless another window has taken it meanwhile.

        Raises:
            SettingsProblem: the file cannot be removed.
        """
        other = DraftStore(self._directory)
        other.take_over(saved)
        other.remove()

    def _locked(self, file_name: str) -> int | None:
        """Return the descriptor of the lock, or None when another window holds it or the place cannot lock.

        Raises:
            SettingsProblem: the file of the lock cannot be used.
        """
        path = _lock_path(self._path(file_name))
        descriptor = open_private_for_append(path)
        with suppress(SettingsProblem):
            if is_locked_by_us(descriptor, path):
                return descriptor
        os.close(descriptor)
        return None

    def _is_held(self, file_name: str) -> bool:
        """Return whether a living window holds the draft; where the place cannot lock, nobody is known to."""
        path = _lock_path(self._path(file_name, create=False))
        with suppress(SettingsProblem):
            descriptor = open_private_for_reading(path)
            if descriptor is not None:
                try:
                    return not is_locked_by_us(descriptor, path)
                finally:
                    os.close(descriptor)
        return False

    def _path(self, file_name: str, *, create: bool = True) -> Path:
        return self._directory_path(create=create) / file_name

    def _directory_path(self, *, create: bool) -> Path:

        return self._directory or state_directory(create)


def _lock_path(path: Path) -> Path:
    return path.with_suffix(".lock")


def _loaded(path: Path) -> tuple[SavedDraft | None, str]:
    """Return the draft of a file, or why it cannot be used; neither when it has just been removed."""
    try:
        text = read_private_file(path)
    except SettingsProblem as problem:
        return None, problem.message
    if text is None:
        return None, ""
    try:
        return replace(_saved(json.loads(text)), file_name=path.name), ""
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        words = _("The answers in {path} are in a form that this program does not know; remove the file.")
        return None, words.format(path=shown_path(path))


def _document(
    draft: Draft, target: Target, step: Step, secret_names: Collection[str], secrets: Secrets
) -> dict[str, object]:
    def may_be_kept(answer: object) -> bool:
        if isinstance(answer, str):
            return secrets.clean(answer) == answer
        return isinstance(answer, bool)

    answers = {
        name: answer for name, answer in draft.answers.items() if name not in secret_names and may_be_kept(answer)
    }
    return {
        "format": _FORMAT,
        "target": {
            "mode": target.mode.value,
            "base_url": target.base_url,
            "organization_id": target.organization_id,
            "sandbox_name": target.sandbox_name,
            "api_key": target.api_key,
        },
        "step": step.value,
        "cloud": draft.cloud.value if draft.cloud else "",
        "source_id": draft.source_id,
        "auth_method_id": draft.auth_method_id,
        "acknowledged_notice_ids": sorted(draft.acknowledged_notice_ids),
        "name": draft.name if may_be_kept(draft.name) else "",
        "description": draft.description if may_be_kept(draft.description) else "",
        "answers": answers,
        "asked_for_again": sorted(
            name for name, answer in draft.answers.items() if name not in answers and not is_empty(answer)
        ),
    }


def _saved(document: Any) -> SavedDraft:  # noqa: ANN401 - whatever stands in the file
    if document["format"] != _FORMAT:
        raise ValueError("another format")
    place = document["target"]
    target = Target(
        mode=Mode(place["mode"]),
        base_url=_text(place["base_url"]),
        organization_id=_text(place["organization_id"]),
        sandbox_name=_text(place["sandbox_name"]),
        api_key=_text(place["api_key"]),
    )
    saved_at = datetime.fromisoformat(document["saved_at"])
    if saved_at.tzinfo is None:
        raise ValueError("no time zone")
    answers: dict[str, Answer] = {_text(name): _answer(value) for name, value in document["answers"].items()}
    draft = Draft(
        cloud=Cloud(document["cloud"]) if document["cloud"] else None,
        source_id=_text(document["source_id"]),
        auth_method_id=_text(document["auth_method_id"]),
        acknowledged_notice_ids=frozenset(_texts(document["acknowledged_notice_ids"])),
        answers=answers,
        name=_text(document["name"]),
        description=_text(document["description"]),
    )
    asked_for_again = _texts(document["asked_for_again"])
    return SavedDraft(draft, target, asked_for_again, saved_at, Step(document.get("step", Step.CLOUD)))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("not a text")
    return value


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise TypeError("not a list")
    return tuple(_text(item) for item in value)


def _answer(value: object) -> str | bool:
    return value if isinstance(value, bool) else _text(value)
