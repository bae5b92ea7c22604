from __future__ import annotations

import pytest

from aep_tui.domain.catalog.catalog import load_catalog
from aep_tui.domain.rules.context import RuleContext
from aep_tui.domain.validation import findings_for_text
from tests.kit.clock import START


@pytest.mark.parametrize(
    ("text", "has_warning"),
    [
        ("https://acme.my.salesforce.com", True),
        ("www.acme.example", True),
        ("integration@acme.com", True),
        ("3MVG9A2kN3Bn17huXZp1OQhPe8y4_KozAQZZArKsNsw9GI4QaZFL.mJtHrJ0Z", False),
        ("1000.ABCDEF1234", False),
    ],
)
def test_a_client_id_that_looks_like_an_address_gets_a_warning(text: str, has_warning: bool) -> None:
    asked = 0
    for source in load_catalog().sources:
        for method in source.auth_methods:
            for parameter in method.parameters:
                if parameter.api_name != "clientId":
                    continue
                asked += 1
                found = findings_for_text(RuleContext(parameter, method, START), text)
                assert [each.is_error for each in found] == [False] * has_warning
    assert asked == 3


@pytest.mark.parametrize("text", ["3MVG9A2kN3 Bn17huX", "3MVG9A2kN3\N{NO-BREAK SPACE}Bn17huX", "3MVG9A2k N3  Bn17huX"])
def test_blanks_that_copying_has_left_get_a_warning_and_the_client_id_without_them(text: str) -> None:
    method = load_catalog().sources[0].auth_methods[0]
    (parameter,) = (each for each in method.parameters if each.api_name == "clientId")
    (found,) = findings_for_text(RuleContext(parameter, method, START), text)
    assert not found.is_error
    assert found.suggested_value == "3MVG9A2kN3Bn17huX"
