"""The pages about existing connections, a file a page; they are loaded when they are first shown.

Each is a `StepScreen` beside the walk, made with a `Frame`, the `ConnectionsFlow` and what it is about. Back is the
`StepScreen`'s own: it shows the page below as it was left.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from aep_tui.domain.door import door

if TYPE_CHECKING:
    from aep_tui.tui.connections.connection_page import ConnectionScreen as ConnectionScreen
    from aep_tui.tui.connections.list_page import ConnectionListScreen as ConnectionListScreen
    from aep_tui.tui.connections.tables_page import TablesPage as TablesPage

__getattr__ = door(
    __name__,
    {
        "ConnectionScreen": "connection_page",
        "ConnectionListScreen": "list_page",
        "TablesPage": "tables_page",
    },
)
