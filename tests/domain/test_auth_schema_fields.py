"""What stands in and beside a field of a foreign schema, and where what is too much is cut off."""

from __future__ import annotations

from typing import Any

import pytest

from aep_tui.domain.auth_schema import auth_method_of, auth_methods_of
from aep_tui.domain.source import AuthMethod, Parameter, ParameterKind

TEXT = {"type": "string"}
PASSWORD = {"type": "string", "format": "password"}
NO_ADVICE = "This is all that the platform says about it; this program has no tutorial for this source."


def method_of(properties: object, required: object = (), **spec: object) -> AuthMethod:
    described = {"type": "object", "properties": properties, "required": required, **spec}
    return auth_method_of({"name": "Basic", "spec": described}, "basic")


def field(described: dict[str, Any], name: str = "value") -> Parameter:
    return method_of({name: described}).parameters[0]


# --- methods ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [None, 7, "", "  ", "\x1b[2J", "Basic\n", "Ba\u202esic"])
def test_an_entry_whose_name_cannot_be_sent_as_it_is_shown_is_left_out(name: object) -> None:
    assert auth_methods_of([{"name": name, "spec": {"properties": {"a": TEXT}}}]) == ()


@pytest.mark.parametrize("described", [None, 7, "x", {}, {"name": "Basic"}])
def test_what_is_no_list_has_no_methods(described: object) -> None:
    assert auth_methods_of(described) == ()


def test_each_method_has_an_id_of_its_own_and_at_most_twenty_are_offered() -> None:
    methods = auth_methods_of([{"name": "Basic", "spec": {}}] * 21)
    assert len({each.id for each in methods}) == len(methods) == 20
    assert [each.id for each in methods[:3]] == ["basic", "basic-2", "basic-2-2"]
    assert [each.id for each in auth_methods_of([{"name": "\u7528\u6237"}])] == ["method"]
    assert [len(each.id) for each in auth_methods_of([{"name": "b" * 61}])] == [60]


def test_a_method_says_what_it_asks_for_and_what_is_said_and_strange_about_it() -> None:
    method = method_of(
        {"host": {**TEXT, "title": "Host"}, "x y": TEXT, "seen": {"uiAttributes": {"hidden": True}}, "back": TEXT},
        ["host", "port", "seen"],
        description="For ACME.",
    )
    assert method.summary == "Asks for: Host, port."
    assert method.documentation == (
        "For ACME. Called required, but not described: port. Left empty, it is not sent. "
        "Not asked for, because the platform hides it: seen. "
        "2 parameters have names that no field can have, and are left out."
    )
    assert method.unavailable == ""
    assert method_of({"host": TEXT}, "host").documentation == "", "a word is no list of names"
    assert [each.api_name for each in method_of({"host": TEXT}, ["host", 7, "host"]).parameters] == ["host"]
    unusable = method_of({"host": TEXT}, ["x y"])
    assert unusable.documentation == "1 parameter has a name that no field can have, and is left out."


def test_without_a_field_the_platforms_own_pages_are_named() -> None:
    words = "Nothing to fill in is described: make it in the platform's own pages."
    assert method_of({}).unavailable == words
    assert auth_method_of({"name": "Basic"}, "basic").unavailable == words


def test_at_most_sixty_parameters_are_asked_for() -> None:
    method = method_of({f"p{number}": TEXT for number in range(61)})
    assert len(method.parameters) == 60
    assert "1 parameter has a name" in method.documentation
    assert len(method_of({"p" * 64: TEXT, "p" * 65: TEXT}).parameters) == 1


