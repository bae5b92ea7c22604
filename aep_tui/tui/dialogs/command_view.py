"""What a page offers for scripts: the command that does the same as the wizard, and the answers as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aep_tui import pages
from aep_tui.domain.translation import _
from aep_tui.tui import dialogs
from aep_tui.tui.dialogs.plain_view import show_plain_text

if TYPE_CHECKING:
    from aep_tui.pages.saved_answers import SavedAnswers
    from aep_tui.tui.steps.step import StepScreen


class ForScripts:
    """Remembers the file that was saved last, because the command can name it."""

    def __init__(self, page: StepScreen) -> None:
        self._page = page
        self._saved: SavedAnswers | None = None

    def show_command(self) -> None:
        """Show the command, unwrapped; no secret stands in it."""
        frame = self._page.frame
        text = pages.command_words(frame.wizard, frame.target, self._saved)
        save = _("To keep the answers in a file that it can name: F2, Save the answers.")
        text = text if self._saved is not None else f"{text}\n{save}"
        show_plain_text(self._page, _("The command that does the same"), text)

    def save_answers(self) -> None:
        """Ask for a file, and keep the answers there."""
        self._page.app.push_screen(dialogs.SaveAnswersModal(self._page.frame.wizard), self._keep)

    def _keep(self, saved: SavedAnswers | None) -> None:
        if saved is not None:
            self._saved = saved
            self._page.say(saved.words)
