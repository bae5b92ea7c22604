from __future__ import annotations

from collections.abc import Sequence

import pytest

from aep_tui.domain.check import CheckState
from aep_tui.domain.lifecycle import LifecycleNotice, NoticeKind
from aep_tui.domain.sandbox import Sandbox
from aep_tui.domain.source import Cloud
from aep_tui.flow_service.answer import Answer
from aep_tui.flow_service.errors import NotFound
from aep_tui.preflight.requests import Reply
from aep_tui.preflight.sources import notices_about, spec_verdict
from tests.preflight.helpers import SOURCES

SALESFORCE = next(source for source in SOURCES if source.id == "salesforce")
ON_AZURE = Sandbox("dev", region="VA7")


def offering(*names: str) -> Reply:
    return Reply(0.0, Answer(200, {}, {"items": [{"id": "1", "authSpec": [{"name": name} for name in names]}]}))


def documented(cloud: Cloud) -> Sequence[str]:
    return [method.spec_name for method in SALESFORCE.auth_methods_on(cloud)]


def test_what_is_documented_for_the_cloud_of_the_sandbox_is_looked_for() -> None:
    verdict, offered = spec_verdict(SALESFORCE, offering(*documented(Cloud.AZURE)), ON_AZURE, is_chosen=True)
    assert verdict.state is CheckState.OK
    assert offered == tuple(documented(Cloud.AZURE))
    lacking, _offered = spec_verdict(SALESFORCE, offering("OAuth2 Client Credential"), ON_AZURE, is_chosen=True)
    assert lacking.state is CheckState.WARNING
    assert "no longer offers: Basic Authentication. It offers: OAuth2 Client Credential." in lacking.reason


@pytest.mark.parametrize("cloud", list(Cloud))
def test_where_the_cloud_is_not_known_the_one_that_fits_best_is_meant(cloud: Cloud) -> None:
    verdict, _offered = spec_verdict(SALESFORCE, offering(*documented(cloud)), None, is_chosen=True)
    assert verdict.state is CheckState.OK
    assert "not documented" not in verdict.reason


def test_a_specification_that_names_nothing_warns() -> None:
    verdict, offered = spec_verdict(SALESFORCE, offering(), ON_AZURE, is_chosen=True)
    assert (verdict.state, offered) == (CheckState.WARNING, ())


@pytest.mark.parametrize("is_chosen", [True, False])
def test_an_absent_specification_fails_only_who_wants_the_source(is_chosen: bool) -> None:
    for reply in (
        Reply(0.0, failure=NotFound("Not found", "There is none.")),
        Reply(0.0, Answer(200, {}, {"items": []})),
    ):
        verdict, offered = spec_verdict(SALESFORCE, reply, ON_AZURE, is_chosen=is_chosen)
        assert verdict.state is (CheckState.FAILED if is_chosen else CheckState.WARNING)
        assert verdict.reason.startswith("The platform has no connection specification for Salesforce.")
        assert verdict.what_to_do.startswith("Choose another source")
        assert offered == ()


def notice(cloud: Cloud | None = None, source_id: str = "") -> LifecycleNotice:
    words = ("", "", "", None, "", "", "", "", "")
    return LifecycleNotice("a", NoticeKind.LIMITED, *words, cloud=cloud, source_id=source_id)


def test_a_notice_concerns_a_source_a_cloud_of_it_or_everything() -> None:
    zoho = next(source for source in SOURCES if source.id == "zoho-crm")
    clouds = {method.cloud for method in zoho.auth_methods}
    assert clouds == {Cloud.AZURE}
    about = [notice(), notice(Cloud.AZURE), notice(Cloud.AWS), notice(source_id="zoho-crm"), notice(source_id="oracle")]
    assert notices_about([zoho], about) == (about[0], about[1], about[3])
