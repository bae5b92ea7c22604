"""What earlier runs left open, in words, and the question what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from aep_tui.domain.change_intent import ChangeIntent, ChangeKind
from aep_tui.domain.intent import Intent
from aep_tui.domain.target import Target
from aep_tui.domain.translation import _, plural
from aep_tui.pages.question import Choice, Question
from aep_tui.state.draft_store import SavedDraft
from aep_tui.state.journal import JournalEntry
from aep_tui.state.unfinished import Unfinished


@dataclass(frozen=True, slots=True)
class LookFor:
    """Find out what became of a create."""

    intent: Intent


@dataclass(frozen=True, slots=True)
class LookIntoChange:
    """Find out what became of a change or a delete."""

    intent: ChangeIntent


@dataclass(frozen=True, slots=True)
class WatchOn:
    """Watch a created connection to its end."""

    entry: JournalEntry[Intent]


@dataclass(frozen=True, slots=True)
class GoOnWith:
    """Take the answers of an earlier walk."""

    saved: SavedDraft


@dataclass(frozen=True, slots=True)
class StartAnew:
    """Begin with an empty draft; what is open stays noted."""


@dataclass(frozen=True, slots=True)
class ForgetAll:
    """Begin with an empty draft, and speak no more of what is open."""


LeftOpenAnswer: TypeAlias = LookFor | LookIntoChange | WatchOn | GoOnWith | StartAnew | ForgetAll


def unfinished_message(unfinished: Unfinished) -> str:
    """Return what the welcome page says; "" when there is nothing."""
    lines = [
        _("Not finished: nobody knows whether {name} was created in sandbox {sandbox} ({time}).").format(
            name=intent.name, sandbox=intent.sandbox_name, time=_time(intent.started_at)
        )
        for intent in unfinished.open_intents
    ]
    lines += [_change_message(intent) for intent in unfinished.open_changes]
    lines += [
        _("Not seen to the end: {name} in sandbox {sandbox}, created {time}.").format(
            name=entry.intent.name, sandbox=entry.intent.sandbox_name, time=_time(entry.intent.started_at)
        )
        for entry in unfinished.connections
    ]
    if unfinished.saved is not None:
        lines.append(_("The answers of {time} were kept.").format(time=_time(unfinished.saved.saved_at)))
    if lines:
        lines.append(_("Choose Start to go on with it, or to start anew."))
    return "\n".join((*lines, *unfinished.notes))


def unfinished_question(unfinished: Unfinished, target: Target) -> Question[LeftOpenAnswer] | None:
    """Ask what to do about what is open in this target's organization; None when nothing is.

    The sandbox may be another one, which going on turns to. The token of `target` is never sent elsewhere.
    """
    choices: list[Choice[LeftOpenAnswer]] = []
    for index, intent in enumerate(unfinished.open_intents):
        if intent.place.is_same_organization(target.place):
            detail = _("sandbox {sandbox}, sent {time}; nobody knows whether it exists").format(
                sandbox=intent.sandbox_name, time=_time(intent.started_at)
            )
            words = _("Look for {name}").format(name=intent.name)
            choices.append(Choice(f"look-{index}", words, LookFor(intent), detail=detail))
    for index, change in enumerate(unfinished.open_changes):
        if change.place.is_same_organization(target.place):
            choices.append(
                Choice(f"change-{index}", _look_words(change), LookIntoChange(change), detail=_detail(change))
            )
    for index, entry in enumerate(unfinished.connections):
        if entry.intent.place.is_same_organization(target.place):
            detail = _("sandbox {sandbox}, created {time}; its end was not seen").format(
                sandbox=entry.intent.sandbox_name, time=_time(entry.intent.started_at)
            )
            words = _("Watch {name}").format(name=entry.intent.name)
            choices.append(Choice(f"watch-{index}", words, WatchOn(entry), detail=detail))
    saved = unfinished.saved
    if saved is not None:
        count = len(saved.asked_for_again)
        detail = plural("{count} secret is asked for again", "{count} secrets are asked for again", count)
        choices.append(
            Choice(
                "resume",
                _("Go on with the answers of {time}").format(time=_time(saved.saved_at)),
                GoOnWith(saved),
                detail=detail.format(count=count) if count else "",
            )
        )
    if not choices:
        return None
    detail = _("What is open stays noted; saved answers go.")
    choices.append(Choice("start-anew", _("Start anew"), StartAnew(), detail=detail))
    if unfinished.open_intents or unfinished.open_changes or unfinished.connections:
        detail = _("You have looked at it yourself.")
        choices.append(Choice("forget", _("Forget what is open"), ForgetAll(), detail=detail))
    return Question(_("Something was not finished"), tuple(choices))


def left_open_words(question: Question[LeftOpenAnswer] | None) -> str:
    """Return in a few words what `unfinished_question` asks about, "" when it asks nothing."""
    choices = question.choices if question is not None else ()
    return "; ".join(each.title for each in choices if not isinstance(each.answer, StartAnew | ForgetAll))


def _change_message(intent: ChangeIntent) -> str:
    words = (
        _("Not finished: nobody knows whether {name} was deleted in sandbox {sandbox} ({time}).")
        if intent.kind is ChangeKind.DELETE
        else _("Not finished: nobody knows whether {name} was changed in sandbox {sandbox} ({time}).")
    )
    name = intent.name or intent.connection_id
    return words.format(name=name, sandbox=intent.sandbox_name, time=_time(intent.started_at))


def _look_words(intent: ChangeIntent) -> str:
    words = (
        _("Look whether {name} is gone") if intent.kind is ChangeKind.DELETE else _("Look whether {name} was changed")
    )
    return words.format(name=intent.name or intent.connection_id)


def _detail(intent: ChangeIntent) -> str:
    words = _("sandbox {sandbox}, sent {time}; nothing is sent again")
    return words.format(sandbox=intent.sandbox_name, time=_time(intent.started_at))


def _time(instant: datetime) -> str:
    return f"{instant:%Y-%m-%d %H:%M} UTC"
