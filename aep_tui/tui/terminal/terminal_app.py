"""An app that gives the terminal back whatever happens, and never shows a secret on its way out."""

from __future__ import annotations

import asyncio
import contextlib
import os
import select
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any, Generic, Protocol, TypeVar, runtime_checkable

from rich.console import Console, RenderableType
from textual import events
from textual._compositor import CompositorUpdate
from textual.app import App
from textual.await_complete import AwaitComplete
from textual.css.query import NoMatches
from textual.dom import DOMNode
from textual.driver import Driver
from textual.screen import ModalScreen, Screen

from aep_tui import settings, state
from aep_tui.domain.secrets import Secrets
from aep_tui.domain.terminal_size import is_too_small
from aep_tui.domain.translation import _
from aep_tui.tui.terminal.cursor_place import cursor_place
from aep_tui.tui.terminal.erasing import fills_with_background
from aep_tui.tui.terminal.input_reader import BackgroundTold, Burst, PasteCut, Unreadable
from aep_tui.tui.terminal.key_queue import KeyQueue
from aep_tui.tui.terminal.leisure import use_leisure
from aep_tui.tui.terminal.row_shift import Cell
from aep_tui.tui.terminal.screen_changes import ShownScreen
from aep_tui.tui.terminal.screen_output import ScreenOutput
from aep_tui.tui.terminal.settling import Settling
from aep_tui.tui.terminal.stalled import end_although_stalled
from aep_tui.tui.terminal.window_size import WindowChanged, fit_page

_Return = TypeVar("_Return")
HANG_UP_POLL_SECONDS = 2.0
"""How often the program looks whether its terminal is still there."""
SECONDS_OF_A_STILL_PAGE = 0.1
"""How long the first page does not change before it counts as complete."""
LONGEST_SEQUENCE_READ_IN_ONE_GO = 100
"""Bytes of an update that need no frame around them, which is 16 bytes more for each second that a clock counts."""
KEYS_THAT_OVERTAKE = frozenset({"ctrl+q", "f10"})
"""Whoever wants to leave does not wait for what was typed before."""


@runtime_checkable
class HasMessageLine(Protocol):
    """A page, or a part of it, that can say something in its own text."""

    def say(self, words: str) -> None:
        """Show `words`, "" for nothing."""


@runtime_checkable
class TakesText(Protocol):
    """A widget that what is typed stays in, and that takes or refuses a whole paste with words."""

    takes_text: bool


class _Sequence(CompositorUpdate):
    """An update that is ready to be written."""

    def __init__(self, sequence: str) -> None:
        self._sequence = sequence

    def render_segments(self, console: Console) -> str:
        """Return the sequences."""
        return self._sequence


