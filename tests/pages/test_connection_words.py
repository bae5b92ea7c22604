"""What is said of a connection of which the platform says little, and of its test."""

from __future__ import annotations

import pytest

from aep_tui.domain.connection import ConnectionStatus
from aep_tui.domain.existing import ExistingConnection
from aep_tui.pages.connection_words import (
    connection_rows,
    name_words,
    offer_words,
    state_words,
)
from aep_tui.pages.connection_words import (
    tested_words as words_of_a_test,
)
from tests.kit.clock import START


def test_a_connection_without_anything_has_rows_that_say_so_and_none_that_is_empty() -> None:
    bare = ExistingConnection(ConnectionStatus("id-1", ""), "dev")
    assert connection_rows(bare, offer_words("", None)) == [
        ("id", "id-1"),
        ("sandbox", "dev"),
        ("source", "not known"),
        ("auth method", "none"),
        ("state", "not known"),
    ]
    assert name_words(bare.status) == "(no name)"


def test_a_connection_is_called_by_its_id_where_it_has_no_name() -> None:
    assert words_of_a_test(ConnectionStatus("id-1", ""), True) == "The platform's test of id-1 was passed."
    assert words_of_a_test(ConnectionStatus("id-1", "", "ACME"), False) == "The test of ACME has failed."


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (ConnectionStatus("1", "enabled"), "enabled"),
        (ConnectionStatus("1", "enabled", created_at=START), "enabled, unchanged since 2026-11-22 12:00 UTC"),
    ],
)
def test_since_when_a_state_is_so_is_told_as_far_as_it_is_known(status: ConnectionStatus, words: str) -> None:
    assert state_words(status) == words


@pytest.mark.parametrize(
    ("is_offered", "words"),
    [(None, "could not be read"), (True, "the platform offers it"), (False, "does not offer it any more")],
)
def test_whether_a_method_is_offered_is_not_guessed(is_offered: bool | None, words: str) -> None:
    assert words in offer_words("Basic", is_offered)
