"""The rows of the list of existing connections: what has arrived, what of it is shown, and what is selected."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, TypeAlias

from aep_tui.domain.existing import ConnectionFilter, ExistingConnection
from aep_tui.domain.problem import Problem
from aep_tui.domain.translation import _
from aep_tui.flow_service.errors import AuthenticationRequired
from aep_tui.pages.list_search import searched_for, searched_text

if TYPE_CHECKING:
    from aep_tui.session.connection_listing import ListingEvent

_NO_ID: Final = "?"
"""Before what stands in the place of an id that cannot be used."""

RowKey: TypeAlias = tuple[str, str]
"""Sandbox and id of a connection; the row of a sandbox that could not be read has no id."""


@dataclass(frozen=True, slots=True)
class SandboxNotRead:
    """Stands in the list in the place of what could not be read, so that it never looks empty.

    Attributes:
        sandbox_name: which one.
        read: how many of its connections were read before.
        problem: why no more.
    """

    sandbox_name: str
    read: int
    problem: Problem


Entry: TypeAlias = ExistingConnection | SandboxNotRead


def key_of(entry: Entry) -> RowKey:
    """Return what an entry is known by, in whichever place of the list it stands."""
    if isinstance(entry, SandboxNotRead):
        return (entry.sandbox_name, "")
    status = entry.status
    return (entry.sandbox_name, status.connection_id or f"{_NO_ID}{status.told_id}")


def is_usable(entry: Entry | None) -> bool:
    """Return whether an entry is a connection that something can be asked about: it has an id."""
    return isinstance(entry, ExistingConnection) and bool(entry.status.connection_id)


def unusable_words(row: ExistingConnection) -> str:
    """Return what is said about a connection that cannot be opened."""
    return _(
        "What the platform gives as its id can be none: {id}. Nothing can be asked or changed here in its name. "
        "The other connections are not concerned; look at this one in the platform's own pages."
    ).format(id=row.status.told_id)


@dataclass(frozen=True, slots=True)
class ListState:
    """What a person has made of a list, for when it is shown again.

    Attributes:
        searched: what is searched for, as it was typed.
        wanted: the filter.
        selected: which connections are selected.
        marked: which entry is marked, None for none.
    """

    searched: str = ""
    wanted: ConnectionFilter = field(default_factory=ConnectionFilter)
    selected: frozenset[RowKey] = frozenset()
    marked: RowKey | None = None


class ConnectionRows:
    """Grows while pages arrive. Search and filter look at what is there and at what comes; nothing is asked anew.

    Attributes:
        searched: what is searched for, as it was typed.
        wanted: the filter.
        sandbox_names: of which sandboxes the list is.
        waiting_words: what the reading waits for, "" while it goes on.
    """

    def __init__(self, sandbox_names: Sequence[str], state: ListState | None = None) -> None:
        """Begin without rows; search, filter and selection are as the list was left."""
        state = state or ListState()
        self.searched = state.searched
        self.wanted = state.wanted
        self.sandbox_names = tuple(sandbox_names)
        self.waiting_words = ""
        self._rows: list[ExistingConnection] = []
        self._texts: list[str] = []
        self._shown: list[int] = []
        self._unread: list[SandboxNotRead] = []
        self._reading: set[str] = set()
        self._selected: set[RowKey] = set(state.selected)

    def state(self, marked: RowKey | None) -> ListState:
        """Return what has to be kept when the list is left while `marked` is marked."""
        return ListState(self.searched, self.wanted, frozenset(self._selected), marked)

    def begin(self, sandbox_names: Sequence[str]) -> None:
        """Forget the rows, for reading them (anew); search, filter and selection stay."""
        self.sandbox_names = tuple(sandbox_names)
        self._reading = set(sandbox_names)
        self._rows, self._texts, self._shown, self._unread = [], [], [], []

    def take(self, event: ListingEvent) -> None:
        """Take rows, or the end of a sandbox."""
        rows: tuple[ExistingConnection, ...] | None = getattr(event, "rows", None)
        if rows is not None:
            self._add(rows)
            return
        self._reading.discard(event.sandbox_name)
        problem: Problem | None = getattr(event, "problem", None)
        if problem is not None:
            self._unread.append(SandboxNotRead(event.sandbox_name, event.read, problem))

    def fail(self, problem: Problem) -> None:
        """Take that nothing more comes, of any sandbox that is still read."""
        for name in self.sandbox_names:
            if name in self._reading:
                read = sum(row.sandbox_name == name for row in self._rows)
                self._unread.append(SandboxNotRead(name, read, problem))
        self._reading = set()

    def update(self, latest: Callable[[ExistingConnection], ExistingConnection | None]) -> bool:
        """Take what was seen of connections since they arrived; return whether anything is otherwise.

        Args:
            latest: returns a row as it was seen last, None when the connection is gone.
        """
        rows = [(row, latest(row)) for row in self._rows]
        if all(row is now for row, now in rows):
            return False
        self._rows, self._texts, self._shown = [], [], []
        self._add(now for _row, now in rows if now is not None)
        return True

    def search(self, text: str) -> None:
        """Show only what has `text` in name, id or source; "" shows all."""
        before, now = searched_for(self.searched), searched_for(text)
        self.searched = text
        if before and before in now:  # more letters find nothing that fewer did not
            self._shown = [index for index in self._shown if now in self._texts[index]]
        else:
            self._show_anew()

    def filter(self, wanted: ConnectionFilter) -> None:
        """Show only what is wanted."""
        self.wanted = wanted
        self._show_anew()

    def toggle(self, entry: Entry) -> None:
        """Select a connection, or select it no more."""
        if is_usable(entry):
            self._selected ^= {key_of(entry)}

    def is_selected(self, entry: Entry) -> bool:
        """Return whether a connection is selected."""
        return bool(self._selected) and key_of(entry) in self._selected

    def __len__(self) -> int:
        """Return how many entries are shown."""
        return len(self._unread) + len(self._shown)

    def __getitem__(self, index: int) -> Entry:
        """Return an entry that is shown: first what could not be read, then the connections as they came."""
        if index < len(self._unread):
            return self._unread[index]
        return self._rows[self._shown[index - len(self._unread)]]

    def place_of(self, key: RowKey | None) -> int | None:
        """Return at which place an entry is shown, None when it is not."""
        return next((index for index in range(len(self)) if key_of(self[index]) == key), None) if key else None

    @property
    def all(self) -> Sequence[ExistingConnection]:
        """Every connection that was read, shown or not."""
        return self._rows

    @property
    def selected(self) -> tuple[ExistingConnection, ...]:
        """The selected connections in the order of the list, also those that are not shown now."""
        return tuple(row for row in self._rows if key_of(row) in self._selected) if self._selected else ()

    @property
    def shown_count(self) -> int:
        """How many connections are shown."""
        return len(self._shown)

    @property
    def is_reading(self) -> bool:
        """Whether more may come."""
        return bool(self._reading)

    @property
    def refusal(self) -> AuthenticationRequired | None:
        """The first refusal of the token that kept something from being read, None when there was none."""
        return next((each.problem for each in self._unread if isinstance(each.problem, AuthenticationRequired)), None)

    @property
    def unread(self) -> Sequence[SandboxNotRead]:
        """What could not be read, or not to its end."""
        return self._unread

    def _add(self, rows: Iterable[ExistingConnection]) -> None:
        now = searched_for(self.searched)
        for row in rows:
            text = searched_text(row)
            if now in text and self.wanted.holds_for(row):
                self._shown.append(len(self._rows))
            # What a list does not show is not kept ten thousand times; the page of a connection reads it anew.
            self._rows.append(replace(row, status=replace(row.status, parameters={})))
            self._texts.append(text)

    def _show_anew(self) -> None:
        now, wanted = searched_for(self.searched), self.wanted
        if wanted == ConnectionFilter():
            self._shown = [index for index, text in enumerate(self._texts) if now in text]
            return
        self._shown = [
            index for index, row in enumerate(self._rows) if now in self._texts[index] and wanted.holds_for(row)
        ]
