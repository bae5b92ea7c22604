"""The wizard wears what was chosen, and otherwise what fits the background that the terminal tells."""

from __future__ import annotations

import pytest

from aep_tui.domain.theme_name import ThemeName
from aep_tui.settings.theme_choice import ThemeChoice
from aep_tui.state.kept_theme import KeptTheme, kept_theme
from aep_tui.tui.terminal.input_reader import BackgroundTold
from aep_tui.tui.widgets.choice_list import ChoiceList
from tests.kit.person import Person, wizard

pytestmark = pytest.mark.anyio
UNKNOWN = ThemeChoice(ThemeName.AUTOMATIC)


async def tell(person: Person, brightness: float) -> str:
    person.app.post_message(BackgroundTold(brightness))
    await person.pilot.pause()
    return person.app.theme


async def test_the_terminal_s_own_colours_stand_until_it_tells_its_background() -> None:
    async with wizard(theme=UNKNOWN) as person:
        assert person.app.asks_background
        assert person.app.theme == "terminal"
        assert await tell(person, 1.0) == "light"
        assert await tell(person, 0.1) == "dark"
    assert kept_theme() == KeptTheme("automatic", "dark")


async def test_who_has_chosen_is_not_overruled_by_the_terminal() -> None:
    async with wizard(theme=ThemeChoice(ThemeName.HIGH_CONTRAST)) as person:
        assert not person.app.asks_background
        assert await tell(person, 1.0) == "high-contrast"
    async with wizard(theme=ThemeChoice(ThemeName.AUTOMATIC, has_many_colors=False)) as person:
        assert await tell(person, 0.0) == "terminal"


async def test_f2_offers_the_themes_and_keeps_the_choice() -> None:
    async with wizard(theme=UNKNOWN) as person:
        await person.press("f2")
        commands = person.app.screen.query_one("ChoiceList", ChoiceList)
        colours = next(option.id for option in commands.options if "Colours" in str(option.prompt))
        await person.choose(str(colours))
        await person.press("enter")
        assert "> (•) Automatic" in await person.see("Dark words on a light page.")
        await person.choose("light")
        await person.press("enter")
        await person.wait_until(lambda: person.app.theme == "light", "the light theme")
    assert kept_theme().chosen == "light"
