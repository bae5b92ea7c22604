"""The rows of the list without a screen: what is shown, counted and selected while pages arrive."""

from __future__ import annotations

from datetime import timedelta

import pytest

from aep_tui.domain.existing import ConnectionFilter
from aep_tui.pages.connection_filters import (
    FilterKind,
    count_words,
    filter_at_once,
    filters_question,
    values_question,
)
from aep_tui.pages.connection_rows import ConnectionRows, SandboxNotRead, key_of
from aep_tui.pages.list_columns import columns_of, detail_lines, entry_line, head_line
from aep_tui.pages.list_search import is_found
from aep_tui.session.connection_listing import RowsArrived, SandboxDone
from tests.kit.clock import START
from tests.tui.connections.host import BASIC, CLOSED, FORTY_TWO, row


def filled(*names: str) -> ConnectionRows:
    """A list of one sandbox, read to its end; of `FORTY_TWO` without names."""
    rows = tuple(row(name, number=number) for number, name in enumerate(names)) or FORTY_TWO
    listed = ConnectionRows(("dev",))
    listed.begin(("dev",))
    listed.take(RowsArrived("dev", rows, len(rows)))
    listed.take(SandboxDone("dev", len(rows)))
    return listed


def shown(rows: ConnectionRows) -> list[str]:
    return [
        entry.status.name for entry in map(rows.__getitem__, range(len(rows))) if not isinstance(entry, SandboxNotRead)
    ]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        (("be",), ["Bee", "bear"]),
        (("b", "be", "bea"), ["bear"]),
        (("bea", "be"), ["Bee", "bear"]),
        (("bee", "cat"), ["Cat"]),
        (("x", ""), ["Ant", "Bee", "bear", "Cat"]),
        ((" BEE ",), ["Bee"]),
        (("0002",), ["bear"]),
        (("fee",), []),  # stands in the id of Salesforce's specification
        (("salesf",), ["Ant", "Bee", "bear", "Cat"]),
    ],
)
def test_each_letter_searches_what_is_there(typed: tuple[str, ...], found: list[str]) -> None:
    rows = filled("Ant", "Bee", "bear", "Cat")
    for text in typed:
        rows.search(text)
    assert shown(rows) == found
    assert found == [each.status.name for each in rows.all if is_found(each, typed[-1])]


def test_what_comes_later_is_searched_and_filtered_too() -> None:
    rows = ConnectionRows(("dev",))
    rows.begin(("dev",))
    rows.search("acme 1")
    rows.filter(ConnectionFilter(auth_method=BASIC))
    for start in range(0, 42, 10):
        rows.take(RowsArrived("dev", FORTY_TWO[start : start + 10], 10))
    assert shown(rows) == ["ACME 12", "ACME 18"]
    rows.search("")
    assert rows.shown_count == 7


def test_the_selection_is_kept_by_search_and_reload_and_is_in_the_order_of_the_list() -> None:
    rows = filled("Ant", "Bee", "Cat")
    rows.toggle(rows[2])
    rows.toggle(rows[0])
    rows.search("bee")
    assert [each.status.name for each in rows.selected] == ["Ant", "Cat"]
    rows.begin(("dev",))
    assert not [*rows.selected]
    rows.take(RowsArrived("dev", (row("Cat", number=2),), 1))
    assert [each.status.name for each in rows.selected] == ["Cat"]


def test_connections_of_the_same_id_in_two_sandboxes_are_two() -> None:
    rows = ConnectionRows(("dev", "prod"))
    rows.begin(("dev", "prod"))
    for name in ("dev", "prod"):
        rows.take(RowsArrived(name, (row("Same", number=1, sandbox_name=name),), 1))
    rows.toggle(rows[0])
    assert [each.sandbox_name for each in rows.selected] == ["dev"]
    assert rows.place_of(key_of(rows[1])) == 1


