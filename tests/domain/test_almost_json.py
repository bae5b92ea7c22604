"""Documents in a text: where they begin and end, and that what is none stays text."""

from __future__ import annotations

import pytest

from aep_tui.domain.almost_json import joined_lines, pair_of_joined_text, parsed, pieces_of
from aep_tui.domain.found_pair import Doubt, FoundPair

KNOWN = ("a", "b")


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ('x {"a": 1} y', ["x ", {"a": "1"}, " y"]),
        ('{"a": {"c": [1, {}]}, // why }\n "b": "}",}', ["", {"a": {"c": ["1", {}]}, "b": "}"}, ""]),
        ('{"a": 1} and {"b": 2.50}', ["", {"a": "1"}, " and ", {"b": "2.50"}, ""]),
        ('{"c": 1} and {"b": 2}', ['{"c": 1} and ', {"b": "2"}, ""]),
        ('{"a": 1 and {"b": 2}', ['{"a": 1 and {"b": 2}']),
        ('{"a": 1} \ufdd0', ['{"a": 1} \ufdd0']),
        ("no document", ["no document"]),
    ],
)
def test_documents_stand_among_other_text(text: str, pieces: list[object]) -> None:
    found = list(pieces_of(text, KNOWN))
    assert [piece.text if piece.document is None else piece.document for piece in found] == pieces
    assert "".join(piece.text for piece in found) == text


@pytest.mark.parametrize(("text", "document"), [('{"a": 1}', {"a": "1"}), ("[1]", None), ("{", None), ("1", None)])
def test_only_an_object_is_a_document(text: str, document: object) -> None:
    assert parsed(text) == document


def test_control_characters_are_taken_on_demand_only() -> None:
    assert parsed('{"a": "x\ty"}') is None
    assert parsed('{"a": "x\ty"}', is_strict=False) == {"a": "x\ty"}


def test_lines_are_joined_without_the_blanks_at_the_break_and_only_a_token_is_taken() -> None:
    assert joined_lines("one line ") == "one line "
    joined = joined_lines(" eyJh \n\t.eyJi \n .c2ln ")
    assert joined == " eyJh.eyJi.c2ln \ufdd0"
    assert pair_of_joined_text("a", joined_lines("one\ntwo")) == FoundPair("a", doubt=Doubt.WRAPPED)
    assert pair_of_joined_text("a", joined_lines("eyJh.\n eyJi.c2ln")).value == "eyJh.eyJi.c2ln"


@pytest.mark.parametrize("text", ["one", "one\ntwo", "eyJhbGciOiJSUzI1NiJ9.\neyJpc3MiOiJhIn0.c2ln"])
def test_a_text_of_one_line_or_several_stays_in_its_section(text: str) -> None:
    assert pair_of_joined_text("a", joined_lines(text), "params").section == "params"
