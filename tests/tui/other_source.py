"""A person on the way to a source that only the platform describes."""

from __future__ import annotations

from dataclasses import replace

from aep_tui.domain.source import Cloud
from aep_tui.domain.wizard import Step
from aep_tui.tui.steps.step_screens import step_screen
from tests.kit.person import Person

WAREHOUSE_ID = "c0ffee00-3d5b-4f0a-9a51-2f6d5c1f7a44"


async def to_list(person: Person) -> str:
    """From the sources of the catalog to the list of the platform."""
    wizard = person.app.state.wizard.with_cloud(Cloud.AZURE).wizard
    person.app.current.now = replace(person.app.state, wizard=wizard)
    await person.app.push_screen(step_screen(Step.SOURCE, person.app.frame()))
    await person.at(Step.SOURCE)
    await person.press("end")
    assert "(•) Another source" in person.read()
    await person.press("enter")
    return await person.see("ACME Warehouse")


async def to_auth_method(person: Person) -> str:
    """The same, and on to the auth methods of one source."""
    await to_list(person)
    return await choose_warehouse(person)


async def choose_warehouse(person: Person) -> str:
    """From the list to the auth methods of one source."""
    await person.press("slash")
    await person.type("ware")
    await person.press("enter", "enter")
    return await person.at(Step.AUTH_METHOD)


async def to_form(person: Person) -> str:
    """The same, and on to its empty form."""
    await to_auth_method(person)
    return await on_to_form(person)


async def on_to_form(person: Person) -> str:
    """From the auth methods to the empty form."""
    await person.press("enter")
    return await person.at(Step.CREDENTIALS)
