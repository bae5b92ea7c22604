"""Starts programs that have their imports behind them: the side that forks; see `tests.kit.warm_start`.

It imports what the wizard imports on its way to an enabled connection, runs none of it, starts no thread, and then
forks for each program that it is asked for. Run it with a socket as its standard input; it ends with that socket.
"""

from __future__ import annotations

import atexit
import gc
import json
import locale
import os
import runpy
import signal
import socket
import sys
import termios
import threading
import time
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from importlib import import_module
from io import BufferedReader, BufferedWriter, FileIO, TextIOWrapper
from types import ModuleType
from typing import Any, Final

from tests.kit.authorities import read_authorities_once

MODULES: Final = ("aep_tui.commands.running", "aep_tui.commands.run_wizard", "aep_tui.commands.run_plain")
"""Loaded in the order in which the program does, which decides what waits for its first use."""
ON_THE_WAY: Final = (
    *("aep_tui.tui.terminal.driver", "textual.drivers.headless_driver", "textual.layouts.factory", "textual.scrollbar"),
    *("textual.pilot", "textual.layouts.stream", "textual.layouts.horizontal", "rich._unicode_data.unicode17-0-0"),
    *("aep_tui.settings.resolution", "aep_tui.settings.settings_report", "aep_tui.tui.dialogs.settings_page"),
    *("aep_tui.settings.chosen_layer", "aep_tui.tui.steps.live_target_form", "aep_tui.tui.steps.checks"),
    *("aep_tui.tui.dialogs.asking", "aep_tui.tui.dialogs.dialog_help", "aep_tui.settings.secret_command"),
    *("httpcore", "anyio._backends._asyncio", "anyio.streams.tls", "encodings.idna", "importlib.readers"),
)
"""What is loaded at its first use, with or without a network."""
_HANDLED_BY_THE_INTERPRETER: Final[dict[int, Any]] = {
    signal.SIGINT: signal.default_int_handler,
    signal.SIGPIPE: signal.SIG_IGN,
}
_SET_BY_THE_INTERPRETER: Final = ("PYTHON", "LC_", "LANG")
"""What the interpreter itself reads, before anything of Python runs."""


class _Watched(MutableMapping[str, str]):
    """The environment, which notes the names of the variables that somebody asked for."""

    def __init__(self, behind: MutableMapping[str, str]) -> None:
        self._behind = behind
        self.asked: set[str] = set()

    def __getitem__(self, name: str) -> str:
        self.asked.add(name)
        return self._behind[name]

    def __setitem__(self, name: str, value: str) -> None:
        self._behind[name] = value

    def __delitem__(self, name: str) -> None:
        del self._behind[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._behind)

    def __len__(self) -> int:
        return len(self._behind)


@contextmanager
def _watched_environment() -> Iterator[_Watched]:
    real = os.environ
    watched = _Watched(real)
    os.environ = watched  # type: ignore[assignment]  # noqa: B003 - a stand-in for the time of the imports
    try:
        yield watched
    finally:
        os.environ = real  # noqa: B003 - as above
    for module in list(sys.modules.values()):  # `from os import environ`, and methods that are bound to it
        for name, value in list(vars(module).items()) if isinstance(module, ModuleType) else []:
            if value is watched:
                setattr(module, name, real)
            elif getattr(value, "__self__", None) is watched:
                setattr(module, name, getattr(real, value.__name__))


def _import_everything() -> set[str]:
    """Import what the program imports; return the variables that were looked at meanwhile."""
    import_module("zoneinfo")  # keeps the home directory for the folder of a person's packages, which nobody asks for
    with _watched_environment() as watched:
        from aep_tui import commands

        import_module("aep_tui.cli")
        import_module("aep_tui.commands.welcome_painter")
        commands.load_when_used()
        from aep_tui.commands.late_modules import FOR_THE_NETWORK

        commands.load_when_used(FOR_THE_NETWORK)
        for name in MODULES:
            import_module(name)
        from aep_tui.tui.terminal.lean_textual import lean_textual

        with lean_textual():
            import_module("aep_tui.tui.app")
        from aep_tui.tui.next_pages import next_pages

        for piece in next_pages(is_practice=True):
            if isinstance(piece, str):
                import_module(piece)
            else:
                piece()
        for name in ON_THE_WAY:
            import_module(name)
        read_authorities_once()
    return watched.asked


