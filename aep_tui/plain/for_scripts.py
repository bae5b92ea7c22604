"""What the conversation offers for scripts: the command that does the same, and the answers as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from aep_tui.domain.problem import SettingsProblem
from aep_tui.domain.translation import _
from aep_tui.pages.problem_text import problem_text
from aep_tui.pages.saved_answers import FILE_WORDS, NOT_WALKED, SAVING_WORDS, SavedAnswers, command_words, save_answers
from aep_tui.plain.talk import HELP, GoBack, Talk

if TYPE_CHECKING:
    from aep_tui.pages.frame import Frame

COMMAND: Final = "command"
ANSWERS: Final = "answers"
"""What is typed for them."""


class ForScripts:
    """Remembers the file that was saved last, because the command can name it."""

    def __init__(self, talk: Talk) -> None:
        self._talk = talk
        self._saved: SavedAnswers | None = None

    async def asked_at_the_end(self, frame: Frame) -> str:
        """Return "" or "new", whichever is typed behind the result; what else is offered is done here.

        Raises:
            Cancelled, GoBack: as `Talk.ask`.
        """
        knows_the_answers = frame.wizard.is_complete
        while True:
            text = (await self._talk.ask(_("Enter ends, new makes another connection, ? for more:"))).lower()
            if text == HELP:
                self._talk.say(_("command shows the command that does the same, answers saves the answers for it."))
            elif text in {"", _("new")}:
                return text
            elif text not in {COMMAND, ANSWERS}:
                self._talk.say(_("Error: type new, command or answers; Enter ends."))
            elif knows_the_answers:
                await self.do(text, frame)
            else:
                self._talk.say(NOT_WALKED)

    async def do(self, word: str, frame: Frame) -> None:
        """Show the command or save the answers of the walk.

        Args:
            word: `COMMAND` or `ANSWERS`.
            frame: of the page.

        Raises:
            Cancelled: as `Talk.ask`.
        """
        if word == COMMAND:
            self._talk.show(command_words(frame.wizard, frame.target, self._saved))
            return
        self._talk.say(SAVING_WORDS)
        try:
            name = await self._talk.ask(_("File, < for none [{name}]:").format(name=FILE_WORDS.example))
            self._saved = save_answers(frame.wizard, name or FILE_WORDS.example)
        except GoBack:
            return
        except SettingsProblem as problem:
            self._talk.say(problem_text(problem))
        else:
            self._talk.say(self._saved.words)
