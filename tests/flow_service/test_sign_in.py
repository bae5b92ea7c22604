from __future__ import annotations

import httpx
import pytest

from aep_tui.domain.problem import SettingsProblem
from aep_tui.domain.secret import Secret
from aep_tui.domain.target import DOCUMENTED_SCOPES, ClientCredential, Mode, Target
from aep_tui.flow_service.authentication import BearerToken
from aep_tui.flow_service.ims import ImsAuthentication
from aep_tui.flow_service.sign_in import authentication_for
from tests.kit.canary import CANARY
from tests.kit.wire import a_wire

SECRET = Secret(CANARY)


def target(access_token: Secret | None = None, credential: ClientCredential | None = None) -> Target:
    return Target(Mode.LIVE, api_key="key-1", access_token=access_token, client_credential=credential)


def test_an_access_token_comes_before_a_client_credential() -> None:
    credential = ClientCredential(Secret("other"))
    assert isinstance(authentication_for(target(SECRET, credential), a_wire()), BearerToken)
    assert isinstance(authentication_for(target(), a_wire()), BearerToken)


def test_a_client_credential_asks_the_identity_service_as_the_target_says() -> None:
    credential = ClientCredential(SECRET, "openid,AdobeID", "https://ims.example")
    authentication = authentication_for(target(None, credential), a_wire())
    assert isinstance(authentication, ImsAuthentication)
    assert authentication._client_id == "key-1"
    assert authentication._credential.scopes == "openid,AdobeID"
    assert authentication._wire.base_url == "https://ims.example"


def test_scopes_and_host_have_the_documented_defaults() -> None:
    authentication = authentication_for(target(None, ClientCredential(SECRET)), a_wire())
    assert isinstance(authentication, ImsAuthentication)
    assert authentication._credential.scopes == DOCUMENTED_SCOPES
    assert authentication._wire.base_url == "https://ims-na1.adobelogin.com"


def test_an_identity_service_without_https_is_refused() -> None:
    with pytest.raises(SettingsProblem):
        authentication_for(target(None, ClientCredential(SECRET, ims_base_url="http://ims.example")), a_wire())


def test_neither_target_nor_authentication_shows_the_secret() -> None:
    whole = target(SECRET, ClientCredential(SECRET, "openid", "https://ims.example"))
    assert CANARY not in repr(whole) + repr(whole.client_credential)
    assert CANARY not in repr(authentication_for(target(None, whole.client_credential), a_wire()))


def test_it_is_httpx_that_is_given_the_authentication() -> None:
    assert isinstance(authentication_for(target(SECRET), a_wire()), httpx.Auth)
