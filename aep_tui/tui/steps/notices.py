"""What Adobe has deprecated or retired about this choice, and whether the person wants to go on."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult

from aep_tui.domain.lifecycle import LifecycleNotice
from aep_tui.domain.step_answer import NoticesAnswer, SwitchAuthMethod
from aep_tui.domain.translation import _
from aep_tui.domain.wizard import Step
from aep_tui.pages.notices_view import ACKNOWLEDGEMENT, HELP_TEXT, notice_lines, switch_words, way_out
from aep_tui.tui.steps.step import StepScreen
from aep_tui.tui.widgets.action_button import ActionButton
from aep_tui.tui.widgets.looks import painted_statements
from aep_tui.tui.widgets.plain_text import PlainText
from aep_tui.tui.widgets.tick_box import TickBox


class NoticesScreen(StepScreen):
    """One block and one acknowledgement for each notice; the default action is the way out."""

    step = Step.NOTICES
    help_text = HELP_TEXT
    commands_without_key = ("notices.switch",)

    def compose_body(self) -> ComposeResult:
        """Yield the notices."""
        draft, today = self.frame.wizard.draft, self.frame.wizard.today
        for notice in self.frame.wizard.notices:
            title, *lines = notice_lines(notice, today)
            yield PlainText(title, classes="question", painter=painted_statements)
            for line in lines[:-1]:
                yield PlainText(line, painter=painted_statements)
            yield PlainText(lines[-1], classes="quiet")
            yield TickBox(
                ACKNOWLEDGEMENT,
                notice.id in draft.acknowledged_notice_ids,
                id=f"acknowledge-{notice.id}",
            )
        yield PlainText("", id="problem", classes="apart", painter=painted_statements)

    def compose_actions(self) -> ComposeResult:
        """Yield the way out first."""
        switch = way_out(self.frame.wizard)
        if switch is not None:
            yield ActionButton(switch_words(switch), self.action_switch, id="switch")
        yield ActionButton(_("Back"), self.action_back, id="back")
        yield ActionButton(_("Next"), self.complete, id="next")

    def key_words(self) -> dict[str, str]:
        """Return where the way out leads, when there is one."""
        switch = way_out(self.frame.wizard)
        return super().key_words() | {"notices.switch": switch_words(switch) if switch is not None else ""}

    def on_mount(self) -> None:
        """Put the focus on the way out, on the first box where there is none, or on Next when all is acknowledged."""
        super().on_mount()
        unticked = self._first_unticked()
        if unticked is None or self.frame.wizard.is_answered(Step.NOTICES, self.frame.clock.now()):
            self.query_one("#next").focus()
        elif way_out(self.frame.wizard):
            self.query_one("#switch").focus()
        else:
            unticked.focus()

    def answer(self) -> NoticesAnswer:
        """Return the ticked notices."""
        notices = self.frame.wizard.notices
        return NoticesAnswer(frozenset(notice.id for notice in notices if self._tick_box(notice).value))

    def complete(self) -> None:
        """Go on when every notice is ticked."""
        unticked = self._first_unticked()
        if unticked is None:
            super().complete()
            return
        self.query_one("#problem", PlainText).show(
            _("Error: tick the box with Space to go on all the same, or choose {way_out}.").format(
                way_out=_("Switch") if way_out(self.frame.wizard) else _("Back")
            )
        )
        unticked.focus()

    def focus_next_field(self) -> None:
        """Go on from a box: to the next one that is not ticked, then to Next, which is what the tick was for."""
        unticked = self._first_unticked()
        if unticked is not None and unticked is self.focused:
            self.complete()
        elif unticked is not None:
            unticked.focus()
        else:
            self.query_one("#next").focus()

    @on(TickBox.Changed)
    def _take_problem_away(self, event: TickBox.Changed) -> None:
        event.stop()
        self.query_one("#problem", PlainText).show("")

    def action_switch(self) -> None:
        """Take the way out, when there is one."""
        switch = way_out(self.frame.wizard)
        if switch is not None:
            self.post_message(self.Completed(self, SwitchAuthMethod(switch[0])))

    def _first_unticked(self) -> TickBox | None:
        return next((box for box in map(self._tick_box, self.frame.wizard.notices) if not box.value), None)

    def _tick_box(self, notice: LifecycleNotice) -> TickBox:
        return self.query_one(f"#acknowledge-{notice.id}", TickBox)
