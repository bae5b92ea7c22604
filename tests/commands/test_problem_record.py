"""A failure by the names that scripts know."""

from __future__ import annotations

import httpx

from aep_tui.commands.problem_record import problem_record
from aep_tui.domain.secrets import Secrets
from aep_tui.flow_service.errors import OutcomeUnknown, RequestRefused
from aep_tui.flow_service.failures import error_of_exception
from aep_tui.pages.unattended_create import NobodyKnows
from aep_tui.session.search import cannot_tell


def test_an_outcome_that_nobody_knows_has_what_came_with_the_failure_that_hid_it() -> None:
    lost = error_of_exception(httpx.ReadError("Disconnected"), "platform.adobe.io", Secrets())
    assert problem_record(NobodyKnows(cannot_tell(lost, "Look."))) == {
        "type": "outcome-unknown",
        "title": "It is not known whether the connection was created",
        "detail": lost.message,
        "nextStep": "Look.",
        "networkReported": "Disconnected",
        "possibleIds": [],
    }


def test_an_answer_that_hid_the_outcome_is_told_with_its_facts_and_the_words_of_the_server() -> None:
    answer = RequestRefused("No", "Refused.", status=502, code="x", request_id="r-1", server_said="Bad gateway")
    record = problem_record(OutcomeUnknown("Not known", "Lost.", "Look.", answer))
    assert record["status"] == 502
    assert (record["code"], record["instance"], record["serverSaid"]) == ("x", "r-1", "Bad gateway")
    assert "networkReported" not in record
