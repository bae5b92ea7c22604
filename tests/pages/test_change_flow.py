"""What a person does to an existing connection, without a terminal: the pages are answered by the test."""

from __future__ import annotations

from dataclasses import replace

import pytest

from aep_tui.domain.change_result import ChangeEnd, ChangeResult
from aep_tui.domain.connection_change import ConnectionChange
from aep_tui.domain.dataflow import Dataflow
from aep_tui.domain.problem import Problem
from aep_tui.domain.sandbox import Sandbox
from aep_tui.domain.secret import Secret
from aep_tui.domain.step_answer import CredentialsAnswer, NameAnswer
from aep_tui.flow_service.errors import (
    AuthenticationRequired,
    OutcomeUnknown,
    PermissionRefused,
)
from aep_tui.pages.app_state import LastChange
from aep_tui.pages.at_hand import AfterChange, Typed
from aep_tui.pages.change_offers import ConnectionAction
from aep_tui.pages.change_pages import (
    CredentialsPage,
    NamePage,
    ReviewPage,
    SheetPage,
)
from aep_tui.pages.new_tokens import SUBMIT_AGAIN
from aep_tui.session.change_outcome import Changed, ChangeOutcome, ChangeUnknown
from aep_tui.session.connection_details import UsedBy
from tests.kit.canary import CANARY
from tests.pages.changing import BASIC, OAUTH, all_new
from tests.pages.visitor import NEW_NAME, NEW_SECRET, Left, Visitor, Work, refused, run

pytestmark = pytest.mark.anyio


def ticket_of(navigator: Visitor) -> str:
    """The text of the last page."""
    page = navigator.visited[-1]
    assert isinstance(page, SheetPage)
    return page.sheet.text


# --- rename -----------------------------------------------------------------------------------------------------------


async def test_only_what_differs_is_sent_and_the_ticket_says_what_was_done() -> None:
    navigator, work = Visitor(NEW_NAME, True, True), Work()
    after, state = await run(ConnectionAction.NAME, navigator, work)
    assert work.sent == [('"seen"', ConnectionChange(name="ACME EMEA"))]
    assert navigator.kinds == ["Name", "Review", "Work", "Sheet"]
    assert (after, state.failure) == (AfterChange.LOOK_AGAIN, None)
    text = ticket_of(navigator)
    assert "OK: the connection was changed, is enabled, and the platform's test of it passed." in text
    for words in ("ACME Salesforce → ACME EMEA", "c-1", "dev", "ACME@AdobeOrg", '"seen"', '"after"'):
        assert words in text


async def test_nothing_to_send_is_said_and_nothing_is_sent() -> None:
    same = NameAnswer(OAUTH.name, OAUTH.description)
    navigator, work = Visitor(same, None), Work()
    after, _state = await run(ConnectionAction.NAME, navigator, work)
    assert work.sent == []
    assert navigator.of(NamePage)[1].message == "Nothing is different from today, so nothing would be sent."
    assert after is AfterChange.SAME


async def test_back_from_the_review_finds_what_was_typed() -> None:
    navigator, work = Visitor(NEW_NAME, None, None), Work()
    await run(ConnectionAction.NAME, navigator, work)
    first, second = navigator.of(NamePage)
    assert (first.wizard.draft.name, second.wizard.draft.name) == ("ACME Salesforce", "ACME EMEA")
    assert work.sent == []


async def test_above_the_page_a_long_name_leaves_room_for_the_rest() -> None:
    navigator = Visitor(None)
    await run(ConnectionAction.NAME, navigator, Work(), replace(OAUTH, name="A" * 60))
    assert navigator.of(NamePage)[0].place.title.endswith("AAA…")


async def test_a_form_that_is_left_is_found_again_as_it_was_until_it_has_served() -> None:
    of_another: Typed = {("c-2", "rename"): NEW_NAME}
    typed = of_another.copy()
    await run(ConnectionAction.NAME, Visitor(Left(NEW_NAME)), Work(), typed=typed)
    again = Visitor(NEW_NAME, True, True)
    await run(ConnectionAction.NAME, again, Work(), typed=typed)
    assert again.of(NamePage)[0].wizard.draft.name == "ACME EMEA"
    assert typed == of_another
    credentials = CredentialsAnswer(all_new(OAUTH))
    await run(ConnectionAction.CREDENTIALS, Visitor(Left(credentials)), Work(), typed=typed)
    again = Visitor(None)
    await run(ConnectionAction.CREDENTIALS, again, Work(), typed=typed)
    assert again.of(CredentialsPage)[0].wizard.draft.answers["clientSecret"] == Secret(CANARY)
    elsewhere = Visitor(None)
    await run(ConnectionAction.CREDENTIALS, elsewhere, Work(), replace(OAUTH, connection_id="c-2"), typed=typed)
    assert "clientSecret" not in elsewhere.of(CredentialsPage)[0].wizard.draft.answers


