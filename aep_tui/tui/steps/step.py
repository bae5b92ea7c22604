"""What all steps have in common: the lines above and below, Back and Next, help."""

from __future__ import annotations

import os
from collections.abc import Container, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input

from aep_tui.domain.light_dataclass import dataclass
from aep_tui.domain.target import Mode
from aep_tui.domain.terminal_size import is_too_small, too_small_words
from aep_tui.domain.translation import _
from aep_tui.domain.wizard import Step
from aep_tui.pages.answers_so_far import answers_so_far
from aep_tui.pages.frame import Frame
from aep_tui.pages.target_words import care_of, target_parts
from aep_tui.pages.token_time import token_time_text
from aep_tui.tui.keys import KEYS, Key, bindings, keys_of
from aep_tui.tui.widgets.action_button import ActionButton
from aep_tui.tui.widgets.field import Field, judge_again, take_nearest_offer
from aep_tui.tui.widgets.frame_lines import StepLine, TargetLine, target_text
from aep_tui.tui.widgets.key_line import KeyLine
from aep_tui.tui.widgets.looks import painted_statements
from aep_tui.tui.widgets.plain_text import PlainText
from aep_tui.tui.widgets.side_pane import pane_beside
from aep_tui.tui.widgets.tick_box import TickBox

if TYPE_CHECKING:
    from aep_tui.domain.step_answer import StepAnswer

SECONDS_BETWEEN_TOKEN_TIMES = 60.0
"""How often the target line says anew how long a pasted token lives."""


class Body(VerticalScroll, can_focus=False):
    """The part between the lines; it scrolls when the terminal is small, and never takes the focus."""

    DEFAULT_CSS = "Body { height: 1fr; padding: 0 1; scrollbar-size-vertical: 1; }"

    def watch_show_vertical_scrollbar(self) -> None:
        """Let the key line say that there is something to scroll, or no longer."""
        self.screen.refresh_bindings()

    def scroll_pages(self, count: int) -> None:
        """Scroll down by `count` pages, up when it is negative; a line of the page before stays in sight."""
        self.scroll_relative(y=count * max(1, self.size.height - 1), animate=False)


