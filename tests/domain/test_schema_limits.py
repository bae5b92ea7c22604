"""The limits of a foreign schema: read whatever stands there, and held against a value."""

from __future__ import annotations

from typing import Any

import pytest

from aep_tui.domain.auth_schema import auth_method_of
from aep_tui.domain.rules.described_value import findings_by_description
from aep_tui.domain.schema_limits import broken_limits, limits_of
from aep_tui.domain.source import Parameter
from tests.kit.canary import CANARY


def described(schema: dict[str, Any], name: str = "value") -> Parameter:
    """The parameter that a schema makes."""
    spec = {"name": "Any", "spec": {"type": "object", "properties": {name: schema}}}
    [parameter] = auth_method_of(spec, "any").parameters
    return parameter


@pytest.mark.parametrize(
    ("schema", "kept", "broken", "words"),
    [
        ({"type": "string", "minLength": 3}, "abc", "ab", "at least 3 characters"),
        ({"type": "string", "minLength": 3.0}, "🙂🙂🙂", "🙂🙂", "at least 3 characters"),
        ({"type": "string", "maxLength": 1}, "a", "ab", "at most 1 character."),
        ({"type": "integer", "minimum": 1}, "1", "0", "a number of at least 1."),
        ({"type": "integer", "maximum": 65535}, "65535", "65536", "a number of at most 65535."),
        ({"type": "number", "maximum": 4294967295.0}, "1", "4294967296", "a number of at most 4294967295."),
        ({"type": "number", "minimum": 1234567.5}, "1234568", "1234567", "a number of at least 1234567.5."),
        ({"type": "number", "exclusiveMinimum": 0}, "0.1", "0", "a number above 0."),
        ({"type": "number", "minimum": 0, "exclusiveMinimum": True}, "0.1", "0", "a number above 0."),
        ({"type": "number", "exclusiveMaximum": 1.5}, "1.4", "1.5", "a number below 1.5."),
        ({"type": "number", "multipleOf": 0.1}, "0.3", "0.35", "a multiple of 0.1."),
        ({"type": "integer", "multipleOf": 15}, "45", "50", "a multiple of 15."),
        ({"type": "array", "minItems": 1}, "[1]", "[]", "a list of at least 1 entry."),
        ({"type": "array", "maxItems": 2}, "[1, 2]", "[1, 2, 3]", "a list of at most 2 entries."),
        ({"type": "array", "uniqueItems": True}, '[1, "1", {}]', '[{"a": 1}, {"a": 1}]', "nothing stands twice"),
        ({"type": "object", "minProperties": 1}, '{"a": 1}', "{}", "an object of at least 1 name."),
        ({"type": "object", "maxProperties": 1}, '{"a": 1}', '{"a": 1, "b": 2}', "an object of at most 1 name."),
    ],
)
def test_a_limit_warns_and_never_blocks(schema: dict[str, Any], kept: str, broken: str, words: str) -> None:
    parameter = described(schema)
    assert findings_by_description(parameter, kept) == ()
    [finding] = findings_by_description(parameter, broken)
    assert words in finding.message
    assert not finding.is_error


def test_an_optional_value_that_is_left_out_breaks_no_limit() -> None:
    assert findings_by_description(described({"type": "string", "minLength": 3}), "") == ()


def test_a_secret_is_judged_and_neither_repeated_nor_counted() -> None:
    parameter = described({"type": "string", "format": "password", "maxLength": 4}, "password")
    [finding] = findings_by_description(parameter, CANARY)
    assert finding.message == "The platform describes at most 4 characters."


@pytest.mark.parametrize(
    "schema",
    [
        {"minLength": "3"},
        {"minLength": -1},
        {"minLength": 2.5},
        {"minLength": True},
        {"maximum": float("inf")},
        {"maximum": float("nan")},
        {"maximum": 10**400},
        {"minLength": 10**400},
        {"minimum": [1]},
        {"multipleOf": 0},
        {"multipleOf": -3},
        {"uniqueItems": "yes"},
        {"exclusiveMinimum": True},
        {"minLength": 5, "maxLength": 4},
        {"minimum": 2, "maximum": 1},
        {"exclusiveMinimum": 2, "maximum": 1},
    ],
)
def test_what_is_no_limit_or_cannot_be_kept_is_left_out(schema: dict[str, object]) -> None:
    assert limits_of(schema) == ()


def test_a_limit_says_nothing_about_a_value_of_another_type() -> None:
    limits = limits_of({"minLength": 9, "minimum": 9, "minItems": 9, "minProperties": 9, "multipleOf": 9})
    assert list(broken_limits(limits, True)) == list(broken_limits(limits, None)) == []
    assert len(list(broken_limits(limits, "short"))) == 1
    assert list(broken_limits(limits_of({"multipleOf": 1e-12}), 10**14)) == []


@pytest.mark.parametrize(("minimum", "maximum"), [("minimum", "maximum"), ("exclusiveMinimum", "exclusiveMaximum")])
def test_a_limit_of_draft_04_is_exclusive_only_where_it_says_so(minimum: str, maximum: str) -> None:
    is_exclusive = minimum != "minimum"
    schema = {"minimum": 1, "exclusiveMinimum": is_exclusive, "maximum": 9, "exclusiveMaximum": is_exclusive}
    assert dict(limits_of(schema)) == {minimum: 1, maximum: 9}


def test_what_may_stand_twice_has_no_such_limit() -> None:
    assert limits_of({"uniqueItems": False}) == ()
    assert limits_of({"uniqueItems": True}) == (("uniqueItems", 1),)