@pytest.mark.parametrize(
    ("seen_after", "words", "last_change"),
    [
        (("enabled", True), "OK: the connection was changed, is enabled, and the", LastChange.DONE),
        (("enabled", False), "Warning: the connection was changed and is enabled, but", LastChange.NOT_GOOD),
        (("enabled", None), "Warning: the connection was changed and is enabled; the", LastChange.DONE),
        (("updating", None), "Warning: the connection was changed; its last state was: up", LastChange.NOT_GOOD),
    ],
)
async def test_what_was_done_is_called_good_only_when_it_is(
    seen_after: tuple[str, bool | None], words: str, last_change: LastChange
) -> None:
    navigator = Visitor(NEW_NAME, True, True, seen_after=seen_after)
    _after, state = await run(ConnectionAction.NAME, navigator, Work())
    assert words in ticket_of(navigator)
    assert state.last_change is last_change


async def test_a_state_that_the_connection_had_before_is_no_bad_end() -> None:
    navigator = Visitor(NEW_NAME, True, True, seen_after=("disabled", None))
    _after, state = await run(ConnectionAction.NAME, navigator, Work(), replace(OAUTH, state="disabled"))
    assert state.last_change is LastChange.DONE


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [
        (Changed('"after"'), ("changed", '"seen"', '"after"', "enabled", True)),
        (refused(), None),
        (ChangeUnknown(OutcomeUnknown("Not known", "The answer was lost.")), ("unknown", '"seen"', "", "", None)),
    ],
)
async def test_what_is_printed_at_the_end_says_what_became_of_the_change(
    outcome: ChangeOutcome, expected: tuple[object, ...] | None
) -> None:
    navigator = Visitor(NEW_NAME, True, None, None, None)
    earlier = ChangeResult(ChangeEnd.CHANGED, "live", "c-0", "ACME@AdobeOrg", "dev")
    _after, state = await run(ConnectionAction.NAME, navigator, Work([outcome]), earlier=(earlier,))
    assert state.changes[0] == earlier
    records = [change.record() for change in state.changes[1:]]
    names = ("result", "previousEtag", "etag", "state", "testPassed")
    assert [tuple(record[name] for name in names) for record in records] == ([expected] if expected else [])
    assert {(record["id"], record["sandboxName"], record["mode"]) for record in records} <= {("c-1", "dev", "live")}
    names_seen = {"changed": "ACME EMEA", "unknown": "ACME Salesforce"}
    assert all(record["name"] == names_seen[record["result"]] for record in records)


async def test_a_delete_is_printed_at_the_end() -> None:
    _after, state = await run(ConnectionAction.DELETE, Visitor(True, True), Work([Changed()]))
    [change] = state.changes
    assert (change.end, change.state, change.is_good, change.etag) == ("deleted", "deleted", True, "")


# --- production, read-only, no version --------------------------------------------------------------------------------


@pytest.mark.parametrize("is_confirmed", [True, False])
async def test_a_production_sandbox_is_confirmed_by_its_name(is_confirmed: bool) -> None:
    navigator, work = (
        Visitor(NEW_NAME, True, None if not is_confirmed else True, None, is_confirmed=is_confirmed),
        Work(),
    )
    await run(ConnectionAction.NAME, navigator, work, sandbox=Sandbox("dev", type="production"))
    [confirmation] = navigator.confirmed
    assert confirmation.expected == "dev"
    assert "will be changed" in confirmation.text
    assert len(work.sent) == is_confirmed


@pytest.mark.parametrize("action", list(ConnectionAction))
async def test_read_only_and_no_version_change_nothing_and_say_why(action: ConnectionAction) -> None:
    for status, is_read_only, words in ((OAUTH, True, "READ-ONLY"), (replace(OAUTH, etag=""), False, "no version")):
        navigator, work = Visitor(), Work()
        await run(action, navigator, work, status, is_read_only=is_read_only)
        [problem] = navigator.problems
        assert words in str(problem)
        assert (navigator.visited, work.sent) == ([], [])


# --- one secret -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("action", [ConnectionAction.SECRET, ConnectionAction.CREDENTIALS])
async def test_credentials_of_an_unknown_auth_method_are_not_offered(action: ConnectionAction) -> None:
    navigator, work = Visitor(), Work()
    await run(action, navigator, work, replace(OAUTH, auth_spec_name=""), has_form=False)
    [problem] = navigator.problems
    assert "names no auth method" in str(problem)
    assert work.sent == []


