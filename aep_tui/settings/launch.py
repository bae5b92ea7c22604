"""What the program was started with, handed from the command line to the app."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aep_tui.domain.clock import Clock, SystemClock
from aep_tui.domain.target import Mode, Target


@dataclass(frozen=True, slots=True)
class ScenarioChoice:
    """A named behaviour of the practice service, as the welcome page offers it."""

    id: str
    label: str
    summary: str


@dataclass(frozen=True, slots=True)
class Launch:
    """What the welcome page starts from.

    Attributes:
        mode: what is chosen on the welcome page at first.
        practice_target: organization, sandbox and token of the practice service.
        live_target: what the environment says about the real platform; what it does not say is "".
        live_origins: where the values of the live target came from, by field, in words.
        read_access_token: returns the live token late, because wrapping it costs start-up time; None without one.
        practice_token: a word that the practice service takes for a token; no secret.
        has_access_token: whether `read_access_token` will return one.
        scenarios: what the practice service can play.
        scenario_id: the scenario that is chosen at first.
        practice_application: makes the practice service for a scenario.
        watch_connection_id: with `aep-tui watch ID`, the connection whose status is shown at once.
        clock: the time.
        output: where the result is written as JSON besides standard output, or None.
    """

    mode: Mode
    practice_target: Target
    live_target: Target
    scenarios: tuple[ScenarioChoice, ...]
    scenario_id: str
    practice_application: Callable[[str], Any] = field(repr=False)
    read_access_token: Callable[[], Any] = field(repr=False, default=lambda: None)
    practice_token: str = ""
    has_access_token: bool = False
    live_origins: tuple[tuple[str, str], ...] = ()
    watch_connection_id: str = ""
    clock: Clock = field(default_factory=SystemClock)
    output: Path | None = None
