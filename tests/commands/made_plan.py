"""`aep-tui migrate` in this process, and the plan that it makes, made once."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from aep_tui.cli import main

SANDBOXES = "dev,rehearsal,prod"


def a_plan(folder: Path, sandboxes: str = SANDBOXES) -> Path:
    """Put what `migrate plan` writes into a folder."""
    for name, content in _files_of_a_plan(sandboxes).items():
        (folder / name).write_bytes(content)
        (folder / name).chmod(0o600)
    return folder / "plan.toml"


@cache
def _files_of_a_plan(sandboxes: str) -> dict[str, bytes]:
    """Return the plan and the organization beside it; they are the same each time, because the clock stands."""
    with TemporaryDirectory() as folder:
        assert migrate("plan", Path(folder, "plan.toml"), "--sandbox-name", sandboxes) == 0
        return {file.name: file.read_bytes() for file in Path(folder).iterdir()}


def migrate(command: str, path: Path, *arguments: str) -> int:
    where = () if command == "report" else ("--practice",)
    return main(["migrate", command, str(path), *where, *arguments])