# --- the kind of a field ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("described", "is_json"),
    [
        ({}, False),
        (TEXT, False),
        ({"type": ["string", "null"]}, False),
        ({"type": "null"}, False),
        ({"type": "unheard-of"}, False),
        ({"type": "string", "properties": {"a": TEXT}}, False),
        ({"type": "string", "enum": ["a"]}, False),
        ({"enum": ["a", "b"]}, False),
        ({"oneOf": [{"const": "a"}]}, False),
        ({"type": ["null", "number"]}, True),
        ({"items": TEXT}, True),
        ({"anyOf": [TEXT]}, True),
        ({"allOf": [TEXT]}, True),
        ({"enum": ["a", 1]}, True),
        ({"oneOf": [TEXT]}, True),
        ({"oneOf": []}, True),
    ],
)
def test_only_what_is_no_text_is_typed_as_json(described: dict[str, Any], is_json: bool) -> None:
    found = field(described)
    assert (found.kind is ParameterKind.JSON) is is_json
    assert found.is_long is is_json, "JSON gets room"
    assert field({**described, "format": "password"}).is_long, "a secret as well"


@pytest.mark.parametrize(
    ("described", "values"),
    [
        ({"enum": ["a", "b"]}, ["a", "b"]),
        ({"enum": ["a", ["b"]]}, []),
        ({"enum": ["a", {"b": 1}]}, []),
        ({"enum": ["a", "", "x" * 200, "x" * 201, "\x07"]}, ["a", "x" * 200]),
        ({"enum": [str(number) for number in range(101)]}, []),
        ({"enum": [str(number) for number in range(100)]}, [str(number) for number in range(100)]),
        ({"enum": [1, True, None]}, ["1", "true", "null"]),
        ({"enum": "a"}, []),
        ({"oneOf": [{"const": "a"}, {"const": ""}, {"const": "b"}]}, ["a", "b"]),
        ({"oneOf": [{"const": "a"}, {"const": ["b"]}]}, []),
        ({"oneOf": [{"const": "a"}, {"title": "b"}]}, []),
        ({"oneOf": [{"const": "a"}, 7]}, []),
        ({"oneOf": [{"const": str(number)} for number in range(101)]}, [str(number) for number in range(100)]),
        ({"type": "boolean"}, ["true", "false"]),
        ({"type": "boolean", "enum": [True]}, ["true"]),
        ({"enum": ["a"], "format": "password"}, []),
        ({"enum": [float("nan"), float("inf"), 1.5]}, ["1.5"]),
    ],
)
def test_what_can_be_chosen_is_what_can_be_sent(described: dict[str, Any], values: list[str]) -> None:
    assert [each.value for each in field(described).suggestions] == values


# --- words ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("described", "words"),
    [
        (TEXT, ""),
        ({"type": "number"}, "A number."),
        ({"type": "integer"}, "A whole number."),
        ({"type": "boolean"}, "true or false."),
        ({"type": "object"}, "A JSON object: {...}"),
        ({"type": "array"}, "A JSON list: [...]"),
        ({"type": ["number", "string"]}, "A JSON value."),
        ({"oneOf": [TEXT]}, "A JSON value."),
        ({"type": "object", "properties": {"a": TEXT, "b": TEXT}}, "A JSON object {...} with: a, b."),
        ({"type": "string", "properties": {"a": TEXT}}, ""),
        ({"type": "string", "contentEncoding": "base64"}, "Wanted as base64; nothing is encoded here."),
        ({"type": "string", "contentEncoding": "7bit"}, ""),
        ({"default": "eu"}, "Default: eu"),
        ({"type": "integer", "default": 22}, "A whole number. Default: 22"),
        ({"type": "boolean", "default": False}, "true or false. Default: false"),
        ({"default": ["eu"]}, ""),
        ({"default": {"a": 1}}, ""),
        ({"default": None}, ""),
        ({"type": "number", "default": float("nan")}, "A number."),
        ({"description": "The host."}, "The host."),
        ({"description": "x" * 161}, "x" * 159 + "\u2026"),
    ],
)
def test_beside_a_field_stands_what_helps_to_fill_it_in(described: dict[str, Any], words: str) -> None:
    assert field(described).help == words


def test_a_name_that_is_only_called_required_is_told_so() -> None:
    described, undescribed = method_of({"host": TEXT}, ["host", "port"]).parameters
    assert described.help == ""
    assert undescribed.help == "The platform does not describe it."
    assert undescribed.described is not None
    assert undescribed.described.is_required


