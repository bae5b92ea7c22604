"""The values that live mode needs: what the settings did not say is asked for."""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Final

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widget import Widget

from aep_tui.domain.draft import Answer
from aep_tui.domain.finding import Finding, error
from aep_tui.domain.problem import SettingsProblem
from aep_tui.domain.secrets import Secrets
from aep_tui.domain.target import Mode, Target, checked_base_url
from aep_tui.domain.token_end import expiry_of
from aep_tui.domain.translation import _
from aep_tui.domain.validation import (
    findings_for_access_token,
    findings_for_api_key,
    findings_for_base_url,
    findings_for_client_secret,
    findings_for_organization_id,
    findings_for_sandbox_name,
)
from aep_tui.pages.background import in_background
from aep_tui.settings.chosen_layer import brings_secrets, with_layer_on_top
from aep_tui.settings.foreign_host import refuse_foreign_hosts
from aep_tui.settings.layer import Layer
from aep_tui.settings.resolved import ResolvedSettings
from aep_tui.settings.setting import SettingName
from aep_tui.tui.dialogs.new_token import token_from
from aep_tui.tui.widgets.field import Field, FieldWords, Judge

ACCESS_TOKEN = "access-token"  # noqa: S105 - the id of a field
CLIENT_SECRET = "client-secret"  # noqa: S105 - the id of a field
SECRET_FIELDS = (ACCESS_TOKEN, CLIENT_SECRET)


@dataclass(frozen=True, slots=True)
class PlainField:
    """A value of the target that is no secret.

    Attributes:
        id: of the field.
        setting: the setting that it comes from, which is its name in the target as well.
        words: what the field says.
        rule: judges the text.
    """

    id: str
    setting: SettingName
    words: FieldWords
    rule: Callable[[str], tuple[Finding, ...]]


