"""What is in the practice organization when it looks lived in: connections of three sandboxes, and their dataflows.

Everything follows from a seed and the instant at which the service begins: ids and names stay the same from start to
start, ages are counted back from now. Nothing of it is a secret; where a connection has one, a reference stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Final

from aep_tui.domain.catalog.catalog import Catalog
from aep_tui.domain.source import AuthMethod, Cloud, ParameterKind, Source
from aep_tui.practice.organization import (
    API_KEY,
    CONNECTOR_CLIENT_ID,
    CONNECTOR_USER_ID,
    ORGANIZATION_ID,
)
from aep_tui.practice.other_sources import DATASET_SPEC_ID, OTHER_SOURCES, OtherSource, kept_value
from aep_tui.practice.parameters import accepted_parameters
from aep_tui.practice.store import ConnectionRecord

SEED: Final = 20_261_122
_DAY: Final = 86_400_000
"""Milliseconds."""
_FIXED_BITS: Final = (0xF000 << 64) | (0xC000 << 48)
_VERSION_4: Final = (4 << 76) | (0x8000 << 48)
"""What a UUID of version 4 has in the place of random bits (RFC 9562)."""
_STUCK: Final = "initializing for ever"
_PEOPLE: Final = ("m.vogt@acme.example", "j.okafor@acme.example", "s.lindqvist@acme.example", "acme@techacct.adobe.com")


@dataclass(frozen=True, slots=True)
class Row:
    """One connection in a line.

    Attributes:
        sandbox_name, source, auth_spec_name, name: the source is an id of the catalog or a name of `OTHER_SOURCES`.
        dataflows: a letter each: r runs, p runs and loses records, f fails, s sleeps, o ran once, n has not run yet,
            h is hidden from the caller.
        state: "" for one that is enabled.
        days_left: until its token ends, where the source says it in clear.
        parameters: values that differ from the examples of the documents.
    """

    sandbox_name: str
    source: str
    auth_spec_name: str
    name: str
    dataflows: str = ""
    state: str = ""
    days_left: int | None = None
    parameters: tuple[tuple[str, str], ...] = ()


_BASIC = "Basic Authentication"
_OAUTH = "OAuth2 Client Credential"
_JWT = "OAuth2 JWT Token Credential"
_STRING = "Connection String Based Authentication"
_SSH = "SSH PublicKey Authentication for sftp"
_REFRESH = "OAuth2 Refresh Code"

ROWS: Final = (
    Row("prod", "salesforce", _BASIC, "Salesforce EMEA", "rrs"),
    Row("prod", "salesforce", _BASIC, "Salesforce APAC", "f"),
    Row("prod", "salesforce", _OAUTH, "Salesforce Americas", "rrrp"),
    Row("prod", "salesforce", _OAUTH, "Salesforce Service Cloud", "r"),
    Row("prod", "oracle-service-cloud", _BASIC, "Oracle Service Cloud", "f"),
    Row("prod", "zoho-crm", _BASIC, "Zoho partners", "f"),
    Row("prod", "azure-file-storage", _BASIC, "Exports of the data warehouse", "rr"),
    Row("prod", "amazon-s3", "Access Key", "Web events", "rn"),
    Row("prod", "amazon-s3", "Access Key", "Web events, archive", "s", state="disabled"),
    Row("prod", "mysql", _STRING, "Orders", "rp"),
    Row("prod", "sftp", "Basic Authentication for sftp", "Nightly files of the agency", "f"),
    Row("prod", "sftp", _SSH, "Nightly files of the bank", "r"),
    Row("prod", "acme-loyalty", _REFRESH, "Loyalty members", "r", days_left=12),
    Row("prod", "acme-loyalty", _REFRESH, "Loyalty points", "h", days_left=200),
    Row("dev", "salesforce", _BASIC, "Salesforce full copy", "s"),
    Row("dev", "salesforce", _BASIC, '=HYPERLINK("http://acme.example","Salesforce")'),
    Row("dev", "salesforce", _OAUTH, "Salesforce full copy, OAuth", "r"),
    Row("dev", "salesforce", _OAUTH, "Salesforce Developer Edition", state=_STUCK),
    Row("dev", "zoho-crm", _BASIC, "Zoho trial"),
    Row("dev", "oracle-service-cloud", _BASIC, "Oracle Service Cloud, test interface", "s"),
    Row("dev", "azure-file-storage", _BASIC, "Test files"),
    Row("dev", "amazon-s3", "Access Key", "acme-dev bucket", "n"),
    Row("dev", "amazon-s3", "Access Key", "acme-dev bucket", "o"),
    Row("dev", "mysql", _STRING, "Orders of the staging shop", "f"),
    Row("dev", "mysql", _STRING, "Local database of Siobhán", state="updating"),
    Row("dev", "sftp", _SSH, "Test host", state="disabling"),
    Row("dev", "acme-loyalty", _REFRESH, "Loyalty test club", "r", days_left=-3),
    Row("rehearsal", "salesforce", _BASIC, "ACME Salesforce", "rf"),
    Row("rehearsal", "salesforce", _BASIC, "ACME Salesforce (old)"),
    Row("rehearsal", "salesforce", _OAUTH, "ACME Salesforce, OAuth", "r"),
    Row("rehearsal", "salesforce", _JWT, "ACME Salesforce on AWS", "r"),
    Row("rehearsal", "salesforce", _JWT, "ACME Salesforce on AWS, sandbox", state="draft"),
    Row("rehearsal", "oracle-service-cloud", _BASIC, "ACME contact centre", "f"),
    Row("rehearsal", "zoho-crm", _BASIC, "ACME Zoho", "s"),
    Row("rehearsal", "azure-file-storage", _BASIC, "ACME files", "r"),
    Row("rehearsal", "amazon-s3", "Access Key", "ACME events", "rrp"),
    Row("rehearsal", "mysql", _STRING, "ACME orders", "f"),
    Row("rehearsal", "sftp", "Basic Authentication for sftp", "ACME agency"),
    Row("rehearsal", "acme-loyalty", _REFRESH, "ACME loyalty", "h", days_left=20),
    Row("rehearsal", "dataset", "", "Dataset of the profile store"),
)
"""Oldest first in each sandbox; the sandbox aws-dev is empty."""


def connections_of(rows: Iterable[Row], catalog: Catalog, now: int) -> Iterator[tuple[Row, ConnectionRecord]]:
    """Yield each connection with its row.

    Args:
        rows: such as `ROWS`.
        catalog: the documented sources.
        now: epoch milliseconds.
    """
    random = Random(SEED)  # noqa: S311 - nothing here is secret
    for number, row in enumerate(rows):
        yield row, _connection(row, number, catalog, now, random)


def new_id(random: Random) -> str:
    """Return the next id of a series."""
    bits = random.getrandbits(128) & ~_FIXED_BITS | _VERSION_4  # as `uuid.UUID` does it, which takes four times as long
    digits = f"{bits:032x}"
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


def _connection(row: Row, number: int, catalog: Catalog, now: int, random: Random) -> ConnectionRecord:
    connection_id, etag = new_id(random), f'"{new_id(random)}"'
    age = 900 - 20 * number % 860 + random.randrange(20)
    created_at = now - age * _DAY - random.randrange(_DAY)
    updated_at = now - random.randrange(1, age) * _DAY - random.randrange(_DAY // 2)
    is_stuck = row.state == _STUCK
    if is_stuck:
        created_at = updated_at = now - 2 * _DAY - 40 * 60_000
    creator, updater = random.choice(_PEOPLE), random.choice(_PEOPLE)
    spec_id, parameters = _spec_and_parameters(row, catalog, connection_id, now)
    is_on_aws = row.auth_spec_name == _JWT
    return ConnectionRecord(
        id=connection_id,
        organization_id=ORGANIZATION_ID,
        sandbox_name=row.sandbox_name,
        name=row.name,
        description=None if number % 3 else f"Of the team of {creator.partition('@')[0]}",
        connection_spec_id=spec_id,
        connection_spec_version="1.0",
        auth_spec_name=row.auth_spec_name,
        created_at=created_at,
        updated_at=updated_at,
        enabled_at=None if is_stuck else created_at + 3_000,
        created_by=creator,
        created_client=API_KEY,
        finished_by=CONNECTOR_USER_ID if is_on_aws else updater,
        finished_client=CONNECTOR_CLIENT_ID if is_on_aws else API_KEY,
        initial_etag=etag,
        etag=etag,
        parameters=parameters,
        fixed_state="" if is_stuck else row.state,
    )


def _spec_and_parameters(row: Row, catalog: Catalog, connection_id: str, now: int) -> tuple[str, dict[str, object]]:
    source = catalog.source(row.source)
    if source is not None:
        return source.connection_spec_id, _documented_parameters(source, row, connection_id)
    other = next((each for each in OTHER_SOURCES if each.name == row.source), None)
    return (
        (DATASET_SPEC_ID, {}) if other is None else (other.spec_id, _other_parameters(other, row, connection_id, now))
    )


def _documented_parameters(source: Source, row: Row, connection_id: str) -> dict[str, object]:
    cloud = Cloud.AWS if row.auth_spec_name == _JWT else Cloud.AZURE
    method = next(each for each in source.auth_methods_on(cloud) if each.spec_name == row.auth_spec_name)
    return {**accepted_parameters(method, _examples(method) | dict(row.parameters), connection_id)}


def _examples(method: AuthMethod) -> dict[str, object]:
    return {
        parameter.api_name: True if parameter.kind is ParameterKind.BOOLEAN else parameter.example or "acme"
        for parameter in method.parameters
    }


def _other_parameters(other: OtherSource, row: Row, connection_id: str, now: int) -> dict[str, object]:
    auth_spec = other.auth_spec(row.auth_spec_name)
    properties = auth_spec["spec"]["properties"] if auth_spec else {}
    values = {
        name: kept_value(described, name, other.examples.get(name, "acme"), connection_id)
        for name, described in properties.items()
        if name in other.examples or described.get("format") == "password" or name in {"privateKeyContent"}
    }
    if row.days_left is not None:
        ends = datetime.fromtimestamp(now / 1000, UTC) + timedelta(days=row.days_left)
        values["expirationDate"] = ends.date().isoformat()
    return values
