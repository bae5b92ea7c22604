"""Whether others see this terminal: the person says so, or tmux shows our window to more than one client.

GNU screen, `script` and a video call cannot be asked; who knows of them says `--pairing`.
"""

from __future__ import annotations

import asyncio
import subprocess
from collections.abc import Callable, Mapping
from typing import Any, Final, Protocol, runtime_checkable

from textual.app import App

from aep_tui import settings

VIEWERS_POLL_SECONDS: Final = 10.0
LONGEST_WAIT: Final = 1.0
"""Seconds after which a tmux that does not answer is not waited for."""


class Viewers:
    """Looks when it is told to, beside everything else; a look that fails changes nothing."""

    def __init__(
        self,
        environment: Mapping[str, str],
        *,
        is_said: bool,
        changed: Callable[[bool], None],
        count: Callable[[Mapping[str, str]], int | None] | None = None,
    ) -> None:
        """Begin with what the person said.

        Args:
            environment: of the process.
            is_said: the person says that others see this terminal; then nobody is asked.
            changed: is called with the answer when it is another one than before.
            count: returns how many terminals show our window, None where nobody knows; asks tmux when left out.
        """
        self.are_others = is_said
        self._environment = environment
        self._is_said = is_said
        self._changed = changed
        self._count = count or clients_of_tmux

    def follow(self, app: App[Any]) -> None:
        """Look now, with each page of `app`, and now and then: people come without a word."""
        if is_in_tmux(self._environment) and not self._is_said:

            def look(_changed: object = None) -> None:
                app.run_worker(self.look(), group="viewers", exclusive=True)

            app.screen_change_signal.subscribe(app, look)
            app.set_interval(VIEWERS_POLL_SECONDS, look)
            look()

    async def look(self) -> None:
        """Find out whether others see this terminal now."""
        if self._is_said:
            return
        count = await asyncio.to_thread(self._count, self._environment)
        if count is not None and (count > 1) is not self.are_others:
            self.are_others = count > 1
            self._changed(self.are_others)


@runtime_checkable
class HasViewers(Protocol):
    """An app that knows who sees it."""

    viewers: Viewers


def is_in_tmux(environment: Mapping[str, str]) -> bool:
    """Return whether tmux says which of its panes the process runs in."""
    return bool(environment.get("TMUX") and environment.get("TMUX_PANE"))


def clients_of_tmux(environment: Mapping[str, str]) -> int | None:
    """Return how many clients of tmux show the window that we run in; None without tmux, and where it says nothing.

    A client of another session counts when it shows the same window: pairs often share windows, not sessions.

    Args:
        environment: of the process; tmux names its socket and our pane there.
    """
    if not is_in_tmux(environment):
        return None
    window = "#{window_id}"
    command = [
        "tmux",
        "display-message",
        "-p",
        "-t",
        environment["TMUX_PANE"],
        window,
        ";",
        "list-clients",
        "-F",
        window,
    ]
    try:
        answer = subprocess.run(  # noqa: S603 - the tmux that the person runs
            command,
            env=settings.environment_without_secrets(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=LONGEST_WAIT,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    ours, *shown = answer.stdout.decode(errors="replace").split() or [""]
    return shown.count(ours)
