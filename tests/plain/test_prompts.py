"""A question that is answered by yes or no, and an answer whose help is asked for."""

from __future__ import annotations

import io

import pytest

from aep_tui.pages.field_words import FieldWords
from aep_tui.plain.prompts import ask_yes_or_no
from tests.plain.test_existing import typed

pytestmark = pytest.mark.anyio

WORDS = FieldWords("Deleted objects", "whether they are read", where_to_find="In the settings of the source.")


@pytest.mark.parametrize(
    ("lines", "before", "answer"),
    [
        ("\n", True, True),
        ("\n", False, False),
        ("YES\n", False, True),
        ("y\n", False, True),
        ("no\n", True, False),
        ("n\n", True, False),
        ("perhaps\n?\nno\n", True, False),
    ],
)
async def test_yes_is_yes_no_is_no_and_enter_what_was_there(lines: str, before: bool, answer: bool) -> None:
    output = io.StringIO()
    with typed(lines, output) as talk:
        assert await ask_yes_or_no(talk, WORDS, answer=before) is answer
    assert f"Deleted objects, yes or no [{'yes' if before else 'no'}]:" in output.getvalue()
    assert ("Error: type yes or no." in output.getvalue()) is lines.startswith("perhaps")
    assert ("In the settings of the source." in output.getvalue()) is ("?" in lines)