def _open_terminal(order: dict[str, Any]) -> None:
    """Become the leader of a session with the terminal of the order, as `PtyProcess` does it for a real start."""
    os.setsid()
    # The first terminal that the leader of a new session opens becomes its controlling terminal.
    terminal = os.open(order["terminal"], os.O_RDWR)
    os.dup2(terminal, 0)
    if order["stdout"] is None:
        os.dup2(terminal, 1)
    else:
        file = os.open(order["stdout"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        os.dup2(file, 1)
        os.close(file)
    os.dup2(terminal, 2)
    os.close(terminal)


def _look_after(words: str) -> None:
    """Return in a child, and wait for it as a shell does, which tells whether the terminal is as it was before.

    Args:
        words: what is said when it is not.
    """
    before = termios.tcgetattr(0)
    pid = os.fork()
    if pid == 0:
        return
    signal.signal(signal.SIGINT, lambda *_unused: None)  # Ctrl+C is for the child; a shell outlives it
    _pid, status = os.waitpid(pid, 0)
    if termios.tcgetattr(0) != before:
        os.write(2, words.encode() + b"\n")
    code = os.waitstatus_to_exitcode(status)
    os._exit(code if code >= 0 else 128 - code)


def _open_streams() -> None:
    """Make the streams as the interpreter makes them at its start."""
    for descriptor, name in enumerate(("stdin", "stdout", "stderr")):
        before: TextIOWrapper = getattr(sys, f"__{name}__")
        mode = "w" if descriptor else "r"
        raw = FileIO(descriptor, f"{mode}b", closefd=False)
        setattr(raw, "name", f"<{name}>")  # noqa: B010 - the interpreter does it as well
        stream = TextIOWrapper(
            BufferedWriter(raw) if descriptor else BufferedReader(raw),
            encoding=before.encoding,
            errors=before.errors,
            newline="\n" if descriptor else None,
            line_buffering=descriptor == 2 or raw.isatty(),
        )
        setattr(stream, "mode", mode)  # noqa: B010
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)


def _become(order: dict[str, Any]) -> None:
    """Turn this fork into a process that looks as if it had just been started."""
    for number in order["default_signals"]:
        signal.signal(number, _HANDLED_BY_THE_INTERPRETER.get(number, signal.SIG_DFL))
    os.environ.clear()
    os.environ.update(order["environment"])
    time.tzset()
    locale.setlocale(locale.LC_CTYPE, "")
    if order["directory"] is not None:
        os.chdir(order["directory"])
    _open_streams()
    paths = order["environment"].get("PYTHONPATH", "")
    sys.path[:] = dict.fromkeys([*(paths.split(os.pathsep) if paths else []), *sys.path[1:]])
    sys.orig_argv = [sys.executable, *order["arguments"]]


def _run(arguments: list[str]) -> None:
    """Run what `python ARGUMENTS` runs: `-m MODULE`, `-c PROGRAM` or a file."""
    if arguments[0] == "-m":
        sys.path.insert(0, os.getcwd())
        sys.argv = [arguments[1], *arguments[2:]]
        runpy.run_module(arguments[1], run_name="__main__", alter_sys=True)
    elif arguments[0] == "-c":
        sys.path.insert(0, "")
        sys.argv = ["-c", *arguments[2:]]
        main = sys.modules["__main__"] = ModuleType("__main__")
        exec(compile(arguments[1], "<string>", "exec"), vars(main))
    else:
        sys.path.insert(0, os.path.dirname(arguments[0]))
        sys.argv = list(arguments)
        runpy.run_path(arguments[0], run_name="__main__")


def _run_to_the_end(arguments: list[str]) -> None:
    """Run it, and end as the interpreter does, but leave what the imports made to the kernel.

    To take thousands of functions and classes apart, each on a page of memory that has to be copied for it, costs more
    than the start. What the program itself left is taken apart, and says what it has to say about that. The interpreter
    has the word about an error, a sentence instead of an exit code and a stream that takes nothing more.
    """
    code: object = 0
    try:
        _run(arguments)
    except SystemExit as end:
        code = 0 if end.code is None else end.code
    if not isinstance(code, int):
        sys.exit(str(code))
    getattr(threading, "_shutdown")()  # noqa: B009 - waits for the threads, and no stub knows of it
    atexit._run_exitfuncs()
    if arguments[0] == "-c":  # what `runpy` ran is gone by now
        vars(sys.modules["__main__"]).clear()
    gc.collect()
    try:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None and not stream.closed:
                stream.flush()
    except (OSError, ValueError):
        sys.exit(code)
    os._exit(code & 0xFF)


def _fork(order: dict[str, Any], line: socket.socket) -> bool:
    """Fork the program and say its process id; return whether this is the program.

    The program is the child of a child that ends at once, so that it belongs to whoever takes orphans in: the test.
    """
    hearing, saying = os.pipe()
    between = os.fork()
    if between == 0:
        parent = os.getpid()
        if os.fork() == 0:
            while os.getppid() == parent:
                os.sched_yield()  # until it has ended, which it does at once
            line.close()
            os.close(hearing)
            try:
                _open_terminal(order)
            except OSError:
                os._exit(127)
            os.write(saying, b"%d" % os.getpid())
            os.close(saying)
            return True
        os._exit(0)
    os.close(saying)
    os.waitpid(between, 0)
    pid = os.read(hearing, 32)
    os.close(hearing)
    line.sendall(b"%d\n" % int(pid or b"0"))
    return False


def main() -> None:
    """Fork a program for each line of the socket that is standard input, until that is closed."""
    line = socket.socket(fileno=os.dup(0))
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.close(nowhere)
    asked = _import_everything() | {name for name in os.environ if name.startswith(_SET_BY_THE_INTERPRETER)}
    line.sendall(json.dumps({name: os.environ.get(name) for name in sorted(asked)}).encode() + b"\n")
    gc.collect()
    gc.freeze()
    unread = b""
    while data := line.recv(65536):
        unread += data
        while b"\n" in unread:
            text, _newline, unread = unread.partition(b"\n")
            order = json.loads(text)
            if _fork(order, line):
                if order["settings_changed"]:
                    _look_after(order["settings_changed"])
                _become(order)
                return _run_to_the_end(order["arguments"])
    return None


if __name__ == "__main__":
    main()
