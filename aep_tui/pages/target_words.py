"""What the target line says: where the request will go, and how much care that asks for."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from aep_tui.domain.sandbox import DEVELOPMENT, PRODUCTION, Sandbox
from aep_tui.domain.target import Mode, Target
from aep_tui.domain.translation import _, plural
from aep_tui.pages.welcome_words import SANDBOX_OF_PRACTICE


class Care(StrEnum):
    """How much care a target asks for; a sandbox whose type nobody knows counts as one in production."""

    PRACTICE = "practice"
    DEVELOPMENT = "development"
    PRODUCTION = "production"


def care_of(target: Target, sandbox: Sandbox | None, sandboxes: tuple[Sandbox, ...] = ()) -> Care:
    """Return how much care `target` asks for.

    Args:
        target: where the request will go.
        sandbox: what the platform says about its sandbox, None while nobody knows.
        sandboxes: that a page is about when they are several: the most care of all.
    """
    if target.mode is Mode.PRACTICE:
        return Care.PRACTICE
    if sandboxes:
        return Care.DEVELOPMENT if all(each.type == DEVELOPMENT for each in sandboxes) else Care.PRODUCTION
    return Care.DEVELOPMENT if _type_of(target, sandbox) == DEVELOPMENT else Care.PRODUCTION


PAIRING: Final = _("PAIRING")
"""Stands on the target line while others are known to see the terminal."""
ORGANIZATION: Final = 2
"""Its place among the parts of the target line."""
LEAST_PARTS: Final = 4
"""How many of them stay however narrow the terminal is: mode, pairing, organization, sandbox."""


def target_parts(
    target: Target,
    sandbox: Sandbox | None,
    *,
    is_pairing: bool,
    details: tuple[str, ...] = (),
    sandboxes: tuple[Sandbox, ...] = (),
) -> tuple[str, ...]:
    """Return the parts of the target line, those that give way on a narrow terminal last.

    Args:
        target: where the request will go.
        sandbox: what the platform says about its sandbox, None while nobody knows.
        is_pairing: others are known to see this terminal.
        details: what else there is to say, "" for nothing.
        sandboxes: that the page is about when they are several, in the place of the target's own.
    """
    return (
        target.mode_and_host,
        PAIRING if is_pairing else "",
        target.organization_id or _("no organization"),
        words_of_sandboxes(sandboxes) if sandboxes else sandbox_words(target, sandbox),
        *details,
    )


def place_words(target: Target, sandbox: Sandbox | None) -> str:
    """Return where something will be sent, for a question that stands over the target line.

    Args:
        target: where.
        sandbox: what the platform says about its sandbox, None while nobody knows.
    """
    return _("Where: {mode}, {sandbox} of {organization}.").format(
        mode=target.mode_and_host,
        sandbox=sandbox_words(target, sandbox),
        organization=target.organization_id or _("no organization"),
    )


def _type_of(target: Target, sandbox: Sandbox | None) -> str:
    return sandbox.type if sandbox is not None and sandbox.name == target.sandbox_name else ""


def sandbox_words(target: Target, sandbox: Sandbox | None) -> str:
    """Return the sandbox of `target` with its type, for example "PRODUCTION sandbox prod"."""
    name = target.sandbox_name
    if not name:
        return _("no sandbox")
    if target.mode is Mode.PRACTICE and _type_of(target, sandbox) != PRODUCTION:
        return SANDBOX_OF_PRACTICE.format(name=name)
    if care_of(target, sandbox) is Care.DEVELOPMENT:
        return _("dev sandbox {name}").format(name=name)
    if _type_of(target, sandbox) == PRODUCTION:
        return _("PRODUCTION sandbox {name}").format(name=name)
    return _("MAYBE PRODUCTION sandbox {name}").format(name=name)


def words_of_sandboxes(sandboxes: tuple[Sandbox, ...]) -> str:
    """Return several sandboxes with their types, those that ask for the most care first."""
    production = [each.name for each in sandboxes if each.type == PRODUCTION]
    development = [each.name for each in sandboxes if each.type == DEVELOPMENT]
    unknown = [each.name for each in sandboxes if each.type not in {PRODUCTION, DEVELOPMENT}]
    kinds = (
        (production, plural("PRODUCTION sandbox {names}", "PRODUCTION sandboxes {names}", len(production))),
        (unknown, plural("MAYBE PRODUCTION sandbox {names}", "MAYBE PRODUCTION sandboxes {names}", len(unknown))),
        (development, plural("dev sandbox {names}", "dev sandboxes {names}", len(development))),
    )
    return "; ".join(words.format(names=", ".join(names)) for names, words in kinds if names)
