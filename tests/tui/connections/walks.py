"""Ways to the list of existing connections, by keys from the welcome page of a rehearsal."""

from __future__ import annotations

from aep_tui.domain.wizard import Step
from tests.kit.person import Person
from tests.kit.short_ways import go_to


async def open_list(person: Person) -> str:
    """Go to the list."""
    await person.press("enter")
    await person.at(Step.TASK)
    await person.choose("connections")
    await person.press("enter")
    return await person.at(Step.CONNECTIONS)


async def filter_basic(person: Person) -> str:
    """Show only what uses Basic Authentication."""
    await go_to(person, "filter")
    await person.press("enter")
    await person.see("Which connections do you want to see?")
    await person.press("enter")
    await person.see("Which auth method?")
    await person.press("down", "enter")
    return await person.see("use Basic Authentication")


async def choose_sandboxes(person: Person, *names: str) -> str:
    """Add sandboxes to those of the list."""
    await person.press("f3")
    for name in names:
        await person.see("Which sandboxes?")
        while f"> (•) [ ] {name} " not in await person.press("down"):
            pass
        await person.press("enter")
    await person.see("Which sandboxes?")
    await person.press("home", "enter")
    return await person.at(Step.CONNECTIONS)


async def whole_list(person: Person) -> None:
    """Show the list of a lived-in sandbox."""
    await open_list(person)
    await person.see("13 connections")


async def basic_ones(person: Person) -> None:
    """Show those of it that use Basic Authentication, two of them selected."""
    await whole_list(person)
    await two_basic_ones(person)


async def two_basic_ones(person: Person) -> None:
    """From the whole list to those of it."""
    await filter_basic(person)
    await person.press("space", "down", "space")


async def several_sandboxes(person: Person) -> None:
    """Show a list of three sandboxes of which one is closed."""
    await whole_list(person)
    await choose_sandboxes(person, "prod", "dev")
    await person.see("26 connections")


async def filters(person: Person) -> None:
    """Show what the list can be filtered by."""
    await whole_list(person)
    await to_filters(person)


async def to_filters(person: Person) -> None:
    """From the list to them."""
    await go_to(person, "filter")
    await person.press("enter")
    await person.see("Which connections do you want to see?")


async def sandboxes(person: Person) -> None:
    """Show the sandboxes that the list can be of."""
    await whole_list(person)
    await person.press("f3")
    await person.see("Which sandboxes?")
