"""Keeps the non-secret answers of a walk, so that a lost terminal does not lose them."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from aep_tui.domain.clock import Clock
from aep_tui.domain.draft import Answer, Draft
from aep_tui.domain.problem import SettingsProblem
from aep_tui.domain.source import Cloud
from aep_tui.domain.target import Mode, Target
from aep_tui.domain.translation import _
from aep_tui.state.paths import state_directory
from aep_tui.state.private_file import read_private_file, remove_private_file, write_private_file

FILE_NAME = "draft.json"
_FORMAT = 1


@dataclass(frozen=True, slots=True)
class SavedDraft:
    """A draft that was saved.

    Attributes:
        draft: the answers without the secrets.
        target: the target without its token.
        asked_for_again: API names of the secrets that had been given.
        saved_at: when, aware, in UTC.
    """

    draft: Draft
    target: Target
    asked_for_again: tuple[str, ...]
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class LoadedDraft:
    """What was found.

    Attributes:
        saved: the draft, or None when there is none that can be used.
        note: why a file that is there cannot be used, in a sentence, otherwise "".
    """

    saved: SavedDraft | None = None
    note: str = ""


def save_draft(
    draft: Draft, target: Target, *, secret_names: Collection[str], clock: Clock, path: Path | None = None
) -> None:
    """Save what is not secret; call it after each step.

    Args:
        draft: the answers so far.
        target: where they are meant to go.
        secret_names: API names of the secret parameters; besides, nothing that is a Secret is ever written.
        clock: gives the time of the save.
        path: the file; the one in the state directory when left out.

    Raises:
        SettingsProblem: the file cannot be written.
    """
    document = {
        "format": _FORMAT,
        "saved_at": clock.now().isoformat(),
        "target": {
            "mode": target.mode.value,
            "base_url": target.base_url,
            "organization_id": target.organization_id,
            "sandbox_name": target.sandbox_name,
            "api_key": target.api_key,
        },
        "cloud": draft.cloud.value if draft.cloud else "",
        "source_id": draft.source_id,
        "auth_method_id": draft.auth_method_id,
        "acknowledged_notice_ids": sorted(draft.acknowledged_notice_ids),
        "name": draft.name,
        "description": draft.description,
        "answers": {
            name: answer
            for name, answer in draft.answers.items()
            if isinstance(answer, str | bool) and name not in secret_names
        },
        "asked_for_again": sorted(
            name for name, answer in draft.answers.items() if name in secret_names or not isinstance(answer, str | bool)
        ),
    }
    write_private_file(path or _path(create=True), json.dumps(document, indent=2) + "\n")


def load_draft(path: Path | None = None) -> LoadedDraft:
    """Return the saved draft; a file that cannot be used gives a note and no error."""
    try:
        text = read_private_file(path or _path(create=False))
    except SettingsProblem as problem:
        return LoadedDraft(note=problem.message)
    if text is None:
        return LoadedDraft()
    try:
        return LoadedDraft(_saved(json.loads(text)))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return LoadedDraft(note=_("The answers of the last session are in a form that this program does not know."))


def remove_draft(path: Path | None = None) -> None:
    """Forget the saved draft; call it when the connection is there or the person starts anew.

    Raises:
        SettingsProblem: the file cannot be removed.
    """
    remove_private_file(path or _path(create=False))


def _path(create: bool) -> Path:
    return state_directory(create) / FILE_NAME


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
    return SavedDraft(draft, target, asked_for_again, saved_at)


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
