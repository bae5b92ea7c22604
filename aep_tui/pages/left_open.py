"""What earlier runs left open, in words, and the question what to do about it."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from aep_tui.domain.target import Target
from aep_tui.domain.translation import _, plural
from aep_tui.state.unfinished import Unfinished
from aep_tui.tui.dialogs.asking import ChoiceModal
from aep_tui.tui.widgets.choice_list import Choice

START_ANEW: Final = "start-anew"
RESUME: Final = "resume"
FORGET: Final = "forget"
LOOK: Final = "look-"
WATCH: Final = "watch-"


def unfinished_message(unfinished: Unfinished) -> str:
    """Return what the welcome page says; "" when there is nothing."""
    lines = [
        _("Not finished: nobody knows whether {name} was created in sandbox {sandbox} ({time}).").format(
            name=intent.name, sandbox=intent.sandbox_name, time=_time(intent.started_at)
        )
        for intent in unfinished.open_intents
    ]
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


def unfinished_question(unfinished: Unfinished, target: Target) -> ChoiceModal | None:
    """Ask what to do about what is open at this target's service and organization; None when nothing is."""
    choices: list[Choice] = []
    for index, intent in enumerate(unfinished.open_intents):
        if _is_same_service(intent.base_url, intent.organization_id, target):
            detail = _("sandbox {sandbox}, sent {time}; nobody knows whether it exists").format(
                sandbox=intent.sandbox_name, time=_time(intent.started_at)
            )
            choices.append(Choice(f"{LOOK}{index}", _("Look for {name}").format(name=intent.name), detail=detail))
    for index, entry in enumerate(unfinished.connections):
        if _is_same_service(entry.intent.base_url, entry.intent.organization_id, target):
            detail = _("sandbox {sandbox}, created {time}; its end was not seen").format(
                sandbox=entry.intent.sandbox_name, time=_time(entry.intent.started_at)
            )
            choices.append(Choice(f"{WATCH}{index}", _("Watch {name}").format(name=entry.intent.name), detail=detail))
    saved = unfinished.saved
    if saved is not None:
        count = len(saved.asked_for_again)
        detail = plural("{count} secret is asked for again", "{count} secrets are asked for again", count)
        choices.append(
            Choice(
                RESUME,
                _("Go on with the answers of {time}").format(time=_time(saved.saved_at)),
                detail=detail.format(count=count) if count else "",
            )
        )
    if not choices:
        return None
    choices.append(Choice(START_ANEW, _("Start anew"), detail=_("What is open stays noted; saved answers go.")))
    if len(choices) > 1 and (unfinished.open_intents or unfinished.connections):
        choices.append(Choice(FORGET, _("Forget what is open"), detail=_("You have looked at it yourself.")))
    return ChoiceModal(_("Something was not finished"), "", choices)


def _is_same_service(base_url: str, organization_id: str, target: Target) -> bool:
    """Return whether the token of `target` belongs where the intent was sent; it is never sent elsewhere."""
    return base_url == target.base_url and organization_id == target.organization_id


def _time(instant: datetime) -> str:
    return f"{instant:%Y-%m-%d %H:%M} UTC"
