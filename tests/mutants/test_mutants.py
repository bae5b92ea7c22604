"""Small faults are made and tried; a project of two files stands for ours, so that no test of ours runs in a test."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.mutants.__main__ import ROOMS, ROOT, _kind, draw, known_equivalents, told, try_all
from tests.mutants.forked_run import Fault, Order, run_tests
from tests.mutants.mutation import Mutant, mutants_of, source_with
from tests.mutants.trial import Suite, Trial, not_to_be_trusted, recorded

SOURCE = '''"""Words stay."""
from typing import Final

LIMIT: Final = 3


def is_long(text: str) -> bool:
    """Return whether it is."""
    if not text:
        return False
    return len(text) > LIMIT and text != "long"


def without_end(text: str) -> str:
    while len(text) < LIMIT:
        text += "x"
    return text
'''
PATH = "made/length.py"


def test_every_kind_of_fault_is_made_and_words_are_left_alone() -> None:
    mutants = list(mutants_of(SOURCE))
    made = [(each.before, each.after) for each in mutants]
    assert ("3", "4") in made
    assert ("not text", "not (not text)") in made or ("not text", "not not text") in made
    assert ("if not text:", "if True:") in made
    assert ("len(text) > LIMIT", "len(text) >= LIMIT") in made
    assert ("len(text) > LIMIT and text != 'long'", "len(text) > LIMIT or text != 'long'") in made
    assert ("False", "True") in made
    assert ("return False", "return None") not in made, "only mypy can notice it"
    sources = {source_with(each, SOURCE) for each in mutants}
    assert len(sources) == len(mutants)
    assert ast.unparse(ast.parse(SOURCE)) not in sources
    assert all("Words stay." in each for each in sources)


@pytest.mark.parametrize(
    "source",
    [
        "Way: TypeAlias = int | str",
        'class Reads(Protocol):\n    def read(self, *, again: bool = True) -> str:\n        """Return it."""',
    ],
)
def test_what_only_a_type_checker_can_notice_is_no_fault(source: str) -> None:
    assert list(mutants_of(source)) == []


def test_a_fault_in_a_constant_shows_where_the_constant_is_used() -> None:
    constant = next(each for each in mutants_of(SOURCE) if (each.before, each.where) == ("3", ""))
    assert {SOURCE.splitlines()[line - 1].strip() for line in constant.lines} == {
        'return len(text) > LIMIT and text != "long"',
        "while len(text) < LIMIT:",
    }


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with one file, a test that looks at one side of its limit only, and one that fails without a fault."""
    root = tmp_path_factory.mktemp("project")
    for folder in ("made", "checks"):
        (root / folder).mkdir()
        (root / folder / "__init__.py").touch()
    (root / "pyproject.toml").write_text("[tool.pytest.ini_options]\n")
    (root / PATH).write_text(SOURCE)
    (root / "checks/test_length.py").write_text(
        "import sys\n\nfrom made.length import is_long, without_end\n\n\n"
        "def test_that_ends_the_recording():\n    sys.settrace(None)\n\n\n"
        "def test_length():\n    assert is_long('words') is True\n    assert is_long('') is False\n\n\n"
        "def test_end():\n    assert without_end('') == 'xxx'\n\n\n"
        "def test_broken():\n    assert is_long('ab')\n"
    )
    return root


@pytest.fixture(scope="module")
def suite(project: Path) -> Suite:
    suite, failed = recorded(project, ["checks"], ["made"], 1)
    assert failed == ["checks/test_length.py::test_broken"]
    return suite


def test_it_is_recorded_which_test_reaches_which_line(suite: Suite) -> None:
    by_line = {SOURCE.splitlines()[line - 1].strip(): ids for line, ids in suite.reached[PATH].items()}
    assert "checks/test_length.py::test_length" in by_line["return False"]
    assert "checks/test_length.py::test_end" not in by_line["return False"]
    assert "checks/test_length.py::test_end" in by_line["return text"]
    assert {test.rpartition("::")[2] for test in suite.seconds} == {
        "test_that_ends_the_recording",
        "test_length",
        "test_end",
    }


