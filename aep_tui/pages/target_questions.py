"""The values that live mode needs, as questions without a face, and how the target signs in with the answers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Final

from aep_tui.domain.finding import Finding, error
from aep_tui.domain.header_value import is_signed_token
from aep_tui.domain.paste import bearer_prefix_removed
from aep_tui.domain.secret import Secret
from aep_tui.domain.secrets import Secrets
from aep_tui.domain.target import Target
from aep_tui.domain.token_end import expiry_of
from aep_tui.domain.translation import _
from aep_tui.domain.validation import (
    findings_for_access_token,
    findings_for_api_key,
    findings_for_base_url,
    findings_for_organization_id,
    findings_for_sandbox_name,
)
from aep_tui.pages.field_words import FieldWords
from aep_tui.pages.question import Confirm, TypedConfirmation
from aep_tui.settings.foreign_host import HostUnconfirmed, refuse_foreign_hosts, with_confirmed_hosts
from aep_tui.settings.resolved import ResolvedSettings
from aep_tui.settings.setting import SettingName

ACCESS_TOKEN = "access-token"  # noqa: S105 - the id of a field
CLIENT_SECRET = "client-secret"  # noqa: S105 - the id of a field
SECRET_FIELDS = (ACCESS_TOKEN, CLIENT_SECRET)


@dataclass(frozen=True, slots=True)
class TargetQuestion:
    """A value of the target that is no secret.

    Attributes:
        id: of the field.
        setting: the setting that it comes from, which is its name in the target as well.
        words: what is said about it.
        rule: judges the text.
    """

    id: str
    setting: SettingName
    words: FieldWords
    rule: Callable[[str], tuple[Finding, ...]]


ORGANIZATION: Final = TargetQuestion(
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
SANDBOX: Final = TargetQuestion(
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
API_KEY: Final = TargetQuestion(
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
BASE_URL: Final = TargetQuestion(
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


WHERE_TOKENS_ARE: Final = _(
    "In Adobe Developer Console open your project, the credential, Generate access token. A leading Bearer is dropped. "
    "A token that you type here comes before everything else."
)


def access_token_words(settings: ResolvedSettings) -> FieldWords:
    """Return what is said about the access token, beside what `settings` give."""
    if settings.has_client_secret:
        token_help = _("not needed: it comes by the client secret")
    elif settings.has_access_token:
        token_help = _("from {origin}").format(origin=settings.origin(SettingName.ACCESS_TOKEN))
    else:
        token_help = _("unless you give the client secret; lives for 24 h")
    return FieldWords(
        _("Access token"),
        token_help,
        "eyJ...",
        WHERE_TOKENS_ARE,
    )


def client_secret_words(settings: ResolvedSettings) -> FieldWords:
    """Return what is said about the client secret, beside what `settings` give."""
    return FieldWords(
        _("Client secret"),
        _("from {origin}").format(origin=settings.origin(SettingName.CLIENT_SECRET))
        if settings.has_client_secret
        else _("instead of a token: one is obtained with it"),
        "p8e-...",
        _(
            "In Adobe Developer Console open your project, the credential (OAuth Server-to-Server), Retrieve "
            "client secret. The program asks {host} for access tokens with it and keeps them in memory only."
        ).format(host=settings.ims_base_url),
    )


def findings_for_token_or_secret(settings: ResolvedSettings, token: str, client_secret: str) -> tuple[Finding, ...]:
    """Return what is wrong with a typed access token; without one something else has to sign in."""
    if token.strip():
        return findings_for_access_token(token)
    if settings.has_access_token or settings.has_client_secret or client_secret:
        return ()
    return (error(_("Paste an access token, or enter the client secret below.")),)


def in_clear(text: str) -> str:
    """Return a typed value as every page may show it, "" for a token in the wrong field."""
    return "" if is_signed_token(text.strip()) else text


def token_from(text: str, secrets: Secrets) -> Secret:
    """Return a typed or pasted token without "Bearer " and without white space around it."""
    return secrets.hold(bearer_prefix_removed(text.strip())[0], "access token")


def host_confirmation(unconfirmed: HostUnconfirmed) -> TypedConfirmation:
    """Return the question before a secret goes to a host that a folder names: the host is typed."""
    return TypedConfirmation(
        unconfirmed.title,
        _("{message} Such a file may have come with the folder. Type the host only if you know it.").format(
            message=unconfirmed.message
        ),
        expected=unconfirmed.host,
        label=_("Type the host to send secrets there"),
        yes=_("Send them there"),
    )


async def signed_in_where_confirmed(
    settings: ResolvedSettings,
    confirm: Confirm,
    sign_in: Callable[[ResolvedSettings], Awaitable[Target]],
) -> tuple[Target, ResolvedSettings]:
    """Return the signed-in target, and the settings with each host that the person has typed on the way.

    Args:
        settings: give what was not typed.
        confirm: lets the person type a name.
        sign_in: does what `signed_in_target` does, with these settings.

    Raises:
        HostUnconfirmed: the person did not type the host; nothing was sent.
        SettingsProblem: as `signed_in_target`.
    """
    while True:
        try:
            return await sign_in(settings), settings
        except HostUnconfirmed as unconfirmed:
            if not await confirm(host_confirmation(unconfirmed)):
                raise
            settings = with_confirmed_hosts(settings, (unconfirmed.host,))


def signed_in_target(
    settings: ResolvedSettings, target: Target, token_text: str, client_secret_text: str, secrets: Secrets
) -> Target:
    """Return the target with what it signs in with; a typed value comes before one of the settings.

    A client secret comes before a token of the settings: tokens that lie in files are often yesterday's. It may wait
    for a program or a keyring that has to give the secret.

    Args:
        settings: give what was not typed.
        target: without a secret.
        token_text: as typed, "" for nothing.
        client_secret_text: as typed, "" for nothing.
        secrets: of this run.

    Raises:
        HostUnconfirmed: a secret would go to a host that only a `.env` in the working directory names.
        SettingsProblem: the place that holds the secret does not give it.
    """
    typed = SettingName.ACCESS_TOKEN if token_text else SettingName.CLIENT_SECRET if client_secret_text else None
    refuse_foreign_hosts(settings, typed_secret=typed, base_url=target.base_url)
    token = token_from(token_text, secrets) if token_text else None
    secret = secrets.hold(client_secret_text, CLIENT_SECRET) if client_secret_text and token is None else None
    if token is None and secret is None:
        secret = settings.client_secret()
    if token is None and secret is None:
        token = settings.access_token()
    credential = settings.client_credential(secret) if secret is not None else None
    return replace(target, access_token=token, client_credential=credential, token_expires_at=expiry_of(token))
