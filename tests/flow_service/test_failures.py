"""What an error answer proves, and who has given it."""

from __future__ import annotations

import json

import httpx
import pytest

from aep_tui.domain.problem import said_words
from aep_tui.domain.secrets import Secrets
from aep_tui.flow_service.errors import NotFound, OutcomeUnknown, PlatformError
from aep_tui.flow_service.failures import error_of_answer, error_of_exception
from tests.kit.clock import START

REFUSED = json.dumps({"type": "https://ns.adobe.com/aep/errors/FLOW-1415-400", "title": "x", "status": 400}).encode()


def error(status: int, body: bytes) -> PlatformError:
    return error_of_answer(status, {}, body, Secrets(), START)


@pytest.mark.parametrize(("status", "is_proved"), [(400, True), (412, True), (500, False), (502, False), (504, False)])
def test_a_refusal_proves_nothing_behind_a_status_that_hides_what_happened(status: int, is_proved: bool) -> None:
    assert error(status, REFUSED).proves_refusal is is_proved


@pytest.mark.parametrize(
    ("status", "body", "is_from_platform"),
    [
        (401, b"", True),
        (401, b" \r\n", True),
        (401, b"<html>sign in</html>", False),
        (403, b'{"error_code": "403025"}', True),
        (403, b'{"page": "a proxy"}', False),
        (502, b"<html>bad gateway</html>", True),
    ],
)
def test_an_answer_without_a_body_may_be_the_platforms_and_one_in_a_foreign_form_is_not(
    status: int, body: bytes, is_from_platform: bool
) -> None:
    assert error(status, body).is_from_platform is is_from_platform


def test_what_the_network_reports_is_never_called_the_words_of_a_server() -> None:
    refused, lost, wordless = (
        error_of_exception(failure, "platform.adobe.io", Secrets())
        for failure in (httpx.ConnectError("All attempts failed"), httpx.ReadError("Disconnected"), httpx.ReadError(""))
    )
    unclear = OutcomeUnknown("It is not known", "Something.", "", lost)
    unclear_by_an_answer = OutcomeUnknown("It is not known", "Something.", "", error(502, b""))
    said = NotFound("Not found", "It is not there.", server_said="No such thing")
    repeated = NotFound("Not found", "No such thing", server_said="No such thing")
    assert [said_words(each) for each in (refused, lost, wordless, unclear, unclear_by_an_answer, said, repeated)] == [
        "The network reported: All attempts failed",
        "The network reported: Disconnected",
        "",
        "The network reported: Disconnected",
        "",
        "The server said: No such thing",
        "",
    ]
