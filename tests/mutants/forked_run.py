"""One run of some tests in a process of its own, which starts with the libraries loaded.

The process is forked from one that has loaded `warm` and nothing of the project, so that the project, with a fault in
one of its files, is imported anew for each run and nothing else is.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import importlib.util
import multiprocessing
import os
import pickle
import resource
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Final

import pytest

_CONTEXT: Final = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["tests.mutants.warm"])
_LARGEST_MEMORY: Final = 4 * 2**30
_ARGUMENTS: Final = (
    "-q",
    "--tb=line",
    "--hypothesis-seed=1",
    "-Wignore::pytest.PytestAssertRewriteWarning",
    *(part for name in ("cacheprovider", "xdist", "pytest_cov", "randomly") for part in ("-p", f"no:{name}")),
)
_GOOD_ENDS: Final = {pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED}


@dataclass(frozen=True, slots=True)
class Fault:
    """What is imported in the place of a file.

    Attributes:
        path: of the file, relative to the project.
        source: its code with the fault.
    """

    path: str
    source: str


@dataclass(frozen=True, slots=True)
class Order:
    """What a run has to do.

    Attributes:
        root: the project.
        files: test files, or folders with them, relative to the project.
        tests: the ids of the tests to run, in this order; all of the files when empty.
        fault: what is wrong in the product.
        stops_early: whether the first failure ends the run.
        watched: folders of which it is recorded which test runs which line; nothing is recorded when empty.
        processor: seconds of the processor after which the run is ended.
        wall: seconds of the clock after which it is ended, for what waits and never ends.
    """

    root: Path
    files: Sequence[str]
    tests: Sequence[str] = ()
    fault: Fault | None = None
    stops_early: bool = True
    watched: Sequence[str] = ()
    processor: int = 600
    wall: float = 1800.0


@dataclass(slots=True)
class Run:
    """What came of it.

    Attributes:
        failed: the ids of the tests that failed.
        seconds: of the processor that each test took.
        reached: path of a watched file → line → ids of the tests that ran it; "" for the import.
        ended: why the run came to no end of its own, "" when it did.
    """

    failed: list[str] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)
    reached: dict[str, dict[int, list[str]]] = field(default_factory=dict)
    ended: str = ""


def run_tests(order: Order) -> Run:
    """Run the tests of `order` in a process of their own.

    Raises:
        RuntimeError: the tests of an order without a fault could not be run at all.
    """
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "output").touch()
        process = _CONTEXT.Process(target=_run_here, args=(order, Path(folder)))
        process.start()
        process.join(order.wall)
        run = Run(ended="it did not end") if process.is_alive() else _run_in(Path(folder, "run"), process.exitcode)
        process.kill()
        process.join()
        if run.ended and order.fault is None:
            said = Path(folder, "output").read_text(errors="replace")[-4000:]
            raise RuntimeError(f"the tests could not be run without a fault: {run.ended}\n{said}")
        return run


def _run_in(result: Path, exit_code: int | None) -> Run:
    if not result.exists():
        return Run(ended="it took too long" if (exit_code or 0) < 0 else "the tests ended the process")
    run = pickle.loads(result.read_bytes())
    assert isinstance(run, Run)
    return run


class _Observer:
    """Keeps the tests that are wanted, in their order, and notes what becomes of each."""

    def __init__(self, order: Order) -> None:
        self.run = Run()
        self._places = {test: place for place, test in enumerate(order.tests)}
        self._coverage = None
        if order.watched:
            import coverage

            self._coverage = coverage.Coverage(
                data_file=None, config_file=False, include=[f"{order.root}/{each}/*" for each in order.watched]
            )
            self._coverage.start()
        self._trace = sys.gettrace()

    def finish(self, root: Path) -> Run:
        if self._coverage is not None:
            self._coverage.stop()
            data = self._coverage.get_data()
            self.run.reached = {
                Path(file).relative_to(root).as_posix(): data.contexts_by_lineno(file) for file in data.measured_files()
            }
        return self.run

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        if self._places:
            items[:] = sorted(
                (item for item in items if item.nodeid in self._places), key=lambda item: self._places[item.nodeid]
            )

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> object:
        if self._coverage is not None:
            if sys.gettrace() is not self._trace:
                sys.settrace(self._trace)  # the test before has ended the recording
            self._coverage.switch_context(item.nodeid)
        started = time.process_time()
        result = yield
        self.run.seconds[item.nodeid] = time.process_time() - started
        return result

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        # Beside files that can be collected pytest does not say by its exit code that one could not.
        if report.failed:
            self.run.ended = "it could not be imported"

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.run.failed.append(report.nodeid)


class _FaultFinder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Imports one module from the source with the fault, under its own path."""

    def __init__(self, root: Path, fault: Fault) -> None:
        parts = Path(fault.path).with_suffix("").parts
        self._name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        self._path = str(root / fault.path)
        self._source = fault.source

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname != self._name:
            return None
        return importlib.util.spec_from_file_location(fullname, self._path, loader=self)

    def exec_module(self, module: ModuleType) -> None:
        exec(compile(self._source, self._path, "exec", dont_inherit=True), module.__dict__)


def _run_here(order: Order, folder: Path) -> None:
    output = os.open(folder / "output", os.O_WRONLY | os.O_CREAT)
    for stream in (1, 2):
        os.dup2(output, stream)
    resource.setrlimit(resource.RLIMIT_CPU, (order.processor, order.processor + 5))
    resource.setrlimit(resource.RLIMIT_AS, (_LARGEST_MEMORY, _LARGEST_MEMORY))
    os.environ.pop("PYTEST_ADDOPTS", None)  # of the run that has started this one, for plugins that this one lacks
    os.chdir(order.root)
    sys.path.insert(0, str(order.root))
    sys.dont_write_bytecode = order.fault is not None
    if order.fault is not None:
        sys.meta_path.insert(0, _FaultFinder(order.root, order.fault))
    observer = _Observer(order)
    # Our own tests try a quarter of their random examples where nobody asks for all.
    asks_for_all = ["--all-examples"] if Path("tests/kit/examples.py").exists() else []
    arguments = [*_ARGUMENTS, *asks_for_all, *(["-x"] if order.stops_early else []), *order.files]
    code = pytest.main(arguments, plugins=[observer])
    run = observer.finish(order.root)
    if not run.ended and code not in _GOOD_ENDS:
        run.ended = f"pytest ended with {code}"
    (folder / "new").write_bytes(pickle.dumps(run))
    (folder / "new").rename(folder / "run")
    os._exit(0)  # what the tests left behind has no say in it
