"""What the commands of a migration share: the plan, the target, and the practice organization beside the plan."""

from __future__ import annotations

import argparse
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from aep_tui.commands.launch_options import launch_from, target_with_secret
from aep_tui.commands.terminal import say
from aep_tui.commands.without_pages import about_target, refuse_missing, say_target
from aep_tui.commands.wrong_argument import WrongArgument
from aep_tui.domain.catalog.catalog import load_catalog
from aep_tui.domain.migration_plan import MigrationPlan
from aep_tui.domain.target import Mode, Target
from aep_tui.domain.translation import _
from aep_tui.flow_service.exchange import Wire
from aep_tui.flow_service.retry import RetryWait
from aep_tui.pages.migration_file import PlanFile, open_plan
from aep_tui.pages.migration_words import CHANGED_BY_HAND
from aep_tui.pages.opening import wire_for
from aep_tui.practice.scenarios import MIGRATION, SCENARIOS, scenario_by_id
from aep_tui.practice.store import PracticeStore
from aep_tui.session.migration_preparing import refuse_another_platform
from aep_tui.session.open_sandboxes import OpenedSandbox, open_sandboxes
from aep_tui.settings.launch import Launch
from aep_tui.state.text_file import with_home


def plan_path(options: argparse.Namespace) -> Path:
    """Return where the plan lies.

    Raises:
        WrongArgument: what was given names no file; record and rehearsal have their names from it.
    """
    path = with_home(Path(options.plan))
    if not path.name or path.name == "..":
        words = _("What was given for FILE is no name of a file.")
        raise WrongArgument(_("The plan has no name"), words, _("Name a file, for example plan.toml."))
    return path


def plan_file(options: argparse.Namespace) -> PlanFile:
    """Return the plan that was named, and say when somebody has changed it.

    Raises:
        Problem: it cannot be read or used.
    """
    file = open_plan(plan_path(options), load_catalog())
    if not file.read.is_as_made:
        say(CHANGED_BY_HAND)
    return file


def launch_for(options: argparse.Namespace, path: Path, sandbox_names: tuple[str, ...]) -> Launch:
    """Return what the options say of the platform; a rehearsal keeps its organization in a file beside the plan.

    Args:
        options: the arguments.
        path: of the file with the plan.
        sandbox_names: of the plan; the first one stands for all.

    Raises:
        Problem: a setting or an argument cannot be used, or one is missing.
    """
    scenario_id = options.scenario or MIGRATION.id
    # One name for the target; each request says its own sandbox.
    settled = {"scenario": scenario_id, "sandbox_name": sandbox_names[0] if sandbox_names else ""}
    launch = launch_from(argparse.Namespace(**{**vars(options), **settled}))
    refuse_missing(about_target(launch, is_practice=options.practice))
    if launch.mode is Mode.PRACTICE:
        store = path.with_name(f"{path.name}.practice")
        launch = replace(launch, practice_application=lambda name: _kept_practice(name, launch, store))
    return launch


def target_for(launch: Launch, plan: MigrationPlan) -> Target:
    """Return the target of a plan, with its secret; the address comes from the settings and has to be the plan's.

    Args:
        launch: where the settings come from.
        plan: the plan.

    Raises:
        PlanUnusable: the plan was made for another platform or organization.
        Problem: the secret cannot be read.
    """
    refuse_another_platform(plan, launch.first_target)
    target = target_with_secret(launch)
    say_target(target, plan.sandbox_names)
    return target


@asynccontextmanager
async def opened(
    launch: Launch, target: Target, names: tuple[str, ...]
) -> AsyncIterator[tuple[dict[str, OpenedSandbox], Wire]]:
    """Yield what asks the platform about each sandbox, by name, and how it is reached.

    Args:
        launch: where the settings come from.
        target: the platform, with its secret.
        names: of the sandboxes.
    """
    wire = wire_for(launch, target, launch.scenario_id)
    async with open_sandboxes(target, names, wire, on_retry=_say_wait) as sandboxes:
        yield {sandbox.sandbox_name: sandbox for sandbox in sandboxes}, wire


def _say_wait(wait: RetryWait) -> None:
    say(f"  {wait.words}")


def _kept_practice(name: str, launch: Launch, store: Path) -> Any:  # noqa: ANN401 - an ASGI application, whose type would load Starlette
    from aep_tui.practice.application import create_practice_application

    scenario = scenario_by_id(name) or SCENARIOS[0]
    return create_practice_application(scenario=scenario, clock=launch.clock, store=PracticeStore(str(store)))
