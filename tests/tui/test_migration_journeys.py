"""A migration by keys in practice: from the list to the plan, through the run, to the report."""

from __future__ import annotations

from pathlib import Path

import pytest

from aep_tui.pages.app_state import LastChange
from tests.kit.canary import CANARY
from tests.kit.person import Person, flat
from tests.kit.short_ways import over_nothing, push

pytestmark = pytest.mark.anyio
SIZE = (80, 22)


async def list_of(person: Person, *sandbox_names: str) -> None:
    """Open the list, and wait until it is read."""
    await person.app.flows.connections.show_list(sandbox_names)
    await person.see("· row 1")
    await person.wait_until(lambda: "being read" not in person.read(), "the end of the list")


async def credentials(person: Person, group: str) -> None:
    """Type those of a group, and go on."""
    await person.see(f"Credentials for the connections of {group}")
    await person.paste("3MVG9acme")
    await person.press("enter")
    await person.paste(CANARY)
    await push(person, "next")


async def credentials_again(person: Person, groups: int) -> None:
    """Go through the forms once more; what was typed still stands there."""
    for _group in range(groups):
        text = await person.see("Credentials for the connections of")
        assert "3MVG9acme" in text
        assert "set, not shown" in text
        await push(person, "next")
    await person.see("Begin?")


async def select(person: Person, *names: str) -> None:
    """Select rows of the list: search, Space, and all of them again."""
    for name in names:
        await person.press("slash")
        await person.paste(name)
        await person.press("down", "space", "slash", "escape")


async def planned(person: Person, *road: str) -> str:
    """Make a plan under the offered name."""
    await push(person, "migrate")
    await person.see("by which road?")
    await person.press(*road, "enter")
    await person.see("migration.toml")
    await person.press("enter")
    return await person.see("in the order of work")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where plan and record are written."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


async def test_selected_connections_go_from_the_list_to_the_report_and_the_files_hold_no_secret(folder: Path) -> None:
    async with over_nothing("migration", size=SIZE) as person:
        await list_of(person, "dev")
        await select(person, "EMEA accounts", "Campaigns")
        assert "2 selected" in person.read()
        text = flat(await planned(person))
        assert "2 connections in dev, in the order of work" in text
        assert "1. Campaigns, development" in text  # it feeds no dataflow
        await person.button("yes")
        await credentials(person, "acme.my.salesforce.com")
        await credentials(person, "acme-emea.my.salesforce.com")
        text = flat(await person.see("Begin?"))
        assert "2 connections, one after the other" in text
        await person.press("enter")  # an Enter too many begins nothing
        await credentials_again(person, 2)
        await person.press("down", "enter")
        text = await person.see("2 connections are done, nothing is left to do here.")
        assert text.count("done: new connection") == 2
        await person.press("enter")
        text = await person.see("# Migration of 2 connections")
        await person.press("f5")
        new = [each for each in person.store.connections() if "OAuth" in each.name]
        assert len(new) == 2
        assert all(each.id in person.app.clipboard for each in new)
        assert "Left to be done by hand" in person.app.clipboard
        await person.press("escape")
        assert "2 of 2 done" in await person.see("Report")
        await person.press("escape")
        await person.see("10 connections")  # the list was read again
        assert person.app.state.last_change is LastChange.DONE
        for name in ("migration.toml", "migration.toml.record"):
            assert CANARY not in (folder / name).read_text()