def test_a_fault_that_a_test_notices_is_told_from_one_that_none_does(
    suite: Suite, capsys: pytest.CaptureFixture[str]
) -> None:
    wanted = {"if not text:", "len(text) > LIMIT", "3", "return text"}
    drawn = [(PATH, each) for each in mutants_of(SOURCE) if each.before in wanted]
    results = {(each.mutant.before, each.mutant.after): each.noticed_by for each in try_all(drawn, suite, 1)}
    assert results == {
        ("if not text:", "if True:"): "checks/test_length.py::test_length",
        ("if not text:", "if False:"): "",
        ("len(text) > LIMIT", "len(text) >= LIMIT"): "",
        ("3", "4"): "checks/test_length.py::test_end",
        ("return text", "return None"): "checks/test_length.py::test_end",
    }
    assert (suite.root / PATH).read_text() == SOURCE
    assert capsys.readouterr().out.count("survived") == 2


@pytest.mark.parametrize(
    ("source", "says"),
    [
        (SOURCE.replace('text += "x"', "pass"), "it took too long"),
        (SOURCE.replace('text += "x"', "__import__('time').sleep(60)"), "it did not end"),
        ("raise ValueError", "it could not be imported"),
        ("__import__('os')._exit(1)", "the tests ended the process"),
    ],
)
def test_a_run_that_does_not_end_or_start_is_noticed(project: Path, source: str, says: str) -> None:
    fault = Fault(PATH, source)
    wall = 0.5 if "sleep" in source else 60.0
    run = run_tests(Order(project, ["checks"], ["checks/test_length.py::test_end"], fault, processor=1, wall=wall))
    assert run.ended == says
    assert not run.failed


def test_a_file_that_cannot_be_imported_is_noticed_beside_one_that_can(project: Path) -> None:
    (project / "checks/test_other.py").write_text("def test_nothing():\n    pass\n")
    tests = ["checks/test_other.py::test_nothing", "checks/test_length.py::test_end"]
    files = ["checks/test_length.py", "checks/test_other.py"]
    run = run_tests(Order(project, files, tests, Fault(PATH, "raise ValueError")))
    (project / "checks/test_other.py").unlink()
    assert run.ended == "it could not be imported"


def test_a_run_without_a_fault_that_does_not_end_tells_nothing_about_the_tests(project: Path) -> None:
    with pytest.raises(RuntimeError, match="it did not end"):
        run_tests(Order(project, ["checks"], wall=0.0))


def test_what_a_test_noticed_that_fails_without_a_fault_counts_as_not_noticed(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken, good = "checks/test_length.py::test_broken", "checks/test_length.py::test_length"
    suite = Suite(project, {broken: 0.1, good: 0.1}, {})
    mutant = next(mutants_of(SOURCE))
    trials = [Trial(PATH, mutant, broken, 1), Trial(PATH, mutant, good, 1), Trial(PATH, mutant, "", 2)]
    doubtful = not_to_be_trusted(trials, suite)
    assert doubtful == [broken]
    assert told(trials, set(doubtful)) == pytest.approx(100 / 3)
    said = capsys.readouterr().out
    assert said.count(f"{PATH}:{mutant.line}") == 1, "the one that survived by itself was said when it did"
    assert "1 of 3 mutants noticed" in said


def test_what_is_drawn_does_not_hang_on_other_places(tmp_path: Path) -> None:
    (tmp_path / "one.py").write_text(SOURCE)
    before = draw(["."], 8, 1, tmp_path)
    (tmp_path / "another.py").write_text("def is_on() -> bool:\n    return 1 > 2\n")
    after = draw(["."], 8, 1, tmp_path)
    kept = {_name(*each) for each in before} & {_name(*each) for each in after}
    assert len(kept) >= 5
    assert [_name(*each) for each in draw(["."], 8, 2, tmp_path)] != [_name(*each) for each in after]


def _name(path: str, mutant: Mutant) -> tuple[object, ...]:
    return (*_kind(path, mutant), mutant.repeat)


def test_each_fault_that_counts_for_nothing_says_why_and_is_there() -> None:
    known = known_equivalents()
    files = {ROOT / path for path, _where, _before, _after in known}
    made = {
        _kind(file.relative_to(ROOT).as_posix(), mutant)
        for room in ROOMS
        for file in files.intersection((ROOT / room).rglob("*.py"))
        for mutant in mutants_of(file.read_text(encoding="utf-8"))
    }
    assert known <= made
