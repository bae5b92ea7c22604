"""The list of existing connections by keys: what a person reads while rows arrive, are searched, filtered, selected."""

from __future__ import annotations

from dataclasses import replace

import pytest

from aep_tui.domain.existing import Attention, AttentionKind
from aep_tui.domain.problem import Problem
from aep_tui.domain.sandbox import Sandbox
from aep_tui.flow_service.errors import AuthenticationRequired
from aep_tui.flow_service.retry import RetryWait
from aep_tui.session.connection_listing import RowsArrived, SandboxDone
from aep_tui.tui.connections.connection_lines import ConnectionLines
from aep_tui.tui.dialogs.modals import TextModal
from tests.tui.connections.host import BASIC, CLOSED, FORTY_TWO, MadeUpFlow, Types, all_of, listed, row

pytestmark = pytest.mark.anyio


async def test_rows_stand_there_as_their_page_arrives_and_the_mark_stays_where_it_was_put() -> None:
    async with listed(MadeUpFlow()) as reader:
        assert "Reading the connections..." in reader.read()
        text = await reader.arrives(RowsArrived("dev", FORTY_TWO[:3], 3))
        assert "3 connections · row 1 · more are being read..." in text
        assert reader.marked == "ACME 0"
        await reader.press("down")
        text = await reader.arrives(*all_of(FORTY_TWO[3:]))
        assert "42 connections" in text
        assert "being read" not in text
        assert reader.marked == "ACME 1"
        assert "00000000-0000-4000-8000-000000000001 · sandbox dev" in text
        assert "42 connections · row 2" in text


@pytest.mark.parametrize("gone", ["#columns", "#count", "SearchLine"])
async def test_rows_that_arrive_while_the_page_is_taken_apart_change_nothing(gone: str) -> None:
    async with listed(MadeUpFlow()) as reader:
        await reader.page.query_one(gone).remove()
        await reader.arrives(RowsArrived("dev", FORTY_TWO[:3], 3))
    assert reader.host._exception is None


async def test_the_basic_ones_are_found_and_counted() -> None:
    async with listed(MadeUpFlow(*all_of(FORTY_TWO))) as reader:
        await reader.press("tab", "tab", "enter")
        assert "Which connections do you want to see?" in reader.read()
        text = await reader.press("enter")
        assert "Basic Authentication  [7]" in text
        text = await reader.press("down", "down", "enter")
        assert "7 of 42 use Basic Authentication" in text
        assert "ACME 36" in text
        assert "ACME 35" not in text


async def test_every_filter_is_reached_by_keys_and_says_what_it_leaves() -> None:
    stuck = row("Stuck", number=99, source="acme loyalty", state="initializing", days_old=2)
    rows = (*FORTY_TWO[:-1], row("Files", number=98, source="azure files"), stuck)
    async with listed(MadeUpFlow(*all_of(rows))) as reader:
        for keys, words in (
            (("down", "enter", "down", "enter"), "41 of 43: Salesforce"),
            (("down", "down", "enter", "down", "down", "enter"), "1 of 43: initializing"),
            (("down", "down", "down", "enter", "down", "enter"), "11 of 43: created over 30 days ago"),
            (("down", "down", "down", "down", "enter"), "8 of 43: needs attention"),
        ):
            text = await reader.press("tab", "tab", "enter", *keys)
            assert words in text
            text = await reader.press("tab", "tab", "enter", "up", "enter")
            assert "43 connections" in text, f"after {words}"


async def test_search_looks_at_name_id_and_source_and_ends_with_escape() -> None:
    rows = (*FORTY_TWO, row("Orders", number=77, source="my sql"))
    async with listed(MadeUpFlow(*all_of(rows))) as reader:
        text = await reader.press("slash", "M", "Y")
        assert '1 of 43: with "MY"' in text
        text = await reader.press("escape")
        assert "43 connections" in text
        text = await reader.press("slash", *"acme", "space", "4")
        assert '3 of 43: with "acme 4"' in text
        await reader.press("down")
        assert reader.marked == "ACME 4"
        text = await reader.press("slash", "1")
        assert '1 of 43: with "acme 41"' in text
        text = await reader.press("backspace", "enter")
        assert '3 of 43: with "acme 4"' in text


async def test_a_search_that_finds_nothing_is_not_left_by_enter_and_ends_with_escape() -> None:
    async with listed(MadeUpFlow(*all_of(FORTY_TWO))) as reader:
        assert "Enter To the list" in await reader.press("slash", *"acme")
        text = await reader.press(*"zz")
        assert '0 of 42: with "acmezz"' in text
        assert "Enter" not in text.splitlines()[-1]
        text = await reader.press("enter", "down", "backspace", "z")
        assert '0 of 42: with "acmezz"' in text, "what is typed after Enter goes into the search"
        assert "Esc End search" in text
        text = await reader.press("backspace", "backspace")
        assert "Enter To the list" in text, "there are rows again"
        text = await reader.press(*"zz", "enter", "escape")
        assert "42 connections" in text
        assert reader.page.is_current, "Esc ends the search, and not the page"
        await reader.press("down")
        assert reader.marked == "ACME 1"


