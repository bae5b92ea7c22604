"""What every handler of the practice service needs, and the helpers that they share."""

from __future__ import annotations

from dataclasses import dataclass, field

from starlette.requests import Request

from aep_tui.domain.catalog.catalog import Catalog
from aep_tui.domain.clock import Clock
from aep_tui.practice.answers import not_found_error
from aep_tui.practice.disturbances import Disturbances
from aep_tui.practice.gateway import Caller, caller_of, sandbox_of
from aep_tui.practice.organization import PracticeSandbox
from aep_tui.practice.request_kind import kind_of_request
from aep_tui.practice.scenarios import Scenario
from aep_tui.practice.specifications import Specifications
from aep_tui.practice.store import ConnectionRecord, PracticeStore


@dataclass(frozen=True, slots=True)
class PracticeService:
    """One running practice service.

    Attributes:
        scenario: how it behaves.
        store: what it remembers.
        clock: its time.
        catalog: the sources that it offers.
        disturbances: the memory of the scenario.
    """

    scenario: Scenario
    store: PracticeStore
    clock: Clock
    catalog: Catalog
    disturbances: Disturbances = field(repr=False)

    def now(self) -> int:
        """Return the current instant in epoch milliseconds."""
        return int(self.clock.now().timestamp() * 1000)

    def specifications(self) -> Specifications:
        """Return the connection specifications that are offered today."""
        return Specifications(self.catalog, self.clock.today(), self.scenario.refuses_what_is_retired)

    def admit(self, request: Request) -> Caller:
        """Return who asks, for a platform request that neither the scenario nor the gateway refuses.

        Raises:
            Refusal: one of them refuses it.
        """
        self.disturbances.check(kind_of_request(request.method, request.url.path))
        caller = caller_of(request)
        self.disturbances.check_token(caller.token)
        return caller

    def sandbox(self, request: Request) -> PracticeSandbox:
        """Return the sandbox of a Flow Service request.

        Raises:
            Refusal: it is not named or does not exist.
        """
        return sandbox_of(request, self.scenario.refuses_every_sandbox)

    def connection(self, request: Request, caller: Caller) -> ConnectionRecord:
        """Return the connection that the path names.

        Raises:
            Refusal: 1439-404 when this sandbox of this organization has none with that id.
        """
        connection_id = request.path_params["connection_id"]
        record = self.store.find(caller.organization_id, self.sandbox(request).name, connection_id)
        if record is None:
            raise not_found_error(connection_id)
        return record