ORGANIZATION: Final = PlainField(
    "organization",
    SettingName.ORGANIZATION_ID,
    FieldWords(
        _("Organization ID"),
        _("ends in @AdobeOrg"),
        "1A2B3C...@AdobeOrg",
        _("In Adobe Developer Console open your project, the credential, Organization ID."),
    ),
    findings_for_organization_id,
)
SANDBOX: Final = PlainField(
    "sandbox",
    SettingName.SANDBOX_NAME,
    FieldWords(
        _("Sandbox"),
        _("the name, not the title; Down or F3 lists them"),
        "dev",
        _(
            "F3 reads the sandboxes that your credential may use, once the other values are there. In "
            "Experience Platform open Sandboxes; the name stands beside the title. It is always sent."
        ),
    ),
    findings_for_sandbox_name,
)
API_KEY: Final = PlainField(
    "api-key",
    SettingName.API_KEY,
    FieldWords(
        _("API key"),
        _("the client ID of the credential"),
        "0a1b2c...",
        _("In Adobe Developer Console open your project, the credential, Client ID."),
    ),
    findings_for_api_key,
)
BASE_URL: Final = PlainField(
    "base-url",
    SettingName.BASE_URL,
    FieldWords(
        _("Base URL"),
        _("the platform's address"),
        "https://platform.adobe.io",
        _("The documented address is https://platform.adobe.io. Another one must begin with https://."),
    ),
    findings_for_base_url,
)


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

    def _plain_field(self, each: PlainField) -> Field:
        value, words = getattr(self._shown, each.setting), each.words
        origin = self.settings.origin(each.setting) if value == self.settings.text(each.setting) else ""
        if value and origin:
            words = replace(words, help=_("from {origin}").format(origin=origin))
        judge = _judged(each.rule)
        return Field(each.id, words, judge, is_required=True, answer=value, has_suggestions=each is SANDBOX)

    def _secret_fields(self) -> ComposeResult:
        has_token, has_secret = self.settings.has_access_token, self.settings.has_client_secret
        token_origin = self.settings.origin(SettingName.ACCESS_TOKEN)
        secret_origin = self.settings.origin(SettingName.CLIENT_SECRET)
        if has_secret:
            token_help = _("not needed: it comes by the client secret")
        elif has_token:
            token_help = _("from {origin}").format(origin=token_origin)
        else:
            token_help = _("unless you give the client secret; lives for 24 h")
        yield Field(
            ACCESS_TOKEN,
            FieldWords(
                _("Access token"),
                token_help,
                "eyJ...",
                _(
                    "In Adobe Developer Console open your project, the credential, Generate access token. A leading "
                    "Bearer is dropped. A token that you type here comes before everything else."
                ),
            ),
            self._judge_token,
            is_required=not has_token and not has_secret,
            secrets=self.secrets,
        )
        yield Field(
            CLIENT_SECRET,
            FieldWords(
                _("Client secret"),
                _("from {origin}").format(origin=secret_origin)
                if has_secret
                else _("instead of a token: one is obtained with it"),
                "p8e-...",
                _(
                    "In Adobe Developer Console open your project, the credential (OAuth Server-to-Server), Retrieve "
                    "client secret. The program asks {host} for access tokens with it and keeps them in memory only."
                ).format(host=self.settings.ims_base_url),
            ),
            _judged(findings_for_client_secret),
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
        wrong = [field for field in self.query(Field) if field.api_name not in except_for and not field.judge()]
        if wrong:
            wrong[0].input.focus()
        return not wrong

    def target(self) -> Target:
        """Return the plain values as the fields say them, without a secret."""
        base_url = self.typed(BASE_URL.id)
        with suppress(SettingsProblem):
            base_url = checked_base_url(base_url)
        organization_id, sandbox_name, api_key = (self.typed(each.id) for each in (ORGANIZATION, SANDBOX, API_KEY))
        return Target(Mode.LIVE, base_url, organization_id, sandbox_name, api_key)

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

    async def signed_in_target(self) -> Target:
        """Return the target with what it signs in with; a typed value comes before one of the settings.

        A client secret comes before a token of the settings: tokens that lie in files are often yesterday's. Secrets of
        the settings are fetched in the background, because a program or a keyring may have to give them.

        Raises:
            SettingsProblem: the place that holds the secret does not give it, or the secret would go to a host that
                only a `.env` in the working directory names.
        """
        target, settings, secrets = self.target(), self.settings, self.secrets
        typed_token, typed_secret = self.typed(ACCESS_TOKEN), self.typed(CLIENT_SECRET)

        def sign_in() -> Target:
            typed = _typed_secret_name(typed_token, typed_secret)
            refuse_foreign_hosts(settings, typed_secret=typed, base_url=target.base_url)
            token = token_from(typed_token, secrets) if typed_token else None
            secret = secrets.hold(typed_secret, CLIENT_SECRET) if typed_secret and token is None else None
            if token is None and secret is None:
                secret = settings.client_secret()
            if token is None and secret is None:
                token = settings.access_token()
            credential = settings.client_credential(secret) if secret is not None else None
            return replace(target, access_token=token, client_credential=credential, token_expires_at=expiry_of(token))

        return await in_background(sign_in)

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

    def _judge_token(self, text: str, _kept: Answer | None) -> tuple[Finding, ...]:
        if text.strip():
            return findings_for_access_token(text)
        if self.settings.has_access_token or self.settings.has_client_secret or self.typed(CLIENT_SECRET):
            return ()
        return (error(_("Paste an access token, or enter the client secret below.")),)


def _typed_secret_name(token: str, client_secret: str) -> SettingName | None:
    """Return which typed secret will be used: the token comes before the client secret."""
    return SettingName.ACCESS_TOKEN if token else SettingName.CLIENT_SECRET if client_secret else None


def _judged(rule: Callable[[str], tuple[Finding, ...]]) -> Judge:
    def judge(text: str, _kept: Answer | None) -> tuple[Finding, ...]:
        return rule(text)

    return judge


def form_with_layer(form: LiveTargetForm, layer: Layer) -> LiveTargetForm:
    """Return a form with the values that the person has just chosen; other typed values stay.

    Args:
        form: as it stands.
        layer: a credential file or a profile.
    """
    settings, typed = with_layer_on_top(form.settings, layer), form.target()

    def value(each: PlainField, text: str) -> str:
        return settings.text(each.setting) if each.setting in layer.values else text

    target = Target(
        Mode.LIVE,
        value(BASE_URL, typed.base_url),
        value(ORGANIZATION, typed.organization_id),
        value(SANDBOX, typed.sandbox_name),
        value(API_KEY, typed.api_key),
    )
    return LiveTargetForm(settings, target, form.secrets)


def typed_secrets_that_stay(form: LiveTargetForm, layer: Layer) -> dict[str, str]:
    """Return what was typed into the secret fields, nothing when `layer` decides how to sign in."""
    return {} if brings_secrets(layer) else {field_id: form.typed(field_id) for field_id in SECRET_FIELDS}
