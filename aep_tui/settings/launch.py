"""What the program was started with, handed from the command line to the app."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aep_tui.domain.clock import Clock
from aep_tui.domain.target import DOCUMENTED_SCOPES, IDENTITY_SERVICE_URL, Mode, Target

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
        live_target: what the settings say about the real platform; what they do not say is "".
        live_origins: where the values of the live target came from, by setting, in words.
        read_access_token: returns the live token late, because wrapping it costs start-up time and a program or a
            keyring may have to give it; None without one. Call it in a thread: it may wait for ten seconds.
        has_access_token: whether `read_access_token` will return one.
        scenarios: what the practice service can play.
        scenario_id: the scenario that is chosen at first.
        practice_application: makes the practice service for a scenario.
        watch_connection_id: with `aep-tui watch ID`, the connection whose status is shown at once.
        clock: the time.
        output: where the result is written as JSON besides standard output, or None.
        has_client_secret: whether `read_client_secret` will return one.
        read_client_secret: as `read_access_token`, for the secret that tokens are obtained with.
        scopes: that tokens are asked for with, commas between them.
        ims_base_url: scheme and host of Adobe's identity service.
        settings: what the values of live mode were taken from, or None while nobody has looked (a rehearsal).
        read_settings: looks; None when there is nothing to look at.
        may_reveal: whether a typed secret may be shown for some seconds.
        practice_sandbox: the sandbox of the practice target, or None when the practice service has no such sandbox.
    """

    mode: Mode
    practice_target: Target
    live_target: Target
    scenarios: tuple[ScenarioChoice, ...]
    scenario_id: str
    practice_application: Callable[[str], Any] = field(repr=False)
    clock: Clock
    read_access_token: Callable[[], Any] = field(repr=False, default=lambda: None)
    has_access_token: bool = False
    live_origins: tuple[tuple[str, str], ...] = ()
    watch_connection_id: str = ""
    output: Path | None = None
    has_client_secret: bool = False
    read_client_secret: Callable[[], Any] = field(repr=False, default=lambda: None)
    scopes: str = DOCUMENTED_SCOPES
    ims_base_url: str = IDENTITY_SERVICE_URL
    settings: ResolvedSettings | None = None
    read_settings: Callable[[], ResolvedSettings] | None = field(repr=False, default=None)
    practice_sandbox: Sandbox | None = None
    may_reveal: bool = True

    def with_settings(self, settings: ResolvedSettings) -> Launch:
        """Return the launch with the values of live mode from `settings`; fetches no secret."""
        return replace(
            self,
            settings=settings,
            live_target=settings.target(Mode.LIVE),
            live_origins=tuple((name.value, found.origin) for name, found in settings.values.items()),
            has_access_token=settings.has_access_token,
            read_access_token=settings.access_token,
            has_client_secret=settings.has_client_secret,
            read_client_secret=settings.client_secret,
            scopes=settings.scopes,
            ims_base_url=settings.ims_base_url,
        )
