"""What was read about sandboxes so far; light, because the first page is shown with it."""

from __future__ import annotations

from aep_tui.domain.place import Place
from aep_tui.domain.sandbox import Sandbox
from aep_tui.domain.target import Mode, Target


class KnownSandboxes:
    """What was read about the sandboxes of each target in this run."""

    def __init__(self, practice_sandbox: Sandbox | None) -> None:
        self._practice_sandbox = practice_sandbox
        self._by_target: dict[tuple[Mode, Place, str], dict[str, Sandbox]] = {}

    def keep(self, target: Target, sandboxes: tuple[Sandbox, ...]) -> None:
        """Remember the sandboxes that were read for `target`."""
        self._by_target[_key(target)] = {sandbox.name: sandbox for sandbox in sandboxes}

    def has_list_of(self, target: Target) -> bool:
        """Return whether the list was read already."""
        return _key(target) in self._by_target

    def sandbox_of(self, target: Target) -> Sandbox | None:
        """Return what is known about the sandbox of `target`, or None."""
        practice = self._practice_sandbox
        if target.mode is Mode.PRACTICE and practice is not None and practice.name == target.sandbox_name:
            return practice
        return self._by_target.get(_key(target), {}).get(target.sandbox_name)


def _key(target: Target) -> tuple[Mode, Place, str]:
    """Return what a list of sandboxes belongs to."""
    return (target.mode, target.place.organization, target.api_key)
