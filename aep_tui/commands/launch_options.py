"""What the wizard starts with: the settings, the practice organization and the scenarios."""

from __future__ import annotations

import argparse
import os
from dataclasses import replace
from typing import Any

from aep_tui import settings
from aep_tui.commands.settings_options import settings_from
from aep_tui.commands.wrong_argument import WrongArgument
from aep_tui.domain.clock import Clock, SystemClock
from aep_tui.domain.problem import SettingsProblem
from aep_tui.domain.sandbox import ACTIVE, Sandbox
from aep_tui.domain.secrets import Secrets
from aep_tui.domain.target import Mode, Target
from aep_tui.domain.translation import _
from aep_tui.practice import organization
from aep_tui.practice.scenarios import SCENARIOS, scenario_by_id
from aep_tui.settings.launch import Launch, ScenarioChoice
from aep_tui.settings.switch_words import says_pairing
from aep_tui.settings.theme_choice import theme_choice
from aep_tui.state.kept_theme import kept_theme


def launch_from(options: argparse.Namespace, *, asks_for_hosts: bool = False) -> Launch:
    """Return what the arguments and the settings say.

    Args:
        options: the arguments.
        asks_for_hosts: a person is there to type a host that only a `.env` in the working directory names.

    Raises:
        Problem: a setting or an argument cannot be used.
    """
    clock, secrets = SystemClock(), Secrets()
    options.secrets = secrets
    resolved = None if options.practice else settings_from(options, clock, secrets, asks_for_hosts)
    is_live = resolved is not None and (
        options.live
        or bool(options.profile or options.credentials)
        or resolved.has_access_token
        or resolved.has_client_secret
        or bool(resolved.organization_id)
    )
    is_read_only = options.read_only or (resolved is not None and resolved.is_read_only)
    practice_target = replace(organization.practice_target(secrets), is_read_only=is_read_only)
    if options.practice and options.sandbox_name:
        practice_target = replace(practice_target, sandbox_name=options.sandbox_name)
    # A rehearsal takes nothing from the settings, so a wrong setting does not stand in its way; the welcome page looks
    # when the person goes over to live mode.
    return Launch(
        mode=Mode.LIVE if is_live else Mode.PRACTICE,
        practice_target=practice_target,
        scenarios=tuple(ScenarioChoice(scenario.id, scenario.label, scenario.summary) for scenario in SCENARIOS),
        scenario_id=scenario_id(options.scenario),
        practice_application=lambda name: _practice_application(name, clock),
        clock=clock,
        secrets=secrets,
        watch_connection_id=getattr(options, "connection_id", ""),
        shows_connections=getattr(options, "shows_connections", False),
        listed_sandboxes=getattr(options, "listed_sandboxes", ()),
        output=getattr(options, "output", None),
        read_settings=lambda: settings_from(options, clock, secrets, asks_for_hosts),
        settings=resolved,
        practice_sandbox=_practice_sandbox(practice_target.sandbox_name),
        may_reveal=not getattr(options, "no_reveal", False),
        is_pairing=getattr(options, "pairing", False) or says_pairing(os.environ),
        theme=theme_choice(getattr(options, "theme", ""), os.environ, kept_theme()),
    )


def missing_values(launch: Launch) -> tuple[str, ...]:
    """Return what live mode needs and nobody has set, each with the places that can set it."""
    if launch.mode is not Mode.LIVE:
        return ()
    known = launch.settings or launch.read_settings()
    needed = (
        settings.SettingName.ORGANIZATION_ID,
        settings.SettingName.SANDBOX_NAME,
        settings.SettingName.API_KEY,
        settings.SettingName.BASE_URL,
    )
    unset = [settings.setting_named(name) for name in needed if not known.text(name)]
    missing = [_("{variable} ({option})").format(variable=each.variable, option=each.flag) for each in unset]
    if not (known.has_access_token or known.has_client_secret):
        missing.append(_("AEP_CLIENT_SECRET or AEP_ACCESS_TOKEN"))
    return tuple(missing)


def target_with_secret(launch: Launch) -> Target:
    """Return the target with its token or client secret, which is fetched here: it may wait for a program.

    Raises:
        SettingsProblem: the file, program or keyring that holds it does not give it, or the base URL is left open.
    """
    if launch.mode is Mode.PRACTICE:
        return launch.practice_target
    known = launch.settings or launch.read_settings()
    if not known.base_url:
        raise SettingsProblem(
            _("The base URL is not known"),
            _("{origin} means an environment whose address is not known here.").format(
                origin=known.origin(settings.SettingName.BASE_URL)
            ),
            _("Give it with --base-url."),
        )
    secret = known.client_secret()
    if secret is not None:
        return replace(known.live_target, client_credential=known.client_credential(secret))
    return replace(known.live_target, access_token=known.access_token())


def _practice_sandbox(name: str) -> Sandbox | None:
    found = organization.sandbox_by_name(name)
    if found is None:
        return None
    return Sandbox(found.name, found.title, found.type, found.region, ACTIVE, found.is_default)


def scenario_id(name: str) -> str:
    """Return the id of a scenario; "" stands for the ordinary one.

    Raises:
        WrongArgument: there is no such scenario; the message names them all.
    """
    if name and scenario_by_id(name) is None:
        known = ", ".join(scenario.id for scenario in SCENARIOS)
        raise WrongArgument(
            _("The practice service has no scenario of this name"),
            _("It plays: {names}.").format(names=known),
            _("Choose one of them."),
        )
    return name or SCENARIOS[0].id


def _practice_application(name: str, clock: Clock) -> Any:  # noqa: ANN401 - an ASGI application, whose type would load Starlette
    from aep_tui.practice.application import create_practice_application

    return create_practice_application(scenario=scenario_by_id(name) or SCENARIOS[0], clock=clock)
