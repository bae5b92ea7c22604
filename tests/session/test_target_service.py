"""How a target is reached: the practice service without a network, the real platform at its own address."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from aep_tui.domain.problem import SettingsProblem
from aep_tui.domain.secrets import Secrets
from aep_tui.domain.target import Mode
from aep_tui.practice.application import create_practice_application
from aep_tui.practice.organization import practice_target
from aep_tui.session.target_service import wire_to
from tests.flow_service.helpers import a_target
from tests.kit.clock import FakeClock


def no_practice() -> Any:  # noqa: ANN401 - an ASGI application
    raise AssertionError("the practice service is not asked for")


@pytest.mark.parametrize("is_read_only", [True, False])
def test_the_real_platform_is_reached_at_its_address_by_what_knows_the_secrets(is_read_only: bool) -> None:
    target, clock, secrets = replace(a_target(), is_read_only=is_read_only), FakeClock(), Secrets()
    wire = wire_to(target, clock=clock, secrets=secrets, open_practice=no_practice)
    assert (wire.base_url, wire.clock, wire.secrets) == (target.base_url, clock, secrets)
    assert wire.transport is None
    assert wire.is_read_only is is_read_only


def test_a_rehearsal_is_embedded() -> None:
    target, clock = practice_target(Secrets()), FakeClock()
    assert target.mode is Mode.PRACTICE
    asked: list[str] = []

    def open_practice() -> Any:  # noqa: ANN401 - an ASGI application
        asked.append("practice")
        return create_practice_application(clock=clock)

    wire = wire_to(target, clock=clock, secrets=Secrets(), open_practice=open_practice)
    assert asked == ["practice"]
    assert wire.transport is not None


def test_an_address_that_cannot_be_used_is_refused() -> None:
    with pytest.raises(SettingsProblem):
        wire_to(a_target("ftp://x"), clock=FakeClock(), secrets=Secrets(), open_practice=no_practice)
