"""Writes down what a crash leaves: where it happened, and nothing of what anybody typed."""

from __future__ import annotations

import os
import platform
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from traceback import walk_tb
from types import TracebackType

from aep_tui import __version__
from aep_tui.domain.problem import Problem, SettingsProblem
from aep_tui.domain.safe_text import shortened, without_control_characters
from aep_tui.domain.secrets import Secrets
from aep_tui.domain.translation import _
from aep_tui.state.paths import state_directory

_DEEPEST_CHAIN = 8
_LONGEST_MESSAGE = 500


def write_crash_report(
    error: BaseException, secrets: Secrets, *, context: Mapping[str, str] | None = None
) -> Path | None:
    """Write a report to a new file of mode 0600 and return its path, or None when no place takes it; never raises.

    The report holds the types and redacted messages of the error and its causes, the stack as file, line and function
    (no locals, no lines of source), versions, and what kind of terminal it was.

    Args:
        error: what nobody caught.
        secrets: of this run; the report holds none.
        context: a few words by name, for example the screen; redacted like everything else.
    """
    try:
        return _written(secrets.clean("\n".join(_lines(error, context or {})) + "\n"))
    except Exception:  # a report that fails must not hide the error that it is about
        return None


def crash_words(error: BaseException | None, secrets: Secrets, *, context: Mapping[str, str] | None = None) -> str:
    """Return what a person reads after an error that ended the program, in words without a secret.

    What was not expected gets a report as well; a problem has words of its own.

    Args:
        error: what ended the program, None when that is not known.
        secrets: of this run.
        context: a few words by name for the report.
    """
    if isinstance(error, Problem):
        return secrets.clean(error.last_words)
    words = [_("aep-tui: an unexpected failure ({kind}) ended the program.").format(kind=type(error).__name__)]
    path = None if error is None else write_crash_report(error, secrets, context=context)
    if path is not None:
        words.append(_("A report without your values is in {path}").format(path=path))
    words.append(_("If a request was on its way, look for the connection on the platform before you try again."))
    return "\n".join(words)


def _lines(error: BaseException, context: Mapping[str, str]) -> Iterator[str]:
    yield "aep-tui stopped because of an error. This report holds no values that anybody typed."
    yield ""
    yield from _versions()
    yield from _terminal()
    for name, value in context.items():
        yield shortened(without_control_characters(f"{name}: {value}"))
    for caption, one in _chain(error):
        yield ""
        yield f"{caption}: {type(one).__module__}.{type(one).__qualname__}"
        yield f"  {shortened(without_control_characters(message_of(one)), _LONGEST_MESSAGE)}"
        yield from (f"  at {place}" for place in places_in(one.__traceback__))


def _versions() -> Iterator[str]:
    yield f"aep-tui {__version__}"
    yield f"python {platform.python_version()} on {platform.system()}"
    try:
        yield f"textual {version('textual')}"
    except PackageNotFoundError:
        yield "textual unknown"


def _terminal() -> Iterator[str]:
    size = shutil.get_terminal_size(fallback=(0, 0))
    for name in ("TERM", "COLORTERM"):
        yield f"{name} {os.environ.get(name, 'not set')[:40]!r}"
    yield f"TMUX {'set' if os.environ.get('TMUX') else 'not set'}"
    yield f"size {size.columns}x{size.lines}"


def _chain(error: BaseException) -> Iterator[tuple[str, BaseException]]:
    seen: set[int] = set()
    waiting = [("error", error)]
    while waiting and len(seen) < _DEEPEST_CHAIN:
        caption, one = waiting.pop(0)
        if id(one) in seen:
            continue
        seen.add(id(one))
        yield caption, one
        if isinstance(worker_error := getattr(one, "error", None), BaseException):
            waiting.append(("in the worker", worker_error))
        if isinstance(one, BaseExceptionGroup):
            waiting.extend(("in the group", inner) for inner in one.exceptions)
        if one.__cause__ is not None:
            waiting.append(("caused by", one.__cause__))
        elif one.__context__ is not None and not one.__suppress_context__:
            waiting.append(("while handling", one.__context__))


def message_of(error: BaseException) -> str:
    """Return the text of an error whose words are ours or the system's; any other text may quote what was typed."""
    if isinstance(error, Problem):
        return f"{error.title}: {error.message}"
    if isinstance(error, OSError) and error.errno is not None:
        return f"[Errno {error.errno}] {os.strerror(error.errno)}"
    return "(left out, because it may quote what was typed)"


def places_in(traceback: TracebackType | None) -> Iterator[str]:
    """Yield "file:line function" for each frame, outermost first; nothing of its locals and no line of source."""
    for frame, line in walk_tb(traceback):
        yield f"{_short(frame.f_code.co_filename)}:{line} {frame.f_code.co_qualname}"


def _short(file_name: str) -> str:
    # The part below site-packages or above our package names the person's home directory and says nothing else.
    for marker in ("/site-packages/", "/lib/python"):
        _, found, rest = file_name.rpartition(marker)
        if found:
            return rest
    _, found, rest = file_name.rpartition("/aep_tui/")
    return f"aep_tui/{rest}" if found else os.path.basename(file_name)


def _written(text: str) -> Path | None:
    name = f"crash-{os.getpid()}-{os.urandom(4).hex()}.txt"
    for directory in _directories():
        try:
            path = directory / name
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
            with os.fdopen(descriptor, "w", encoding="utf-8", errors="replace") as stream:
                stream.write(text)
        except OSError:
            continue
        return path
    return None


def _directories() -> Iterator[Path]:
    with suppress(SettingsProblem):
        yield state_directory()

    yield Path(tempfile.mkdtemp(prefix="aep-tui-"))