async def test_one_secret_of_several_is_chosen_and_sent_by_its_own_path() -> None:
    given = CredentialsAnswer({"securityToken": Secret(CANARY)})
    navigator, work = Visitor(given, True, True, choices=["securityToken"]), Work()
    await run(ConnectionAction.SECRET, navigator, work, BASIC)
    [page] = navigator.of(CredentialsPage)
    assert page.place.title == "One new secret · ACME Salesforce"
    assert [each.api_name for each in page.wizard.auth_method.parameters] == ["securityToken"]
    assert work.sent == [('"seen"', ConnectionChange(secret=("securityToken", Secret(CANARY))))]
    assert "replaced" in ticket_of(navigator)
    assert CANARY not in ticket_of(navigator)


async def test_back_from_the_review_of_one_secret_stands_what_was_typed() -> None:
    navigator, work = Visitor(NEW_SECRET, None, None), Work()
    await run(ConnectionAction.SECRET, navigator, work)
    assert navigator.of(CredentialsPage)[1].wizard.draft.answers["clientSecret"] == Secret(CANARY)
    assert work.sent == []


async def test_a_refused_path_has_changed_nothing_and_leads_to_all_credentials() -> None:
    work = Work([refused(), Changed('"after"')])
    everything = CredentialsAnswer(all_new(OAUTH))
    navigator = Visitor(NEW_SECRET, True, everything, True, True, choices=["replace-credentials"])
    await run(ConnectionAction.SECRET, navigator, work)
    [question] = navigator.asked
    assert "Nothing has changed" in question.text
    assert "FLOW-1455-400" in question.text
    form = navigator.of(CredentialsPage)[1].wizard
    assert form.draft.answers["clientSecret"] == Secret(CANARY)  # what was typed is not asked again
    assert form.draft.answers["clientId"] == "3MVG9acme"
    assert [change.secret is None for _etag, change in work.sent if change] == [False, True]


async def test_where_no_patch_is_taken_at_all_that_is_said() -> None:
    work = Work([refused(code="FLOW-1445-400")])
    navigator = Visitor(NEW_SECRET, True, choices=["leave"])
    await run(ConnectionAction.SECRET, navigator, work)
    detail = navigator.asked[0].choices[0].detail
    assert "may refuse this too" in detail


async def test_a_missing_permission_is_no_refusal_of_the_path() -> None:
    work = Work([refused(403, "FLOW-2120-403", PermissionRefused)])
    navigator = Visitor(NEW_SECRET, True, None, None)
    _after, state = await run(ConnectionAction.SECRET, navigator, work)
    assert navigator.asked == []
    assert navigator.of(ReviewPage)[1].problem is state.failure
    assert state.last_change is LastChange.NONE


# --- all credentials --------------------------------------------------------------------------------------------------


async def test_all_credentials_are_sent_with_a_mistake_in_between() -> None:
    wrong, right = all_new(OAUTH) | {"clientId": "wrong"}, all_new(OAUTH)
    refusal = refused(code="FLOW-1304-400")
    work = Work([refusal, Changed('"after"')])
    navigator = Visitor(CredentialsAnswer(wrong), True, None, CredentialsAnswer(right), True, True)
    after, state = await run(ConnectionAction.CREDENTIALS, navigator, work)
    assert navigator.kinds == ["Credentials", "Review", "Work", "Review", "Credentials", "Review", "Work", "Sheet"]
    assert navigator.of(ReviewPage)[1].problem is refusal.error
    assert navigator.of(CredentialsPage)[1].wizard.draft.answers["clientId"] == "wrong"
    assert (after, state.failure) == (AfterChange.LOOK_AGAIN, None)
    [_first, (_etag, change)] = work.sent
    assert change is not None
    assert change.credentials is not None
    assert change.credentials.shown_parameters()["clientId"] == "3MVG9acme"


async def test_what_nobody_can_tell_is_told_so_and_not_sent_again() -> None:
    unknown = OutcomeUnknown("It is not known whether the connection was changed", "The answer was lost.", "Look.")
    navigator, work = Visitor(NEW_NAME, True, True), Work([ChangeUnknown(unknown)])
    after, state = await run(ConnectionAction.NAME, navigator, work)
    assert "It is not known whether the connection was changed" in ticket_of(navigator)
    assert (len(work.sent), after, state.failure) == (1, AfterChange.LOOK_AGAIN, unknown)
    assert state.last_change is LastChange.UNCLEAR


# --- a token that ends ------------------------------------------------------------------------------------------------

ENDED = refused(401, "401013", AuthenticationRequired)


