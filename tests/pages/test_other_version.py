"""What a person does to a connection that somebody else has changed since it was seen."""

from __future__ import annotations

from dataclasses import replace

import pytest

from aep_tui.domain.connection_change import ConnectionChange
from aep_tui.domain.dataflow import Dataflow
from aep_tui.domain.secret import Secret
from aep_tui.domain.step_answer import NameAnswer
from aep_tui.pages.at_hand import AfterChange, Typed
from aep_tui.pages.change_offers import ConnectionAction
from aep_tui.pages.change_pages import CredentialsPage, NamePage, ReviewPage, SheetPage
from aep_tui.session.change_outcome import Changed
from aep_tui.session.connection_details import UsedBy
from tests.kit.canary import CANARY
from tests.pages.changing import OAUTH
from tests.pages.visitor import BY_A_COLLEAGUE, NEW_NAME, NEW_SECRET, Left, Visitor, Work, refused, run

pytestmark = pytest.mark.anyio


async def test_another_version_is_told_and_never_sent_to_again_without_a_look() -> None:
    work = Work([refused(412, "FLOW-1404-412"), Changed('"after"')])
    navigator = Visitor(NEW_NAME, True, True, True, choices=["look-again"])
    await run(ConnectionAction.NAME, navigator, work)
    [question] = navigator.asked
    assert "a.colleague@acme.example" in question.text
    assert "description: EMEA sales → Looked after" in question.text
    assert [etag for etag, _change in work.sent] == ['"seen"', '"theirs"']
    # What the colleague wrote is not written over with what stood in the form.
    assert work.sent[1][1] == ConnectionChange(name="ACME EMEA")
    second = navigator.of(ReviewPage)[1]
    assert 'If-Match: "theirs"' in second.review.request
    assert second.problem is None


@pytest.mark.parametrize("description", ["", "EMEA sales"])
async def test_back_from_the_review_of_another_version_stands_what_was_typed_beside_what_is_there_today(
    description: str,
) -> None:
    work = Work([refused(412, "FLOW-1404-412"), Changed('"after"')])
    anew = NameAnswer("ACME EMEA", description)
    navigator = Visitor(NEW_NAME, True, None, anew, True, True, choices=["look-again"])
    await run(ConnectionAction.NAME, navigator, work)
    draft = navigator.of(NamePage)[1].wizard.draft
    assert (draft.name, draft.description) == ("ACME EMEA", "Looked after")
    assert work.sent[1] == ('"theirs"', ConnectionChange("ACME EMEA", description))


@pytest.mark.parametrize(
    ("left", "shown"),
    [
        (NEW_NAME, ("ACME EMEA", "Looked after")),
        (NameAnswer(OAUTH.name, "Mine"), (OAUTH.name, "Mine")),
        (NameAnswer(OAUTH.name, ""), (OAUTH.name, "")),
    ],
)
async def test_what_somebody_else_wrote_is_not_written_over_by_a_form_that_was_left(
    left: NameAnswer, shown: tuple[str, str]
) -> None:
    typed: Typed = {}
    await run(ConnectionAction.NAME, Visitor(Left(left)), Work(), typed=typed)
    again = Visitor(None)
    await run(ConnectionAction.NAME, again, Work(), BY_A_COLLEAGUE, typed=typed)
    draft = again.of(NamePage)[0].wizard.draft
    assert (draft.name, draft.description) == shown


async def test_another_version_can_be_left_as_it_is() -> None:
    work = Work([refused(412, "FLOW-1404-412")])
    for choice in ("leave", None):
        work.outcomes = [refused(412, "FLOW-1404-412")]
        navigator = Visitor(NEW_NAME, True, choices=[choice])
        after, _state = await run(ConnectionAction.NAME, navigator, work)
        assert after is AfterChange.LOOK_AGAIN
    assert len(work.sent) == 2


async def test_all_credentials_begin_with_the_version_of_now_beside_the_secret_that_was_typed() -> None:
    theirs = replace(BY_A_COLLEAGUE, parameters={**OAUTH.parameters, "clientId": "3MVG9theirs"})
    work = Work([refused(412, "FLOW-1404-412"), refused()], now=theirs)
    navigator = Visitor(NEW_SECRET, True, True, None, choices=["look-again", "replace-credentials"])
    await run(ConnectionAction.SECRET, navigator, work)
    answers = navigator.of(CredentialsPage)[1].wizard.draft.answers
    assert (answers["clientId"], answers["clientSecret"]) == ("3MVG9theirs", Secret(CANARY))


async def test_a_delete_of_another_version_is_agreed_to_anew_by_the_name_of_now() -> None:
    work = Work([refused(412, "FLOW-1404-412"), Changed()], now=replace(BY_A_COLLEAGUE, name="ACME, old"))
    navigator = Visitor(True, True, True, choices=["look-again"])
    after, _state = await run(ConnectionAction.DELETE, navigator, work)
    assert [each.expected for each in navigator.confirmed] == ["ACME Salesforce", "ACME, old"]
    again = navigator.of(SheetPage)[1].sheet
    assert ("connection", "ACME, old") in again.rows
    assert "The platform did not take it." not in again.text
    assert ([etag for etag, _change in work.sent], after) == (['"seen"', '"theirs"'], AfterChange.GONE)


async def test_the_review_of_another_version_shows_what_uses_the_connection_now() -> None:
    used = [UsedBy(), UsedBy((Dataflow("f-1", "Accounts, daily", "enabled"),))]
    work = Work([refused(412, "FLOW-1404-412")], used=used)
    navigator = Visitor(NEW_NAME, True, None, None, choices=["look-again"])
    await run(ConnectionAction.NAME, navigator, work)
    assert "Accounts, daily" in "".join(navigator.of(ReviewPage)[1].review.users)
