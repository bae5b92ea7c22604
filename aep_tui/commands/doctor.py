"""`aep-tui doctor`: checks whether a set-up can work, and says who has to do what if not; words or JSON on stdout."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from aep_tui.commands.exit_codes import ExitCode
from aep_tui.commands.launch_options import launch_from, target_with_secret
from aep_tui.commands.output import json_text, write_standard_output
from aep_tui.commands.problem_record import exit_code_of
from aep_tui.commands.session_log import session_log
from aep_tui.commands.terminal import say
from aep_tui.commands.wrong_argument import WrongArgument
from aep_tui.domain.catalog.catalog import load_catalog
from aep_tui.domain.check import CheckResult, CheckState, PreflightReport
from aep_tui.domain.target import Mode, Target
from aep_tui.domain.translation import _
from aep_tui.pages.wrapping import width_of, wrapped
from aep_tui.preflight.plan import ACCESS_TOKEN
from aep_tui.settings.guard import harden_process

if TYPE_CHECKING:
    from aep_tui.domain.source import Source
    from aep_tui.preflight.run import Preflight
    from aep_tui.settings.launch import Launch

WIDEST: Final = 120
_WIDTH_WITHOUT_TERMINAL: Final = 100
_NARROWEST_TABLE: Final = 96
"""Below this width the words of a check stand under its name, not beside it."""


def run(options: argparse.Namespace) -> int:
    """Make the checks and print what they found; return 0 when nothing failed, otherwise what the first failure is.

    Raises:
        Problem: a setting or an argument cannot be used.
    """
    harden_process()
    launch = launch_from(options)
    target = target_with_secret(launch)
    preflight = _preflight(launch, target, options.source)
    try:
        with session_log(launch, "doctor"):
            report = asyncio.run(preflight.run())
    except KeyboardInterrupt:
        say(_("aep-tui: the checks were ended before they were done."))
        return ExitCode.CANCELLED
    width = min(WIDEST, width_of(sys.stdout, _WIDTH_WITHOUT_TERMINAL))
    text = report_json(target, options.source, report) if options.json else report_text(target, report, width)
    write_standard_output(text)
    return _exit_code(report)


def _exit_code(report: PreflightReport) -> ExitCode:
    """Return what the first failed check is in the table of exit codes: those behind it may follow from it."""
    first = next((result for result in report.results if result.state is CheckState.FAILED), None)
    if first is None:
        return ExitCode.DONE
    if first.problem is not None:
        return exit_code_of(first.problem)
    return ExitCode.SIGN_IN if first.id == ACCESS_TOKEN else ExitCode.FAILED


def report_json(target: Target, source_id: str, report: PreflightReport) -> str:
    """Return the report as JSON; the keys are an interface, the words are not.

    Args:
        target: that was looked at.
        source_id: as `--source` says, "" for none.
        report: what was found.
    """
    value = {
        "mode": target.mode.value,
        "base_url": target.base_url,
        "organization_id": target.organization_id,
        "sandbox_name": target.sandbox_name,
        "source": source_id,
        "result": _result(report).value,
        "checks": [result.as_json() for result in report.results],
        "offered_auth_spec_names": {key: list(names) for key, names in report.offered_auth_spec_names.items()},
    }
    return json_text(value)


def report_text(target: Target, report: PreflightReport, width: int) -> str:
    """Return the report as a table: state, check, seconds, and the words beside them, wrapped to `width` cells."""
    heading = _("{mode}: {host}, organization {organization}, sandbox {sandbox}").format(
        mode=target.mode.label,
        host=target.host,
        organization=target.organization_id or _("(none)"),
        sandbox=target.sandbox_name or _("(none)"),
    )
    lines = [*wrapped(heading, width), "", *_rows(report.results, width), "", *wrapped(report.summary(), width)]
    if target.mode is Mode.PRACTICE:
        words = _("This was a rehearsal. aep-tui doctor --live checks the set-up of the real platform.")
        lines.extend(wrapped(words, width))
    return "".join(f"{line}\n" for line in lines)


def _rows(results: Iterable[CheckResult], width: int) -> Iterator[str]:
    results = tuple(results)
    state_width = max(len(state.label) for state in CheckState)
    name_width = max((len(result.name) for result in results), default=0)
    is_narrow = width < _NARROWEST_TABLE
    indent = state_width + 2 if is_narrow else state_width + name_width + 13
    for result in results:
        sentences = [result.reason]
        if result.what_to_do:
            sentences.append(_("What to do: {what}").format(what=result.what_to_do))
        if result.who_can_do_it and result.what_to_do:
            sentences.append(_("Who can do it: {who}").format(who=result.who_can_do_it))
        words = [line for sentence in sentences for line in wrapped(sentence, width - indent)]
        head = f"{result.state.label:<{state_width}}  {result.name:<{name_width}}  {result.seconds:5.2f} s"
        if is_narrow:
            yield head
        else:
            yield f"{head}  {words.pop(0)}"
        yield from (" " * indent + line for line in words)


def _preflight(launch: Launch, target: Target, source_id: str) -> Preflight:
    from aep_tui.pages.opening import wire_for
    from aep_tui.preflight.run import Preflight

    catalog = load_catalog()
    return Preflight(
        target,
        wire_for(launch, target, launch.scenario_id),
        sources=_sources(catalog.sources, source_id),
        notices=catalog.notices,
        is_source_chosen=bool(source_id),
    )


def _sources(known: tuple[Source, ...], source_id: str) -> tuple[Source, ...]:
    if not source_id:
        return known
    chosen = tuple(source for source in known if source.id == source_id)
    if not chosen:
        raise WrongArgument(
            _("doctor checks no source of this name"),
            _("It knows: {names}.").format(names=", ".join(source.id for source in known)),
            _("Choose one of them, or leave --source out."),
        )
    return chosen


def _result(report: PreflightReport) -> CheckState:
    """Return the worst state that counts: failed, then warning, then ok."""
    worst = (CheckState.FAILED, CheckState.WARNING)
    return next((state for state in worst if report.count(state)), CheckState.OK)