async def test_a_token_that_ends_is_asked_for_in_place_and_the_change_waits_on_its_review() -> None:
    navigator, work = Visitor(NEW_NAME, True, True, True), Work([ENDED, Changed('"after"')])
    navigator.tokens = [Secret(CANARY)]
    _after, state = await run(ConnectionAction.NAME, navigator, work)
    assert navigator.taken == [Secret(CANARY)]
    assert navigator.kinds == ["Name", "Review", "Work", "Review", "Work", "Sheet"]
    again = navigator.of(ReviewPage)[1]
    assert (again.problem, again.message) == (None, SUBMIT_AGAIN)
    assert [change for _etag, change in work.sent] == [ConnectionChange(name="ACME EMEA")] * 2
    assert [change.end for change in state.changes] == ["changed"]


async def test_who_has_no_other_token_finds_the_refusal_on_the_review() -> None:
    navigator, work = Visitor(NEW_NAME, True, None, None), Work([ENDED])
    await run(ConnectionAction.NAME, navigator, work)
    assert len(navigator.refusals) == len(work.sent) == 1
    assert navigator.of(ReviewPage)[1].problem is ENDED.error


async def test_what_uses_a_connection_is_asked_with_another_token_before_a_delete() -> None:
    navigator, work = Visitor(True, True), Work([Changed()], used=[UsedBy(problem=ENDED.error), UsedBy()])
    navigator.tokens = [Secret(CANARY)]
    after, _state = await run(ConnectionAction.DELETE, navigator, work)
    assert after is AfterChange.GONE


async def test_a_delete_that_was_refused_for_its_token_is_agreed_to_anew() -> None:
    navigator, work = Visitor(True, True, True), Work([ENDED, Changed()])
    navigator.tokens = [Secret(CANARY)]
    after, _state = await run(ConnectionAction.DELETE, navigator, work)
    assert [page.message for page in navigator.of(SheetPage)] == ["", SUBMIT_AGAIN, ""]
    assert "The platform did not take it." not in navigator.of(SheetPage)[1].sheet.text
    assert (len(navigator.confirmed), after) == (2, AfterChange.GONE)


# --- delete -----------------------------------------------------------------------------------------------------------


async def test_what_is_used_is_not_deleted_and_the_dataflows_are_listed() -> None:
    used = UsedBy((Dataflow("f-1", "Accounts, daily", "enabled"),))
    navigator, work = Visitor(None), Work(used=[used])
    after, _state = await run(ConnectionAction.DELETE, navigator, work)
    [page] = navigator.of(SheetPage)
    assert page.sheet.yes == ""
    assert "Accounts, daily" in page.sheet.text
    assert (work.sent, after) == ([], AfterChange.SAME)


async def test_a_delete_is_not_offered_where_the_dataflows_could_not_be_read() -> None:
    used = UsedBy(problem=Problem("No", "You may not see dataflows."))
    navigator, work = Visitor(True), Work(used=[used])
    await run(ConnectionAction.DELETE, navigator, work)
    assert "You may not see dataflows." in ticket_of(navigator)
    assert work.sent == []


async def test_a_delete_is_confirmed_twice_in_production_and_ends_when_it_is_gone() -> None:
    navigator, work = Visitor(True, True), Work([Changed()])
    after, _state = await run(ConnectionAction.DELETE, navigator, work, sandbox=Sandbox("dev", type="production"))
    assert [each.expected for each in navigator.confirmed] == ["ACME Salesforce", "dev"]
    assert "will be deleted" in navigator.confirmed[1].text
    assert navigator.of(SheetPage)[0].sheet.is_commit
    assert work.sent == [('"seen"', None)]
    assert after is AfterChange.GONE
    assert "OK: the connection was deleted" in ticket_of(navigator)
    before = navigator.of(SheetPage)[0].sheet.text
    assert "Access labels may hide some" in before


async def test_a_delete_of_which_nobody_knows_is_told_so_and_not_sent_again() -> None:
    unknown = OutcomeUnknown("It is not known whether the connection was deleted", "The answer was lost.", "Look.")
    navigator, work = Visitor(True, True), Work([ChangeUnknown(unknown)])
    after, _state = await run(ConnectionAction.DELETE, navigator, work)
    assert "It is not known whether the connection was deleted" in ticket_of(navigator)
    assert (len(work.sent), after) == (1, AfterChange.LOOK_AGAIN)


async def test_a_delete_that_is_refused_says_so_and_looks_for_dataflows_anew() -> None:
    refusal = refused(code="FLOW-1418-400")
    used = UsedBy((Dataflow("f-1", "Hidden till now", "enabled"),))
    navigator, work = Visitor(True, None), Work([refusal], used=[UsedBy(), used])
    await run(ConnectionAction.DELETE, navigator, work)
    second = navigator.of(SheetPage)[1].sheet
    assert "The platform did not take it." in second.text
    assert "Hidden till now" in second.text
    assert second.yes == ""
