"""What an error answer proves, and who has given it."""

from __future__ import annotations

import json

import pytest

from aep_tui.domain.secrets import Secrets
from aep_tui.flow_service.errors import PlatformError
from aep_tui.flow_service.failures import error_of_answer
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
