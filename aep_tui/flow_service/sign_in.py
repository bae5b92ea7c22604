"""How requests for a target are signed in: with its access token, or with tokens obtained for its client credential."""

from __future__ import annotations

from datetime import datetime

from aep_tui.domain.clock import Clock
from aep_tui.domain.secret import Secret
from aep_tui.domain.target import Target
from aep_tui.flow_service.authentication import BearerToken
from aep_tui.flow_service.ims import DEFAULT_IMS_HOST, DEFAULT_SCOPES, ImsAuthentication, ImsCredential, token_expiry


def authentication_for(target: Target, clock: Clock) -> BearerToken | ImsAuthentication:
    """Return what `FlowService` signs requests in with; an access token comes before a client credential.

    Args:
        target: its API key is the client id.
        clock: measures the life of obtained tokens.

    Raises:
        SettingsProblem: the token cannot be sent, or the identity service's address cannot be used.
    """
    credential = target.client_credential
    if credential is None or target.access_token is not None:
        return BearerToken(target.access_token)
    scopes = tuple(scope for scope in credential.scopes.split(",") if scope)
    return ImsAuthentication(
        ImsCredential(
            target.api_key,
            credential.client_secret,
            scopes or DEFAULT_SCOPES,
            credential.ims_base_url or DEFAULT_IMS_HOST,
        ),
        clock=clock,
    )


def expiry_of(access_token: Secret | None) -> datetime | None:
    """Return when an access token expires by its own words, None without one or when it does not say."""
    return token_expiry(access_token) if access_token is not None else None
