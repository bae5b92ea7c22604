"""The list of commands (F2): everything that works on a page now, for terminals whose keys do not."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import NamedTuple, TypeAlias

from aep_tui.domain.translation import _
from aep_tui.pages.question import Choice, Question
from aep_tui.tui.keys import KEYS
from aep_tui.tui.steps.step import StepScreen

Command: TypeAlias = Callable[[], Awaitable[object]]


class _Offer(NamedTuple):
    """A command, the key that does the same, "" for none, and what else there is to say."""

    title: str
    key: str
    detail: str
    command: Command


def commands_of(screen: StepScreen, choose_theme: Command) -> Question[Command]:
    """Offer what works on this page now, and `choose_theme`; what is chosen is called and awaited."""

    async def go_on() -> None:
        screen.complete()

    async def go_back() -> None:
        screen.action_back()

    run, found = screen.run_action, list[_Offer]()
    help_words = _("What this page asks for, and where to find it")
    found.append(_Offer(_("Help"), KEYS["app.help"].name, help_words, partial(run, "app.help")))
    if _has_button(screen, "next"):
        found.append(_Offer(_("Next"), "", _("Check this page and go on"), go_on))
    if _has_button(screen, "back"):
        found.append(_Offer(_("Back"), KEYS["wizard.back"].name, _("Go one step back; nothing is forgotten"), go_back))
    by_button = {each.title for each in found}
    for key in screen.page_bindings():
        if key.description not in by_button:
            found.append(_Offer(key.description, key.name, "", partial(run, key.action)))
    found.append(_Offer(_("Colours"), "", _("Dark, light, high contrast, or the terminal's own"), choose_theme))
    quit_words = _("End the program; what was done is printed, or where its record is")
    found.append(_Offer(_("Quit"), KEYS["app.quit"].name, quit_words, partial(run, "app.quit")))
    choices = (
        Choice(f"command-{number}", each.title, each.command, badge=each.key, detail=each.detail)
        for number, each in enumerate(found)
    )
    return Question(_("Commands"), tuple(choices))


def _has_button(screen: StepScreen, button_id: str) -> bool:
    return any(not button.has_class("-empty") for button in screen.query(f"#{button_id}"))