async def test_enter_opens_space_selects_and_f5_copies() -> None:
    async with listed(MadeUpFlow(*all_of(FORTY_TWO))) as reader:
        await reader.press("down", "space", "down", "down", "space")
        assert "42 connections · row 4 · 2 selected" in reader.read()
        assert [each.status.name for each in reader.page.listed.selected] == ["ACME 1", "ACME 3"]
        text = await reader.press("up", "up", "space")
        assert "1 selected" in text
        await reader.press("enter", "f5")
        assert reader.flow.opened == ["ACME 1"]
        assert reader.host.copied == ["00000000-0000-4000-8000-000000000001"]


async def test_what_its_page_has_learnt_of_a_connection_stands_in_the_list() -> None:
    async with listed(MadeUpFlow(*all_of(FORTY_TWO))) as reader:
        await reader.press("down", "down", "space")
        await reader.host.push_screen(TextModal("Page", "of a connection"))
        reader.flow.learnt = {
            FORTY_TWO[2].status.connection_id: row("Renamed", number=2),
            FORTY_TWO[0].status.connection_id: None,
        }
        text = await reader.press("escape")
        assert reader.marked == "Renamed"
        assert "41 connections · row 2 · 1 selected" in text


async def test_the_ends_and_pages_of_a_long_list_are_reached() -> None:
    many = tuple(row(f"N{number}", number=number) for number in range(10_000))
    async with listed(MadeUpFlow(*all_of(many))) as reader:
        await reader.press("end")
        assert reader.marked == "N9999"
        await reader.press("pageup")
        assert reader.marked not in {"N9999", "N9998"}
        await reader.press("home", "up")
        assert reader.marked == "N0"
        assert len(reader.page.walk_children()) < 40, "a row is no widget"


async def test_a_sandbox_that_cannot_be_read_has_a_row_and_is_not_empty() -> None:
    flow = MadeUpFlow(*all_of(FORTY_TWO[:2]), SandboxDone("prod", 0, CLOSED), sandbox_names=("dev", "prod"))
    async with listed(flow) as reader:
        text = reader.read()
        assert "! prod: could not be read. Your permissions do not suffice." in text
        assert "2 connections · row 1 · not all could be read" in text
        assert "MAYBE PRODUCTION sandboxes dev, prod" in text
        assert "Sandbox" in text
        assert "2 connections · row 2 · not all could be read" in await reader.press("end")
        assert "2 connections · not all could be read" in await reader.press("home"), "it is no connection"
        await reader.press("enter")
        assert isinstance(reader.host.screen, TextModal)
        assert "Ask for them." in reader.read()


async def test_the_target_line_names_the_type_of_each_sandbox_once_it_is_known() -> None:
    flow = MadeUpFlow(*all_of(FORTY_TWO[:2]), SandboxDone("prod", 0), sandbox_names=("dev", "prod"))
    flow.sandbox_types = Types(Sandbox("dev", type="development"), Sandbox("prod", type="production"))
    async with listed(flow) as reader:
        assert "PRODUCTION sandbox prod; dev sandbox dev" in reader.read()


async def test_a_list_that_breaks_off_says_so_and_can_be_read_again() -> None:
    flow = MadeUpFlow(RowsArrived("dev", FORTY_TWO[:5], 5), SandboxDone("dev", 5, CLOSED))
    async with listed(flow) as reader:
        assert "! dev: only the first 5 could be read." in reader.read()
        await reader.press("down")
        assert reader.marked == "ACME 1"
        text = await reader.press("f12")
        assert "Reading the connections..." in text
        text = await reader.arrives(*all_of(FORTY_TWO))
        assert flow.asked == [("dev",), ("dev",)]
        assert "42 connections" in text
        assert "only the first" not in text
        assert reader.marked == "ACME 1"


async def test_a_token_that_has_ended_is_asked_for_and_the_list_is_read_again() -> None:
    ended = AuthenticationRequired("The access token was not accepted", "It has ended.", status=401)
    async with listed(MadeUpFlow(SandboxDone("dev", 0, ended), *all_of(FORTY_TWO))) as reader:
        assert "42 connections" in reader.read()
        assert reader.flow.tokens.asked == 1
        assert reader.flow.sandbox_types.asked == 2, "with the new token the types can be read too"


async def test_what_fails_for_all_stands_in_the_list() -> None:
    async with listed(MadeUpFlow(Problem("No", "The network is gone.", "Try again."))) as reader:
        text = reader.read()
        assert "No connection could be read." in text
        assert "! dev: could not be read. The network is gone." in text
        assert "There are no connections" not in text


