"""A platform in memory on which many dataflows ride on a connection; it counts what it is asked."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import parse_qs, urlencode

import httpx

from aep_tui.domain.catalog.catalog import load_catalog

CONNECTION_ID: Final = "00000000-0000-4000-8000-00000000c000"
_PAGE: Final = 100
_TURNS: Final = 5
"""So often others may go on before an answer comes."""


@dataclass
class ManyDataflows(httpx.AsyncBaseTransport):
    """Answers as the documents say, in pages of 100.

    Attributes:
        count: how many dataflows ride on each connection, each over a source connection of its own, each with a run.
        asked: path and query of each request, in order.
        most_at_once: how many requests waited for their answers at the same time, at most.
    """

    count: int
    asked: list[tuple[str, str]] = field(default_factory=list)
    most_at_once: int = 0
    _waiting: int = 0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answer a GET."""
        assert request.method == "GET"
        path, query = request.url.path, request.url.query.decode()
        self.asked.append((path.rpartition("/")[2], query))
        self._waiting += 1
        self.most_at_once = max(self.most_at_once, self._waiting)
        for _turn in range(_TURNS):
            await asyncio.sleep(0)
        self._waiting -= 1
        return httpx.Response(200, content=json.dumps(self._answer(path, query)).encode())

    @property
    def longest_query(self) -> int:
        """The characters of the longest query."""
        return max(len(query) for _path, query in self.asked)

    def _answer(self, path: str, query: str) -> dict[str, Any]:
        kind = path.rpartition("/")[2]
        wanted = parse_qs(query)
        ids = wanted["property"][0].partition("==")[2].split(",") if "property" in wanted else []
        numbers = range(self.count)
        items: list[dict[str, Any]]
        match kind:
            case "sourceConnections":
                items = [
                    {"id": f"s{number}-{base}", "baseConnectionId": base, "state": "enabled"}
                    for base in ids
                    for number in numbers
                ]
            case "flows":
                items = [
                    {
                        "id": f"f-{each}",
                        "name": "Daily",
                        "state": "enabled",
                        "sourceConnectionIds": [each],
                        "lastRunDetails": {"id": f"r-{each}", "state": "success"},
                    }
                    for each in ids
                ]
            case "runs":
                items = [{"id": each, "metrics": {"statusSummary": {"status": "success"}}} for each in ids]
            case "connectionSpecs":
                items = [{"id": each, "name": "salesforce", "version": "1.0", "authSpec": []} for each in ids]
            case _:
                source = load_catalog().source("salesforce")
                assert source is not None
                spec = {"id": source.connection_spec_id, "version": "1.0"}
                items = [{"id": kind, "name": "ACME", "state": "enabled", "connectionSpec": spec, "etag": '"1"'}]
        start = int(wanted.get("continuationToken", ["0"])[0])
        answer: dict[str, Any] = {"items": items[start : start + _PAGE]}
        if len(items) > start + _PAGE:
            following = {**{name: each[0] for name, each in wanted.items()}, "continuationToken": str(start + _PAGE)}
            answer["_links"] = {"next": {"href": f"{path}?{urlencode(following)}"}}
        return answer
