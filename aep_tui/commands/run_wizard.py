"""`aep-tui` and `aep-tui watch ID`: the wizard in the terminal, and its result on standard output."""

from __future__ import annotations

import argparse
import gc
import os
import shlex
import signal
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from aep_tui import commands
from aep_tui.commands.exit_codes import ExitCode
from aep_tui.commands.first_paint import show_welcome
from aep_tui.commands.late_modules import FOR_THE_NETWORK
from aep_tui.commands.launch_options import launch_from, missing_values
from aep_tui.commands.output import refuse_unusable_output, write_result
from aep_tui.commands.plain_choice import is_plain_wanted
from aep_tui.commands.quiet_terminal import QuietTerminal
from aep_tui.commands.session_log import session_log
from aep_tui.commands.terminal import say, why_no_terminal
from aep_tui.domain.catalog.catalog import load_catalog
from aep_tui.domain.connection import ENABLED
from aep_tui.domain.problem import Problem
from aep_tui.domain.target import Mode
from aep_tui.domain.translation import _
from aep_tui.domain.wizard import Wizard
from aep_tui.pages.app_state import LastChange
from aep_tui.settings.guard import harden_process, refuse_leaky_environment
from aep_tui.tui.terminal.lean_textual import lean_textual
from aep_tui.tui.terminal.painted_before import cells_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from aep_tui.domain.change_result import ChangeResult
    from aep_tui.domain.result import ConnectionResult
    from aep_tui.settings.launch import Launch
    from aep_tui.tui.app import WizardApp


_CODES_OF_CHANGES = {
    LastChange.DONE: ExitCode.DONE,
    LastChange.NOT_GOOD: ExitCode.NOT_GOOD,
    LastChange.UNCLEAR: ExitCode.UNCLEAR,
}


_SIGNALS = {
    int(ExitCode.HUNG_UP): "SIGHUP",
    int(ExitCode.CANCELLED): "SIGINT",
    128 + signal.SIGQUIT: "SIGQUIT",
    int(ExitCode.ENDED): "SIGTERM",
}


def run(options: argparse.Namespace) -> int:
    """Show the wizard, print the result, and return the exit code.

    Raises:
        Problem: a setting or an argument cannot be used, or the result cannot be written.
    """
    reason = why_no_terminal()
    if reason:
        say(reason)
        if missing := _missing_values(options):
            say(missing)
        return ExitCode.USAGE
    if is_plain_wanted(options, os.environ):
        return _run_plain(options)
    with _without_collector(), getattr(options, "terminal", None) or QuietTerminal() as terminal:
        refuse_unusable_output(options.output)
        refuse_leaky_environment()
        launch = launch_from(options, asks_for_hosts=True)
        if terminal.painted is None and _begins_with_a_rehearsal(launch, options):
            is_as_always = not (launch.is_pairing or launch.practice_target.is_read_only)
            show_welcome(terminal, launch.theme.painted, knows_target=is_as_always)
        harden_process()
        commands.load_when_used(FOR_THE_NETWORK)
        with lean_textual():
            from aep_tui.tui.app import WizardApp

        app = WizardApp(launch, Wizard(load_catalog(), launch.clock.today()))
        with session_log(launch, "wizard"):
            _hand_over(terminal, app)
            return_code = _show(app, has_mouse=not options.no_mouse)
    for words in (app.crash_words, *_last_words(return_code, app.state.changes, app.state.migration)):
        if words:
            say(words)
    changed = _CODES_OF_CHANGES.get(app.state.last_change)
    is_unclear = app.state.unclear_intent is not None or app.session.is_create_unclear
    done = ExitCode.DONE if launch.shows_connections else ExitCode.CANCELLED
    without_result = _code_without_result(
        app.state.failure,
        done if changed is None else changed,
        is_unclear=is_unclear,
        has_changed=bool(app.state.changes),
    )
    code = _finish(app.state.result, launch.output, return_code, without_result, app.state.changes)
    return _code_after_changes(code, app.state.last_change, app.state.changes)


