"""Tries mutants: each against the tests that belong to its file, in a copy of the project."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.mutants.mutation import Mutant

ROOT: Final = Path(__file__).resolve().parents[2]
ROOMS_OF_TESTS: Final = ("domain", "session", "state", "pages", "flow_service", "settings", "preflight")
SECONDS_OF_A_TRIAL: Final = 240
MOST_FILES_OF_OTHERS: Final = 12


@dataclass(frozen=True, slots=True)
class Trial:
    """What became of a mutant.

    Attributes:
        path: the file, relative to the project.
        mutant: the fault.
        is_noticed: whether a test failed or did not end.
    """

    path: str
    mutant: Mutant
    is_noticed: bool


def copy_of_project(destination: Path, root: Path = ROOT) -> Path:
    """Copy what the tests need, without what tools leave behind, and return the copy."""
    ignored = shutil.ignore_patterns("__pycache__", ".*_cache", ".hypothesis", ".venv*", ".git", "screenshots")
    for name in ("aep_tui", "tests"):
        shutil.copytree(root / name, destination / name, ignore=ignored)
    shutil.copy(root / "pyproject.toml", destination)
    return destination


def files_that_test(path: str, root: Path = ROOT) -> list[list[str]]:
    """Return the test files of a source file in the order in which they are asked: those of its name, then its users.

    Args:
        path: for example "aep_tui/state/journal.py".
        root: the project.
    """
    file = Path(path)
    module = ".".join(file.with_suffix("").parts)
    room = Path("tests", *file.parts[1:-1])
    own = sorted(each.relative_to(root).as_posix() for each in (root / room).glob(f"test_{file.stem}*.py"))
    users = [
        each.relative_to(root).as_posix()
        for name in ROOMS_OF_TESTS
        for each in sorted((root / "tests" / name).rglob("test_*.py"))
        if f"{module} " in each.read_text(encoding="utf-8")
    ]
    others = [each for each in users if each not in own][:MOST_FILES_OF_OTHERS]
    if not own and not others:
        others = sorted(each.relative_to(root).as_posix() for each in (root / room).glob("test_*.py"))
    return [each for each in (own, others) if each]


def tried(path: str, mutant: Mutant, copy: Path) -> Trial:
    """Put the fault into the copy, ask the tests, and take it out again."""
    file = copy / path
    sound = file.read_text(encoding="utf-8")
    file.write_text(mutant.source, encoding="utf-8")
    try:
        return Trial(path, mutant, any(_fails(tests, copy) for tests in files_that_test(path, copy)))
    finally:
        file.write_text(sound, encoding="utf-8")


def _fails(tests: list[str], copy: Path) -> bool:
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-n", "0", "-p", "no:cacheprovider", "-p", "no:randomly"]
    environment = os.environ | {"PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        run = subprocess.run(
            [*command, *tests], cwd=copy, env=environment, capture_output=True, timeout=SECONDS_OF_A_TRIAL, check=False
        )
    except subprocess.TimeoutExpired:
        return True
    return run.returncode != 0
