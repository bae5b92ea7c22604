"""How requests for a target are signed in: with its access token, or with tokens obtained for its client credential."""

from __future__ import annotations

from collections.abc import MutableMapping
from dataclasses import replace
from typing import TypeAlias

from aep_tui.domain.target import ClientCredential, Target
from aep_tui.flow_service.authentication import BearerToken
from aep_tui.flow_service.exchange import Wire
from aep_tui.flow_service.ims import ImsAuthentication

SignIns: TypeAlias = MutableMapping[tuple[str, ClientCredential], ImsAuthentication]
"""What obtains tokens, by client id and credential: whoever signs in with the same ones shares the token."""


def authentication_for(target: Target, wire: Wire, sign_ins: SignIns | None = None) -> BearerToken | ImsAuthentication:
    """Return what `FlowService` signs requests in with; an access token comes before a client credential.

    Args:
        target: its API key is the client id.
        wire: to the platform; the identity service is reached in the same way.
        sign_ins: of this run; a new one is put there. None for one of its own.

    Raises:
        SettingsProblem: the token cannot be sent, or the identity service's address cannot be used.
    """
    credential = target.client_credential
    if credential is None or target.access_token is not None:
        return BearerToken(target.access_token)
    known = (sign_ins or {}).get((target.api_key, credential))
    if known is not None:
        return known
    to_identity = replace(wire, base_url=credential.checked_ims_base_url)
    made = ImsAuthentication(target.api_key, credential, to_identity)
    if sign_ins is not None:
        sign_ins[target.api_key, credential] = made
    return made
