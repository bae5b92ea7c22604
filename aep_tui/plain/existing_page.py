"""One existing connection line by line: what is known of it, its test, and its tables."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from aep_tui.domain.problem import Problem
from aep_tui.domain.shell_command import read_command
from aep_tui.domain.translation import _
from aep_tui.pages.connection_words import column_words, name_words
from aep_tui.pages.details_run import DetailsRun
from aep_tui.pages.details_view import (
    CheckEnded,
    ConnectionEvent,
    ConnectionView,
    StateLooked,
    after,
)
from aep_tui.pages.problem_text import problem_text
from aep_tui.pages.tables_view import AT_A_TIME, TablesView, table_words
from aep_tui.plain.talk import HELP, GoBack, Talk
from aep_tui.session.watch import PollFailed, WatchEnded

if TYPE_CHECKING:
    from aep_tui.domain.dataflow import ExploredTable
    from aep_tui.domain.target import Target
    from aep_tui.pages.connections_flow import ConnectionsFlow, OpenedConnection


class ExistingPage:
    """Says all that is known, then does what is typed; nothing is changed here."""

    def __init__(self, talk: Talk, flow: ConnectionsFlow, opened: OpenedConnection, target: Target) -> None:
        self._talk = talk
        self._opened = opened
        self._target = target
        self._flow = flow
        self._run = DetailsRun(lambda: flow.look(opened), self, flow.tokens)
        self._view = ConnectionView(opened.row, flow.clock.now())

    def happens(self, event: ConnectionEvent) -> None:
        """Write what a test or a look at the state says; what is read is written when all of it is there."""
        state_before = self._view.row.status.state
        self._view = after(self._view, event, self._flow.clock.now())
        if self._view.is_read or self._view.is_gone:
            self._flow.note(self._opened, None if self._view.is_gone else self._view.row)
        if isinstance(event, CheckEnded):
            for line in self._view.test_lines:
                self._talk.say(line)
        elif isinstance(event, PollFailed | WatchEnded):
            self._talk.say(self._view.activity)
        elif isinstance(event, StateLooked) and self._view.row.status.state != state_before:
            self._talk.say(_("The state is {state} now.").format(state=self._view.row.status.state))

    async def show(self) -> None:
        """Say what is known, and do what the person says until the person goes back.

        Raises:
            Cancelled, GoBack: as `Talk.ask`.
        """
        await self._read()
        does: dict[str, Callable[[], Awaitable[None]]] = {
            "test": self._test,
            "explore": self._explore,
            "watch": self._watch,
            "again": self._read,
        }
        texts = {"answer": lambda: self._view.answer_text, "curl": self._curl}
        while True:
            text = (await self._talk.ask(_("test, explore, ? for more, < for back:"))).lower()
            if text in does:
                await does[text]()
            elif text in texts:
                self._talk.show(texts[text]() or _("The platform has not answered yet."))
            elif text == HELP:
                self._talk.say(
                    _(
                        "test asks the platform to use the credentials. explore lists the tables. watch follows the "
                        "state until it changes. again reads everything once more. answer shows what the platform "
                        "said, secrets replaced by marks. curl shows the question for a shell. < goes back, quit ends. "
                        "Nothing is changed here: aep-tui connections change and delete do that."
                    )
                )
            else:
                self._talk.say(_("Error: type test, explore, watch, again, answer or curl."))

    async def _read(self) -> None:
        self._talk.say(_("Reading the connection and what uses it."))
        await self._run.read()
        self._talk.say("")
        self._talk.say(self._view.plain_text(name_words(self._view.row.status)))

    async def _test(self) -> None:
        self._talk.say(_("The platform tests the connection..."))
        await self._run.test(self._view.row.status.connection_spec_id)

    async def _watch(self) -> None:
        if self._view.can_be_watched:
            self._talk.say(_("Watching until the state changes. Ctrl+C ends the program."))
            await self._run.watch()
        else:
            self._talk.say(_("The state is not one that is known to pass by itself."))

    def _curl(self) -> str:
        return read_command(self._view.connection_id, self._target)

    async def _explore(self) -> None:
        self._talk.say(_("Reading the tables..."))
        spec_id = self._view.row.status.connection_spec_id
        try:
            view = TablesView(await self._run.tables(spec_id))
            self._write_tables(view)
            while view.tables:
                text = await self._talk.ask(_tables_prompt(view))
                if text.startswith("/"):
                    view = TablesView(view.tables, text.removeprefix("/").strip())
                    self._write_tables(view)
                elif not text and view.has_more:
                    shown, view = view.most, TablesView(view.tables, view.search, view.most + AT_A_TIME)
                    self._write_tables(view, shown)
                elif text.isascii() and text.isdigit() and 0 < int(text) <= len(view.shown):
                    await self._say_columns(view.shown[int(text) - 1], spec_id)
                else:
                    self._talk.say(_("Error: type the number of a table, or /text to search."))
        except GoBack:
            return
        except Problem as problem:
            self._talk.say(problem_text(problem))

    def _write_tables(self, view: TablesView, first: int = 0) -> None:
        for number, table in enumerate(view.shown[first:], first + 1):
            self._talk.say(f"{number}. {table_words(table)}")
        self._talk.say(view.count_words)

    async def _say_columns(self, table: ExploredTable, spec_id: str) -> None:
        columns = await self._run.columns(table, spec_id)
        self._talk.say(_("Columns of {table}").format(table=table.path))
        for column in columns:
            self._talk.say(f"- {column_words(column)}")


def _tables_prompt(view: TablesView) -> str:
    if view.has_more:
        return _("Number for its columns, /text searches, Enter for more, < for back:")
    return _("Number for its columns, /text searches, < for back:")
