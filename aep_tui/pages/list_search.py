"""What a search in the list of existing connections finds, the same in every face."""

from __future__ import annotations

from aep_tui.domain.existing import ExistingConnection


def is_found(row: ExistingConnection, searched: str) -> bool:
    """Return whether name, id or source of a connection have what is searched for, in any case; "" finds all."""
    wanted = searched.strip().casefold()
    texts = (row.status.name, row.status.connection_id, row.source, row.status.connection_spec_id)
    return any(wanted in text.casefold() for text in texts)
