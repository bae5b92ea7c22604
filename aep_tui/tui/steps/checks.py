"""Checks the set-up before the first question: a line a check, and what to do about the one under the cursor."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.message import Message
from textual.screen import Screen
from textual.widgets import OptionList

from aep_tui.domain.check import CheckResult, CheckState
from aep_tui.domain.problem import Problem
from aep_tui.domain.target import LIVE_BASE_URL, Target
from aep_tui.domain.translation import _
from aep_tui.pages.set_up_check import PreflightDecision, PreflightWork
from aep_tui.pages.target_words import care_of, target_parts
from aep_tui.tui.keys import bindings
from aep_tui.tui.signs import ENTER
from aep_tui.tui.widgets.action_button import ActionButton
from aep_tui.tui.widgets.check_list import CheckList
from aep_tui.tui.widgets.frame_lines import StepLine, TargetLine, target_text
from aep_tui.tui.widgets.key_line import KeyLine
from aep_tui.tui.widgets.looks import painted_statements
from aep_tui.tui.widgets.plain_text import PlainText


class CheckDetails(VerticalScroll, can_focus=False):
    """The words about one check; Page Up and Page Down scroll them."""


class PreflightScreen(Screen[PreflightDecision]):
    """Enter goes on at any time, also while checks are under way; Esc goes back."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("preflight.back", "preflight.again", "preflight.page-down", "preflight.page-up")
    ]

    @dataclass
    class Found(Message):
        """A check of the run with this number has its result."""

        run_number: int
        result: CheckResult

    @dataclass
    class Ended(Message):
        """The run with this number is over; `problem` says why when no check could be made."""

        run_number: int
        problem: Problem | None = None

    def __init__(self, target: Target, preflight: PreflightWork, *, is_pairing: bool = False) -> None:
        """Show the checks that `preflight` makes of `target`; `is_pairing` when others see this terminal."""
        super().__init__()
        self._is_pairing = is_pairing
        self._target = target
        self._preflight = preflight
        self._run_number = 0
        self._count = 0
        self._person_has_moved = False

    def compose(self) -> ComposeResult:
        """Lay out the lines, the checks, the details and the actions."""
        yield StepLine(_("Check this set-up"), id="step-line")
        yield TargetLine(id="target-line")
        checks = CheckList(self._preflight.planned, id="checks")
        yield PlainText(checks.head, classes="table-head")
        yield checks
        with CheckDetails():
            yield PlainText("", id="check-details", painter=painted_statements)
        yield PlainText("", id="check-progress", classes="summary")
        with Horizontal(id="actions"):
            yield ActionButton(_("Back"), partial(self.action_leave, False), id="back")
            yield ActionButton(_("Go on"), partial(self.action_leave, True), id="next")
        yield KeyLine(id="key-line")

    def key_words(self) -> dict[str, str]:
        """Return what Enter does in the list."""
        return {ENTER: _("Go on")} if isinstance(self.focused, CheckList) else {}

    def help_words(self) -> tuple[str, str]:
        """Return what the page is for."""
        return _("Check this set-up"), _(
            "These checks change nothing. They say before the first question whether this set-up can work, and who "
            "has to do what if it cannot.\n\nEnter goes on at any time, also while checks are under way and when one "
            "has failed: the platform has the last word. F12 checks again. The same list is printed by: aep-tui doctor"
        )

    def on_mount(self) -> None:
        """Start the checks."""
        self.query_one(CheckList).focus()
        self._begin()

    def on_resize(self, event: events.Resize) -> None:
        """Fit the target line."""
        host = (self._target.host,) if self._target.base_url == LIVE_BASE_URL else ()
        parts = target_parts(self._target, None, is_pairing=self._is_pairing, details=host)
        line = self.query_one("#target-line", TargetLine)
        line.show_target(target_text(parts, max(20, event.size.width - 2)), care_of(self._target, None))

    def action_leave(self, goes_on: bool) -> None:
        """End what is under way, and leave with what is known."""
        self.workers.cancel_node(self)
        self.dismiss(PreflightDecision(goes_on, self._preflight.report()))

    def action_check_again(self) -> None:
        """Forget the results and make the checks anew."""
        self.query_one(CheckList).forget_results()
        self._show_details()
        self._begin()

    def action_page_details(self, direction: int) -> None:
        """Scroll the details by a page."""
        details = self.query_one(CheckDetails)
        details.scroll_relative(y=direction * max(1, details.size.height - 1), animate=False)

    def _begin(self) -> None:
        self._run_number += 1
        self._count = 0
        self._person_has_moved = False
        self._show_progress()
        self._check(self._run_number)

    @work(group="preflight", exclusive=True)
    async def _check(self, run_number: int) -> None:
        problem = None
        try:
            await self._preflight.run(lambda result: self._tell(self.Found(run_number, result)))
        except Problem as failure:
            problem = failure
        self._tell(self.Ended(run_number, problem))

    def _tell(self, message: Message) -> None:
        self.post_message(message)

    @on(Found)
    def _take_result(self, event: Found) -> None:
        event.stop()
        if event.run_number != self._run_number:
            return
        self._count += 1
        checks = self.query_one(CheckList)
        checks.show_result(event.result)
        if checks.highlighted_result is event.result:
            self._show_details()
        self._show_progress()

    @on(Ended)
    def _take_end(self, event: Ended) -> None:
        event.stop()
        if event.run_number != self._run_number:
            return
        if event.problem is not None:
            self.query_one("#check-details", PlainText).show(f"{event.problem.message}\n{event.problem.next_step}")
            self.query_one("#check-progress", PlainText).show(event.problem.title)
            return
        report = self._preflight.report()
        self.query_one("#check-progress", PlainText).show(_("Done: {summary}").format(summary=report.summary()))
        if not self._person_has_moved:
            pressing = (CheckState.FAILED, CheckState.WARNING)
            found = [result for state in pressing for result in report.results if result.state is state]
            if found:
                self.query_one(CheckList).highlight(found[0].id)

    @on(OptionList.OptionHighlighted, "#checks")
    def _show_chosen(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        self._show_details()

    @on(OptionList.OptionSelected, "#checks")
    def _enter_pressed(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.action_leave(True)

    def on_key(self, event: events.Key) -> None:
        """Note that the person looks around, so that the end of the checks does not move the cursor away."""
        if event.key in {"up", "down", "home", "end", "pageup", "pagedown"}:
            self._person_has_moved = True

    def _show_progress(self) -> None:
        words = _("Checking: {count} of {total} done. Enter goes on without waiting.")
        line = words.format(count=self._count, total=len(self._preflight.planned))
        self.query_one("#check-progress", PlainText).show(line)

    def _show_details(self) -> None:
        if not self.query("#check-details"):
            return  # the page is closed already, for example by a quit amid the checks
        self.query_one("#check-details", PlainText).show(_details(self.query_one(CheckList).highlighted_result))
        self.query_one(CheckDetails).scroll_home(animate=False)


def _details(result: CheckResult | None) -> str:
    if result is None:
        return _("There is no answer yet.")
    lines = [f"{result.state.label}: {result.name}", result.reason]
    if result.what_to_do:
        lines.append(_("What to do: {what}").format(what=result.what_to_do))
        if result.who_can_do_it:
            lines.append(_("Who can do it: {who}").format(who=result.who_can_do_it))
    return "\n".join(lines)
