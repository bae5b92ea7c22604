"""What a person reads before a change is sent."""

from __future__ import annotations

from dataclasses import replace

import pytest

from aep_tui.domain.connection import ConnectionStatus
from aep_tui.domain.connection_change import ConnectionChange
from aep_tui.domain.connection_form import ConnectionForm
from aep_tui.domain.dataflow import Dataflow
from aep_tui.domain.problem import Problem
from aep_tui.domain.secret import Secret
from aep_tui.pages.change_offers import ConnectionAction, change_offers, why_not_deleted
from aep_tui.pages.change_review_view import ChangeReview, change_review
from aep_tui.session.connection_details import UsedBy
from tests.kit.canary import CANARY
from tests.pages.changing import BASIC, OAUTH, TARGET, all_new, form_of

UNREADABLE = UsedBy(problem=Problem("No", "You may not see dataflows."))
USED = UsedBy((Dataflow("f-1", "Accounts", "enabled"), Dataflow("f-2", "Contacts", "enabled")))


def review_of(
    change: ConnectionChange, seen: ConnectionStatus = OAUTH, form: ConnectionForm | None = None, used: UsedBy = USED
) -> ChangeReview:
    return change_review(change, seen, form, used, TARGET)


def values(review: ChangeReview) -> dict[str, str]:
    return {row.id: row.value for row in review.rows}


def test_a_name_before_and_after_and_nothing_that_stays() -> None:
    review = review_of(ConnectionChange(name="ACME EMEA"))
    assert values(review)["name"] == "ACME Salesforce → ACME EMEA"
    assert [values(review)[each] for each in ("connection", "id", "sandbox")] == ["ACME Salesforce", "c-1", "dev"]
    assert "description" not in values(review)
    assert review.remarks == ()
    assert '"op": "replace",\n    "path": "/name",\n    "value": "ACME EMEA"' in review.request


def test_a_description_that_is_taken_away_is_said_so() -> None:
    assert values(review_of(ConnectionChange(description="")))["description"] == "EMEA sales → empty"


def test_credentials_field_by_field_secrets_as_replaced() -> None:
    answers = all_new(BASIC) | {"username": "new@acme.com"}
    form = form_of(BASIC)
    review = review_of(ConnectionChange(credentials=form.request(BASIC, answers)), BASIC, form)
    assert values(review) | {"connection": "", "id": "", "sandbox": ""} == {
        "connection": "",
        "id": "",
        "sandbox": "",
        "environmentUrl": "https://acme.my.salesforce.com (stays)",
        "username": "integration@acme.com → new@acme.com",
        "password": "set, will be replaced",
        "securityToken": "set, will be replaced",
        "apiVersion": "60.0 (stays)",
    }
    assert "cannot be had back" in review.remarks[0]
    assert "what is not sent is gone" in review.remarks[1]


def test_a_secret_that_is_left_out_is_taken_away() -> None:
    form, answers = form_of(BASIC), all_new(BASIC)
    del answers["securityToken"]
    review = review_of(ConnectionChange(credentials=form.request(BASIC, answers)), BASIC, form)
    assert values(review)["securityToken"] == "set, will be taken away"


def test_what_the_form_does_not_ask_for_is_named_and_not_shown() -> None:
    status = replace(OAUTH, parameters={**OAUTH.parameters, "tenantKey": "hidden value"})
    form = form_of(status)
    review = review_of(ConnectionChange(credentials=form.request(status, all_new(status))), status, form)
    assert values(review)["tenantKey"] == "set there, not asked by this form: not sent"
    assert any("does not ask for" in remark for remark in review.remarks)
    assert "hidden value" not in review.plain_text


def test_one_secret_goes_by_its_own_path_and_says_that_it_may_be_refused() -> None:
    form = form_of(OAUTH).for_one_secret("clientSecret")
    review = review_of(ConnectionChange(secret=("clientSecret", Secret(CANARY))), OAUTH, form)
    assert values(review)["clientSecret"] == "set, will be replaced"
    assert '"path": "/auth/params/clientSecret"' in review.request
    assert "{CLIENT_SECRET}" in review.request
    assert any("may refuse that way" in remark for remark in review.remarks)


def test_the_request_names_the_version_that_was_seen() -> None:
    review = review_of(ConnectionChange(name="ACME EMEA"))
    assert review.request.startswith(
        "PATCH https://platform.adobe.io/data/foundation/flowservice/connections/c-1\nAuthorization: Bearer {ACCESS"
    )
    assert 'If-Match: "seen"' in review.request
    assert "-X PATCH" in review.curl
    assert "'If-Match: \"seen\"'" in review.curl


@pytest.mark.parametrize(
    ("used", "words"),
    [
        (USED, "2 dataflows that you can see use it."),
        (UNREADABLE, "The dataflows could not be read: You may not see dataflows."),
        (UsedBy(), "No dataflow that you can see uses it."),
    ],
)
def test_who_will_use_it_is_said_and_not_readable_is_not_none(used: UsedBy, words: str) -> None:
    assert review_of(ConnectionChange(name="X"), used=used).users[0].startswith(words)


def test_no_secret_stands_in_any_word() -> None:
    form = form_of(BASIC)
    for change in (
        ConnectionChange(credentials=form.request(BASIC, all_new(BASIC))),
        ConnectionChange(secret=("password", Secret(CANARY))),
    ):
        review = review_of(change, BASIC, form)
        assert CANARY not in "\n".join((review.plain_text, review.request, repr(review)))


# --- what is offered --------------------------------------------------------------------------------------------------


def reasons(status: ConnectionStatus, form: ConnectionForm | None, *, is_read_only: bool = False) -> dict[str, str]:
    offers = change_offers(status, form, is_read_only=is_read_only)
    return {offer.action: offer.reason for offer in offers}


def test_everything_is_offered_for_a_connection_that_is_known() -> None:
    assert set(reasons(OAUTH, form_of(OAUTH)).values()) == {""}


def test_without_an_etag_nothing_is_offered_and_it_says_why() -> None:
    told = reasons(replace(OAUTH, etag="", state="initializing"), form_of(OAUTH))
    assert all("names no version" in reason for reason in told.values())


def test_read_only_offers_nothing_and_says_why() -> None:
    assert all("READ-ONLY" in reason for reason in reasons(OAUTH, form_of(OAUTH), is_read_only=True).values())


def test_what_only_the_platform_describes_is_offered_and_what_cannot_be_asked_says_why() -> None:
    assert set(reasons(OAUTH, None).values()) == {""}
    form = form_of(OAUTH)
    unavailable = replace(form, method=replace(form.method, unavailable="It needs a browser."))
    assert {action for action, reason in reasons(OAUTH, unavailable).items() if reason == "It needs a browser."} == {
        ConnectionAction.SECRET,
        ConnectionAction.CREDENTIALS,
    }
    without = replace(form, method=replace(form.method, parameters=form.method.parameters[:1]))
    assert "has no secret" in reasons(OAUTH, without)[ConnectionAction.SECRET]


def test_a_delete_is_not_offered_while_it_is_used_or_nobody_knows() -> None:
    assert why_not_deleted(USED).startswith("2 dataflows use this connection")
    assert "could not be read" in why_not_deleted(UNREADABLE)
    assert why_not_deleted(UsedBy()) == ""
