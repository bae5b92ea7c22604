"""What a person types for each of the five connections, a line a question."""

from __future__ import annotations

import io
import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from aep_tui.domain.catalog.catalog import load_catalog
from aep_tui.domain.source import Cloud
from aep_tui.domain.wizard import Wizard
from aep_tui.pages.opening import session_for
from aep_tui.plain.conversation import Conversation
from aep_tui.plain.talk import Cancelled, Talk
from aep_tui.practice.application import create_practice_application
from aep_tui.practice.scenarios import EVERYTHING_FINE, scenario_by_id
from aep_tui.practice.store import PracticeStore
from tests.kit.canary import CANARY
from tests.kit.clock import FakeClock
from tests.kit.journeys import JWT, Journey
from tests.kit.person import launch_for


def choices(journey: Journey) -> list[str]:
    """The lines up to the credentials."""
    lines = [journey.cloud, journey.source, journey.auth_method]
    return [*lines, "go-on"] if journey.has_notice else lines


def values(journey: Journey) -> list[str]:
    """The lines of the credentials, in the order of the form; what is optional and not in the journey is left out."""
    source = load_catalog().source(journey.source)
    assert source is not None
    method = source.auth_method(Cloud(journey.cloud), journey.auth_method)
    assert method is not None
    given = dict(journey.values)
    return [given.get(parameter.api_name, "") for parameter in method.parameters]


def whole(journey: Journey, scenario_id: str = EVERYTHING_FINE.id) -> list[str]:
    """Every line from the first question to the end."""
    return ["practice", scenario_id, "create", *choices(journey), *values(journey), "", "", "submit", ""]


@dataclass(frozen=True, slots=True)
class Held:
    """A conversation that has ended.

    Attributes:
        text: everything that was written.
        is_cancelled: whether it ended before its last question was answered.
        conversation: with its result.
        store: what the practice service remembers.
    """

    text: str
    is_cancelled: bool
    conversation: Conversation
    store: PracticeStore


async def hold(lines: Sequence[str], **changes: Any) -> Held:  # noqa: ANN401 - any attribute of a launch
    """Hold a conversation in which `lines` are typed ahead and the input ends behind them."""
    reading, writing = os.pipe()
    os.write(writing, "".join(f"{line}\n" for line in lines).encode())
    os.close(writing)
    clock, store, output = FakeClock(), PracticeStore(), io.StringIO()

    def application(name: str) -> Any:  # noqa: ANN401 - an ASGI application
        scenario = scenario_by_id(name) or EVERYTHING_FINE
        return create_practice_application(scenario=scenario, store=store, clock=clock)

    launch = launch_for(clock, application, **changes)

    talk = Talk(reading, output)
    conversation = Conversation(launch, Wizard(load_catalog(), clock.today()), talk, partial(session_for, launch))
    is_cancelled = False
    try:
        await conversation.run()
    except Cancelled:
        is_cancelled = True
    finally:
        os.close(reading)
    text = output.getvalue()
    for secret in (CANARY, JWT):
        assert secret not in text
    assert all(character.isprintable() or character in "\n\t\b" for character in text)
    return Held(text, is_cancelled, conversation, store)
