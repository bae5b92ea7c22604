"""What a page over the list has learnt of a connection stands in the list when it is shown again."""

from __future__ import annotations

from dataclasses import replace

from aep_tui.domain.connection import ConnectionStatus
from aep_tui.domain.existing import ExistingConnection
from aep_tui.pages.connection_rows import ConnectionRows
from aep_tui.session.connection_listing import RowsArrived


def row(number: int) -> ExistingConnection:
    return ExistingConnection(ConnectionStatus(str(number), "enabled", f"ACME {number}"), "dev")


def test_a_new_name_is_shown_and_searched_and_what_is_gone_is_listed_no_more() -> None:
    rows = ConnectionRows(("dev",))
    rows.begin(("dev",))
    rows.take(RowsArrived("dev", (row(1), row(2), row(3)), 3))
    assert not rows.update(lambda each: each), "nothing is otherwise"

    def latest(each: ExistingConnection) -> ExistingConnection | None:
        if each.status.connection_id == "1":
            return None
        return row(9) if each.status.connection_id == "2" else each

    assert rows.update(latest)
    assert [each.status.name for each in rows.all] == ["ACME 9", "ACME 3"]
    rows.search("9")
    assert (len(rows), rows.shown_count) == (1, 1)
    rows.filter(replace(rows.wanted, state="draft"))
    rows.update(latest)
    assert rows.shown_count == 0, "search and filter stay"
