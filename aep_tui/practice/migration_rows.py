"""The connections of an organization that is to be migrated from Basic authentication to OAuth 2."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import cycle, islice
from typing import Final

from aep_tui.practice.lived_in import Row

ACME_URL: Final = "https://acme.my.salesforce.com"
EMEA_URL: Final = "https://acme-emea.my.salesforce.com"
"""The two Salesforce organizations; each has one user who reads for all connections."""


def _row(sandbox_name: str, name: str, url: str, dataflows: str = "") -> Row:
    user = "integration@acme.com" if url == ACME_URL else "integration@emea.acme.com"
    parameters = (("environmentUrl", url), ("username", user))
    return Row(sandbox_name, "salesforce", "Basic Authentication", name, dataflows, parameters=parameters)


_ROWS: Final = (
    _row("dev", "Accounts, development", ACME_URL, "r"),
    _row("dev", "Contacts, development", ACME_URL),
    _row("dev", "Leads, development", ACME_URL, "s"),
    _row("dev", "Campaigns, development", ACME_URL),
    _row("dev", "EMEA accounts, development", EMEA_URL, "r"),
    _row("dev", "EMEA contacts, development", EMEA_URL),
    _row("dev", "EMEA leads, development", EMEA_URL, "n"),
    _row("dev", "EMEA trial", EMEA_URL),
    _row("rehearsal", "Accounts, rehearsal", ACME_URL, "rr"),
    _row("rehearsal", "Contacts, rehearsal", ACME_URL, "f"),
    _row("rehearsal", "Service cases, rehearsal", ACME_URL),
    _row("rehearsal", "EMEA accounts, rehearsal", EMEA_URL, "p"),
    _row("rehearsal", "EMEA opportunities, rehearsal", EMEA_URL),
    _row("rehearsal", "EMEA trial", EMEA_URL, "o"),
    _row("prod", "Accounts", ACME_URL, "rrr"),
    _row("prod", "Contacts", ACME_URL, "rp"),
    _row("prod", "Leads", ACME_URL, "r"),
    _row("prod", "Campaigns", ACME_URL, "rs"),
    _row("prod", "Service cases", ACME_URL, "r"),
    _row("prod", "Archive of 2023", ACME_URL),
    _row("prod", "EMEA accounts", EMEA_URL, "rr"),
    _row("prod", "EMEA contacts", EMEA_URL, "r"),
    _row("prod", "EMEA leads", EMEA_URL, "f"),
    _row("prod", "EMEA opportunities", EMEA_URL, "rn"),
    _row("prod", "EMEA archive", EMEA_URL),
)


def migration_rows(size: int) -> Iterator[Row]:
    """Yield so many connections; after the first 25 they come again under other names."""
    for number, row in enumerate(islice(cycle(_ROWS), size)):
        round_number = number // len(_ROWS)
        yield replace(row, name=f"{row.name} {round_number + 1}") if round_number else row
