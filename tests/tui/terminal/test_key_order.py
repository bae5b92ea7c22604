"""Whatever the cadence and however slow the handlers: every character in its field."""

from __future__ import annotations

import asyncio
import random
import selectors
from collections.abc import Awaitable, Callable
from typing import ClassVar

import pytest
from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import Button, Input

from aep_tui.domain.secrets import Secrets
from aep_tui.tui.terminal.terminal_app import TerminalApp
from aep_tui.tui.widgets.form_input import FormInput
from tests.kit.pilot import piloted

CADENCES = 60
"""1 000 are run by `python -m tests.tui.terminal.test_key_order`."""
FIELDS = ("url", "secret", "version")
LONGEST_DELAY = 2.0


class VirtualTimeSelector(selectors.SelectSelector):
    """Moves the loop's clock instead of waiting."""

    now = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """Return what is ready at once."""
        if timeout:
            self.now += timeout
        return super().select(0)


class VirtualTimeLoop(asyncio.SelectorEventLoop):
    """An event loop in which sleeping takes no time."""

    def __init__(self) -> None:
        self._virtual = VirtualTimeSelector()
        super().__init__(self._virtual)

    def time(self) -> float:
        """Return the seconds that were slept so far."""
        return self._virtual.now


class SlowInput(FormInput):
    """Every handler waits before it works."""

    async def action_submit(self) -> None:
        """Wait, then tell that Enter was pressed."""
        await hesitate()
        await super().action_submit()


class FormScreen(Screen[None]):
    """Enter in a field goes to the next one, after a while."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("f8", "load", "Load")]

    def compose(self) -> ComposeResult:
        """Yield the fields, and a button that opens the next page."""
        yield from (SlowInput(id=name) for name in FIELDS)
        yield Button("Next", id="next")

    @on(Input.Submitted)
    async def _go_on(self, event: Input.Submitted) -> None:
        event.stop()
        await hesitate()
        self.focus_next()

    @on(Button.Pressed)
    async def _open_next_page(self, event: Button.Pressed) -> None:
        event.stop()
        await hesitate()
        self.app.push_screen(NextScreen())

    @work
    async def action_load(self) -> None:
        """Open a page from a worker."""
        await hesitate(0.5)
        await self.app.push_screen_wait(NextScreen())


class NextScreen(Screen[None]):
    """One field, which gets the focus after a while."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss", "Close")]
    AUTO_FOCUS = ""

    def compose(self) -> ComposeResult:
        """Yield the field."""
        yield SlowInput(id="name")

    async def on_mount(self) -> None:
        """Wait, then put the cursor into the field."""
        await hesitate()
        self.query_one("#name").focus()


class FormApp(TerminalApp[None]):
    """The form in a terminal whose keys are taken in order."""

    def on_mount(self) -> None:
        """Begin."""
        self.take_keys_in_order()
        self.push_screen(FormScreen())


class Hesitation:
    """How long the handlers wait now."""

    chance = random.Random(0)


async def hesitate(longest: float = LONGEST_DELAY) -> None:
    await asyncio.sleep(Hesitation.chance.choice((0.0, 0.001, 0.1, longest)))


def in_virtual_time(journey: Callable[[FormApp], Awaitable[None]]) -> None:
    async def run() -> None:
        app = FormApp(Secrets())
        async with piloted(app):
            await reached(lambda: app.screen.focused is not None)
            await journey(app)

    with asyncio.Runner(loop_factory=VirtualTimeLoop) as runner:
        runner.run(run())


async def reached(condition: Callable[[], bool]) -> None:
    for _turn in range(100_000):
        if condition():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("what should come did not come")


async def type_keys(app: FormApp, keys: list[str]) -> None:
    for key in keys:
        app.post_message(events.Key(key, key if len(key) == 1 else None))
        await asyncio.sleep(Hesitation.chance.choice((0.0, 0.0, 0.002, 0.02, 0.12, 0.4)))


def values(app: FormApp) -> dict[str, str]:
    return {str(field.id): field.value for field in app.screen.query(SlowInput)}


async def type_a_form(app: FormApp) -> None:
    mover = Hesitation.chance.choice(("tab", "enter"))
    await type_keys(app, [*"url", mover, *"hidden", mover, *"60", mover])
    wanted = dict(zip(FIELDS, ("url", "hidden", "60"), strict=True))
    await reached(lambda: isinstance(app.focused, Button))
    assert values(app) == wanted
    for field in app.screen.query(SlowInput):
        field.value = ""
    app.screen.query_one("#url").focus()
    await reached(lambda: app.focused is not None and app.focused.id == "url")


class FailingApp(FormApp):
    """A key of the app fails."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("f7", "divide", "Divide", priority=True)]

    def action_divide(self) -> None:
        """Fail."""
        self.say_on_page(str(1 // 0))


def test_a_key_that_fails_ends_the_app_with_its_error() -> None:
    async def journey() -> None:
        app = FailingApp(Secrets())
        async with piloted(app):
            await type_keys(app, ["f7"])
            await reached(lambda: app._exception is not None)

    with asyncio.Runner(loop_factory=VirtualTimeLoop) as runner, pytest.raises(ZeroDivisionError):
        runner.run(journey())


def many_forms(count: int) -> None:
    async def journey(app: FormApp) -> None:
        for seed in range(count):
            Hesitation.chance = random.Random(seed)
            await type_a_form(app)

    in_virtual_time(journey)


def test_every_character_ends_in_its_field_in_any_cadence() -> None:
    many_forms(CADENCES)


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("opener", [["tab", "tab", "tab", "enter"], ["f8"]], ids=["button", "worker"])
def test_what_is_typed_behind_the_key_that_opens_a_page_goes_into_that_page(opener: list[str], seed: int) -> None:
    async def journey(app: FormApp) -> None:
        Hesitation.chance = random.Random(seed)
        await type_keys(app, [*opener, *"name"])
        await reached(lambda: isinstance(app.screen, NextScreen) and values(app) == {"name": "name"})
        await type_keys(app, ["escape", *"back"])
        await reached(lambda: isinstance(app.screen, FormScreen))

    in_virtual_time(journey)


def test_a_key_that_leaves_does_not_wait() -> None:
    async def journey(app: FormApp) -> None:
        await type_keys(app, [*"x" * 50, "enter", *"y" * 50, "ctrl+q"])
        await reached(lambda: not app.is_running)

    in_virtual_time(journey)


if __name__ == "__main__":
    many_forms(1000)
