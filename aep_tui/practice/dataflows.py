"""Source connections, dataflows and runs of the practice organization, as the platform shows them.

Shapes: Adobe's tutorials on updating and monitoring dataflows, and the OpenAPI document. The samples write schedules as
texts and the document as numbers; both stand here, in turn.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from random import Random
from typing import Final

from aep_tui.practice.answers import JsonObject
from aep_tui.practice.lived_in import Row, new_id
from aep_tui.practice.organization import API_KEY, SANDBOXES
from aep_tui.practice.other_sources import DATASET_SPEC_ID
from aep_tui.practice.store import ConnectionRecord

FLOW_SPEC_ID: Final = "9753525b-82c7-4dce-8a9b-5ccfce2b9876"
_HOUR: Final = 3_600_000
_SECONDS_OF: Final = {"minute": 60, "hour": 3_600, "day": 86_400}
_SCHEDULES: Final = (("minute", 15), ("hour", 6), ("day", 1))
_SANDBOX_IDS = {sandbox.name: sandbox.sandbox_id for sandbox in SANDBOXES}
_FAILURE: Final = {"code": "CONNECTOR-1001-500", "message": "Copying from the source failed: the sign-in was refused."}
_LOSS: Final = {"code": "MAPPER-3700-400", "message": "The value of email is not valid."}

FLOW_SPECS: Final[tuple[JsonObject, ...]] = (
    {
        "id": FLOW_SPEC_ID,
        "name": "CRMToAEP",
        "providerId": "0ed90a81-07f4-4586-8190-b40eccef1c5a",
        "version": "1.0",
        "sourceConnectionSpecIds": [],
        "targetConnectionSpecIds": [DATASET_SPEC_ID],
        "attributes": {"isSourceFlow": True},
    },
)


@dataclass(frozen=True, slots=True)
class Dataflows:
    """What rides on connections.

    Attributes:
        source_connections, flows, runs, target_connections: items as the platform shows them, oldest first.
        hidden: ids of base connections with a dataflow that an access label hides from the caller.
    """

    source_connections: list[JsonObject] = field(default_factory=list)
    flows: list[JsonObject] = field(default_factory=list)
    runs: list[JsonObject] = field(default_factory=list)
    target_connections: list[JsonObject] = field(default_factory=list)
    hidden: set[str] = field(default_factory=set)

    def is_used(self, connection_id: str) -> bool:
        """Return whether any dataflow, also one that the caller cannot see, rides on a base connection."""
        sources = {each["id"] for each in self.source_connections if each["baseConnectionId"] == connection_id}
        return connection_id in self.hidden or any(sources & {*flow["sourceConnectionIds"]} for flow in self.flows)


def dataflows_of(connections: Iterable[tuple[Row, ConnectionRecord]], now: int) -> Dataflows:
    """Return the dataflows that the letters of the rows stand for.

    Args:
        connections: from `connections_of`.
        now: epoch milliseconds.
    """
    random = Random(7)  # noqa: S311 - nothing here is secret
    found = Dataflows()
    for row, record in connections:
        for number, letter in enumerate(row.dataflows):
            if letter == "h":
                found.hidden.add(record.id)
                continue
            source = _source_connection(record, number, random)
            flow = _flow(record, source, letter, number, now, random)
            runs = _runs(flow, letter, now, random)
            if runs:
                flow["lastRunDetails"] = _last_run_details(runs[-1])
            found.source_connections.append(source)
            found.flows.append(flow)
            found.runs.extend(runs)
            found.target_connections.append(_target_connection(record, flow))
    return found


def _envelope(record: ConnectionRecord, item_id: str, created_at: int) -> JsonObject:
    return {
        "id": item_id,
        "createdAt": created_at,
        "updatedAt": created_at + _HOUR,
        "createdBy": record.created_by,
        "updatedBy": record.created_by,
        "createdClient": API_KEY,
        "updatedClient": API_KEY,
        "sandboxId": _SANDBOX_IDS[record.sandbox_name],
        "sandboxName": record.sandbox_name,
        "imsOrgId": record.organization_id,
    }


def _base(record: ConnectionRecord) -> JsonObject:
    return {"id": record.id, "connectionSpec": _spec(record)}


def _spec(record: ConnectionRecord) -> JsonObject:
    return {"id": record.connection_spec_id, "version": record.connection_spec_version}


def _source_connection(record: ConnectionRecord, number: int, random: Random) -> JsonObject:
    return {
        **_envelope(record, new_id(random), record.created_at + _HOUR),
        "name": f"{record.name}, table {number + 1}",
        "baseConnectionId": record.id,
        "state": "enabled",
        "data": {"format": "tabular"},
        "connectionSpec": _spec(record),
        "params": {"path": f"table{number + 1}"},
        "version": f'"{new_id(random)}"',
        "etag": f'"{new_id(random)}"',
        "inheritedAttributes": {"baseConnection": _base(record)},
    }


def _flow(
    record: ConnectionRecord, source: JsonObject, letter: str, number: int, now: int, random: Random
) -> JsonObject:
    flow_id, etag, target_id = new_id(random), f'"{new_id(random)}"', new_id(random)
    frequency, interval = _SCHEDULES[(number + len(record.name)) % len(_SCHEDULES)]
    start = record.created_at // 1000 + 86_400
    schedule: JsonObject = {"startTime": start, "frequency": frequency, "interval": str(interval), "backfill": True}
    if letter == "o":
        schedule = {"startTime": str(start), "frequency": "once"}
    elif letter == "n":
        schedule["startTime"] = now // 1000 + 86_400
    elif number % 2:
        schedule = {name: str(value).lower() for name, value in schedule.items()}
    return {
        **_envelope(record, flow_id, record.created_at + 2 * _HOUR),
        "name": f"{record.name} to the profile store" + (f" ({number + 1})" if number else ""),
        "flowSpec": {"id": FLOW_SPEC_ID, "version": "1.0"},
        "state": "disabled" if letter == "s" else "enabled",
        "version": etag,
        "etag": etag,
        "sourceConnectionIds": [source["id"]],
        "targetConnectionIds": [target_id],
        "inheritedAttributes": {
            "sourceConnections": [
                {"id": source["id"], "connectionSpec": _spec(record), "baseConnection": _base(record)}
            ],
        },
        "scheduleParams": schedule,
        "transformations": [{"name": "Mapping", "params": {"mappingId": _mark(flow_id, 32), "mappingVersion": "0"}}],
        "runs": f"/runs?property=flowId=={flow_id}",
        "lastOperation": {"started": record.created_at, "updated": record.created_at, "operation": "create"},
    }


def _target_connection(record: ConnectionRecord, flow: JsonObject) -> JsonObject:
    (target_id,) = flow["targetConnectionIds"]
    return {
        **_envelope(record, target_id, record.created_at + _HOUR),
        "name": f"{flow['name']}: dataset",
        "state": "enabled",
        "connectionSpec": {"id": DATASET_SPEC_ID, "version": "1.0"},
        "params": {"dataSetId": _mark(target_id, 24)},
        "version": flow["version"],
        "etag": flow["etag"],
    }


def _mark(item_id: str, length: int) -> str:
    """Return an id in the form that datasets and mappings have; it follows from another id."""
    return hashlib.sha256(item_id.encode()).hexdigest()[:length]


def _runs(flow: JsonObject, letter: str, now: int, random: Random) -> list[JsonObject]:
    if letter == "n":
        return []
    frequency = flow["scheduleParams"]["frequency"]
    step = _SECONDS_OF.get(frequency, 86_400) * 1000 * int(flow["scheduleParams"].get("interval", 1))
    newest = now - (40 * 24 * _HOUR if letter in "so" else min(step // 2, 5 * _HOUR))
    starts = [newest] if letter == "o" else [newest - step * back for back in range(3, -1, -1)]
    return [_run(flow, letter, at, is_newest=at == newest, random=random) for at in starts]


def _run(flow: JsonObject, letter: str, started_at: int, *, is_newest: bool, random: Random) -> JsonObject:
    has_failed = letter == "f" and is_newest
    read = random.randrange(500, 90_000)
    lost = 17 if letter == "p" and is_newest else 0
    records: JsonObject = {"inputRecordCount": read, "outputRecordCount": 0 if has_failed else read - lost}
    status: JsonObject = {"status": "failed" if has_failed else "success"}
    if has_failed:
        status["errors"] = [_FAILURE]
    if lost:
        records |= {"failedRecordCount": lost, "failedInfo": [{**_LOSS, "count": lost}]}
        status["errors"] = [_LOSS]
    duration = {"startedAtUTC": started_at, "completedAtUTC": started_at + 240_000}
    extensions = {"errors": [_FAILURE]} if has_failed else {}
    named = ("createdBy", "updatedBy", "createdClient", "updatedClient", "sandboxId", "sandboxName", "imsOrgId")
    return {
        "id": new_id(random),
        "createdAt": started_at,
        "updatedAt": started_at + 240_000,
        **{name: flow[name] for name in named},
        "flowId": flow["id"],
        "flowSpec": flow["flowSpec"],
        "etag": f'"{new_id(random)}"',
        "metrics": {
            "durationSummary": duration,
            "sizeSummary": {"inputBytes": read * 64, "outputBytes": -1},
            "recordSummary": records,
            "fileSummary": {"inputFileCount": 1, "outputFileCount": 1},
            "statusSummary": status,
        },
        "activities": [
            {
                "id": new_id(random),
                "name": "Copy Activity",
                "durationSummary": duration,
                "recordSummary": {},
                "fileSummary": {"inputFileCount": 1},
                "statusSummary": {"status": status["status"], "extensions": extensions},
            }
        ],
    }


def _last_run_details(run: JsonObject) -> JsonObject:
    return {
        "id": run["id"],
        "state": run["metrics"]["statusSummary"]["status"],
        **run["metrics"]["durationSummary"],
    }
