"""What the field, the settings and the client say of one value: the same, because they ask the same rule."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from aep_tui.domain.finding import Finding
from aep_tui.domain.header_value import HeaderFault, header_fault
from aep_tui.domain.problem import SettingsProblem
from aep_tui.domain.secret import Secret
from aep_tui.domain.validation import (
    findings_for_access_token,
    findings_for_api_key,
    findings_for_client_secret,
    findings_for_organization_id,
    findings_for_sandbox_name,
)
from aep_tui.flow_service.authentication import checked_header, checked_token
from aep_tui.flow_service.wire_values import Etag
from aep_tui.pages.target_questions import in_clear
from aep_tui.settings.checked_values import checked
from aep_tui.settings.setting import SettingName
from tests.domain.tokens import token

FIELDS: dict[SettingName, Callable[[str], tuple[Finding, ...]]] = {
    SettingName.ACCESS_TOKEN: findings_for_access_token,
    SettingName.CLIENT_SECRET: findings_for_client_secret,
    SettingName.API_KEY: findings_for_api_key,
    SettingName.ORGANIZATION_ID: findings_for_organization_id,
    SettingName.SANDBOX_NAME: findings_for_sandbox_name,
}


def is_refused(check: Callable[[], object]) -> bool:
    try:
        check()
    except SettingsProblem:
        return True
    return False


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", None),
        ("0a1b-~!", None),
        ("two words", HeaderFault.BLANK),
        (" around ", HeaderFault.BLANK),
        ("line\nbreak", HeaderFault.BLANK),
        ("no-break\u00a0space", HeaderFault.BLANK),
        ("tökén", HeaderFault.CHARACTER),
        ("zero\u200bwidth", HeaderFault.CHARACTER),
        ("bell\x07", HeaderFault.CHARACTER),
        ("delete\x7f", HeaderFault.CHARACTER),
    ],
)
def test_what_a_header_may_carry(text: str, fault: HeaderFault | None) -> None:
    assert header_fault(text) is fault


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("two words", None),
        (" around", HeaderFault.BLANK),
        ("line\nbreak", HeaderFault.CHARACTER),
        ("é", HeaderFault.CHARACTER),
    ],
)
def test_words_may_have_blanks_between_them_where_that_is_said(text: str, fault: HeaderFault | None) -> None:
    assert header_fault(text, may_have_blanks=True) is fault


@pytest.mark.parametrize("text", ["tökén", "value\u200b1", "a\x07b", "Ｆull", "key\u2013dash"])
@pytest.mark.parametrize("name", FIELDS)
def test_a_letter_that_no_header_carries_is_told_at_the_field(name: SettingName, text: str) -> None:
    assert any(finding.is_error for finding in FIELDS[name](text))
    assert is_refused(lambda: checked(name, text, "the environment"))
    assert is_refused(lambda: checked_header(name, text))
    assert is_refused(lambda: checked_token(Secret(text)))


@pytest.mark.parametrize("text", [token(), f"Bearer {token()}", token(signature=""), f"{token()}.second.third"])
@pytest.mark.parametrize("name", [SettingName.ORGANIZATION_ID, SettingName.SANDBOX_NAME, SettingName.API_KEY])
def test_a_token_in_the_place_of_what_is_shown_is_refused_and_never_repeated(name: SettingName, text: str) -> None:
    (finding,) = FIELDS[name](f" {text}\n")
    assert finding.is_error
    assert not finding.suggested_value
    assert in_clear(text) == ""
    with pytest.raises(SettingsProblem) as refusal:
        checked(name, text, "the environment")
    assert "It is a token" in refusal.value.message
    assert "eyJ" not in f"{finding} {refusal.value.message} {refusal.value.next_step}"


@pytest.mark.parametrize("text", ["dev", "eyj-sandbox", "eyJ", "eyJabc.def", "1A2B@AdobeOrg", "0a1b2c.d.e"])
def test_what_only_begins_as_a_token_is_none(text: str) -> None:
    assert in_clear(text) == text
    assert checked(SettingName.API_KEY, text, "the environment") == text


@given(st.text(min_size=1))
def test_what_a_field_lets_through_is_never_refused_later(text: str) -> None:
    for name, findings in FIELDS.items():
        if not any(finding.is_error for finding in findings(text)):
            assert not is_refused(partial(checked_header, name, text.strip()))


@pytest.mark.parametrize(
    ("etag", "kept"), [('"07 00"', True), (' "0700"', False), ('"07\u00e9"', False), ("0" * 1001, False)]
)
def test_an_etag_that_could_not_be_sent_back_is_none(etag: str, kept: bool) -> None:
    read = TypeAdapter(Etag).validate_python(etag)
    assert read == (etag if kept else "")
    checked_header("If-Match", read)
