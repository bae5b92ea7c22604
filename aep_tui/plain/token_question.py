"""Asks line by line for another access token."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aep_tui.domain.translation import _
from aep_tui.domain.validation import findings_for_access_token
from aep_tui.pages.field_words import FieldWords
from aep_tui.pages.target_questions import token_from
from aep_tui.plain.prompts import ask_secret
from aep_tui.plain.talk import GoBack, Talk

if TYPE_CHECKING:
    from aep_tui.domain.secret import Secret
    from aep_tui.domain.secrets import Secrets


async def ask_for_token(talk: Talk, reason: str, enter_words: str, secrets: Secrets) -> Secret | None:
    """Return another access token, None when the person has none now; an empty line is "later".

    Args:
        talk: with the person.
        reason: why one is needed, "" when that was said just before.
        enter_words: what an empty line does.
        secrets: of this run.
    """
    if reason:
        talk.say(reason)
    try:
        text = await ask_secret(
            talk,
            FieldWords(_("Access token"), enter_words),
            lambda text: findings_for_access_token(text) if text else (),
            is_required=False,
            is_set=False,
        )
    except GoBack:
        return None
    return token_from(text, secrets) if text else None
