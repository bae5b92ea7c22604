"""A program that has its imports behind it is in nothing else another than one that was really started."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from tests.architecture.sources import ROOT
from tests.tui.terminal.pty_process import PtyProcess, user_environment

FACTS = """
import json, locale, os, signal, sys, termios, threading, time
def of(stream):
    return [stream.name, stream.mode, stream.fileno(), stream.encoding, stream.errors, stream.line_buffering,
            stream.write_through, stream.isatty(), stream is getattr(sys, "__" + stream.name.strip("<>") + "__")]
session = os.getsid(0) == os.getpgrp() == os.getpid() == os.tcgetpgrp(0)
facts = {
    "arguments": sys.argv, "directory": os.getcwd(), "environment": dict(os.environ), "path": sys.path,
    "main": __name__, "leads its session": session, "has a terminal": open("/dev/tty").isatty(),
    "size": list(os.get_terminal_size(2)), "streams": [of(sys.stdin), of(sys.stdout), of(sys.stderr)],
    "signals": {n: str(signal.getsignal(n)) for n in range(1, 32)},
    "blocked": list(map(int, signal.pthread_sigmask(0, []))),
    "zone": [time.tzname[0], time.timezone], "locale": locale.setlocale(locale.LC_CTYPE), "umask": os.umask(0o22),
    "threads": threading.active_count(),
    "is the main thread": threading.current_thread() is threading.main_thread(),
    "thread": os.getpid() == threading.get_native_id(),
    "modes": str(termios.tcgetattr(0)[:6]),
    "loads": sys.flags.dont_write_bytecode, "modules": sys.modules["__main__"].__dict__ is globals(),
    "ignored": [int(l[8:], 16) & 0x7FFFFFFF for l in open("/proc/self/status") if l[:4] in ("SigB", "SigI", "SigC")],
    "parent": os.getppid(), "original": sys.orig_argv[1:],
}
json.dump(facts, open("facts.json", "w"))
"""
_LEFT_BEHIND = """
class Left:
    def __del__(self):
        raise ValueError("never closed")
{}
"""
SECONDS = 60.0
NOTHING: Mapping[str, str] = MappingProxyType({})


def run(
    arguments: list[str], home: Path, extra: Mapping[str, str] = NOTHING, *, is_warm: bool, stdout: Path | None = None
) -> tuple[int, bytes]:
    process = PtyProcess(
        [sys.executable, *arguments],
        columns=91,
        rows=23,
        environment={name: value for name, value in (user_environment(home=home) | dict(extra)).items() if value},
        directory=home,
        stdout=stdout,
        is_warm=is_warm,
    )
    try:
        return process.wait_exit(SECONDS), process.raw_output
    finally:
        process.close()


def facts(arguments: list[str], home: Path, extra: Mapping[str, str], *, is_warm: bool) -> dict[str, Any]:
    code, said = run(arguments, home, extra, is_warm=is_warm)
    assert (code, said) == (0, b"")
    found: dict[str, Any] = json.loads((home / "facts.json").read_text())
    (home / "facts.json").unlink()
    return found


@pytest.mark.parametrize("way", ["-c", "-m", "file"])
@pytest.mark.parametrize(
    "extra",
    [{}, {"TZ": "Asia/Tokyo", "AEP_THEME": "dark"}, {"PYTHONPATH": str(ROOT)}, {"TERM": "", "COLORTERM": "", "TZ": ""}],
    ids=["plain", "zone", "path", "little"],
)
def test_the_program_cannot_tell_how_it_was_started(way: str, extra: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "told.py").write_text(FACTS, encoding="utf-8")
    begin = {"-c": ["-c", FACTS], "-m": ["-m", "told"], "file": [str(tmp_path / "told.py")]}[way]
    warm = facts([*begin, "--word", "é"], tmp_path, extra, is_warm=True)
    assert warm == facts([*begin, "--word", "é"], tmp_path, extra, is_warm=False)
    assert warm["parent"] == os.getpid()


@pytest.mark.parametrize(
    ("program", "code"),
    [
        ("pass", 0),
        ("raise SystemExit(3)", 3),
        ("raise SystemExit('words')", 1),
        ("1 / 0", 1),
        ("import os; os._exit(7)", 7),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", -signal.SIGKILL),
        ("import os, signal; os.kill(os.getpid(), signal.SIGTERM)", -signal.SIGTERM),
        ("import os, signal; os.kill(os.getpid(), signal.SIGINT)", -signal.SIGINT),
        ("import atexit; atexit.register(print, 'at the end')", 0),
        ("import threading, time; threading.Timer(0.01, print, ['later']).start()", 0),
        ("import threading, time; threading.Timer(0.01, print, ['later']).start(); raise SystemExit(4)", 4),
        ("import atexit, sys; atexit.register(print, 'at the end'); sys.exit(5)", 5),
        ("import atexit; atexit.register(lambda: 1 / 0)", 0),
        (_LEFT_BEHIND.format("kept = Left(); kept.itself = kept"), 0),
        (_LEFT_BEHIND.format("import sys; left = Left(); left.itself = left; sys.exit(6)"), 6),
        ("print('no end of line', end='')", 0),
        ("import sys; sys.stdout = None", 0),
        ("import sys; sys.stdout.close()", 0),
        ("raise SystemExit(256 + 9)", 9),
    ],
)
def test_it_ends_as_a_real_one(program: str, code: int, tmp_path: Path) -> None:
    warm, real = (run(["-c", program], tmp_path, is_warm=is_warm) for is_warm in (True, False))
    assert warm[0] == real[0] == code
    assert warm[1].splitlines()[-1:] == real[1].splitlines()[-1:]


def test_standard_output_goes_to_a_file_and_is_emptied_first(tmp_path: Path) -> None:
    file = tmp_path / "out"
    file.write_text("much that was there before")
    assert run(["-c", "print('words')"], tmp_path, is_warm=True, stdout=file) == (0, b"")
    assert file.read_text() == "words\n"


def test_standard_output_that_takes_nothing_is_told_as_by_a_real_one(tmp_path: Path) -> None:
    warm, real = (
        run(["-c", "print('words')"], tmp_path, is_warm=is_warm, stdout=Path("/dev/full")) for is_warm in (True, False)
    )
    assert warm == real
    assert warm[0] == 120
    assert b"No space left" in warm[1]


def test_nothing_of_the_server_is_open_in_it(tmp_path: Path) -> None:
    program = "import os; print(sorted(map(int, os.listdir('/proc/self/fd'))))"
    _code, said = run(["-c", program], tmp_path, is_warm=True)
    assert said.strip() == b"[0, 1, 2, 3]", "the last one is the folder itself"


def test_the_imports_are_behind_it_and_chance_is_its_own(tmp_path: Path) -> None:
    program = "import sys, random; print('textual.app' in sys.modules, random.random())"
    (_, first), (_, second) = (run(["-c", program], tmp_path, is_warm=True) for _time in range(2))
    assert first.startswith(b"True ")
    assert first != second


@pytest.mark.parametrize(
    "extra",
    [{"TEXTUAL_FPS": "30"}, {"PYTHONIOENCODING": "latin-1"}, {"LC_ALL": "C"}, {"LANG": "POSIX"}, {"ESCDELAY": "50"}],
    ids=lambda extra: next(iter(extra)),
)
def test_what_the_imports_would_read_is_started_really(extra: dict[str, str], tmp_path: Path) -> None:
    _code, said = run(["-c", "import sys; print('textual' in sys.modules)"], tmp_path, extra, is_warm=True)
    assert said.strip() == b"False"


def test_the_server_ends_with_a_test_that_is_killed() -> None:
    """What it has imported does not matter here, and is nothing."""
    program = """
import os, signal
from tests.kit.warm_start import _Server
server = _Server(["-c", "from tests.kit import warm_server as s; s._import_everything = set; s.main()"])
print(server._process.pid, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT)
    assert ended.returncode == -signal.SIGKILL
    pid, deadline = int(ended.stdout), time.monotonic() + SECONDS
    while Path(f"/proc/{pid}").exists() and "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2]:
        assert time.monotonic() < deadline, "the server outlives its test"
        os.sched_yield()
