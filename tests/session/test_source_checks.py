"""The checks that ask a source itself take secrets in no other form than wrapped."""

from __future__ import annotations

import pytest

from aep_tui.domain.secret import Secret
from aep_tui.domain.target import Mode, Target
from aep_tui.session.platform_session import PlatformSession
from aep_tui.session.source_checks import CHECKS, CheckAttempts
from tests.kit.canary import CANARY
from tests.kit.wire import a_wire

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("secret", [CANARY, True])
async def test_a_secret_that_is_not_wrapped_is_a_mistake_of_the_program_and_sent_nowhere(secret: str | bool) -> None:
    values = {"address": "https://acme.my.salesforce.com", "client_id": "acme", "client_secret": secret}
    with pytest.raises(TypeError) as caught:
        await CHECKS["salesforce-login"](values, CheckAttempts(), a_wire())
    assert CANARY not in str(caught.value)


async def test_a_session_asks_the_source_over_its_own_wire(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[object, ...]] = []

    async def check(*parts: object) -> None:
        asked.append(parts)

    monkeypatch.setattr("aep_tui.session.platform_session.CHECKS", {"made-up": check})
    wire, attempts = a_wire(), CheckAttempts()
    target = Target(Mode.PRACTICE, "http://practice.localhost", "ACME@AdobeOrg", "dev", "key", Secret(CANARY))
    session = PlatformSession(target, wire)
    await session.check_credentials("made-up", {"address": "x"}, attempts)
    await session.close()
    assert asked == [({"address": "x"}, attempts, wire)]
