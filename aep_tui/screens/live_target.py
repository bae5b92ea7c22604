"""The values that live mode needs: what the environment did not say is asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widget import Widget

from aep_tui.domain.draft import Answer
from aep_tui.domain.finding import Finding, error
from aep_tui.domain.problem import SettingsProblem
from aep_tui.domain.target import Target, checked_base_url
from aep_tui.domain.translation import _
from aep_tui.domain.validation import findings_for_organization_id, findings_for_sandbox_name
from aep_tui.screens.new_token import judge_token, token_from
from aep_tui.settings.launch import Launch
from aep_tui.widgets.field import Field, FieldWords, Judge


class LiveTargetForm(Vertical):
    """Host, organization, sandbox, API key and access token."""

    DEFAULT_CSS = "LiveTargetForm { height: auto; }"

    def __init__(self, launch: Launch) -> None:
        """Start from what the environment says."""
        super().__init__()
        self._launch = launch

    def compose(self) -> ComposeResult:
        """Yield the fields."""
        target = self._launch.live_target
        origins = dict(self._launch.live_origins)

        def field(
            field_id: str, label: str, help_line: str, example: str, where: str, judge: Judge, value: str, origin: str
        ) -> Field:
            said = _("from {origin}").format(origin=origins[origin]) if value and origin in origins else help_line
            words = FieldWords(label, said, example, where)
            return Field(field_id, words, judge, is_required=True, answer=value)

        yield field(
            "organization",
            _("Organization ID"),
            _("ends in @AdobeOrg"),
            "1A2B3C...@AdobeOrg",
            _("In Adobe Developer Console open your project, the credential, Organization ID."),
            _judged(findings_for_organization_id),
            target.organization_id,
            "organization_id",
        )
        yield field(
            "sandbox",
            _("Sandbox"),
            _("the name in lower case, not the title"),
            "dev",
            _("In Experience Platform open Sandboxes; the name stands beside the title. It is always sent."),
            _judged(findings_for_sandbox_name),
            target.sandbox_name,
            "sandbox_name",
        )
        yield field(
            "api-key",
            _("API key"),
            _("the client ID of the credential"),
            "0a1b2c...",
            _("In Adobe Developer Console open your project, the credential, Client ID."),
            _judged(_findings_for_api_key),
            target.api_key,
            "api_key",
        )
        has_token = self._launch.has_access_token
        yield Field(
            "access-token",
            FieldWords(
                _("Access token"),
                _("from {origin}").format(origin=origins.get("access_token", _("the environment")))
                if has_token
                else _("valid for about 24 hours; a leading Bearer is dropped"),
                _("set; type to replace it") if has_token else "eyJ...",
                _("In Adobe Developer Console open your project, the credential, Generate access token."),
            ),
            lambda text, kept: () if has_token and not text else judge_token(text, kept),
            is_required=not has_token,
            is_secret=True,
        )
        yield field(
            "base-url",
            _("Base URL"),
            _("the platform's address"),
            "https://platform.adobe.io",
            _("The documented address is https://platform.adobe.io. Another one must begin with https://."),
            _judged(_findings_for_base_url),
            target.base_url,
            "base_url",
        )

    def is_complete(self) -> bool:
        """Judge every field; put the focus on the first wrong one and return whether there is none."""
        wrong = [field for field in self.query(Field) if not field.judge()]
        if wrong:
            wrong[0].input.focus()
        return not wrong

    def target(self) -> Target:
        """Return the target as the fields say it; without a typed token it is the one of the environment."""
        text = {field.api_name: field.text.strip() for field in self.query(Field) if not field.is_secret}
        token_field = next(field for field in self.query(Field) if field.is_secret)
        token = token_from(token_field.text) if token_field.text else self._launch.read_access_token()
        try:
            base_url = checked_base_url(text["base-url"])
        except SettingsProblem:
            base_url = text["base-url"]
        return replace(
            self._launch.live_target,
            base_url=base_url,
            organization_id=text["organization"],
            sandbox_name=text["sandbox"],
            api_key=text["api-key"],
            access_token=token,
        )

    def help_words(self, focused: Widget) -> tuple[str, str] | None:
        """Return title and text of the help for the field that has the focus, or None."""
        for field in self.query(Field):
            if field.api_name == focused.id:
                return field.words.label, f"{field.words.help}\n\n{field.words.where_to_find}"
        return None


def _judged(rule: Callable[[str], tuple[Finding, ...]]) -> Judge:
    def judge(text: str, _kept: Answer | None) -> tuple[Finding, ...]:
        return rule(text)

    return judge


def _findings_for_api_key(text: str) -> tuple[Finding, ...]:
    if not text:
        return (error(_("Enter the API key.")),)
    if any(character.isspace() for character in text):
        return (error(_("An API key has no blanks in it.")),)
    return ()


def _findings_for_base_url(text: str) -> tuple[Finding, ...]:
    try:
        checked_base_url(text)
    except SettingsProblem as problem:
        return (error(f"{problem.message} {problem.next_step}".strip()),)
    return ()
