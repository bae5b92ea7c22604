"""A saved draft meets the catalog of today."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from aep_tui.domain.catalog.catalog import load_catalog
from aep_tui.domain.draft import Answer, Draft
from aep_tui.domain.secret import Secret
from aep_tui.domain.source import Cloud
from aep_tui.domain.wizard import Step, Wizard
from tests.kit.canary import CANARY

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
TODAY = NOW.date()
ANSWERS: dict[str, Answer] = {"environmentUrl": "https://acme.my.salesforce.com", "clientSecret": Secret(CANARY)}
SAVED = Draft(
    Cloud.AZURE,
    "salesforce",
    "oauth2-client-credential",
    frozenset({"a-notice"}),
    {**ANSWERS, "leftOver": "x"},
    "ACME",
    "EMEA",
)


def resumed(draft: Draft) -> Draft:
    """The draft that a wizard with other answers goes on with."""
    busy = Wizard(load_catalog(), TODAY, Draft(Cloud.AWS, "salesforce", name="before", answers={"clientId": "before"}))
    return busy.with_draft(draft).draft


def test_a_draft_goes_on_with_the_answers_that_its_method_asks_for() -> None:
    draft = resumed(SAVED)
    assert (draft.cloud, draft.source_id, draft.auth_method_id) == (
        Cloud.AZURE,
        "salesforce",
        "oauth2-client-credential",
    )
    assert dict(draft.answers) == ANSWERS
    assert (draft.name, draft.description) == ("ACME", "EMEA")
    assert draft.acknowledged_notice_ids == frozenset({"a-notice"})


@pytest.mark.parametrize(
    ("cloud", "source_id", "auth_method_id"),
    [
        (Cloud.AZURE, "salesforce", "gone"),
        (Cloud.AZURE, "gone", "oauth2-client-credential"),
        (Cloud.AWS, "salesforce", "oauth2-client-credential"),
        (None, "salesforce", "oauth2-client-credential"),
    ],
)
def test_of_a_choice_that_is_no_longer_offered_only_the_names_stay(
    cloud: Cloud | None, source_id: str, auth_method_id: str
) -> None:
    saved = Draft(cloud, source_id, auth_method_id, SAVED.acknowledged_notice_ids, SAVED.answers, "ACME", "EMEA")
    assert resumed(saved) == Draft(name="ACME", description="EMEA")


@pytest.mark.parametrize(
    ("cloud", "source_id", "is_answered"),
    [
        (Cloud.AZURE, "salesforce", True),
        (Cloud.AWS, "salesforce", True),
        (Cloud.AWS, "zoho-crm", False),
        (Cloud.AZURE, "gone", False),
        (Cloud.AZURE, "", False),
        (None, "salesforce", False),
        (None, "", False),
    ],
)
def test_a_source_is_chosen_only_where_it_is_offered(cloud: Cloud | None, source_id: str, is_answered: bool) -> None:
    wizard = Wizard(load_catalog(), TODAY, Draft(cloud, source_id))
    assert wizard.is_answered(Step.SOURCE, NOW) is is_answered
