"""A new access token is asked for until one can be used, or there is none."""

from __future__ import annotations

import pytest

from aep_tui.domain.problem import SettingsProblem
from aep_tui.domain.secret import Secret
from aep_tui.flow_service.errors import AuthenticationRequired
from aep_tui.pages.new_tokens import NewTokens
from tests.kit.navigator import FakeNavigator

pytestmark = pytest.mark.anyio

REFUSAL = AuthenticationRequired("Signed out", "Your access token has ended.")
UNUSABLE = SettingsProblem("The token cannot be used", "No header can carry it.", "Copy it anew.")


async def test_a_token_that_cannot_be_sent_is_asked_for_once_more_and_says_why() -> None:
    navigator, taken = FakeNavigator(), list[Secret]()
    navigator.tokens = [Secret("two\nlines"), Secret("good")]

    def take(token: Secret) -> None:
        if not taken:
            taken.append(token)
            raise UNUSABLE
        taken.append(token)

    assert await NewTokens(navigator, take).is_given(REFUSAL)
    assert navigator.refusals == [REFUSAL, UNUSABLE]
    assert len(taken) == 2


async def test_where_a_client_credential_obtains_the_tokens_nobody_is_asked_for_one() -> None:
    navigator = FakeNavigator()
    tokens = NewTokens(navigator, lambda _token: None, lambda: False)
    assert not await tokens.is_given(REFUSAL)
    assert navigator.refusals == []