class StepScreen(Screen[None]):
    """A step of the wizard. It posts `Completed` with its answers; the app decides what comes next."""

    step: ClassVar[Step]
    next_label: ClassVar[str] = _("Next")
    help_text: ClassVar[str] = ""
    commands_without_key: ClassVar[tuple[str, ...]] = ()
    quit_words: ClassVar[str] = _(
        "Quit? What was sent cannot be unsent. In live mode the next start tells what became of it."
    )
    """Asked before the program ends while something is under way."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("wizard.back", "wizard.correction", "wizard.page-down", "wizard.page-up")
    ]

    @dataclass
    class Completed(Message):
        """The person pressed Next and the step's answer is good."""

        screen: StepScreen
        answer: StepAnswer

    @dataclass
    class BackWanted(Message):
        """The person pressed Back; `answer` is what stands in the fields, right or wrong."""

        screen: StepScreen
        answer: StepAnswer | None

    def __init__(self, frame: Frame) -> None:
        """Show the step for `frame`."""
        super().__init__()
        self.frame = frame
        self.title_words = self.step.label
        self._focused_before: Widget | None = None

    def compose(self) -> ComposeResult:
        """Lay out the lines, the step's own body and the actions."""
        yield StepLine(id="step-line")
        yield TargetLine(id="target-line")
        with Body(id="body"):
            message = PlainText(self.frame.message, id="message", classes="said", painter=painted_statements)
            message.set_class(not self.frame.message, "-empty")
            yield message
            yield from self.compose_body()
        with Horizontal(id="actions"):
            yield from self.compose_actions()
        yield KeyLine(id="key-line")

    def compose_body(self) -> ComposeResult:
        """Yield the step's own widgets."""
        yield from ()

    def compose_actions(self) -> ComposeResult:
        """Yield the buttons."""
        yield ActionButton(_("Back"), self.action_back, id="back")
        yield ActionButton(self.next_label, self.complete, id="next")

    def key_words(self) -> dict[str, str]:
        """Return what keys do on this page now where the table does not say it: ids with words, "" for nothing."""
        return {} if any(field.offer for field in self.walk_children(Field)) else {"wizard.correction": ""}

    def answer(self) -> StepAnswer | None:
        """Return what stands in the fields now, right or wrong; None on a page that asks nothing."""
        return None

    def complete(self) -> None:
        """Post the answers, or show what is wrong and put the focus there."""
        answer = self.answer()
        if answer is not None:
            self.post_message(self.Completed(self, answer))

    def show_frame(self, frame: Frame) -> None:
        """Take the present state, when the screen is shown again after a change elsewhere."""
        self.frame = frame
        if self.is_mounted:
            self._paint_lines()
            message = self.query_one("#message", PlainText)
            message.show(frame.message)
            message.set_class(not frame.message, "-empty")
            judge_again(self.query(Field))

    def say(self, words: str) -> None:
        """Say above the page's own text what has just happened, "" for nothing."""
        if not self.is_attached:
            return  # the person has left the page meanwhile
        message = self.query_one("#message", PlainText)
        message.show(words)
        message.set_class(not words, "-empty")
        if words:
            message.scroll_visible(animate=False)

    @property
    def is_under_way(self) -> bool:
        """Whether something that was sent is still waited for."""
        return False

    def help_words(self) -> tuple[str, str]:
        """Return title and text of the help for what has the focus."""
        return self.step.label, self.help_text

    @property
    def focus_chain(self) -> list[Widget]:
        """What Tab goes through; behind the last field comes Next, and only then Back, which stands left of it."""
        chain = super().focus_chain
        places = {widget.id: place for place, widget in enumerate(chain)}
        back, forward = places.get("back"), places.get("next")
        if back is not None and forward is not None and back < forward:
            chain.insert(back, chain.pop(forward))
        return chain

    def focus_next_field(self) -> None:
        """Go on to the next field, and behind the last one to Next."""
        self.focus_next()

    @on(Input.Submitted)
    @on(TickBox.Submitted)
    def _go_to_next_field(self, event: Input.Submitted | TickBox.Submitted) -> None:
        event.stop()
        self.focus_next_field()

    def focus_field(self, field_id: str) -> None:
        """Put the focus on the widget with this id, when the step has it."""
        for widget in self.query(f"#{field_id}"):
            widget.focus()

    def page_bindings(self) -> list[Key]:
        """Return the keys of this page that have words and do something now, for the list of commands.

        Back is no key of one page. What else Esc does changes while a page works, and so do its words; those of what
        has no key may say where it leads.
        """
        shown = [*keys_of(type(self)), *(KEYS[each] for each in self.commands_without_key)]
        words = self.key_words()
        return [
            replace(key, description=words.get(key.id, key.description)) if key.key in {"escape", ""} else key
            for key in shown
            if key.description and key.id != "wizard.back" and words.get(key.id, key.id)
        ]

    def action_back(self) -> None:
        """Go one step back."""
        self.post_message(self.BackWanted(self, self.answer()))

    def action_take_correction(self) -> None:
        """Put in the correction that a field of this page offers, whatever has the focus."""
        if not take_nearest_offer(self):
            self.query_one(KeyLine).say(_("No field offers a correction."))

    def action_page_body(self, direction: int) -> None:
        """Scroll the body by a page."""
        self.query_one(Body).scroll_pages(direction)

    def on_mount(self) -> None:
        """Paint the lines at the real width, and once a minute while a token runs out."""
        self._paint_lines()
        if self.frame.target.token_expires_at is not None:
            self.set_interval(SECONDS_BETWEEN_TOKEN_TIMES, self.on_screen_resume)

    def on_screen_resume(self) -> None:
        """Bring the target line up to date: how long the token lives, and who sees the terminal."""
        if self.is_current and not self.has_class("-too-small"):
            self._paint_lines()

    def on_resize(self, event: events.Resize) -> None:
        """Fit the target line, and say so when the terminal is too small."""
        self._paint_lines()
        too_small = is_too_small(event.size.width, event.size.height)
        if too_small and not self.has_class("-too-small"):
            self._focused_before = self.focused
        elif not too_small and self._focused_before is not None:
            # What is hidden loses the focus; it comes back with the page.
            self.call_after_refresh(self._focused_before.focus)
            self._focused_before = None
        self.set_class(too_small, "-too-small")
        if too_small:
            words = too_small_words(event.size.width, event.size.height, os.environ)
            self.query_one("#step-line", StepLine).show_step(words, 0, 0)

    def _paint_lines(self) -> None:
        if self.query_one_optional("#target-line") is None:
            return  # the page is closed already, for example by a signal while it opened
        self.query_one("#step-line", StepLine).show_step(*_place(self.step, self.title_words, self.frame))
        draft, target = self.frame.wizard.draft, self.frame.target
        source = self.frame.wizard.source
        details = (
            token_time_text(target.token_expires_at, self.frame.clock.now()),
            draft.cloud.label if draft.cloud and self.step.is_of_walk else "",
            source.label if source and self.step.is_of_walk else "",
        )
        sandbox, sandboxes = self.frame.sandbox, self.frame.sandboxes
        parts = target_parts(target, sandbox, is_pairing=self.frame.is_pairing, details=details, sandboxes=sandboxes)
        width = max(20, self.app.size.width - 2)
        is_rehearsal_to_be = self.step is Step.WELCOME and target.mode is Mode.PRACTICE
        is_wide = is_rehearsal_to_be or self.step is Step.CONNECTIONS
        pane_width = 0 if is_wide else self.app.size.width  # nothing is asked there that needs help
        has_answers = self.step is Step.REVIEW
        pane_beside(self.query_one(Body), pane_width, lambda: () if has_answers else answers_so_far(self.frame.wizard))
        care = care_of(target, sandbox, sandboxes)
        self.query_one("#target-line", TargetLine).show_target(target_text(parts, width), care)


def _place(step: Step, title: str, frame: Frame) -> tuple[str, int, int]:
    """Return where one is, for example "Step 4 of 8 · Credentials", with the two numbers; 0 outside a walk."""
    if frame.changing:
        return _("{change} · {title}").format(change=frame.changing, title=title), 0, 0
    wizard = frame.wizard
    number, count = wizard.position(step)
    is_outside_a_walk = step in {Step.STATUS, Step.DONE} and wizard.draft.cloud is None
    if number == 0 or is_outside_a_walk:
        return title, 0, 0
    return _("Step {number} of {count} · {title}").format(number=number, count=count, title=title), number, count


def copy_text(page: StepScreen, text: str) -> None:
    """Send a text, never a secret, to the terminal's clipboard, and say so on a page whose F6 shows it as well."""
    page.app.copy_to_clipboard(text)
    page.say(_("Sent to your terminal's clipboard. Nothing there? F6 shows it as plain text."))


def show_texts(page: StepScreen, texts: Mapping[str, str], always: Container[str] = ()) -> None:
    """Show words in the texts of a page, by id; those of `always` keep their room without words."""
    for widget_id, words in texts.items():
        for text in page.query(f"#{widget_id}").results(PlainText):
            text.show(words)
            text.set_class(not text.text and widget_id not in always, "-empty")
