"""What a search in the list of existing connections finds, the same in every face."""

from __future__ import annotations

from aep_tui.domain.existing import ExistingConnection


def is_found(row: ExistingConnection, searched: str) -> bool:
    """Return whether name, id or source of a connection have what is searched for, in any case; "" finds all."""
    return searched_for(searched) in searched_text(row)


def searched_for(text: str) -> str:
    """Return what a person typed as it is compared."""
    return text.strip().casefold()


def searched_text(row: ExistingConnection) -> str:
    """Return what of a connection is searched, as it is compared; a list keeps it, so that no key waits."""
    status = row.status
    # The id of a known source is not shown, and a word like "fee" that stands in it would find all of that source.
    return "\n".join((status.name, status.connection_id, row.source or status.connection_spec_id)).casefold()
