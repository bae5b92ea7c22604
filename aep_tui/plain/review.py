"""The review line by line: every answer with its number, and the submit as a word that is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aep_tui.domain.shell_command import curl_command
from aep_tui.domain.translation import _
from aep_tui.pages.problem_text import problem_text
from aep_tui.pages.review_view import AnswerRow, notice_text, place_of_row, request_text, review_rows
from aep_tui.plain.for_scripts import ANSWERS, COMMAND, ForScripts
from aep_tui.plain.talk import HELP, GoBack, Talk

if TYPE_CHECKING:
    from aep_tui.pages.flows import Flows
    from aep_tui.pages.frame import Frame

SUBMIT = "submit"
_HELP = _(
    "submit sends the request, once. A number changes that answer. request shows the exact request with placeholders, "
    "curl and command show it for a shell, answers saves the answers for aep-tui create. < goes back, quit ends."
)


class Review:
    """Nothing is sent by Enter: submitting is typed as a word."""

    def __init__(self, talk: Talk, flows: Flows, for_scripts: ForScripts) -> None:
        self._talk = talk
        self._flows = flows
        self._for_scripts = for_scripts

    async def show(self, frame: Frame) -> None:
        """Show the answers, and do what the person says."""
        rows = list(review_rows(frame))
        self._write(frame, rows)
        while True:
            try:
                text = await self._talk.ask(_("submit, a number to change an answer, ? for more, < for back:"))
            except GoBack:
                await self._flows.walk.go_back(None)
                return
            if text.lower() == SUBMIT:
                await self._flows.create.submit(SubmitLine(self._talk))
                return
            if text.isascii() and text.isdigit() and 0 < int(text) <= len(rows):
                await self._flows.walk.edit(*place_of_row(rows[int(text) - 1].id))
                return
            if text in {COMMAND, ANSWERS} and not frame.corrected_id:
                await self._for_scripts.do(text, frame)
            elif text in {"request", "curl"}:
                self._talk.show(self._shown(frame, text))
            else:
                self._talk.say(self._shown(frame, text))

    def _write(self, frame: Frame, rows: list[AnswerRow]) -> None:
        self._talk.say(_("Check your answers."))
        for number, row in enumerate(rows, 1):
            self._talk.say(f"{number}. {row.label}: {row.value}")
            for words in row.warnings:
                self._talk.say(_("Warning: {message}").format(message=words))
        if notices := notice_text(frame):
            self._talk.say(notices)

    def _shown(self, frame: Frame, text: str) -> str:
        if text == "request":
            return request_text(frame)
        if text in {"curl", COMMAND, ANSWERS} and frame.corrected_id:
            return _("There is no curl command for replacing credentials: the etag is read just before.")
        if text == "curl":
            return curl_command(frame.wizard.request(), frame.target)
        return _HELP if text == HELP else _("Error: type submit, a number, request, curl, command or answers.")


class SubmitLine:
    """What a submit needs of the review."""

    is_current = True
    is_attached = True

    def __init__(self, talk: Talk) -> None:
        self._talk = talk
        self._said = ""

    def say(self, words: str) -> None:
        """Say what happens now; a count that only grows is said once."""
        if words and not self._said:
            self._talk.say(words)
        self._said = words

    def show_problem(self, problem: Exception) -> None:
        """Say why the attempt failed."""
        self._talk.say(problem_text(problem))

    def request_sent(self, is_under_way: bool) -> None:
        """Do nothing: no second submit can be typed meanwhile."""
