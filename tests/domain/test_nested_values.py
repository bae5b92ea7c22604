"""Objects and lists in a text that fills a form."""

from __future__ import annotations

import json

from aep_tui.domain.auth_schema import auth_methods_of
from aep_tui.domain.snippet import read_snippet

TEXT = {"type": "string"}
PROPERTIES = {
    "account": TEXT,
    "port": {"type": "integer"},
    "schemas": {"type": "array"},
    "options": {"type": "object", "properties": {"account": TEXT}},
}
METHODS = auth_methods_of([{"name": "Key", "spec": {"properties": PROPERTIES}}])
PARAMETERS = {"account": "acme", "port": 5439, "schemas": ["a", 1], "options": {"warehouse": 2.5}}


def test_a_request_gives_objects_and_lists_as_json() -> None:
    for document in (PARAMETERS, {"params": PARAMETERS}, {"auth": {"specName": "Key", "params": PARAMETERS}}):
        snippet = read_snippet(json.dumps(document), METHODS)
        assert dict(snippet.values) == {
            "account": "acme",
            "port": "5439",
            "schemas": '["a", 1]',
            "options": '{"warehouse": 2.5}',
        }


def test_a_list_has_no_parameters() -> None:
    assert dict(read_snippet('[{"schemas": ["a"]}]', METHODS).values) == {}


def test_letters_of_every_language_stay_as_they_are() -> None:
    assert dict(read_snippet('{"schemas": ["Zürich"]}', METHODS).values) == {"schemas": '["Zürich"]'}


def test_where_the_text_is_no_json_they_are_told_and_not_guessed() -> None:
    snippet = read_snippet('{"account": "acme", "options": {"warehouse": "x"}, }', METHODS)
    assert dict(snippet.values) == {"account": "acme"}
    assert snippet.notes == ("Not taken, because it is an object or a list: options. Type it into its field as JSON.",)


def test_what_stands_inside_is_not_taken_for_a_field_of_the_same_name_by_chance() -> None:
    snippet = read_snippet('{"account": "acme", "options": {"account": "other"}}', METHODS)
    assert "account" in snippet.refused, "two values stand there, and nobody knows which is meant"
