"""The list of existing connections line by line: numbered, so many at a time, read no further than it is shown."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from typing import TYPE_CHECKING, Final

from aep_tui.domain.existing import ExistingConnection
from aep_tui.domain.problem import Problem
from aep_tui.domain.translation import _, plural
from aep_tui.pages.connection_rows import is_usable, unusable_words
from aep_tui.pages.connection_words import attention_words, name_words, row_facts
from aep_tui.pages.list_search import is_found
from aep_tui.pages.problem_text import problem_text
from aep_tui.plain.talk import HELP, Talk
from aep_tui.session.connection_listing import ListingEvent, RowsArrived

if TYPE_CHECKING:
    from aep_tui.pages.connections_flow import ConnectionsFlow

AT_A_TIME: Final = 20
SEARCH: Final = "/"


class ExistingList:
    """Remembers what was read and shown, so that going back from a connection shows the list as it was."""

    def __init__(self, talk: Talk, flow: ConnectionsFlow, sandbox_name: str) -> None:
        """Begin with the first rows of a sandbox; nothing is read yet.

        Args:
            talk: asks and says.
            flow: reads the connections.
            sandbox_name: the sandbox.
        """
        self._talk = talk
        self._flow = flow
        self._sandbox_name = sandbox_name
        self._events: AsyncGenerator[ListingEvent, None] | None = None
        self._rows: list[ExistingConnection] = []
        self._is_whole = False
        self._problem: Problem | None = None
        self._searched = ""
        self._shown: list[ExistingConnection] = []
        self._next = 0
        """Of the rows that were read, the first that was not looked at for the list that is shown."""

    async def close(self) -> None:
        """Stop reading."""
        if self._events is not None:
            events, self._events = self._events, None
            await events.aclose()

    async def chosen(self) -> ExistingConnection:
        """Show rows until the person opens one, and return it.

        Raises:
            Cancelled, GoBack: as `Talk.ask`.
        """
        if not self._shown:
            await self._show_more()
        else:
            self._shown = [row for each in self._shown if (row := self._flow.latest(each)) is not None]
            self._write(0)
            self._write_count()
        while True:
            text = await self._talk.ask(self._prompt)
            if text == HELP:
                self._talk.say(
                    _(
                        "A number opens the page of that connection. Enter shows the next ones. /text shows only those "
                        "whose name, id or source has the text, / alone all again. < goes back, quit ends. Nothing is "
                        "changed here."
                    )
                )
            elif text.startswith(SEARCH):
                await self._search(text.removeprefix(SEARCH).strip())
            elif not text:
                await self._show_more()
            elif text.isascii() and text.isdigit() and 0 < int(text) <= len(self._shown):
                row = self._shown[int(text) - 1]
                if is_usable(row):
                    return row
                self._talk.say(_("Error: {words}").format(words=unusable_words(row)))
            elif self._shown:
                words = _("Error: type a number from 1 to {last}, or /text to search.")
                self._talk.say(words.format(last=len(self._shown)))
            else:
                self._talk.say(_("Error: there is nothing to open. / shows all again, < goes back."))

    @property
    def _has_more(self) -> bool:
        return not self._is_whole or self._next < len(self._rows)

    @property
    def _prompt(self) -> str:
        if not self._shown:
            return _("/text searches, ? for help, < for back:")
        if self._has_more:
            return _("Number, Enter for more, /text searches, ? for help, < for back:")
        return _("Number, /text searches, ? for help, < for back:")

    async def _search(self, searched: str) -> None:
        self._searched = searched
        self._shown, self._next = [], 0
        await self._show_more()

    async def _show_more(self) -> None:
        first = len(self._shown)
        if not self._has_more:
            self._talk.say(_("These were all."))
            return
        if self._events is None and not self._is_whole:
            self._talk.say(_("Reading the connections of the sandbox {name}.").format(name=self._sandbox_name))
        while len(self._shown) < first + AT_A_TIME and self._has_more:
            if self._next == len(self._rows):
                await self._read_page()
            for row in self._rows[self._next :]:
                if len(self._shown) == first + AT_A_TIME:
                    break
                self._next += 1
                if is_found(row, self._searched):
                    self._shown.append(row)
        self._write(first)
        self._write_count()

    async def _read_page(self) -> None:
        """Read a page; a problem is said with what was read before it, and never looks like the end of the list."""
        if self._events is None:
            self._events = self._flow.rows((self._sandbox_name,))
        try:
            async for event in self._events:
                if isinstance(event, RowsArrived):
                    self._rows += event.rows
                    return
                self._problem = event.problem
        except Problem as problem:
            self._problem = problem
        self._is_whole = True
        await self.close()

    def _write(self, first: int) -> None:
        for number, row in enumerate(self._shown[first:], first + 1):
            words = _("{number}. {name}: {facts}")
            facts = ", ".join(row_facts(row))
            self._talk.say(words.format(number=number, name=name_words(row.status), facts=facts))
            if attention := attention_words(row):
                self._talk.say(f"   {_('Attention: {words}').format(words=attention)}")

    def _write_count(self) -> None:
        if self._problem is not None:
            self._talk.say(problem_text(self._problem))
            words = plural(
                "{count} connection was read before that.",
                "{count} connections were read before that.",
                len(self._rows),
            )
            self._talk.say(words.format(count=len(self._rows)))
        elif self._searched:
            words = plural(
                "{count} of {read} that were read has it.",
                "{count} of {read} that were read have it.",
                len(self._shown),
            )
            self._talk.say(words.format(count=len(self._shown), read=self._next))
        elif self._has_more:
            self._talk.say(_("{count} are shown; there are more.").format(count=len(self._shown)))
        else:
            count = len(self._shown)
            words = plural("{count} connection, all are shown.", "{count} connections, all are shown.", count)
            self._talk.say(words.format(count=count) if count else _("The sandbox has no connection that you can see."))
