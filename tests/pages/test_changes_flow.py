"""What is done to a connection is done in the sandbox that it was listed in."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

import pytest

from aep_tui.domain.catalog.catalog import load_catalog
from aep_tui.domain.sandbox import Sandbox
from aep_tui.pages.change_offers import ConnectionAction
from aep_tui.pages.sandbox_types import SandboxTypes
from aep_tui.session.platform_session import PlatformSession
from tests.pages.changing import OAUTH
from tests.pages.support import LIVE, FakeSession, Flows
from tests.pages.visitor import Visitor

pytestmark = pytest.mark.anyio

PRODUCTION = Sandbox("prod", type="production")


def flows_of(navigator: Visitor, monkeypatch: pytest.MonkeyPatch) -> tuple[Flows, list[str]]:
    """The flows beside an organization with a production sandbox, and the sandboxes that a session was opened with."""
    flows, asked = Flows(navigator), list[str]()

    def in_sandbox(name: str) -> PlatformSession:
        asked.append(name)
        return cast(PlatformSession, FakeSession())

    async def read(types: SandboxTypes) -> tuple[Sandbox, ...]:
        types._known.keep(LIVE, (PRODUCTION,))
        return (PRODUCTION,)

    monkeypatch.setattr(flows.sessions, "in_sandbox", in_sandbox)
    monkeypatch.setattr(SandboxTypes, "read", read)
    return flows, asked


async def test_a_connection_is_changed_in_the_sandbox_that_it_was_listed_in(monkeypatch: pytest.MonkeyPatch) -> None:
    navigator = Visitor(None)
    flows, asked = flows_of(navigator, monkeypatch)
    await flows.changes.run(ConnectionAction.NAME, OAUTH, "prod")
    [page] = navigator.visited
    assert (asked, page.place.target, page.place.sandbox) == (["prod"], replace(LIVE, sandbox_name="prod"), PRODUCTION)


async def test_the_form_of_a_connection_without_a_version_is_not_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    navigator = Visitor()
    elsewhere = replace(OAUTH, etag="", connection_spec_id="of another source")
    flows, _asked = flows_of(navigator, monkeypatch)
    await flows.changes.run(ConnectionAction.SECRET, elsewhere, "prod")
    [problem] = navigator.problems
    assert "names no version" in str(problem)


class Describing(FakeSession):
    """A session whose platform describes the form of another source."""

    @property
    def here(self) -> Describing:
        return self

    @property
    def sources(self) -> Describing:
        return self

    async def described(self, _spec_id: str) -> object:
        return load_catalog().source("salesforce")


async def test_the_form_that_the_platform_describes_is_asked_for_and_a_method_that_it_lacks_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for method, pages in ((OAUTH.auth_spec_name, ["Credentials"]), ("Of another kind", [])):
        navigator = Visitor(None)
        flows, _asked = flows_of(navigator, monkeypatch)

        monkeypatch.setattr(flows.sessions, "in_sandbox", lambda _name: Describing())
        status = replace(OAUTH, connection_spec_id="of another source", auth_spec_name=method)
        await flows.changes.run(ConnectionAction.CREDENTIALS, status, "prod")
        assert navigator.kinds == pages
        assert [method in str(each) for each in navigator.problems] == ([] if pages else [True])