@pytest.mark.parametrize(
    ("described", "example"),
    [
        ({"examples": ["acme"], "default": "eu", "enum": ["us"]}, "acme"),
        ({"examples": ["", 7, "acme"]}, "acme"),
        ({"examples": "acme"}, ""),
        ({"example": "acme"}, "acme"),
        ({"examples": ["first"], "example": "last"}, "first"),
        ({"examples": [7] * 10 + ["eleventh"]}, ""),
        ({"default": "eu", "enum": ["us"]}, "eu"),
        ({"enum": ["us"]}, "us"),
        ({"type": "boolean"}, "true"),
        ({"enum": ["us"], "format": "password"}, ""),
        (TEXT, ""),
    ],
)
def test_the_example_is_the_platforms_its_default_or_a_value_to_choose(described: dict[str, Any], example: str) -> None:
    assert field(described).example == example


@pytest.mark.parametrize(
    ("described", "words"),
    [
        (TEXT, NO_ADVICE),
        ({"description": "The host."}, f"The host.\n\n{NO_ADVICE}"),
        (
            {"uiAttributes": {"tooltip": {"fallbackUrl": "https://www.adobe.com/go/x"}}},
            f"https://www.adobe.com/go/x\n\n{NO_ADVICE}",
        ),
        ({"uiAttributes": {"tooltip": {"fallbackUrl": "javascript:x"}}}, NO_ADVICE),
        ({"uiAttributes": {"tooltip": "x"}}, NO_ADVICE),
        ({"description": "x" * 1_501}, "x" * 1_499 + f"\u2026\n\n{NO_ADVICE}"),
    ],
)
def test_where_a_value_is_found_is_told_as_far_as_the_platform_says_it(described: dict[str, Any], words: str) -> None:
    assert field(described).where_to_find == words


def test_a_title_stays_short_and_a_pattern_that_is_too_long_judges_nothing() -> None:
    assert field({"title": "x" * 61}).label == "x" * 59 + "\u2026"
    for length, kept in ((500, "a" * 500), (501, "")):
        described = field({"pattern": "a" * length}).described
        assert described is not None
        assert described.pattern == kept
    described = field({"pattern": 7}).described
    assert described is not None
    assert described.pattern == ""


# --- secrets inside ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("inside", "is_secret"),
    [
        ({"properties": {"a": TEXT}}, False),
        ({"additionalProperties": PASSWORD}, True),
        ({"additionalProperties": False}, False),
        ({"if": {"properties": {"a": TEXT}}, "then": {"properties": {"pwd": TEXT}}}, True),
        ({"not": {"properties": {"pwd": TEXT}}}, True),
        ({"items": [TEXT, PASSWORD]}, True),
        ({"properties": {"nameOverride": {"properties": {"pwd": TEXT}}}}, False),
        ({"properties": {"nameOverride": {"items": {"properties": {"pwd": TEXT}}}}}, False),
        ({"properties": {"nameOverride": {"properties": {"deeper": {"properties": {"pwd": TEXT}}}}}}, False),
        ({"properties": {"nameOverride": {"properties": {"a": PASSWORD}}}}, True),
        ({"items": [TEXT] * 498}, False),
        ({"items": [TEXT] * 499}, True),
    ],
)
def test_a_value_is_hidden_when_a_part_of_it_is_a_secret_or_has_too_many_parts(
    inside: dict[str, Any], is_secret: bool
) -> None:
    assert field({"type": "object", **inside}).is_secret is is_secret


def test_where_a_hidden_parameter_is_marked_the_others_are_known_to_be_none() -> None:
    hidden = {**PASSWORD, "uiAttributes": {"hidden": True}}
    assert [each.is_secret for each in method_of({"s3AccessKey": TEXT, "x": hidden}).parameters] == [False]
    assert not field({"format": 7}).is_secret
