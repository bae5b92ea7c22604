"""One question, one line of answer: numbered choices, texts, secrets and names that are typed exactly."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from aep_tui.domain.finding import Finding
from aep_tui.domain.problem import Problem
from aep_tui.domain.translation import _, plural
from aep_tui.pages import typed_files
from aep_tui.pages.choice_row import ChoiceRow
from aep_tui.pages.field_words import FieldWords
from aep_tui.pages.problem_text import problem_text
from aep_tui.plain.talk import HELP, SeveralLines, Talk

LEAVE_OUT: Final = "-"
"""Empties an answer that is there and is not required."""

TAKE: Final = "="
"""Takes the correction that was offered."""

_FROM_FILE: Final = "file:"


async def choose(talk: Talk, rows: Sequence[ChoiceRow], marked_id: str, help_text: str) -> str:
    """Return the id of the row that is chosen by its number or its name; the list is written once.

    Args:
        talk: the conversation.
        rows: those with a reason cannot be chosen.
        marked_id: what Enter takes, "" for nothing.
        help_text: what "?" says.

    Raises:
        Cancelled, GoBack: as `Talk.ask`.
    """
    write_rows(talk, rows)
    numbers = {row.id: number for number, row in enumerate(rows, 1)}
    marked = next((row for row in rows if row.id == marked_id and not row.reason_disabled), None)
    prompt = _("Number or name, ? for help, < for back:")
    if marked is not None:
        prompt = _("Number or name, ? for help, < for back [{number}]:").format(number=numbers[marked.id])
    while True:
        text = await talk.ask(prompt)
        if text == HELP:
            talk.say(help_text or _("There is no more to say about this question."))
            write_rows(talk, rows)
            continue
        row = marked if not text else _row_named(rows, text)
        if row is None:
            words = _("Error: type a number from 1 to {last}, or a name from the list.")
            talk.say(words.format(last=len(rows)))
        elif row.reason_disabled:
            talk.say(_("Error: {reason}").format(reason=row.reason_disabled))
        else:
            talk.say(_("Chosen: {title}").format(title=row.title))
            return row.id


def write_rows(talk: Talk, rows: Sequence[ChoiceRow]) -> None:
    """Write each row with its number, a fact a line."""
    for number, row in enumerate(rows, 1):
        badge = _(" ({badge})").format(badge=row.badge) if row.badge else ""
        talk.say(f"{number}. {row.title}{badge}")
        for line in (row.detail, row.reason_disabled):
            if line:
                talk.say(f"   {line}")


async def ask_text(
    talk: Talk, words: FieldWords, judge: Callable[[str], tuple[Finding, ...]], *, is_required: bool, answer: str
) -> str:
    """Return a text that the rules let pass; Enter takes what is there already, and "-" empties what may be empty.

    Args:
        talk: the conversation.
        words: what is said about the answer.
        judge: the rules.
        is_required: whether an empty answer blocks.
        answer: what is there already, "" for nothing.

    Raises:
        Cancelled, GoBack: as `Talk.ask`.
    """
    write_question(talk, words, _kind_words(is_required=is_required, is_there=bool(answer)))
    prompt = f"{words.label}:"
    if answer:
        prompt = _("{label} [{answer}]:").format(label=words.label, answer=answer)
    while True:
        text = await talk.ask(prompt)
        if text == HELP:
            write_help(talk, words)
            continue
        is_left_out = text == LEAVE_OUT and bool(answer) and not is_required
        settled = await _settled(talk, words, "" if is_left_out else text or answer, judge)
        if settled is not None:
            return settled


async def ask_secret(
    talk: Talk, words: FieldWords, judge: Callable[[str], tuple[Finding, ...]], *, is_required: bool, is_set: bool
) -> str | None:
    """Return a secret in clear, typed without an echo or read from a file, "" for none; None keeps what is set already.

    Args:
        talk: the conversation.
        words: what is said about the answer.
        judge: the rules.
        is_required: whether an empty answer blocks.
        is_set: whether there is one already, which Enter keeps.

    Raises:
        Cancelled, GoBack: as `Talk.ask`.
    """
    write_question(talk, words, _kind_words(is_required=is_required, is_there=is_set))
    prompt = _("{label}, typing is not shown, file:NAME reads a file:").format(label=words.label)
    if is_set:
        prompt = _("{label}, typing is not shown, file:NAME reads a file [set]:").format(label=words.label)
    while True:
        try:
            text = await talk.ask_secret(prompt)
        except SeveralLines:
            talk.say(_("Error: several lines came at once; none was taken. Save them in a file and type file:NAME."))
            continue
        if text.strip() == HELP:
            write_help(talk, words)
            continue
        if not text and is_set:
            return None
        if text == LEAVE_OUT and is_set and not is_required:
            return ""
        is_from_file = text.startswith(_FROM_FILE)
        if is_from_file:
            try:
                text = typed_files.text_of(text.removeprefix(_FROM_FILE)).removesuffix("\n")
            except Problem as problem:
                talk.say(problem_text(problem))
                continue
        findings = judge(text)
        write_findings(talk, findings)
        if not any(finding.is_error for finding in findings):
            if text:
                talk.say(_words_of_receipt(talk.was_typed_ahead and not is_from_file, len(text)))
            return text


def _words_of_receipt(was_typed_ahead: bool, count: int) -> str:
    if was_typed_ahead:
        words = plural(
            "Received, {count} character that was typed before the question. Go back with < if it was not meant.",
            "Received, {count} characters that were typed before the question. Go back with < if they were not meant.",
            count,
        )
    else:
        words = plural("Received, {count} character.", "Received, {count} characters.", count)
    return words.format(count=count)


async def ask_yes_or_no(talk: Talk, words: FieldWords, *, answer: bool) -> bool:
    """Return whether the person says yes; Enter takes `answer`.

    Raises:
        Cancelled, GoBack: as `Talk.ask`.
    """
    write_question(talk, words, _("optional"))
    default = _("yes") if answer else _("no")
    while True:
        prompt = _("{label}, yes or no [{answer}]:").format(label=words.label, answer=default)
        text = (await talk.ask(prompt)).lower()
        if text == HELP:
            write_help(talk, words)
        elif text in {"", _("yes"), _("no"), "y", "n"}:
            return answer if not text else text in {_("yes"), "y"}
        else:
            talk.say(_("Error: type yes or no."))


def write_question(talk: Talk, words: FieldWords, kind: str) -> None:
    """Say what is asked for, once.

    Args:
        talk: the conversation.
        words: what is said about the answer.
        kind: whether it is required, and what Enter does.
    """
    talk.say("")
    talk.say(_("{label}, {kind}. {help}").format(label=words.label, kind=kind, help=words.help).rstrip())


def _kind_words(*, is_required: bool, is_there: bool) -> str:
    """Return whether an answer is required, and what Enter does: it never takes away what is there already."""
    if is_there:
        return _("required, Enter keeps it") if is_required else _("optional, Enter keeps it, - leaves it out")
    return _("required") if is_required else _("optional, Enter leaves it out")


def write_help(talk: Talk, words: FieldWords) -> None:
    """Say where a person finds the value."""
    lines = [words.where_to_find, _("For example {example}").format(example=words.example) if words.example else ""]
    talk.say("\n".join(line for line in lines if line) or words.help)


def write_findings(talk: Talk, findings: Sequence[Finding]) -> None:
    """Say what the rules found, errors first."""
    for finding in findings:
        words = _("Error: {message}") if finding.is_error else _("Warning: {message}")
        talk.say(words.format(message=finding.message))


async def _settled(talk: Talk, words: FieldWords, text: str, judge: Callable[[str], tuple[Finding, ...]]) -> str | None:
    """Return what the rules let pass of an answer and what is typed behind the offer of a correction, else None.

    A value that is typed instead of taking an offer is the next answer, and judged like the first.
    """
    while True:
        findings = judge(text)
        write_findings(talk, findings)
        is_wrong = any(finding.is_error for finding in findings)
        offer = next((each.suggested_value for each in findings if each.suggested_value not in {"", text}), "")
        typed = await _typed_behind_offer(talk, words, offer, is_wrong=is_wrong) if offer else ""
        if not typed:
            return None if is_wrong else text
        text = offer if typed == TAKE else typed


async def _typed_behind_offer(talk: Talk, words: FieldWords, offer: str, *, is_wrong: bool) -> str:
    prompt = (
        _("= takes {offer}, Enter asks again:") if is_wrong else _("= takes {offer}, Enter keeps what you typed:")
    ).format(offer=offer)
    while (typed := await talk.ask(prompt)) == HELP:
        write_help(talk, words)
    return typed


def _row_named(rows: Sequence[ChoiceRow], text: str) -> ChoiceRow | None:
    if text.isascii() and text.isdigit():
        return rows[int(text) - 1] if 0 < int(text) <= len(rows) else None
    lowered = text.lower()
    return next((row for row in rows if lowered in {row.id.lower(), row.title.lower()}), None)
