"""What the list of a connection's tables shows."""

from __future__ import annotations

from aep_tui.domain.dataflow import ExploredColumn, ExploredTable
from aep_tui.pages.connection_words import column_lines
from aep_tui.pages.tables_view import TablesView, table_words

MANY = tuple(ExploredTable(f"T{number}", f"db/T{number}", "table") for number in range(450))


def test_no_more_than_two_hundred_stand_there_at_once_and_the_search_finds_the_others() -> None:
    first = TablesView(MANY)
    assert (len(first.shown), first.has_more, first.count_words) == (200, True, "200 of 450 tables are shown.")
    whole = TablesView(MANY, most=600)
    assert (len(whole.shown), whole.has_more, whole.count_words) == (450, False, "450 tables.")
    found = TablesView(MANY, " t44")
    assert [each.name for each in found.shown] == ["T44", *(f"T44{digit}" for digit in range(10))]
    assert found.count_words == "11 of 450 tables are found."
    assert TablesView(MANY, "t4").count_words == "61 of 450 tables are found."


def test_no_tables_and_none_found_are_two_things() -> None:
    assert TablesView(()).count_words == "The connection shows no tables."
    assert TablesView(MANY, "accounts").count_words == "0 of 450 tables are found."


def test_what_is_no_table_says_what_it_is() -> None:
    assert table_words(ExploredTable("in", "/in", "folder")) == "/in  (folder)"
    assert table_words(ExploredTable("in", "/in", "TABLE")) == "/in"


def test_the_types_of_columns_stand_below_each_other() -> None:
    columns = (ExploredColumn("Id", "string"), ExploredColumn("名前", "string"), ExploredColumn("Note", ""))
    assert column_lines(columns) == ["Id    string", "名前  string", "Note"]
