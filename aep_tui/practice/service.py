"""What every handler of the practice service needs, and the helpers that they share."""

from __future__ import annotations

from dataclasses import dataclass, field

from starlette.requests import Request

from aep_tui.domain.catalog.catalog import Catalog
from aep_tui.domain.clock import Clock
from aep_tui.practice.answers import Refusal, flow_error, not_found_error
from aep_tui.practice.changing import Colleague
from aep_tui.practice.contents import Contents
from aep_tui.practice.disturbances import Disturbances
from aep_tui.practice.gateway import Caller, caller_of, sandbox_of
from aep_tui.practice.organization import PracticeSandbox
from aep_tui.practice.request_kind import kind_of_request
from aep_tui.practice.scenarios import Scenario
from aep_tui.practice.specifications import Specifications
from aep_tui.practice.store import ConnectionRecord, PracticeStore
from aep_tui.practice.strictness import refuse_strange_caller


@dataclass(frozen=True, slots=True)
class PracticeService:
    """One running practice service.

    Attributes:
        scenario: how it behaves.
        store: what it remembers.
        contents: what is in the organization, the store's connections among it.
        clock: its time.
        catalog: the sources that it offers.
        disturbances: the memory of the scenario.
        colleague: somebody else, in the scenario that has one.
    """

    scenario: Scenario
    store: PracticeStore
    contents: Contents
    clock: Clock
    catalog: Catalog
    disturbances: Disturbances = field(repr=False)
    colleague: Colleague = field(repr=False)

    def now(self) -> int:
        """Return the current instant in epoch milliseconds."""
        return int(self.clock.now().timestamp() * 1000)

    def specifications(self) -> Specifications:
        """Return the connection specifications that are offered today."""
        return Specifications(
            self.catalog, self.clock.today(), hides_what_is_retired=self.scenario.refuses_what_is_retired
        )

    def admit(self, request: Request) -> Caller:
        """Return who asks, for a platform request that neither the scenario nor the gateway refuses.

        Raises:
            Refusal: one of them refuses it.
        """
        self.disturbances.check(kind_of_request(request.method, request.url.path))
        caller = caller_of(request)
        if self.scenario.is_strict:
            refuse_strange_caller(caller)
        self.disturbances.check_token(caller.token)
        return caller

    def sandbox(self, request: Request) -> PracticeSandbox:
        """Return the sandbox of a Flow Service request.

        Raises:
            Refusal: it is not named, does not exist, or is closed to the caller (2120-403).
        """
        sandbox = sandbox_of(request, self.scenario.refuses_every_sandbox)
        if sandbox.name in self.scenario.closed_sandbox_names:
            raise insufficient_permissions()
        return sandbox

    def connection(self, request: Request, caller: Caller) -> ConnectionRecord:
        """Return the connection that the path names.

        Raises:
            Refusal: 1439-404 when this sandbox of this organization has none with that id.
        """
        connection_id = request.path_params["connection_id"]
        record = self.contents.find(caller.organization_id, self.sandbox(request).name, connection_id)
        if record is None:
            raise not_found_error(connection_id)
        return record


def insufficient_permissions() -> Refusal:
    """Return the refusal for what the caller may not see (Adobe's tutorial on access labels)."""
    return flow_error("2120-403", "Forbidden", "The caller has insufficient permissions.")
