"""The named scenarios of the practice service: what a person can rehearse, as data.

This file costs nothing to import (no Starlette), because the command line shows the names in its help.
"""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

from aep_tui.domain.light_dataclass import dataclass
from aep_tui.domain.translation import _
from aep_tui.practice.shown_names import LABELS, WHAT_THE_FIRST_DOES


class Life(StrEnum):
    """What is in the practice organization when the service begins."""

    NONE = "none"
    LIVED_IN = "lived-in"
    BIG = "big"
    MIGRATION = "migration"


@dataclass(frozen=True, slots=True)
class Scenario:
    """One way in which the practice service behaves; the defaults are those of a service where all goes well.

    Attributes:
        id: the name for `--scenario`.
        label: the name for people.
        summary: what a person will see.
        initializing_seconds: how long a new connection stays `initializing`; None means for ever. The documents show no
            failed state, so there is none to choose.
        is_connection_test_passing: what `GET /connections/{id}/test` answers.
        refuses_credentials: a create is refused with the provider's own words.
        expires_first_token: the first access token seen works until it has created a connection; from then on the
            gateway refuses it on every request, and any other token works.
        refuses_every_sandbox: no sandbox exists.
        refuses_what_is_retired: sources and auth methods whose retirement or deprecation date has passed are gone.
        rate_limited_requests: how many requests of each kind (create, list, read, ...) are answered with 429 first.
        retry_after_seconds: the `Retry-After` of those answers.
        down_seconds: how long, counted from the first request, every platform request is answered with 503.
        is_strict: what the documents only advise against is refused: doubtful values, unknown parameters, an API key
            or an organization that is not the practice one.
        life: what is in the organization when the service begins.
        big_size: how many connections each sandbox of a big organization has.
        refuses_changes: every PATCH is refused, each source in a documented way of its own.
        has_busy_colleague: somebody else changes each connection once, right before our first change of it, and creates
            one while a list is read.
        migration_size: how many connections an organization has that is to be migrated.
        auth_method_changes: how many connections take another auth method in place; None for all of them. No document
            promises it, and of four other sources Adobe's pages say that it is impossible.
        colleague_changes_every: of so many connections somebody else changes one as soon as we create or change the
            first; 0 for none.
        closed_sandbox_names: sandboxes that exist, but whose contents the caller may not see.
        sandbox_names_without_dataflows: sandboxes whose connections the caller may see, but not their dataflows.
    """

    id: str
    label: str
    summary: str
    initializing_seconds: float | None = 3.0
    is_connection_test_passing: bool = True
    refuses_credentials: bool = False
    expires_first_token: bool = False
    refuses_every_sandbox: bool = False
    refuses_what_is_retired: bool = False
    rate_limited_requests: int = 0
    retry_after_seconds: int = 2
    down_seconds: float = 0.0
    is_strict: bool = False
    life: Life = Life.NONE
    big_size: int = 10_000
    refuses_changes: bool = False
    has_busy_colleague: bool = False
    migration_size: int = 25
    auth_method_changes: int | None = 0
    colleague_changes_every: int = 0
    closed_sandbox_names: tuple[str, ...] = ()
    sandbox_names_without_dataflows: tuple[str, ...] = ()


EVERYTHING_FINE = Scenario(
    id="everything-fine",
    label=LABELS["everything-fine"],
    summary=WHAT_THE_FIRST_DOES,
)

CREATING_SCENARIOS: tuple[Scenario, ...] = (
    EVERYTHING_FINE,
    Scenario(
        id="slow-initializing",
        label=LABELS["slow-initializing"],
        summary=_("The connection is initializing for 88 seconds, as in the tutorial for AWS, and then enabled."),
        initializing_seconds=88.0,
    ),
    Scenario(
        id="wrong-credentials",
        label=LABELS["wrong-credentials"],
        summary=_("The source refuses the credentials, so the platform refuses to create the connection."),
        refuses_credentials=True,
    ),
    Scenario(
        id="expired-token",
        label=LABELS["expired-token"],
        summary=_("Your access token expires right after Submit; watching goes on once you give a different one."),
        initializing_seconds=8.0,
        expires_first_token=True,
    ),
    Scenario(
        id="sandbox-missing",
        label=LABELS["sandbox-missing"],
        summary=_("The platform does not find your sandbox."),
        refuses_every_sandbox=True,
    ),
    Scenario(
        id="retired-source-refused",
        label=LABELS["retired-source-refused"],
        summary=_("Retired sources and deprecated sign-in methods are gone: the platform does not know them any more."),
        refuses_what_is_retired=True,
    ),
    Scenario(
        id="rate-limited",
        label=LABELS["rate-limited"],
        summary=_("The first two requests of each kind are refused with the advice to come back in 2 seconds."),
        rate_limited_requests=2,
    ),
    Scenario(
        id="service-down",
        label=LABELS["service-down"],
        summary=_("The service is unavailable for 20 seconds after your first request and then works."),
        down_seconds=20.0,
    ),
    Scenario(
        id="strict",
        label=LABELS["strict"],
        summary=_("What the documents only advise against is refused: a value with a warning, an unknown parameter."),
        is_strict=True,
    ),
    Scenario(
        id="test-fails",
        label=LABELS["test-fails"],
        summary=_("The connection is enabled, but the platform's test of it fails: keep, correct or delete it."),
        is_connection_test_passing=False,
    ),
    Scenario(
        id="never-enabled",
        label=LABELS["never-enabled"],
        summary=_("The connection is created and stays initializing for ever."),
        initializing_seconds=None,
    ),
)
"""Those about creating a connection, which begin with an organization that has none; the ordinary one first."""

