"""What is found when a connection is explored (Adobe's tutorials on exploring tables and CRM systems)."""

from __future__ import annotations

from typing import Final

from aep_tui.domain.catalog.catalog import Catalog
from aep_tui.practice.answers import JsonObject, flow_error, quoted
from aep_tui.practice.other_sources import other_source

_TABLES: Final = {
    "salesforce": ("Account", "Campaign", "Case", "Contact", "Lead", "Opportunity", "Task", "User", "Invoice__c"),
    "oracle-service-cloud": ("accounts", "answers", "contacts", "incidents", "organizations", "tasks"),
    "zoho-crm": ("Accounts", "Calls", "Campaigns", "Contacts", "Deals", "Leads", "Tasks"),
}
_COLUMNS: Final = (
    ("Id", "string"),
    ("Name", "string"),
    ("Email", "string"),
    ("CreatedDate", "date-time"),
    ("LastModifiedDate", "date-time"),
)


def explored(spec_id: str, catalog: Catalog, object_type: str, object_path: str) -> list[JsonObject] | JsonObject:
    """Return the tables of a source for "root", or the columns of one table for "table" (either case).

    Args:
        spec_id: `connectionSpec.id` of the connection.
        catalog: the documented sources.
        object_type: of the query.
        object_path: of the query, for a table.

    Raises:
        Refusal: 1336-400 for another kind of object, 1101-404 for a table that does not exist.
    """
    source, other = catalog.source_by_connection_spec_id(spec_id), other_source(spec_id)
    tables = other.tables if other else _TABLES.get(source.id if source else "", ("Accounts", "Contacts"))
    kind = object_type.lower()
    if kind == "root":
        return [
            {"type": "table", "name": name, "path": name, "canPreview": True, "canFetchSchema": True} for name in tables
        ]
    if kind != "table":
        raise flow_error("1336-400", f"The objectType '{quoted(object_type)}' is not valid.")
    if object_path not in tables:
        raise flow_error("1101-404", f"Resource not found at the provider: '{quoted(object_path)}'.")
    columns = [
        {"name": name, "type": "string", "xdm": {"type": "string", "format": kind_of_text}}
        if kind_of_text != "string"
        else {"name": name, "type": "string", "xdm": {"type": "string"}}
        for name, kind_of_text in _COLUMNS
    ]
    return {"format": "flat", "schema": {"columns": columns}}