@contextmanager
def _without_collector() -> Iterator[None]:
    """Look for no garbage: nearly everything that the start makes stays.

    The app switches the collector on as soon as its first page has settled.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _code_after_changes(code: int, last_change: LastChange, changes: Sequence[ChangeResult] = ()) -> int:
    """Return the exit code of a run that may have created one connection and changed others: the worst of all.

    Args:
        code: what the create says, or how the program was left.
        last_change: what became of the last change.
        changes: all that were sent; what came of the last one of each connection counts.
    """
    last_of_each = {change.place_and_id: change for change in changes}.values()
    ends = [_CODES_OF_CHANGES[last_change]] if last_change in _CODES_OF_CHANGES else []
    ends += [
        ExitCode.UNCLEAR if each.is_unknown else ExitCode.DONE if each.is_good else ExitCode.NOT_GOOD
        for each in last_of_each
    ]
    return max(code, *ends) if ends and code in {ExitCode.DONE, ExitCode.NOT_GOOD} else code


def _run_plain(options: argparse.Namespace) -> int:
    """Hold the conversation line by line, print the result, and return the exit code."""
    with getattr(options, "terminal", None) or QuietTerminal() as terminal:
        refuse_unusable_output(options.output)
        launch = launch_from(options, asks_for_hosts=True)
        harden_process()
        conversation, return_code = commands.converse(launch, terminal)
    done = ExitCode.DONE if launch.shows_connections else ExitCode.CANCELLED
    without_result = _code_without_result(conversation.failure, done, is_unclear=conversation.is_unclear)
    return _finish(conversation.result, launch.output, return_code, without_result)


def _begins_with_a_rehearsal(launch: Launch, options: argparse.Namespace) -> bool:
    """Return whether the first page is the one that is painted before the app is loaded."""
    is_another = options.scenario or options.sandbox_name or launch.leaves_welcome_at_once
    return launch.mode is Mode.PRACTICE and not is_another


def _hand_over(terminal: QuietTerminal, app: WizardApp) -> None:
    """Give the app the terminal, with the page that may stand on it already."""
    terminal.hand_over(app.screen_output)
    if terminal.painted is not None:
        app.shown.page_before_us = cells_of(terminal.painted.rows)
        app.cursor_before_us = terminal.painted.cursor


def _last_words(return_code: int, changes: Sequence[ChangeResult], migration: str = "") -> Iterator[str]:
    """Yield what a person who did not see the end has to know: a signal is never the end without a word.

    Args:
        return_code: how the wizard was left.
        changes: all that were sent.
        migration: the file of the plan that was worked on last, "" for none.
    """
    if return_code in _SIGNALS:
        yield _("aep-tui: ended by a signal ({name}).").format(name=_SIGNALS[return_code])
    for change in changes:
        if change.is_unknown:
            words = _("aep-tui: it is not known whether connection {id} in sandbox {sandbox} was changed. Look at it.")
            yield words.format(id=change.connection_id, sandbox=change.sandbox_name)
    if migration:
        words = _("aep-tui: what was done of the migration stands in its record: aep-tui migrate report {file}")
        yield words.format(file=shlex.quote(migration))


def _show(app: WizardApp, *, has_mouse: bool) -> int:
    """Show the wizard until it is left; a failure on the way out does not hide what was done.

    Returns:
        How it was left, 0 for the ordinary way.
    """
    try:
        app.run(mouse=has_mouse)
    except KeyboardInterrupt:
        return ExitCode.CANCELLED  # from another program: no key of the terminal sends the signal
    except Exception:
        if app.state.result is None and not app.state.changes:
            raise
        app.crash_words = app.crash_words or _("aep-tui: an unexpected failure ended the program.")
    return app.return_code or 0


def _finish(
    result: ConnectionResult | None,
    output: Path | None,
    return_code: int,
    without_result: ExitCode,
    changes: Sequence[ChangeResult] = (),
) -> int:
    """Print the results, which are the only thing that standard output ever gets, and return the exit code.

    Args:
        result: what became of the connection that was created or watched, None when none is known.
        output: the file that gets the results as well.
        return_code: of the app, 0 when it was left in the ordinary way.
        without_result: the exit code of a person who leaves in the ordinary way without a connection.
        changes: what became of existing connections, one object each.

    Raises:
        Problem: the results cannot be written.
    """
    results = [*((result,) if result is not None else ()), *changes]
    if not results:
        return return_code or without_result
    write_result("".join(each.to_json() for each in results), output)
    if return_code == ExitCode.FAILED:
        return_code = 0  # what was done stays done, whatever failed afterwards
    if result is None:
        return return_code or without_result
    return return_code or (ExitCode.DONE if result.state == ENABLED else ExitCode.NOT_GOOD)


def _code_without_result(
    failure: Problem | None, done: ExitCode = ExitCode.CANCELLED, *, is_unclear: bool, has_changed: bool = False
) -> ExitCode:
    """Return the exit code of a person who leaves without a connection.

    Args:
        failure: why the last thing that was asked of the platform did not work, None when it did.
        done: the code when nothing went wrong: to have looked at what exists is all that was asked.
        is_unclear: whether something was sent of which nobody knows what became of it.
        has_changed: whether something was changed before, so that nobody may say that nothing has changed.
    """
    if is_unclear:
        return ExitCode.UNCLEAR
    code = done if failure is None else commands.exit_code_of(failure)
    if code not in {ExitCode.SIGN_IN, ExitCode.REFUSED}:
        return done
    return max(done, ExitCode.NOT_GOOD) if has_changed else code


def _missing_values(options: argparse.Namespace) -> str:
    """Return a sentence with every value that a person would be asked for, "" when none is missing or known."""
    if options.practice:
        return ""
    try:
        missing = missing_values(launch_from(options))
    except Problem:
        return ""
    return _("Not set either: {names}.").format(names=", ".join(missing)) if missing else ""