async def test_in_place_is_refused_at_the_first_and_the_rest_goes_beside() -> None:
    async with over_nothing("migration", size=SIZE) as person:
        await list_of(person, "dev")
        await select(person, "Campaigns", "EMEA contacts")
        assert "Road in place" in flat(await planned(person, "down"))
        await push(person, "yes")
        await person.see("By which road?")  # a file alone does not decide that
        await person.press("down", "enter")
        await person.see("Do you have the old secrets?")
        await person.press("down", "enter")
        before = {each.id: dict(each.parameters) for each in person.store.connections()}
        await credentials(person, "acme.my.salesforce.com")
        await credentials(person, "acme-emea.my.salesforce.com")
        await person.see("Begin?")
        await person.press("down", "enter")
        text = await person.see("[ Next ]")
        assert "Stopped at" in text
        assert "--" not in text  # what a command is told is no help on a page
        assert {each.id: dict(each.parameters) for each in person.store.connections()} == before
        await person.press("escape")
        await person.see("What now?")
        await person.press("down", "enter")  # beside, for the rest
        await person.see("nothing is left to do here")
        assert len(person.store.connections()) == len(before) + 2


async def test_production_is_entered_by_its_name_only_and_a_name_that_is_taken_is_said_beside_the_field(
    folder: Path,
) -> None:
    (folder / "migration.toml").write_text("mine")
    async with over_nothing("migration", size=SIZE) as person:
        await list_of(person, "prod")
        await select(person, "Archive of")
        await push(person, "migrate")
        await person.press("enter")
        await person.see("migration-2.toml")
        await person.paste("migration.toml")
        await person.press("enter")
        await person.see("There is a file of this name")
        assert (folder / "migration.toml").read_text() == "mine"
        await person.clear_field()
        await person.paste("prod.toml")
        await person.press("enter")
        await person.see("in the order of work")
        await push(person, "yes")
        await person.see("Type the sandbox's name")
        await person.type("dev")
        await person.press("enter")
        assert "Type the sandbox's name" in person.read()
        await person.press("escape")
        await person.see("Nothing of it is done yet.")
        assert not (folder / "prod.toml.record").exists()


async def test_a_plan_that_was_changed_by_hand_is_opened_by_its_name_and_says_so(folder: Path) -> None:
    async with over_nothing("migration", size=SIZE) as person:
        await list_of(person, "dev")
        await select(person, "Campaigns")
        await planned(person)
        await person.press("escape")
        await person.see("8 connections")
        path = folder / "migration.toml"
        path.write_text(path.read_text().replace("(OAuth 2", "(new OAuth 2"))
        await person.press("f8")
        await person.paste("nothing.toml")
        await person.press("enter")
        await person.see("nothing.toml cannot")
        await person.clear_field()
        await person.paste("migration.toml")
        await person.press("enter")
        assert "changed by hand" in flat(await person.see("in the order of work"))


async def test_a_token_that_expires_is_asked_for_in_place_and_the_run_goes_on_at_the_same_connection() -> None:
    async with over_nothing("migration-token-expires", size=SIZE) as person:
        await list_of(person, "dev")
        await select(person, "Campaigns", "Contacts, dev")
        await planned(person)
        await push(person, "yes")
        await credentials(person, "acme.my.salesforce.com")
        await person.see("Begin?")
        await person.press("down", "enter")
        text = flat(await person.see("A new access token is needed"))
        assert "The access token was not accepted" in text
        assert "Nothing is lost" in text
        await person.paste(f"{CANARY}-of-another-token")
        await person.press("enter")
        text = await person.see("2 connections are done, nothing is left to do here.")
        assert text.count("done: new connection") == 2
        assert person.creates == 2
        assert not any(CANARY in screen for screen in person.screens)


async def test_quitting_in_the_middle_says_who_finds_out_and_the_exit_code_knows_that_it_is_not_done() -> None:
    async with over_nothing("migration", size=SIZE) as person:
        await list_of(person, "dev")
        await select(person, "Campaigns")
        await planned(person)
        await push(person, "yes")
        await credentials(person, "acme.my.salesforce.com")
        await person.see("Begin?")
        person.clock.hold()
        await person.press("down", "down", "enter")
        await person.see("Watching until the connection is enabled.")
        await person.press("ctrl+q")
        assert "The next run of this plan looks first what became of it." in flat(await person.see("Quit?"))
        assert person.app.state.last_change is LastChange.NOT_GOOD
