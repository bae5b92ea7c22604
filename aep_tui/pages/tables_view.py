"""What the list of a connection's tables shows: those that are searched for, so many at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from aep_tui.domain.translation import _, plural

if TYPE_CHECKING:
    from aep_tui.domain.dataflow import ExploredTable

AT_A_TIME: Final = 200
"""More rows at once are no list that anybody reads; the search finds the rest."""


@dataclass(frozen=True, slots=True)
class TablesView:
    """The tables of a connection.

    Attributes:
        tables: all of them, in the order of the platform.
        search: what is searched for, in any case; "" for all.
        most: how many are shown at most.
    """

    tables: tuple[ExploredTable, ...]
    search: str = ""
    most: int = AT_A_TIME

    @property
    def found(self) -> tuple[ExploredTable, ...]:
        """Those whose name or path has what is searched for."""
        wanted = self.search.strip().casefold()
        return tuple(each for each in self.tables if wanted in each.path.casefold() or wanted in each.name.casefold())

    @property
    def shown(self) -> tuple[ExploredTable, ...]:
        """Those that stand in the list now."""
        return self.found[: self.most]

    @property
    def has_more(self) -> bool:
        """Whether some are found that do not stand there yet."""
        return len(self.found) > self.most

    @property
    def count_words(self) -> str:
        """How many stand there, of how many."""
        if not self.tables:
            return _("The connection shows no tables.")
        found, count = len(self.found), len(self.tables)
        if self.has_more:
            words = _("{shown} of {found} tables are shown.")
            return words.format(shown=self.most, found=found)
        if self.search.strip():
            words = plural("{found} of {count} tables is found.", "{found} of {count} tables are found.", found)
            return words.format(found=found, count=count)
        return plural("{count} table.", "{count} tables.", count).format(count=count)


def table_words(table: ExploredTable) -> str:
    """Return a line about a table or a folder: its path, and what kind of thing it is unless that is a table."""
    return f"{table.path}  ({table.kind})" if table.kind and table.kind.casefold() != "table" else table.path