def test_a_failure_of_all_is_a_row_for_each_sandbox_that_was_still_read() -> None:
    rows = ConnectionRows(("dev", "prod"))
    rows.begin(("dev", "prod"))
    rows.take(RowsArrived("dev", FORTY_TWO[:3], 3))
    rows.take(SandboxDone("dev", 3))
    rows.fail(CLOSED)
    assert [(each.sandbox_name, each.read) for each in rows.unread] == [("prod", 0)]
    assert not rows.is_reading


def test_no_secret_shape_is_kept_for_every_row() -> None:
    assert all(each.status.parameters == {} for each in filled().all)


@pytest.mark.parametrize(
    ("wanted", "searched", "words"),
    [
        (ConnectionFilter(), "", "42 connections"),
        (ConnectionFilter(auth_method=BASIC), "", "7 of 42 use Basic Authentication"),
        (ConnectionFilter(auth_method=BASIC), "acme 1", '2 of 42: Basic Authentication, with "acme 1"'),
        (ConnectionFilter(source="salesforce", state="enabled"), "", "42 of 42: Salesforce, enabled"),
        (ConnectionFilter(created_before=START - timedelta(days=30)), "", "12 of 42: created over 30 days ago"),
        (ConnectionFilter(needs_attention=True), "", "7 of 42: needs attention"),
        (ConnectionFilter(state="{0}"), "{x}", '0 of 42: {0}, with "{x}"'),
    ],
)
def test_one_line_counts_what_is_shown(wanted: ConnectionFilter, searched: str, words: str) -> None:
    rows = filled()
    rows.filter(wanted)
    rows.search(searched)
    assert count_words(rows, START) == words
    assert count_words(rows, START, 3) == f"{words} · row 3"


def test_the_values_of_a_filter_are_counted_and_the_present_one_is_marked() -> None:
    rows = filled()
    question = values_question(FilterKind.AUTH_METHOD, rows, START)
    assert [(each.title, each.badge) for each in question.choices] == [
        ("any", ""),
        ("OAuth2 Client Credential", "35"),
        ("Basic Authentication", "7"),
    ]
    rows.filter(question.choices[2].answer)
    again = values_question(FilterKind.AUTH_METHOD, rows, START)
    assert again.marked_id == question.choices[2].id
    assert filters_question(rows, START).choices[0].badge == BASIC
    assert filter_at_once(FilterKind.NONE, rows.wanted) == ConnectionFilter()
    assert filter_at_once(FilterKind.STATE, rows.wanted) is None


def test_a_filter_adds_to_the_others() -> None:
    rows = filled()
    rows.filter(ConnectionFilter(auth_method=BASIC))
    ages = values_question(FilterKind.AGE, rows, START)
    rows.filter(next(each.answer for each in ages.choices if each.id == "days-30"))
    assert count_words(rows, START) == "2 of 42: Basic Authentication, created over 30 days ago"


@pytest.mark.parametrize("width", [40, 77, 80, 117, 200])
@pytest.mark.parametrize("names", [("dev",), ("dev", "a-long-sandbox-name-of-somebody")])
def test_every_row_is_as_wide_as_the_head(width: int, names: tuple[str, ...]) -> None:
    columns = columns_of(width, names)
    wide = row("接続" * 40, number=1, sandbox_name=names[-1])
    for entry in (FORTY_TWO[0], row("x" * 300, number=2), row("", number=3, state="")):
        assert len(entry_line(entry, columns, is_marked=True, is_selected=True)) == len(head_line(columns))
    assert "…" in entry_line(wide, columns, is_marked=False, is_selected=False)


def test_below_the_list_nothing_is_cut_short_in_words() -> None:
    name, place, attention = detail_lines(FORTY_TWO[0])
    assert name == "ACME 0 · Salesforce · Basic authentication"
    assert place == "00000000-0000-4000-8000-000000000000 · sandbox dev"
    assert "deprecat" in attention
    assert detail_lines(None) == ("", "", "")
