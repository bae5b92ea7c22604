"""How requests for a target are signed in: with its access token, or with tokens obtained for its client credential."""

from __future__ import annotations

from aep_tui.domain.clock import Clock
from aep_tui.domain.target import Target
from aep_tui.flow_service.authentication import BearerToken
from aep_tui.flow_service.ims import ImsAuthentication


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
    return ImsAuthentication(target.api_key, credential, clock=clock)
