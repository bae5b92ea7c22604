"""Where the connection will be created, line by line."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from aep_tui.domain.background_work import in_background
from aep_tui.domain.problem import Problem
from aep_tui.domain.sandbox import Sandbox
from aep_tui.domain.target import Mode, Target
from aep_tui.domain.translation import _
from aep_tui.domain.validation import findings_for_client_secret
from aep_tui.pages.choice_row import ChoiceRow
from aep_tui.pages.field_words import FieldWords
from aep_tui.pages.problem_text import problem_text
from aep_tui.pages.sandboxes import read_sandboxes
from aep_tui.pages.target_questions import (
    API_KEY,
    ORGANIZATION,
    SANDBOX,
    TargetQuestion,
    access_token_words,
    client_secret_words,
    findings_for_token_or_secret,
    signed_in_target,
    signed_in_where_confirmed,
)
from aep_tui.pages.welcome_words import LIVE_ROW, PRACTICE_ROW, WHAT_PRACTICE_DOES, WHERE_TO_CREATE
from aep_tui.plain.prompts import ask_secret, ask_text, choose
from aep_tui.plain.talk import GoBack, Talk

if TYPE_CHECKING:
    from aep_tui.pages.app_state import AppState
    from aep_tui.pages.question import Confirm
    from aep_tui.settings.launch import Launch
    from aep_tui.settings.resolved import ResolvedSettings


class Welcome:
    """The first questions: practice or live, what practice plays, and what the settings do not say of the target."""

    def __init__(self, talk: Talk, launch: Launch, now: AppState, confirm: Confirm) -> None:
        """Take what the program was started with, what was chosen so far, and what lets a name be typed.

        Enter keeps what was chosen.

        Args:
            talk: asks and says.
            launch: what the program was started with.
            now: what was chosen so far.
            confirm: lets a name be typed.
        """
        self._now = now
        self._confirm = confirm
        self._talk = talk
        self._launch = launch

    async def chosen(self) -> tuple[Target, str, Sandbox | None]:
        """Return the target with what it signs in with, the practice scenario, and what is known of the sandbox.

        Raises:
            GoBack, Cancelled: as `Talk.ask`.
            Problem: a setting cannot be used, or the secret cannot be fetched.
        """
        self._talk.say("")
        self._talk.say(WHERE_TO_CREATE)
        rows = (
            ChoiceRow(Mode.PRACTICE.value, PRACTICE_ROW),
            ChoiceRow(Mode.LIVE.value, LIVE_ROW),
        )
        help_text = _(
            "Practice plays the platform and forgets everything at the end. Live is the real platform. Nothing is "
            "created before you submit at the end."
        )
        mode = await choose(self._talk, rows, self._now.target.mode.value, help_text)
        return await (self._practice() if mode == Mode.PRACTICE.value else self._live())

    async def _practice(self) -> tuple[Target, str, Sandbox | None]:
        self._talk.say("")
        self._talk.say(WHAT_PRACTICE_DOES)
        rows = [ChoiceRow(each.id, each.label, detail=each.summary) for each in self._launch.scenarios]
        scenario_id = await choose(self._talk, rows, self._now.scenario_id or self._launch.scenario_id, "")
        return self._launch.practice_target, scenario_id, self._launch.practice_sandbox

    async def _live(self) -> tuple[Target, str, Sandbox | None]:
        settings = self._launch.settings or self._launch.read_settings()
        organization_id, sandbox_name, api_key = [
            await ask_text(
                self._talk,
                _words_of(question),
                question.rule,
                is_required=True,
                answer=settings.text(question.setting),
            )
            for question in (ORGANIZATION, SANDBOX, API_KEY)
        ]
        target = Target(Mode.LIVE, settings.base_url, organization_id, sandbox_name, api_key)
        token, client_secret = await self._secrets(settings)

        async def sign_in(known: ResolvedSettings) -> Target:
            secrets = self._launch.secrets
            return await in_background(lambda: signed_in_target(known, target, token, client_secret, secrets))

        signed_in, _settings = await signed_in_where_confirmed(settings, self._confirm, sign_in)
        return signed_in, "", await self._sandbox_of(signed_in)

    async def _secrets(self, settings: ResolvedSettings) -> tuple[str, str]:
        """Ask for what signs in when the settings have nothing: the client secret first, because it lasts."""
        if settings.has_client_secret or settings.has_access_token:
            words = client_secret_words(settings) if settings.has_client_secret else access_token_words(settings)
            self._talk.say(f"{words.label}: {words.help}")
            return "", ""
        client_secret = await ask_secret(
            self._talk,
            client_secret_words(settings),
            lambda text: findings_for_client_secret(text) if text else (),
            is_required=False,
            is_set=False,
        )
        if client_secret:
            return "", client_secret.strip()
        token = await ask_secret(
            self._talk,
            access_token_words(settings),
            lambda text: findings_for_token_or_secret(settings, text, ""),
            is_required=True,
            is_set=False,
        )
        return (token or "").strip(), ""

    async def _sandbox_of(self, target: Target) -> Sandbox | None:
        """Return what the platform says about the sandbox; a list that cannot be read leaves it unknown."""
        try:
            sandboxes = await read_sandboxes(self._launch, target, "")
        except Problem as problem:
            self._talk.say(problem_text(problem))
            return None
        found = next((each for each in sandboxes if each.name == target.sandbox_name), None)
        if found is None:
            names = ", ".join(each.name for each in sandboxes)
            self._talk.say(_("The platform lists no sandbox of this name. It lists: {names}.").format(names=names))
            raise GoBack
        return found


def _words_of(question: TargetQuestion) -> FieldWords:
    """Return what is said about a value, without the keys of the drawn pages."""
    if question is not SANDBOX:
        return question.words
    where = _("In Experience Platform open Sandboxes; the name stands beside the title. It is always sent.")
    return replace(question.words, help=_("the name, not the title"), where_to_find=where)