async def test_an_empty_sandbox_is_called_empty() -> None:
    async with listed(MadeUpFlow(SandboxDone("dev", 0))) as reader:
        text = reader.read()
        assert "There are no connections here.\n" in text
        keys = text.splitlines()[-1]
        assert not any(words in keys for words in ("Open", "Select", "Search", "Copy id", "Choose"))
        assert "Sandboxes" in keys
        await reader.press("enter", "space", "end", "f5")
        assert reader.flow.opened == []


async def test_a_connection_with_an_unusable_id_has_a_row_that_says_so_and_is_neither_opened_nor_selected() -> None:
    bad = row("Bad one", number=1)
    bad = replace(
        bad,
        status=replace(bad.status, connection_id="", told_id="a b"),
        attention=(Attention(AttentionKind.UNUSABLE_ID, "unusable id: a b"),),
    )
    async with listed(MadeUpFlow(*all_of((bad, row("Good one", number=2))))) as reader:
        text = await reader.press("space", "f5")
        assert "2 connections · row 1" in text
        assert "! Bad one" in text
        assert "unusable id: a b" in text
        assert "Select" not in text
        assert reader.host.copied == []
        assert "can be none: a b" in await reader.press("enter")
        await reader.press("escape", "down", "enter")
        assert reader.flow.opened == ["Good one"]


async def test_the_keys_say_only_what_can_be_done_with_the_marked_row() -> None:
    flow = MadeUpFlow(*all_of(FORTY_TWO[:1]), SandboxDone("prod", 0, CLOSED), sandbox_names=("dev", "prod"))
    async with listed(flow) as reader:
        assert "Enter Open   Space Select" in reader.read()
        text = await reader.press("home")
        assert "Enter Open" in text
        assert "Select" not in text
    async with listed(MadeUpFlow(*all_of(FORTY_TWO[:2]))) as reader:
        text = await reader.press("slash", "x", "y", "z", "tab")
        assert "Open" not in text.splitlines()[-1]
        assert "/ Search" in text


async def test_several_sandboxes_are_chosen_by_f3() -> None:
    async with listed(MadeUpFlow(*all_of(FORTY_TWO[:1]))) as reader:
        text = await reader.press("f3")
        assert "[x] dev" in text
        assert "[ ] prod" in text
        await reader.press("down", "down", "enter")
        assert "[x] prod" in reader.read()
        await reader.press("home", "enter")
        assert reader.flow.asked == [("dev",), ("dev", "prod")]
        text = await reader.arrives(
            *all_of((row("Ours", number=5, sandbox_name="prod"),), "prod"), *all_of(FORTY_TWO[:1])
        )
        assert "Ours" in text
        assert "2 connections" in text


async def test_sandboxes_that_cannot_be_listed_are_told_of() -> None:
    async with listed(MadeUpFlow(*all_of(FORTY_TWO))) as reader:
        reader.flow.offered = CLOSED
        assert "Your permissions do not suffice." in await reader.press("f3")


async def test_what_the_sandboxes_are_waited_for_is_said() -> None:
    async with listed(MadeUpFlow(*all_of(FORTY_TWO))) as reader:
        reader.flow.wait = RetryWait(4.0, 2, 4, "The platform allows no more requests for now.")
        assert "no more requests for now. Retrying in 4.0 s (2 of 4)." in await reader.press("f3")


async def test_names_from_elsewhere_steer_nothing_and_wide_ones_keep_the_columns() -> None:
    rows = (row("[bold]x\x1b[2J\u202e", number=1), row("接続接続接続接続接続接続接続接続接続", number=2, method=BASIC))
    async with listed(MadeUpFlow(*all_of(rows))) as reader:
        lines = [line for line in reader.read().splitlines() if "Salesforce  " in line]
        assert "[bold]x\N{REPLACEMENT CHARACTER}[2J\N{REPLACEMENT CHARACTER}" in lines[0]
        assert "接続" in lines[1]
        assert "…" in lines[1]


@pytest.mark.parametrize("size", [(80, 22), (80, 24), (120, 40)])
async def test_every_line_fits(size: tuple[int, int]) -> None:
    names = ("dev", "a-sandbox-with-a-very-long-name")
    flow = MadeUpFlow(*all_of(FORTY_TWO), SandboxDone(names[1], 0), sandbox_names=names)
    async with listed(flow, size) as reader:
        await reader.press("slash", "a", "enter")
        text = reader.read()
        assert max(len(line) for line in text.splitlines()) <= size[0]
        assert "Enter Open" in text
        assert "[ Read again ]" in text
        assert "row 1" in text or "row 2" in text


async def test_the_head_stands_over_its_columns_when_a_scroll_bar_comes() -> None:
    async with listed(MadeUpFlow()) as reader:
        lines = (await reader.arrives(*all_of(FORTY_TWO))).splitlines()
        head = next(line for line in lines if line.split()[:2] == ["Name", "Source"])
        first = next(line for line in lines if "ACME 0 " in line)
        assert reader.page.query_one(ConnectionLines).show_vertical_scrollbar
        for column, cell in (("Source", "Salesforce"), ("State", "enabled"), ("Changed", "2026-")):
            assert head.index(column) == first.index(cell), column
