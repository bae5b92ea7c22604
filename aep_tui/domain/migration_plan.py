"""The plan of a migration: which connections get another auth method, by which road, and in which order.

It holds no secret and names no host that one is sent to: addresses come from the settings and from the platform.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from aep_tui.domain.problem import Problem
from aep_tui.domain.sandbox import DEVELOPMENT


class Road(StrEnum):
    """How a connection gets another auth method."""

    BESIDE = "beside"
    IN_PLACE = "in-place"


class TestResult(StrEnum):
    """What the platform's own test of a connection said."""

    PASSED = "passed"
    FAILED = "failed"
    UNKNOWN = "unknown"

    __test__ = False
    """It is no test of ours, whatever a test runner makes of its name."""


@dataclass(frozen=True, slots=True)
class PlannedDataflow:
    """A dataflow on a connection, as a person needs it in front of the platform's own pages to make it anew.

    Attributes:
        flow_id, name, state: as the platform says them.
        table: the table or path that it reads.
        mapping_id, dataset_id: what maps its columns, and where it writes to; "" when nobody says.
        frequency, interval, starts_at: its schedule; "" and None where the platform says nothing.
        next_run_at: when it was due next, None when nobody can tell.
        last_run_id, last_run_state, last_run_at: its last run; "" and None for none.
    """

    flow_id: str
    name: str = ""
    state: str = ""
    table: str = ""
    mapping_id: str = ""
    dataset_id: str = ""
    frequency: str = ""
    interval: int | None = None
    starts_at: datetime | None = None
    next_run_at: datetime | None = None
    last_run_id: str = ""
    last_run_state: str = ""
    last_run_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class MigrationRow:
    """One connection.

    Attributes:
        connection_id, name, sandbox_name, etag, updated_at: as they were read.
        sandbox_type: "production", "development" or whatever else the platform said; "" when it did not.
        parameters: name and value of those that are no secrets, by name.
        group: the address of the source's organization, whose connections share one set of credentials; "" when the
            connection names none.
        new_name: what the connection beside it is called.
        test: what the platform's test said.
        dataflows: what rides on it, as far as the caller may see.
        dataflows_problem: why they could not be read, "" when they were.
    """

    connection_id: str
    name: str
    sandbox_name: str
    etag: str
    updated_at: datetime | None = None
    sandbox_type: str = ""
    parameters: tuple[tuple[str, str], ...] = ()
    group: str = ""
    new_name: str = ""
    test: TestResult = TestResult.UNKNOWN
    dataflows: tuple[PlannedDataflow, ...] = ()
    dataflows_problem: str = ""

    @property
    def is_in_production(self) -> bool:
        """Whether its sandbox is not known to be for development."""
        return self.sandbox_type != DEVELOPMENT

    @property
    def may_feed_dataflows(self) -> bool:
        """Whether a dataflow rides on it, or nobody knows."""
        return bool(self.dataflows or self.dataflows_problem)


@dataclass(frozen=True, slots=True)
class MigrationPlan:
    """The plan.

    Attributes:
        base_url, organization_id: the platform that it was read from.
        made_at: when.
        source_id: the source, in the catalog.
        old_method_id, new_method_id: the auth methods, in the catalog.
        road: how the connections get the new one.
        rows: the connections, in the order in which they are worked on.
    """

    base_url: str
    organization_id: str
    made_at: datetime
    source_id: str
    old_method_id: str
    new_method_id: str
    road: Road = Road.BESIDE
    rows: tuple[MigrationRow, ...] = ()

    @property
    def sandbox_names(self) -> tuple[str, ...]:
        """The sandboxes, each once, in the order of the rows."""
        return tuple(dict.fromkeys(row.sandbox_name for row in self.rows))

    def groups(self) -> Mapping[str, tuple[MigrationRow, ...]]:
        """Return the rows by the organization of the source that they belong to, in order."""
        found: dict[str, list[MigrationRow]] = {}
        for row in self.rows:
            found.setdefault(row.group, []).append(row)
        return {group: tuple(rows) for group, rows in found.items()}


class NothingToPlan(Problem):
    """There is no connection that a plan could be about, or not everything could be read; nothing was sent.

    Attributes:
        error: why not everything could be read, None when it was.
    """

    error: Problem | None = None


def in_order(rows: Iterable[MigrationRow], types: Mapping[str, str]) -> tuple[MigrationRow, ...]:
    """Return the rows in the order of work, with the types of their sandboxes.

    Development sandboxes come before production, and in each of them what feeds no dataflow before what does. So the
    first row, which tries a road, feeds none where any row of a development sandbox feeds none.

    Args:
        rows: in any order.
        types: of the sandboxes, by name; each that is not known to be for development counts as production.
    """
    typed = (replace(row, sandbox_type=types.get(row.sandbox_name, "")) for row in rows)
    return tuple(
        sorted(
            typed,
            key=lambda row: (
                row.is_in_production,
                row.may_feed_dataflows,
                row.sandbox_name,
                row.name,
                row.connection_id,
            ),
        )
    )


def free_name(wanted: str, taken: Collection[str], longest: int) -> str:
    """Return a name that no connection has: the wanted one, or the same with a number behind it.

    Args:
        wanted: the name.
        taken: the names that there are.
        longest: characters that a name may have.
    """
    name, number = wanted[:longest], 1
    while name in taken:
        number += 1
        tail = f" {number}"
        name = wanted[: longest - len(tail)] + tail
    return name