class TerminalApp(App[_Return], Generic[_Return]):
    """Textual's app with the manners that a shared terminal needs."""

    ENABLE_COMMAND_PALETTE = False
    INLINE_PADDING = 0

    def __init__(self, secrets: Secrets) -> None:
        """Switch everything off that moves by itself; of `secrets` none is in the last words and in a crash report."""
        super().__init__(ansi_color=True if "NO_COLOR" in os.environ else None)
        self.animation_level = "none"
        # Textual reads all rules for the first theme, forgets them, and reads them again for the first page.
        self.stylesheet.reparse = self.stylesheet.parse  # type: ignore[method-assign]
        self.secrets = secrets
        self.crash_words = ""
        self.take_background: Callable[[float], None] = lambda _brightness: None
        self.screen_output = ScreenOutput(sys.__stderr__ or sys.stderr)
        self.shown = ShownScreen(erases_in_colour=fills_with_background(os.environ))
        self.cursor_before_us: tuple[int, int] | None = None
        self._is_read_in_one_go = False
        self._key_task: asyncio.Task[None] | None = None
        self._leisure_task: asyncio.Task[None] | None = None
        self._keys: KeyQueue[events.Event] = KeyQueue(self._deliver, self._wait_until_handled, self._handle_exception)
        self._before_key = Settling(self)

    async def watch_over_terminal(
        self, needed_next: Iterable[str | Callable[[], object]] = (), then: Callable[[], None] = lambda: None
    ) -> None:
        """Handle the signals, and look now and then whether the terminal is still there. Call it once, when mounted.

        Args:
            needed_next: what is loaded as soon as the first page has settled, see `leisure`.
            then: what is done afterwards, when nobody waits for anything.
        """
        if self.is_headless or sys.platform == "win32":
            return
        self.take_keys_in_order()
        loop = asyncio.get_running_loop()
        # No key sends SIGINT here. From another program it would cancel the loop, and look like an end that was wanted.
        numbers = [signal.SIGTERM, signal.SIGINT, signal.SIGQUIT]
        if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
            numbers.append(signal.SIGHUP)
        output = self.screen_output
        end_anyway = partial(end_although_stalled, output.fileno(), output.modes_before)
        for number in numbers:
            loop.add_signal_handler(number, self.exit, None, 128 + number)
            # The loop hears of the signal all the same, unless it stands still.
            signal.signal(number, end_anyway)

        def go_on(_app: object) -> None:
            # What the terminal said of its focus meanwhile is lost, and not every terminal says it again.
            self.app_focus = True
            self.action_repaint()

        self.app_resume_signal.subscribe(self, go_on)
        self.set_interval(HANG_UP_POLL_SECONDS, self._look_at_terminal)
        self._leisure_task = asyncio.create_task(self._use_leisure(needed_next, then))

    def take_keys_in_order(self) -> None:
        """Begin to take keys and pastes one at a time. Call it once, when mounted."""
        self._key_task = asyncio.create_task(self._keys.run())

    async def _use_leisure(self, needed_next: Iterable[str | Callable[[], object]], then: Callable[[], None]) -> None:
        seen: list[list[Cell]] = []
        while not self.shown.rows or seen != (seen := [row[:] for row in self.shown.rows]):
            # What follows a paint comes with the next frame, long before this is over.
            await asyncio.sleep(SECONDS_OF_A_STILL_PAGE)
            await Settling(self).wait()
        self._take_over_page()
        await use_leisure(needed_next, lambda: self._keys.is_free)
        then()

    def _take_over_page(self) -> None:
        """Send what differs from the page that stood there before us, which is nothing when all is as it was."""
        before, self.shown.page_before_us = self.shown.page_before_us, None
        if before is None or not self.screen_stack:
            return
        size = (len(self.shown.rows), len(self.shown.rows[0])) if self.shown.rows else (0, 0)
        if size != (len(before), len(before[0]) if before else 0):
            self.action_repaint()
        else:
            self.cursor_position = cursor_place(self.screen) or self.cursor_position
            sequence = self.shown.difference_from(before)
            if sequence or self.cursor_before_us != tuple(self.cursor_position):
                update: CompositorUpdate = _Sequence(sequence)
                super()._display(self.screen, update)  # type: ignore[arg-type]  # Textual hands such updates over itself

    def update_styles(self, node: DOMNode, animate: bool = True) -> None:
        """Style `node` and all in it, but not a page that comes to be shown: each part was styled when it was mounted.

        Args:
            node: what is styled.
            animate: Textual's own word; it is false for a page that is shown.
        """
        is_new_page = isinstance(node, Screen) and node.stack_updates == 1 and not animate
        if not is_new_page:
            super().update_styles(node, animate)

    def get_driver_class(self) -> type[Driver]:
        """Return the driver whose keyboard nothing can break."""
        if sys.platform == "win32":
            return super().get_driver_class()
        from aep_tui.tui.terminal.driver import TerminalDriver

        return TerminalDriver

    async def on_event(self, event: events.Event) -> None:
        """Take keys and pastes one at a time, and know when the terminal has lost what it showed."""
        is_typed = isinstance(event, events.Key | events.Paste) and not event.is_forwarded
        overtakes = isinstance(event, events.Key) and event.key in KEYS_THAT_OVERTAKE
        if is_typed and not overtakes and is_too_small(*self.size) and not isinstance(self.screen, ModalScreen):
            # Nobody would see what a key does. What opens over a page is shown in any case: it asks whether to quit.
            return
        if isinstance(event, Unreadable):
            self.say_on_page(_("A character was passed over: it did not come as UTF-8. Set your terminal to UTF-8."))
        elif isinstance(event, PasteCut):
            self.say_on_page(_("A paste was cut off by a stop. Nothing of it was taken: paste it again."))
        elif isinstance(event, WindowChanged):
            if event.size == self.size:
                self.action_repaint()
        elif is_typed and not overtakes and self._key_task is not None:
            self._keys.put(event)
        else:
            await super().on_event(event)

    def pop_screen(self) -> AwaitComplete:
        """Take the page on top away, and return what waits until it is gone.

        Its work ends first. Textual ends it after the parts of the page are gone, where it might still look for one.
        """
        for worker in tuple(self.workers):
            if self.screen in worker.node.ancestors_with_self:
                worker.cancel()
        return super().pop_screen()

    def on_background_told(self, event: BackgroundTold) -> None:
        """Pass on how bright the terminal's background is."""
        self.take_background(event.brightness)

    async def _deliver(self, event: events.Event) -> None:
        if not self.screen_stack:
            return
        self._take_over_page()
        self._before_key = Settling(self)
        if isinstance(event, Burst):
            if not isinstance(self.focused, TakesText):
                self.say_on_page(
                    _("Several lines came at once, as from a paste. Nothing was taken and no key was pressed.")
                )
                return
            event = events.Paste(event.text)
        await super().on_event(event)

    async def _wait_until_handled(self, event: events.Event) -> None:
        """Wait until a key has worked; characters stay in order by themselves in a field that takes text."""
        is_text = isinstance(event, events.Key) and (event.is_printable or event.key in {"backspace", "delete"})
        if not (is_text and isinstance(self.focused, TakesText)):
            await self._before_key.wait()

    def action_help_quit(self) -> None:
        """Say how to leave; Ctrl+C copies what is selected, and does nothing else."""
        self.say_on_page(_("Ctrl+Q quits. Ctrl+C only copies what is selected."))

    def say_on_page(self, words: str) -> None:
        """Say something in the text of the page, where it covers nothing."""
        if not self.screen_stack:
            return
        # A page without a place for words of its own says it where its keys stand.
        for place in (self.screen, *self.screen.query("KeyLine")):
            if isinstance(place, HasMessageLine):
                with contextlib.suppress(NoMatches):
                    place.say(words)
                    return

    @property
    def _background_screens(self) -> list[Screen[Any]]:
        """What shines through from below, which is nothing: each page and each dialog covers all.

        Textual names the next page below in any case, and lays it out with each change of the terminal's size.
        """
        return []

    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        """Send what changed; see `screen_changes`."""
        fit_page(screen, self.size)
        self._is_read_in_one_go = False
        self.cursor_position = cursor_place(screen) or self.cursor_position
        if isinstance(renderable, CompositorUpdate) and not self.is_headless and not self._batch_count:
            sequence = self.shown.changes(renderable, self.size, self.console)
            if self.shown.page_before_us is not None and sequence is not None:
                return
            if sequence is None:
                self.shown.forget()
            elif not sequence and self._previous_cursor_position == self.cursor_position:
                return
            else:
                renderable = _Sequence(sequence)
                self._is_read_in_one_go = len(sequence) <= LONGEST_SEQUENCE_READ_IN_ONE_GO
        super()._display(screen, renderable)

    def _begin_update(self) -> None:
        """Ask the terminal to show nothing until the end, when it might show a half."""
        if not self._is_read_in_one_go:
            super()._begin_update()

    def _end_update(self) -> None:
        """Let the terminal show what has come."""
        if not self._is_read_in_one_go:
            super()._end_update()

    async def _on_resize(self, event: events.Resize) -> None:
        """Paint everything anew at another size: the terminal may have moved its lines.

        Some terminals tell the size that they have, as the answer to a question at the start. Nothing moves then.
        """
        if event.size != self.size:
            # Textual paints what it lays out anew, which is nothing when the old size comes back at once.
            self.action_repaint()
        await super()._on_resize(event)

    @contextmanager
    def suspend(self) -> Iterator[None]:
        """Leave the wizard's screen for a while; everything is painted anew afterwards."""
        with super().suspend():
            yield
        self.action_repaint()

    def action_repaint(self) -> None:
        """Paint the whole screen anew, for example after another program has written over it."""
        self.shown.forget()
        for page in self.screen_stack[-1:]:  # it covers what is below
            page.refresh()

    def _look_at_terminal(self) -> None:
        """Leave when the terminal is gone: without SIGHUP Textual would read its end for ever."""
        poll = select.poll()
        try:
            poll.register(sys.__stdin__.fileno() if sys.__stdin__ else 0, 0)
            is_gone = any(event & (select.POLLHUP | select.POLLERR | select.POLLNVAL) for _fd, event in poll.poll(0))
        except (OSError, ValueError):
            is_gone = True
        if is_gone:
            # Nothing can be restored or shown any more, and the orderly way would wait for the terminal.
            os._exit(128 + signal.SIGHUP)

    def copy_to_clipboard(self, text: str) -> None:
        """Send `text` to the clipboard of the person's terminal; never called with a secret.

        tmux drops the escape sequence by default but takes the text from `load-buffer`.
        """
        super().copy_to_clipboard(text)
        if "TMUX" in os.environ and not self.is_headless:
            with contextlib.suppress(OSError, subprocess.SubprocessError):
                subprocess.run(
                    ["tmux", "load-buffer", "-w", "-"],  # noqa: S607 - the tmux that the person runs
                    input=text.encode(),
                    env=settings.environment_without_secrets(),
                    timeout=2,
                    check=False,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                )

    def panic(self, *renderables: RenderableType) -> None:
        """Leave with words; a traceback is never shown."""
        if any(type(renderable).__name__ == "Traceback" for renderable in renderables):
            self._fatal_error()
        else:
            super().panic(*renderables)

    def _fatal_error(self) -> None:
        """Leave after an unhandled exception: the stock traceback would print local variables, secrets included."""
        error = self._exception or sys.exc_info()[1]
        self._return_code = 1
        if not self.crash_words:
            context = {"screen": type(self.screen).__name__} if self.screen_stack else {}
            self.crash_words = state.crash_words(error, self.secrets, context=context)
        self._close_messages_no_wait()
