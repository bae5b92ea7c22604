"""Whether a sandbox is for production is known of that sandbox, as that credential sees it, and of no other."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

import pytest

from aep_tui.domain.sandbox import Sandbox
from aep_tui.domain.target import Mode
from aep_tui.pages.known_sandboxes import KnownSandboxes
from aep_tui.pages.sandbox_types import SandboxTypes
from aep_tui.pages.target_session import TargetSession
from tests.kit.navigator import FakeNavigator
from tests.pages.support import DEVELOPMENT, LIVE, Flows


def test_what_one_credential_has_seen_is_not_known_of_another() -> None:
    known = KnownSandboxes(Sandbox("rehearsal"))
    known.keep(LIVE, (DEVELOPMENT,))
    assert known.sandbox_of(LIVE) is DEVELOPMENT
    other = replace(LIVE, api_key="another")
    assert (known.sandbox_of(other), known.has_list_of(other)) == (None, False)
    assert known.sandbox_of(replace(LIVE, mode=Mode.PRACTICE)) is None


def test_another_sandbox_is_not_taken_for_that_of_the_target() -> None:
    current = Flows(FakeNavigator()).current
    current.now = replace(current.now, sandbox=DEVELOPMENT)
    types = SandboxTypes(current, cast(TargetSession, None))
    assert types.all_of(("dev", "prod")) == (DEVELOPMENT, Sandbox("prod"))


@pytest.mark.anyio
async def test_the_list_is_read_when_the_type_of_one_of_several_is_not_known(monkeypatch: pytest.MonkeyPatch) -> None:
    current = Flows(FakeNavigator()).current
    current.now = replace(current.now, sandbox=DEVELOPMENT)
    types = SandboxTypes(current, cast(TargetSession, None))
    read: list[str] = []

    async def reading() -> tuple[Sandbox, ...]:
        read.append("read")
        types._known.keep(LIVE, (DEVELOPMENT,))
        return (DEVELOPMENT,)

    monkeypatch.setattr(types, "read", reading)
    assert not await types.learn(("dev",))
    assert await types.learn(("dev", "prod"))
    assert not await types.learn(("dev", "prod")), "what is not in the list stays unknown"
    assert read == ["read"]