LIVED_IN_ORGANIZATION = Scenario(
    id="lived-in-organization",
    label=LABELS["lived-in-organization"],
    summary=_(
        "Three sandboxes hold about forty connections of eight sources, with dataflows that run, fail and sleep."
    ),
    life=Life.LIVED_IN,
    refuses_what_is_retired=True,
)

EXISTING_SCENARIOS: tuple[Scenario, ...] = (
    LIVED_IN_ORGANIZATION,
    Scenario(
        id="big-organization",
        label=LABELS["big-organization"],
        summary=_("Each sandbox holds 10,000 connections."),
        life=Life.BIG,
        refuses_what_is_retired=True,
    ),
    Scenario(
        id="busy-organization",
        label=LABELS["busy-organization"],
        summary=_(
            "The lived-in organization, and somebody else changes each connection right before your first change of it."
        ),
        life=Life.LIVED_IN,
        refuses_what_is_retired=True,
        has_busy_colleague=True,
    ),
    Scenario(
        id="change-refused",
        label=LABELS["change-refused"],
        summary=_("The lived-in organization, and the platform refuses to change any of its connections."),
        life=Life.LIVED_IN,
        refuses_what_is_retired=True,
        refuses_changes=True,
    ),
    Scenario(
        id="some-sandboxes-closed",
        label=LABELS["some-sandboxes-closed"],
        summary=_("You may not look into the sandbox prod, nor see any dataflow in the sandbox dev."),
        life=Life.LIVED_IN,
        refuses_what_is_retired=True,
        closed_sandbox_names=("prod",),
        sandbox_names_without_dataflows=("dev",),
    ),
)
"""Those about connections that exist already."""

MIGRATION = Scenario(
    id="migration",
    label=LABELS["migration"],
    summary=_(
        "25 Salesforce connections with Basic authentication in three sandboxes. None takes another method in place."
    ),
    life=Life.MIGRATION,
)

MIGRATION_SCENARIOS: tuple[Scenario, ...] = (
    MIGRATION,
    replace(
        MIGRATION,
        id="migration-in-place",
        label=LABELS["migration-in-place"],
        summary=_("The same 25 connections, and each takes another auth method in place."),
        auth_method_changes=None,
    ),
    replace(
        MIGRATION,
        id="migration-refused-later",
        label=LABELS["migration-refused-later"],
        summary=_("The same 25 connections; two take another auth method in place, and the third is refused."),
        auth_method_changes=2,
    ),
    replace(
        MIGRATION,
        id="migration-busy",
        label=LABELS["migration-busy"],
        summary=_("The same 25 connections, and somebody else changes three of them while you migrate."),
        colleague_changes_every=8,
    ),
    replace(
        MIGRATION,
        id="migration-token-expires",
        label=LABELS["migration-token-expires"],
        summary=_("The same 25 connections; after the first create your access token expires, and a new one goes on."),
        expires_first_token=True,
    ),
)
"""Those about moving many connections from Basic authentication to OAuth 2."""

SCENARIOS: tuple[Scenario, ...] = (*CREATING_SCENARIOS, *EXISTING_SCENARIOS, *MIGRATION_SCENARIOS)
"""All scenarios, the ordinary one first."""


def scenario_by_id(scenario_id: str) -> Scenario | None:
    """Return the scenario with this id, or None."""
    return next((scenario for scenario in SCENARIOS if scenario.id == scenario_id), None)
