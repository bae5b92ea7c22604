from __future__ import annotations

from dataclasses import replace

from aep_tui.domain.clock import SystemClock
from aep_tui.domain.secrets import Secrets
from aep_tui.settings.chosen_layer import brings_secrets, with_layer_on_top
from aep_tui.settings.layer import Layer, values_of_variables
from aep_tui.settings.profile import Profile, SecretPlace, SecretSource
from aep_tui.settings.resolved import ResolvedSettings
from aep_tui.settings.setting import SettingName
from tests.kit.canary import CANARY
from tests.settings.resolving import resolve


def settings(**variables: str) -> ResolvedSettings:
    return resolve(environment=variables)


def chosen(**variables: str) -> Layer:
    return Layer("acme.json", values_of_variables(variables, "{variable} in acme.json", Secrets()), notes=("a note",))


def test_what_is_chosen_comes_before_everything_else() -> None:
    before = settings(AEP_ORG_ID="OLD@AdobeOrg", AEP_SANDBOX_NAME="dev", AEP_ACCESS_TOKEN=CANARY)
    after = with_layer_on_top(before, chosen(AEP_ORG_ID="NEW@AdobeOrg"))
    assert (after.organization_id, after.sandbox_name) == ("NEW@AdobeOrg", "dev")
    assert after.origin(SettingName.ORGANIZATION_ID) == "AEP_ORG_ID in acme.json"
    assert after.has_access_token
    assert [(one.name, one.reason) for one in after.ignored] == [
        (SettingName.ORGANIZATION_ID, "acme.json was chosen later.")
    ]
    assert after.notes[-1] == "acme.json: a note"


def test_a_place_that_gives_one_secret_gives_both() -> None:
    layer = chosen(AEP_CLIENT_SECRET=CANARY)
    after = with_layer_on_top(settings(AEP_ACCESS_TOKEN=CANARY), layer)
    assert brings_secrets(layer)
    assert after.has_client_secret
    assert not after.has_access_token


def test_a_profile_that_asks_for_its_secret_takes_the_known_ones_away() -> None:
    before = settings(AEP_ACCESS_TOKEN=CANARY)
    asking = Profile("acme", {}, SecretSource(SecretPlace.ASK)).layer(SystemClock(), Secrets())
    assert not with_layer_on_top(before, asking).has_access_token
    assert with_layer_on_top(before, asking).profile_name == "acme"
    environment = Profile("acme", {}, SecretSource(SecretPlace.ENVIRONMENT)).layer(SystemClock(), Secrets())
    assert with_layer_on_top(before, environment).has_access_token


def test_a_file_that_is_chosen_over_a_profile_leaves_the_profile_named() -> None:
    before = replace(settings(), profile_name="acme")
    assert with_layer_on_top(before, chosen(AEP_ORG_ID="NEW@AdobeOrg")).profile_name == "acme"


def test_defaults_are_replaced_without_a_word() -> None:
    after = with_layer_on_top(settings(), chosen(AEP_BASE_URL="https://platform-stage.adobe.io"))
    assert after.base_url == "https://platform-stage.adobe.io"
    assert after.ignored == ()
