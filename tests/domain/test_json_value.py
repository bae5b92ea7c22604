"""A JSON value that a person types: what can be sent as it is, and what type it has in a schema's words."""

from __future__ import annotations

import pytest

from aep_tui.domain.json_value import LONGEST, has_type, json_type, read_json


@pytest.mark.parametrize(
    ("text", "value", "kind"),
    [
        ("null", None, "null"),
        ("true", True, "boolean"),
        ("0", 0, "integer"),
        ("2.0", 2.0, "integer"),
        ("2.5", 2.5, "number"),
        ('"ä"', "ä", "string"),
        ("[1, null]", [1, None], "array"),
        ('{"a": {"a": 1}}', {"a": {"a": 1}}, "object"),
    ],
)
def test_a_value_is_read_as_it_is_with_its_type(text: str, value: object, kind: str) -> None:
    assert read_json(text) == value
    assert json_type(value) == kind
    assert has_type(value, (kind,))
    assert has_type(value, ()), "nothing was asked for"
    assert not has_type(value, ("another",))
    assert has_type(value, ("number",)) is (kind in {"integer", "number"})
    assert has_type(value, ("integer",)) is (kind == "integer")


@pytest.mark.parametrize(
    "text", ["", "{", "NaN", "-Infinity", "1e999", '{"a": 1, "a": 2}', '"\\ud800"', "[" * 50_000, "'a'"]
)
def test_what_could_not_be_sent_as_it_is_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - whatever is wrong with it
        read_json(text)


def test_a_value_may_be_as_long_as_is_said() -> None:
    longest = f'"{"a" * (LONGEST - 2)}"'
    assert read_json(longest) == "a" * (LONGEST - 2)
    with pytest.raises(ValueError, match="too long"):
        read_json(f"{longest} ")
