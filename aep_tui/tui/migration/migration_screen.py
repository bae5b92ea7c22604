"""The page of a running migration: a row a connection, what happens now, and how long the rest takes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message

from aep_tui.domain.translation import _
from aep_tui.domain.wizard import Step
from aep_tui.pages.choice_row import Tone
from aep_tui.pages.frame import Frame
from aep_tui.pages.migration_view import QUIT_WORDS, RUN_HELP, RUN_TITLE, Happening, MigrationEnd, MigrationView, after
from aep_tui.tui.keys import bindings
from aep_tui.tui.migration.run_rows import MigrationRows
from aep_tui.tui.steps.step import StepScreen, show_texts
from aep_tui.tui.widgets.action_button import ActionButton
from aep_tui.tui.widgets.fitted_text import Band
from aep_tui.tui.widgets.looks import painted_statements
from aep_tui.tui.widgets.plain_text import PlainText

if TYPE_CHECKING:
    from aep_tui.pages.migration_work import MigrationWork


class MigrationScreen(StepScreen):
    """Begins at once; it is left when the run has ended, and not before."""

    step = Step.MIGRATION
    help_text = RUN_HELP
    quit_words = QUIT_WORDS
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("migration.pause")]

    class Happened(Message):
        """Something happened; messages keep the order."""

        def __init__(self, event: Happening) -> None:
            super().__init__()
            self.event = event

    def __init__(self, frame: Frame, work: MigrationWork, answer: Callable[[MigrationEnd], None]) -> None:
        """Show `work`; `answer` takes how it has ended."""
        super().__init__(frame)
        self._work = work
        self._answer = answer
        self.title_words = RUN_TITLE
        self._view = MigrationView(work.plan.rows, work.record.rows)

    def compose_body(self) -> ComposeResult:
        """Yield the counts, what happens now, the list, and what stands below it about the marked row."""
        yield PlainText(self._view.counts, id="counts", classes="question")
        yield PlainText(id="activity")
        yield Band(id="outcome", classes="outcome -empty")
        yield PlainText(id="trouble", classes="-error-block -empty", painter=painted_statements)
        rows = MigrationRows(self._view, id="migration-rows")
        yield PlainText(rows.head, classes="table-head apart")
        yield rows
        yield PlainText(id="row-ids", classes="below-a-list")
        yield PlainText(id="row-stopped", classes="below-a-list care")

    def compose_actions(self) -> ComposeResult:
        """Yield the one thing that can be done now."""
        yield ActionButton(_("Pause after this connection"), self.action_pause, id="pause")
        yield ActionButton(_("Next"), self.action_pause, id="go-on", classes="-empty")

    def key_words(self) -> dict[str, str]:
        """Return what Esc does now."""
        words = super().key_words()
        if self._view.end is not None:
            return words | {"migration.pause": _("Next"), "wizard.back": _("Next")}
        return words | ({"migration.pause": "", "wizard.back": ""} if self._view.is_pausing else {})

    def on_mount(self) -> None:
        """Begin."""
        super().on_mount()
        self.focus_field("migration-rows")
        self.run_worker(self._work.run(self.happens), group="migration", exclusive=True)

    @property
    def is_under_way(self) -> bool:
        """Whether the run has not ended."""
        return self._view.end is None

    def happens(self, event: Happening) -> None:
        """Show an event, after those before it."""
        self.post_message(self.Happened(event))

    @on(Happened)
    def _take(self, message: Happened) -> None:
        message.stop()
        self._view = after(self._view, message.event)
        self._show_view()
        if self._view.end is not None:
            self.focus_field("go-on")

    def _show_view(self) -> None:
        view = self._view
        if not self.query("#counts"):
            return  # the page is closed already
        texts = {"counts": view.counts, "activity": view.activity, "outcome": view.outcome, "trouble": view.trouble}
        show_texts(self, texts, always={"activity"})
        self.query_one("#outcome").add_class(view.tone).set_class(view.tone is not Tone.NEUTRAL, "-ended")
        self.query_one("#pause").set_class(view.end is not None or view.is_pausing, "-empty")
        self.query_one("#go-on").set_class(view.end is None, "-empty")
        self.query_one(MigrationRows).show(view)
        self._show_details()
        self.refresh_bindings()

    @on(MigrationRows.OptionHighlighted)
    def _show_details(self) -> None:
        index = self.query_one(MigrationRows).highlighted
        if index is not None:
            for widget_id, words in zip(("row-ids", "row-stopped"), self._view.details(index), strict=True):
                self.query_one(f"#{widget_id}", PlainText).show(words)

    def action_pause(self) -> None:
        """End the run after the present connection; when it has ended, go on from here."""
        if self._view.end is not None:
            self._answer(self._view.end)
        elif not self._view.is_pausing:
            self._work.pause()
            self._view = replace(self._view, is_pausing=True)
            self._show_view()
            self.focus_field("migration-rows")

    def action_back(self) -> None:
        """Do what Esc does here."""
        self.action_pause()

    def action_page_body(self, direction: int) -> None:
        """Move by a page in the list."""
        self.query_one(MigrationRows).move_page(direction)
