"""What a refusal is about, by its documented code."""

from __future__ import annotations

import pytest

from aep_tui.flow_service.answer import Answer
from aep_tui.flow_service.errors import (
    AuthenticationRequired,
    NotFound,
    PermissionRefused,
    PlatformError,
    RateLimited,
    RequestRefused,
)
from aep_tui.preflight.requests import Blame, Reply

CODES = {
    Blame.ACCESS_TOKEN: "403010 401013 FLOW-2114-400 FLOW-2115-400",
    Blame.API_KEY: "403000 403003",
    Blame.ORGANIZATION: ("400003 403025 403027 FLOW-2000-401 FLOW-2001-401 FLOW-2002-401 FLOW-1008-401 FLOW-1009-403"),
    Blame.SANDBOX: (
        "FLOW-2100-404 FLOW-2101-404 FLOW-2102-500 FLOW-2103-404 FLOW-2104-500 FLOW-2105-400 FLOW-2106-404 "
        "FLOW-2107-500 FLOW-2108-500 FLOW-2111-403 FLOW-2112-400 FLOW-2113-400"
    ),
}
"""As in the documents that `requests.py` names."""


def refused(error: type[PlatformError], code: str = "", *, is_from_platform: bool = True) -> Reply:
    failure = error("Refused", "It was refused.", code=code)
    failure.is_from_platform = is_from_platform
    return Reply(0.0, failure=failure)


@pytest.mark.parametrize(("blame", "code"), [(blame, code) for blame, codes in CODES.items() for code in codes.split()])
def test_the_code_tells_what_was_refused_whatever_the_status(blame: Blame, code: str) -> None:
    assert refused(PlatformError, code).blame is blame
    assert refused(AuthenticationRequired, code).blame is blame


def test_without_a_known_code_only_a_refused_sign_in_is_about_the_token() -> None:
    assert refused(AuthenticationRequired).blame is Blame.ACCESS_TOKEN
    assert refused(PermissionRefused, "FLOW-2120-403").blame is None
    assert refused(RateLimited).blame is None
    assert Reply(0.0, Answer(200, {}, {})).blame is None


def test_what_is_not_there_is_told_by_the_platform_and_by_nobody_else() -> None:
    assert refused(NotFound).says_that_it_is_not_there
    assert not refused(NotFound, is_from_platform=False).says_that_it_is_not_there
    assert refused(RequestRefused, "FLOW-1413-400").says_that_it_is_not_there
    assert not refused(RequestRefused, "FLOW-1412-400").says_that_it_is_not_there
    assert not Reply(0.0, Answer(200, {}, {})).says_that_it_is_not_there


@pytest.mark.parametrize(
    ("code", "has_passed"), [("FLOW-2120-403", True), ("SMS-2000-403", True), ("403025", False), ("", False)]
)
def test_a_service_behind_the_gateway_is_known_by_its_code(code: str, has_passed: bool) -> None:
    assert refused(PermissionRefused, code).has_passed_the_gateway is has_passed
