"""The values that live mode needs: what the settings did not say is asked for."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from dataclasses import replace

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widget import Widget

from aep_tui.domain.background_work import in_background
from aep_tui.domain.finding import Finding
from aep_tui.domain.problem import SettingsProblem
from aep_tui.domain.secrets import Secrets
from aep_tui.domain.target import Mode, Target, checked_base_url
from aep_tui.domain.translation import _
from aep_tui.domain.validation import (
    findings_for_client_secret,
)
from aep_tui.pages.question import Confirm
from aep_tui.pages.target_questions import (
    ACCESS_TOKEN,
    API_KEY,
    BASE_URL,
    CLIENT_SECRET,
    ORGANIZATION,
    SANDBOX,
    SECRET_FIELDS,
    TargetQuestion,
    access_token_words,
    client_secret_words,
    findings_for_token_or_secret,
    in_clear,
    signed_in_target,
    signed_in_where_confirmed,
)
from aep_tui.settings.chosen_layer import brings_secrets, with_layer_on_top
from aep_tui.settings.layer import Layer
from aep_tui.settings.resolved import ResolvedSettings
from aep_tui.settings.setting import SettingName
from aep_tui.tui.widgets.field import Field, are_right


class LiveTargetForm(Vertical):
    """Organization, sandbox, API key, access token or client secret, and host."""

    DEFAULT_CSS = "LiveTargetForm { height: auto; }"

    def __init__(self, settings: ResolvedSettings, target: Target, secrets: Secrets) -> None:
        """Start from what the settings say.

        Args:
            settings: say where a value came from, and give the secrets.
            target: the plain values; one that differs from the settings was typed.
            secrets: of this run; they hold what is typed.
        """
        super().__init__()
        self.settings = settings
        self.secrets = secrets
        self._shown = target

    def compose(self) -> ComposeResult:
        """Yield the fields."""
        for each in (ORGANIZATION, SANDBOX, API_KEY):
            yield self._plain_field(each)
        yield from self._secret_fields()
        yield self._plain_field(BASE_URL)

    def _plain_field(self, each: TargetQuestion) -> Field:
        value, words = getattr(self._shown, each.setting), each.words
        origin = self.settings.origin(each.setting) if value == self.settings.text(each.setting) else ""
        if value and origin:
            words = replace(words, help=_("from {origin}").format(origin=origin))
        return Field(each.id, words, each.rule, is_required=True, answer=value, has_suggestions=each is SANDBOX)

    def _secret_fields(self) -> ComposeResult:
        has_token, has_secret = self.settings.has_access_token, self.settings.has_client_secret
        yield Field(
            ACCESS_TOKEN,
            access_token_words(self.settings),
            self._judge_token,
            is_required=not has_token and not has_secret,
            secrets=self.secrets,
        )
        yield Field(
            CLIENT_SECRET,
            client_secret_words(self.settings),
            findings_for_client_secret,
            is_required=False,
            secrets=self.secrets,
        )

    def on_mount(self) -> None:
        """Say in the fields which secrets are there already."""
        for field_id, is_set in (
            (ACCESS_TOKEN, self.settings.has_access_token and not self.settings.has_client_secret),
            (CLIENT_SECRET, self.settings.has_client_secret),
        ):
            if is_set:
                self.field(field_id).input.placeholder = _("set, not shown; type to replace it")

    def is_complete(self, *, except_for: Collection[str] = ()) -> bool:
        """Judge the fields; put the focus on the first wrong one and return whether there is none.

        Args:
            except_for: the ids of fields that may be empty for now.
        """
        return are_right(field for field in self.query(Field) if field.api_name not in except_for)

    def target(self) -> Target:
        """Return the plain values as the fields say them, without a secret, even one in a wrong field."""
        base_url = self.typed(BASE_URL.id)
        with suppress(SettingsProblem):
            base_url = checked_base_url(base_url)
        organization_id, sandbox_name, api_key = (
            in_clear(self.typed(each.id)) for each in (ORGANIZATION, SANDBOX, API_KEY)
        )
        plain = (base_url, organization_id, sandbox_name, api_key)
        return Target(Mode.LIVE, *plain, is_read_only=self.settings.is_read_only)

    @property
    def waiting_words(self) -> str:
        """What is waited for while `signed_in_target` works, in a sentence."""
        if self.typed(ACCESS_TOKEN) or self.typed(CLIENT_SECRET):
            return _("The token is looked at.")
        if self.settings.has_client_secret:
            origin = self.settings.origin(SettingName.CLIENT_SECRET)
            return _("The client secret is fetched from: {origin}.").format(origin=origin)
        origin = self.settings.origin(SettingName.ACCESS_TOKEN)
        return _("The access token is fetched from: {origin}.").format(origin=origin)

    async def signed_in_target(self, confirm: Confirm) -> Target:
        """Return the target with what it signs in with; a typed value comes before one of the settings.

        A client secret comes before a token of the settings: tokens that lie in files are often yesterday's. Secrets of
        the settings are fetched in the background, because a program or a keyring may have to give them.

        Args:
            confirm: lets the person type a host that only a `.env` in the working directory names.

        Raises:
            SettingsProblem: the place that holds the secret does not give it, or the host was not confirmed.
        """
        target, token, secret = self.target(), self.typed(ACCESS_TOKEN), self.typed(CLIENT_SECRET)

        async def sign_in(settings: ResolvedSettings) -> Target:
            return await in_background(lambda: signed_in_target(settings, target, token, secret, self.secrets))

        signed_in, self.settings = await signed_in_where_confirmed(self.settings, confirm, sign_in)
        return signed_in

    def typed(self, field_id: str) -> str:
        """Return what was typed into a field, without white space around it."""
        return self.field(field_id).text.strip()

    def field(self, field_id: str) -> Field:
        """Return a field by its id."""
        return next(field for field in self.query(Field) if field.api_name == field_id)

    def help_words(self, focused: Widget) -> tuple[str, str] | None:
        """Return title and text of the help for the field that has the focus, or None."""
        for field in self.query(Field):
            if field.api_name == focused.id:
                return field.words.label, f"{field.words.help}\n\n{field.words.where_to_find}"
        return None

    def _judge_token(self, text: str) -> tuple[Finding, ...]:
        return findings_for_token_or_secret(self.settings, text, self.typed(CLIENT_SECRET))


def form_with_layer(form: LiveTargetForm, layer: Layer) -> LiveTargetForm:
    """Return a form with the values that the person has just chosen; other typed values stay.

    Args:
        form: as it stands.
        layer: a credential file or a profile.
    """
    settings, typed = with_layer_on_top(form.settings, layer), form.target()

    def value(each: TargetQuestion, text: str) -> str:
        return settings.text(each.setting) if each.setting in layer.values else text

    target = Target(
        Mode.LIVE,
        value(BASE_URL, typed.base_url),
        value(ORGANIZATION, typed.organization_id),
        value(SANDBOX, typed.sandbox_name),
        value(API_KEY, typed.api_key),
        is_read_only=settings.is_read_only,
    )
    return LiveTargetForm(settings, target, form.secrets)


def typed_secrets_that_stay(form: LiveTargetForm, layer: Layer) -> dict[str, str]:
    """Return what was typed into the secret fields, nothing when `layer` decides how to sign in."""
    return {} if brings_secrets(layer) else {field_id: form.typed(field_id) for field_id in SECRET_FIELDS}
