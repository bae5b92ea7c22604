"""Runs an application under test: waits until it has nothing left to do instead of napping, and paints what is read.

Textual's pilot naps twice after each key, a fiftieth of a second at least, until the processor was quiet. What it waits
for can be asked: whether anything in the event loop is ready to run.
"""

from __future__ import annotations

import asyncio
import math
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final, TypeVar
from unittest.mock import patch

import textual._callback
import textual._time
import textual.app
import textual.pilot
from textual._compositor import Compositor
from textual._styles_cache import StylesCache
from textual.app import App
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.css.tokenize import tokenize_values
from textual.css.tokenizer import Token
from textual.message_pump import MessagePump
from textual.pilot import Pilot
from textual.screen import UPDATE_PERIOD

from aep_tui.tui.terminal.settling import waits_for_a_message
from tests.kit.quick_messages import count_parameters, handlers_of
from tests.kit.widget_words import strips_of_widget

Result = TypeVar("Result")

_QUIET_TURNS: Final = 3
"""So many turns of the loop in which nothing else runs; each turn also takes in what other threads have handed over."""
_MOST_TURNS: Final = 1_000
"""After so many turns an app counts as never at rest. No clock ends the wait: a collection of a large process, or what
another thread loads, may use up any time. The busiest page takes 140."""
_SOON: Final = 2.5 * UPDATE_PERIOD
"""Timers that are due in so many seconds are waited for, and their seconds skipped. Textual lays out what has changed
when the next period of a screen ends; one that was paused ends up to two periods later."""


_render_update: Final = Compositor.render_update
_parse_rules: Final = Stylesheet._parse_rules
_ask_each_widget: Final = Pilot._wait_for_screen
_parsed: Final[dict[tuple[object, ...], list[RuleSet]]] = {}
"""The rules of every style sheet that an app of this process has read, by its text, its place and its variables."""
_Variables = frozenset[tuple[str, str]]
_tokens: Final[dict[_Variables, dict[str, list[Token]]]] = {}
"""What the variables of a theme mean, by all of them."""
_known_variables: Final[dict[_Variables, _Variables]] = {}
_latest_variables: Final[list[tuple[dict[str, str], _Variables]]] = [({}, frozenset())]
"""Those that were asked for last, as the sheet holds them and as a key."""


@asynccontextmanager
async def piloted(app: App[Result], size: tuple[int, int] = (80, 24)) -> AsyncIterator[Pilot[Result]]:
    """Run `app` without a terminal; yield who presses its keys.

    Args:
        app: which one.
        size: columns and rows.
    """
    time = SkippingTime.of_this_loop()
    with (
        patch.object(textual._time, "get_time", time),
        patch.object(textual.app, "wait_for_idle", wait_until_idle),
        patch.object(textual.pilot, "wait_for_idle", wait_until_idle),
        patch.object(Compositor, "render_update", _painted_when_asked),
        patch.object(StylesCache, "render_widget", strips_of_widget),
        patch.object(MessagePump, "_get_dispatch_methods", handlers_of),
        patch.object(textual._callback, "_count_parameters", count_parameters),
        patch.object(Stylesheet, "_parse_rules", _parsed_once),
        patch.object(Stylesheet, "_variable_tokens", property(_tokens_once)),
        patch.object(Pilot, "_wait_for_screen", _wait_for_screen),
        patch.object(RuleSet, "__hash__", object.__hash__),  # by identity as before, without a call of Python each time
    ):
        async with app.run_test(size=size) as pilot:
            yield pilot
            # The program ends all work before it closes its page; Textual's harness only afterwards.
            app.workers.cancel_all()
            await wait_until_idle()


class SkippingTime:
    """The seconds of an event loop, in which the short waits of timers take none.

    An app lays out a page up to a thirtieth of a second after it was changed. When nothing else is left to do, the loop
    and the app's timers are told that it is that much later.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._seconds = loop.time
        self._skipped = 0.0

    @classmethod
    def of_this_loop(cls) -> SkippingTime:
        """Return the time of the running loop, which goes by it from now on until it is closed."""
        loop: Any = asyncio.get_running_loop()
        if not isinstance(loop.time, cls):
            loop.time = cls(loop)
        time: SkippingTime = loop.time
        return time

    def __call__(self) -> float:
        """Return the seconds since some moment."""
        return self._seconds() + self._skipped

    def skip(self, seconds: float) -> None:
        """Let it be so many seconds later; nothing happens for a negative number."""
        self._skipped += max(0.0, seconds)


def _painted_when_asked(compositor: Compositor, full: bool = False, **more: Any) -> Any:  # noqa: ANN401 - as Textual's
    """Paint a whole screen for somebody who reads it; what an app without a terminal paints of itself nobody sees."""
    if full:
        return _render_update(compositor, full=True, **more)
    compositor._dirty_regions.clear()
    return None


def _parsed_once(sheet: Stylesheet, *text_and_place: Any, **more: Any) -> list[RuleSet]:  # noqa: ANN401 - as Textual's
    """Read a style sheet once for all apps; Textual keeps the rules for one app and its copies, and changes none."""
    key = (text_and_place, tuple(more.items()), _variables_of(sheet))
    if key not in _parsed:
        _parsed[key] = _parse_rules(sheet, *text_and_place, **more)
    return _parsed[key]


def _variables_of(sheet: Stylesheet) -> _Variables:
    """Return the variables of a sheet, the same object for the same ones: comparing hundreds takes long."""
    kept, found = _latest_variables[0]
    if sheet._variables is not kept:
        found = frozenset(sheet._variables.items())
        found = _known_variables.setdefault(found, found)
        _latest_variables[0] = (sheet._variables, found)
    return found


def _tokens_once(sheet: Stylesheet) -> dict[str, list[Token]]:
    """Read the values of variables once for all apps."""
    variables = _variables_of(sheet)
    if variables not in _tokens:
        _tokens[variables] = tokenize_values(sheet._variables)
    return _tokens[variables]


async def wait_until_idle(min_sleep: float = 0.0, max_sleep: float = 1.0) -> None:
    """Return when nothing in this event loop can go on without a long wait, another thread or the world outside.

    Args:
        min_sleep: has no meaning here; Textual's function of this shape has it.
        max_sleep: as `min_sleep`.
    """
    # What runs next, and what is due later, is asyncio's own: nothing public tells.
    loop: Any = asyncio.get_running_loop()
    quiet = 0
    for _turn in range(_MOST_TURNS):
        await asyncio.sleep(0)
        quiet = 0 if loop._ready else quiet + 1
        if quiet == _QUIET_TURNS and (wait := _seconds_to_next_timer(loop)) < _SOON:
            SkippingTime.of_this_loop().skip(wait)
            quiet = 0
        if quiet == _QUIET_TURNS:
            return


async def _wait_for_screen(pilot: Pilot[Any], timeout: float = 30.0) -> bool:
    """Return when each widget has done what it was sent, as Textual's function of this name does.

    Textual sends each widget a message and waits until the last one has come to it: a third of what a key costs in a
    test. A widget that waits for its next message can be seen; the messages are for when one of them does something.
    """
    await wait_until_idle()
    app = pilot.app
    if app.screen_stack and all(map(waits_for_a_message, (app, *app.screen.walk_children(with_self=True)))):
        return True
    return await _ask_each_widget(pilot, timeout)


def _seconds_to_next_timer(loop: Any) -> float:  # noqa: ANN401 - private attributes of the loop
    due: list[float] = [handle.when() for handle in loop._scheduled if not handle.cancelled()]
    now: float = loop.time()
    return min(due, default=math.inf) - now
