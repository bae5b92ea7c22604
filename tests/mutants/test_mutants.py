from __future__ import annotations

from pathlib import Path

import pytest

from tests.mutants.__main__ import known_equivalents
from tests.mutants.mutation import mutants_of
from tests.mutants.trial import copy_of_project, files_that_test, tried

SOURCE = '''"""Words stay."""
from typing import Final

LIMIT: Final = 3


def is_long(text: str) -> bool:
    """Return whether it is."""
    if not text:
        return False
    return len(text) > LIMIT and text != "long"
'''


def test_every_kind_of_fault_is_made_and_words_are_left_alone() -> None:
    made = [(each.before, each.after) for each in mutants_of(SOURCE)]
    assert ("3", "4") in made
    assert ("not text", "not (not text)") in made or ("not text", "not not text") in made
    assert ("len(text) > LIMIT", "len(text) >= LIMIT") in made
    assert ("len(text) > LIMIT and text != 'long'", "len(text) > LIMIT or text != 'long'") in made
    assert ("return False", "return None") in made
    assert all("Words stay." in each.source for each in mutants_of(SOURCE))
    assert len({each.source for each in mutants_of(SOURCE)}) == len(made)


@pytest.fixture
def small_project(tmp_path: Path) -> Path:
    """A project with one file and a test that looks at one side of its limit only."""
    for folder in ("aep_tui/domain", "tests/domain"):
        (tmp_path / "project" / folder).mkdir(parents=True)
        for package in (folder.partition("/")[0], folder):
            (tmp_path / "project" / package / "__init__.py").touch()
    project = tmp_path / "project"
    (project / "pyproject.toml").write_text("[tool.pytest.ini_options]\n")
    (project / "aep_tui/domain/length.py").write_text(SOURCE)
    (project / "tests/domain/test_length.py").write_text(
        "from aep_tui.domain.length import is_long\n\n\n"
        "def test_length():\n    assert is_long('words') is True\n    assert is_long('') is False\n"
    )
    return project


def test_a_fault_that_a_test_notices_is_told_from_one_that_none_does(small_project: Path, tmp_path: Path) -> None:
    path = "aep_tui/domain/length.py"
    copy = copy_of_project(tmp_path / "copy", small_project)
    results = {
        (mutant.before, mutant.after): tried(path, mutant, copy).is_noticed
        for mutant in mutants_of(SOURCE)
        if mutant.before in {"return False", "len(text) > LIMIT"}
    }
    assert results == {("return False", "return None"): True, ("len(text) > LIMIT", "len(text) >= LIMIT"): False}
    assert (copy / path).read_text() == SOURCE, "the fault is taken out again"


def test_the_tests_of_a_file_have_its_name_or_import_it() -> None:
    own, users = files_that_test("aep_tui/state/journal.py")
    assert own == ["tests/state/test_journal.py"]
    assert users
    assert all(Path(each).is_file() for each in users)


def test_each_fault_that_counts_for_nothing_says_why() -> None:
    assert all(len(row) == 3 for row in known_equivalents())
