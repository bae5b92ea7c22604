"""What the program was started with, handed from the command line to the app."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aep_tui.domain.clock import Clock
from aep_tui.domain.light_dataclass import dataclass
from aep_tui.domain.secrets import Secrets
from aep_tui.domain.target import ClientCredential, Mode, Target
from aep_tui.settings.theme_choice import ThemeChoice

if TYPE_CHECKING:
    from aep_tui.domain.sandbox import Sandbox
    from aep_tui.settings.resolved import ResolvedSettings


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
        scenarios: what the practice service can play.
        scenario_id: the scenario that is chosen at first.
        practice_application: makes the practice service for a scenario.
        clock: the time.
        secrets: of this run.
        read_settings: looks at what the settings say about the real platform.
        settings: what they said, or None while nobody has looked (a rehearsal).
        watch_connection_id: with `aep-tui watch ID`, the connection whose status is shown at once.
        shows_connections: whether the list of existing connections is shown at once.
        listed_sandboxes: the sandboxes that it is of, the target's own when none is named.
        output: where the result is written as JSON besides standard output, or None.
        sign_ins: what obtains tokens in this run, by client id and credential; all clients share it.
        may_reveal: whether a typed secret may be shown for some seconds.
        is_pairing: the person says that others see this terminal.
        theme: which colours the wizard wears.
        practice_sandbox: the sandbox of the practice target, or None when the practice service has no such sandbox.
    """

    mode: Mode
    practice_target: Target
    scenarios: tuple[ScenarioChoice, ...]
    scenario_id: str
    practice_application: Callable[[str], Any] = field(repr=False)
    clock: Clock
    secrets: Secrets
    read_settings: Callable[[], ResolvedSettings] = field(repr=False)
    settings: ResolvedSettings | None = None
    watch_connection_id: str = ""
    shows_connections: bool = False
    listed_sandboxes: tuple[str, ...] = ()
    output: Path | None = None
    practice_sandbox: Sandbox | None = None
    may_reveal: bool = True
    is_pairing: bool = False
    theme: ThemeChoice = field(default_factory=ThemeChoice)
    sign_ins: dict[tuple[str, ClientCredential], Any] = field(repr=False, default_factory=dict)

    @property
    def leaves_welcome_at_once(self) -> bool:
        """Whether something else than a new connection was asked for, and the welcome page has only to be complete."""
        return bool(self.watch_connection_id) or self.shows_connections

    @property
    def first_target(self) -> Target:
        """The target of the mode that is chosen at first, without secrets of the settings."""
        if self.mode is Mode.PRACTICE:
            return self.practice_target
        return self.settings.live_target if self.settings is not None else Target(Mode.LIVE)
