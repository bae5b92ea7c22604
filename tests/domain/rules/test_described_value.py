"""What the platform's own description says about a value: it warns, and blocks only what cannot be sent."""

from __future__ import annotations

import json

import pytest

from aep_tui.domain.finding import Finding
from aep_tui.domain.rules.described_value import findings_by_description
from aep_tui.domain.source import Parameter, ParameterKind, ValueDescription
from tests.domain.forms import CLIENT_CREDENTIAL, suggestions, verdict, words


def judged(
    text: str, described: ValueDescription | None, *, json: bool = False, secret: bool = False
) -> tuple[Finding, ...]:
    kind = ParameterKind.JSON if json else ParameterKind.TEXT
    return findings_by_description(
        Parameter("a", "A", "", "", "", is_required=False, is_secret=secret, kind=kind, described=described), text
    )


def typed(text: str, *types: str, secret: bool = False) -> tuple[Finding, ...]:
    return judged(text, ValueDescription(types=types), json=True, secret=secret)


def test_a_parameter_of_the_catalog_has_nothing_described() -> None:
    assert judged("", None) == ()
    assert all(findings_by_description(each, "") == () for each in CLIENT_CREDENTIAL.parameters)


def test_only_what_is_described_as_required_warns_when_it_is_empty() -> None:
    assert "as required" in words(judged("", ValueDescription(is_required=True)))
    assert judged("", ValueDescription(types=("integer",), pattern="x+", is_base64=True)) == ()


@pytest.mark.parametrize(
    ("text", "types", "message", "suggested"),
    [
        ("yes", ("boolean",), "Write true or false.", {"true"}),
        ("OFF", ("boolean",), "Write true or false.", {"false"}),
        ("maybe", ("boolean",), "Write true or false.", set()),
        ("22x", ("integer",), "This is no number.", set()),
        ("22x", ("number",), "This is no number.", set()),
        ("Zürich", (), "This is no JSON value", {'"Zürich"'}),
        ("a", ("integer", "boolean"), "This is no JSON value", {'"a"'}),
    ],
)
def test_what_is_no_json_blocks_with_what_is_probably_meant(
    text: str, types: tuple[str, ...], message: str, suggested: set[str]
) -> None:
    found = typed(text, *types)
    assert verdict(found) == "error"
    assert words(found).startswith(message)
    assert suggestions(found) == suggested
    assert suggestions(typed(text, *types, secret=True)) == set(), "a secret is in no suggestion"


def test_another_type_and_another_choice_warn() -> None:
    assert typed("22", "integer") == typed("22", "number") == typed("22") == ()
    assert words(typed("22", "string", "array")) == "The platform describes another type of value: string, array."
    assert verdict(typed("22", "string")) == "warning"
    choices = ValueDescription(choices=("1", "2"))
    for is_json in (True, False):
        assert judged("1", choices, json=is_json) == ()
        assert words(judged("3", choices, json=is_json)) == "The platform describes other values: 1, 2."


@pytest.mark.parametrize(("count", "shown"), [(8, "1, 2, 3, 4, 5, 6, 7, 8."), (9, "1, 2, 3, 4, 5, 6, 7, 8, ….")])
def test_eight_choices_are_shown(count: int, shown: str) -> None:
    choices = tuple(str(number) for number in range(1, count + 1))
    assert words(judged("0", ValueDescription(choices=choices))).endswith(shown)


def test_a_name_that_sounds_like_a_secret_warns_wherever_it_stands() -> None:
    for value in ({"password": 1}, [1, {"a": [{"password": 1}]}], {"a": {"b": [], "clientSecret": 2}}):
        assert "sounds like a secret" in words(typed(json.dumps(value)))
        assert typed(json.dumps(value), secret=True) == ()
    assert typed('[1, "password", {"a": "password"}, {"key": 1}]') == ()


@pytest.mark.parametrize(("count", "warns"), [(998, False), (999, True)])
def test_what_is_too_large_to_be_looked_through_is_not_called_harmless(count: int, warns: bool) -> None:
    assert bool(typed(json.dumps([0] * count))) is warns


def test_another_form_warns_and_says_when_the_description_refuses_its_own_example() -> None:
    assert judged("aa", ValueDescription(pattern="^a+$")) == ()
    assert words(judged("b", ValueDescription(pattern="^a+$", examples=("a",)))) == (
        "The platform describes another form: ^a+$"
    )
    assert "own example" not in words(judged("b", ValueDescription(pattern="^[0-9]+$", examples=("12",))))
    assert words(judged("b", ValueDescription(pattern="^a+$", examples=("a", "c")))) == (
        "The platform describes another form: ^a+$ (it refuses its own example as well)."
    )
    long = words(judged("b", ValueDescription(pattern=f"^{'a' * 200}$")))
    assert long == f"The platform describes another form: ^{'a' * 118}…"


@pytest.mark.parametrize(
    ("text", "is_base64"), [("YQ==", True), ("YW\nJj", True), ("YQ", False), ("a b?", False), ("é", False)]
)
def test_what_is_no_base64_warns_where_it_is_wanted(text: str, is_base64: bool) -> None:
    assert (judged(text, ValueDescription(is_base64=True)) == ()) is is_base64
    assert judged(text, ValueDescription()) == ()
