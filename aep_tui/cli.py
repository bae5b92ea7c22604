"""The command line: arguments, checks of the terminal, exit codes. The app is imported inside `main`."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aep_tui import __version__
from aep_tui.domain.problem import Problem
from aep_tui.domain.translation import _

if TYPE_CHECKING:
    from aep_tui.domain.result import ConnectionResult
    from aep_tui.settings.launch import Launch
    from aep_tui.settings.resolved import ResolvedSettings

EXIT_ENABLED = 0
EXIT_FAILED = 1
EXIT_USAGE = 2
EXIT_NOT_ENABLED = 3
EXIT_NOTHING_CREATED = 130

_EXIT_CODES = _(
    """exit codes:
  0    the connection is enabled
  1    the program failed, or a setting cannot be used
  2    wrong arguments, or not a terminal that can show the wizard
  3    the connection was created, and not seen enabled
  130  nothing was created"""
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit code."""
    options = _parser().parse_args(arguments)
    try:
        if options.command == "practice-server":
            return _serve_practice(options)
        return _run_wizard(options)
    except Problem as problem:
        _say(_("aep-tui: {title}. {message} {next_step}").format(**vars(problem)).rstrip())
        return EXIT_FAILED


def _parser() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    mode = common.add_mutually_exclusive_group()
    mode.add_argument(
        "--practice", action="store_true", help=_("rehearse with the embedded service: no account, no network")
    )
    mode.add_argument("--live", action="store_true", help=_("work on the real platform"))
    common.add_argument(
        "--scenario",
        default="",
        metavar="NAME",
        help=_("what the practice service plays, for example slow-initializing"),
    )
    common.add_argument("--output", type=Path, metavar="FILE", help=_("write the result as JSON to FILE as well"))
    common.add_argument(
        "--env-file", type=Path, metavar="FILE", help=_("read AEP_... values from FILE instead of .env")
    )
    common.add_argument("--org-id", default="", metavar="ID", help=_("organization, for example 1A2B@AdobeOrg"))
    common.add_argument("--sandbox-name", default="", metavar="NAME", help=_("sandbox"))
    common.add_argument("--api-key", default="", metavar="KEY", help=_("API key, which is the client id"))
    common.add_argument("--base-url", default="", metavar="URL", help=_("address of the platform"))
    common.add_argument("--no-mouse", action="store_true", help=_("leave the mouse to the terminal"))

    parser = argparse.ArgumentParser(
        prog="aep-tui",
        description=_("A wizard that creates source base connections in Adobe Experience Platform."),
        epilog=_EXIT_CODES,
        parents=[common],
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"aep-tui {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title=_("commands"))
    watch = commands.add_parser("watch", parents=[common], help=_("show the live status of an existing connection"))
    watch.add_argument("connection_id", metavar="ID", help=_("id of the connection"))
    server = commands.add_parser(
        "practice-server", help=_("serve the practice service on this machine for other clients")
    )
    server.add_argument("--port", type=int, default=8787, help=_("port on 127.0.0.1; 0 takes a free one"))
    server.add_argument("--scenario", default="", metavar="NAME", help=_("what the service plays"))
    server.add_argument("--store", default=":memory:", metavar="FILE", help=_("SQLite file that keeps the connections"))
    return parser


# --- the wizard -----------------------------------------------------------------------------------------------------


def _run_wizard(options: argparse.Namespace) -> int:
    reason = _why_no_terminal()
    if reason:
        _say(reason)
        return EXIT_USAGE
    launch = _launch(options)
    from aep_tui.domain.target import Mode
    from aep_tui.settings.guard import harden_process, refuse_leaky_environment

    if launch.mode is Mode.LIVE or launch.has_access_token:
        refuse_leaky_environment()
    harden_process()
    with _QuietTerminal():
        from aep_tui.app import WizardApp
        from aep_tui.catalog.catalog import load_catalog
        from aep_tui.wizard import Wizard

        app = WizardApp(launch, Wizard(load_catalog(), launch.clock.today()))
        app.run(mouse=not options.no_mouse)
    return _finish(app.result, launch.output, app.return_code or 0)


def _launch(options: argparse.Namespace) -> Launch:
    from dataclasses import replace

    from aep_tui.domain.target import Mode, Target
    from aep_tui.practice import organization
    from aep_tui.practice.scenarios import SCENARIOS
    from aep_tui.settings.launch import Launch, ScenarioChoice

    settings = _settings(options)
    live_target = settings.target(Mode.LIVE)
    is_live = options.live or (
        not options.practice and (settings.has_access_token or bool(live_target.organization_id))
    )
    if options.output is not None and options.output.is_dir():
        raise Problem(_("The result cannot be written"), _("{path} is a folder.").format(path=options.output))
    practice_target = Target(
        Mode.PRACTICE,
        organization.PRACTICE_BASE_URL,
        organization.ORGANIZATION_ID,
        organization.REHEARSAL_SANDBOX_NAME,
        organization.API_KEY,
    )
    if options.practice and options.sandbox_name:
        practice_target = replace(practice_target, sandbox_name=options.sandbox_name)
    return Launch(
        mode=Mode.LIVE if is_live else Mode.PRACTICE,
        practice_target=practice_target,
        live_target=live_target,
        live_origins=_origins(settings),
        has_access_token=settings.has_access_token,
        read_access_token=settings.access_token,
        scenarios=tuple(ScenarioChoice(scenario.id, scenario.label, scenario.summary) for scenario in SCENARIOS),
        scenario_id=_scenario_id(options.scenario),
        practice_application=_practice_application,
        practice_token=organization.PRACTICE_TOKEN,
        watch_connection_id=getattr(options, "connection_id", ""),
        output=options.output,
    )


def _settings(options: argparse.Namespace) -> ResolvedSettings:
    from aep_tui.settings.environment import resolve
    from aep_tui.settings.setting import SettingName

    flags = {
        SettingName.ORGANIZATION_ID: options.org_id,
        SettingName.SANDBOX_NAME: options.sandbox_name,
        SettingName.API_KEY: options.api_key,
        SettingName.BASE_URL: options.base_url,
    }
    if options.practice:
        # A rehearsal takes nothing from the settings, so a wrong setting does not stand in its way.
        return resolve(environment={}, working_directory=Path(os.devnull).parent)
    return resolve(flags=flags, env_file=options.env_file)


def _origins(settings: ResolvedSettings) -> tuple[tuple[str, str], ...]:
    return tuple((name.value, found.origin) for name, found in settings.values.items())


def _scenario_id(scenario_id: str) -> str:
    from aep_tui.practice.scenarios import SCENARIOS, scenario_by_id

    if scenario_id and scenario_by_id(scenario_id) is None:
        known = ", ".join(scenario.id for scenario in SCENARIOS)
        raise Problem(
            _("Unknown scenario"),
            _("The practice service has no scenario {name}.").format(name=scenario_id),
            _("Choose one of: {names}.").format(names=known),
        )
    return scenario_id or SCENARIOS[0].id


def _practice_application(scenario_id: str) -> Any:  # noqa: ANN401 - an ASGI application, whose type would load Starlette
    from aep_tui.practice.application import create_practice_application
    from aep_tui.practice.scenarios import EVERYTHING_FINE, scenario_by_id

    return create_practice_application(scenario=scenario_by_id(scenario_id) or EVERYTHING_FINE)


def _finish(result: ConnectionResult | None, output: Path | None, return_code: int) -> int:
    """Print the result, which is the only thing that standard output ever gets, and return the exit code."""
    from aep_tui.domain.connection import ENABLED

    if result is None:
        return return_code or EXIT_NOTHING_CREATED
    sys.stdout.write(result.to_json())
    sys.stdout.flush()
    if output is not None:
        try:
            output.write_text(result.to_json(), encoding="utf-8")
        except OSError as reason:
            raise Problem(
                _("The result was not written"),
                _("{path}: {reason}").format(path=output, reason=reason.strerror),
                _("It stands above, on standard output."),
            ) from reason
    return return_code or (EXIT_ENABLED if result.state == ENABLED else EXIT_NOT_ENABLED)


# --- the terminal ---------------------------------------------------------------------------------------------------


def _why_no_terminal() -> str:
    """Return why the wizard cannot be shown here, "" when it can."""
    if not (sys.stdin and sys.stdin.isatty() and sys.stderr and sys.stderr.isatty()):
        return _("aep-tui: this is not a terminal. The wizard needs one for its input and for its screen (stderr).")
    if os.environ.get("TERM", "") in {"dumb", ""}:
        return _("aep-tui: TERM is {term}, and the wizard needs a terminal that can place the cursor.").format(
            term=os.environ.get("TERM") or _("not set")
        )
    return ""


class _QuietTerminal:
    """Keeps keys that are typed during the start off the main screen, and gives the terminal back as it was."""

    def __enter__(self) -> None:
        self._saved: list[Any] | None = None
        try:
            import termios

            self._saved = termios.tcgetattr(sys.stdin.fileno())
            quiet = termios.tcgetattr(sys.stdin.fileno())
            quiet[3] &= ~termios.ECHO
            termios.tcsetattr(sys.stdin.fileno(), termios.TCSANOW, quiet)
        except (ImportError, OSError, ValueError):
            self._saved = None

    def __exit__(self, *_unused: object) -> None:
        if self._saved is not None:
            import termios

            # Textual leaves the mouse's pixel mode on.
            sys.stderr.write("\x1b[?1016l")
            sys.stderr.flush()
            termios.tcsetattr(sys.stdin.fileno(), termios.TCSANOW, self._saved)


def _say(words: str) -> None:
    sys.stderr.write(f"{words}\n")


# --- the practice server --------------------------------------------------------------------------------------------


def _serve_practice(options: argparse.Namespace) -> int:
    from aep_tui.practice.scenarios import EVERYTHING_FINE, scenario_by_id
    from aep_tui.practice.server import serve

    scenario = scenario_by_id(_scenario_id(options.scenario)) or EVERYTHING_FINE
    serve(
        options.port,
        scenario,
        options.store,
        on_ready=lambda base_url: _say(
            _("Practice service on {base_url} ({scenario}). Ctrl+C ends it.").format(
                base_url=base_url, scenario=scenario.label
            )
        ),
    )
    return 0
