"""What a migration asks in a terminal: the credentials of each group once, and the names of production sandboxes."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from aep_tui.domain.finding import Finding
from aep_tui.domain.migration_plan import MigrationPlan
from aep_tui.domain.migration_text import PlanUnusable
from aep_tui.domain.translation import _
from aep_tui.pages.field_words import FieldWords
from aep_tui.pages.migration_given import Given, Missing
from aep_tui.pages.migration_questions import sandbox_confirmation
from aep_tui.pages.migration_words import IN_PRODUCTION, credentials_words
from aep_tui.pages.unattended import AnswersIncomplete, Complaint
from aep_tui.plain.prompts import ask_secret, ask_text
from aep_tui.plain.talk import Cancelled, GoBack, Talk

if TYPE_CHECKING:
    from aep_tui.settings.launch import Launch


async def ask_missing(given: Given, missing: Sequence[Missing], launch: Launch) -> None:
    """Ask for what is missing, a group after the other.

    Args:
        given: what was given by options; it takes the answers.
        missing: what is asked for.
        launch: the secrets of this run.

    Raises:
        AnswersIncomplete: the person goes back; nothing was changed.
        KeyboardInterrupt: the person ends it.
    """
    try:
        with Talk(sys.stdin.fileno(), sys.stderr) as talk:
            group = None
            for each in missing:
                if each.group != group:
                    group = each.group
                    talk.say(f"{credentials_words(group)}:")
                await _ask(talk, each, given, launch)
    except GoBack:
        raise AnswersIncomplete(tuple(each.complaint for each in missing)) from None
    except Cancelled:
        raise KeyboardInterrupt from None


async def _ask(talk: Talk, missing: Missing, given: Given, launch: Launch) -> None:
    parameter = missing.parameter
    words = FieldWords(parameter.label, parameter.help, parameter.example, parameter.where_to_find)
    if parameter.is_secret:
        text = await ask_secret(talk, words, _nothing_wrong, is_required=True, is_set=False)
        given.put(missing.group, parameter, launch.secrets.hold(text or "", parameter.api_name))
    else:
        text = await ask_text(talk, words, _nothing_wrong, is_required=True, answer="")
        given.put(missing.group, parameter, text)


def _nothing_wrong(_text: str) -> tuple[Finding, ...]:
    """Judge nothing: the whole form is judged before the first request."""
    return ()


def production_complaint(names: Sequence[str]) -> Complaint:
    """Return what a script is told that has not named the production sandboxes."""
    return Complaint(f"--confirm-sandbox {','.join(names)}", IN_PRODUCTION)


async def ask_sandboxes(names: Sequence[str], plan: MigrationPlan) -> None:
    """Let the person type the name of each production sandbox in which something is going to be changed.

    Raises:
        AnswersIncomplete: the person goes back.
        KeyboardInterrupt: the person ends it.
        PlanUnusable: another name was typed.
    """
    try:
        with Talk(sys.stdin.fileno(), sys.stderr) as talk:
            for name in names:
                asked = sandbox_confirmation(name, plan)
                talk.say(f"{asked.title}\n{asked.text}")
                if await talk.ask(_("{label}:").format(label=asked.label)) != name:
                    words = _("Another name was typed. Nothing was changed.")
                    raise PlanUnusable(_("The sandbox was not confirmed"), words, _("Start again."))
    except GoBack:
        raise AnswersIncomplete((production_complaint(names),)) from None
    except Cancelled:
        raise KeyboardInterrupt from None
