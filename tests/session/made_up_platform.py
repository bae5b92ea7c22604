"""A platform for the campaign of `fault_schedules`: it commits or not, answers or not, and other people use it too.

What it has shown is written down as it is shown, so that a statement about it can be held against it.
"""

from __future__ import annotations

import gzip
import random
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from email.utils import format_datetime
from enum import Enum
from urllib.parse import parse_qs

import httpx

from aep_tui.domain.candidates import digests_of
from aep_tui.domain.intent import Intent, OtherIntents
from aep_tui.flow_service.errors import AuthenticationRequired
from tests.flow_service.helpers import SPEC_ID, answer, flow_error
from tests.kit.clock import START, FakeClock

Given = httpx.Response | Exception
NAME = "ACME Salesforce"
SENT = {"environmentUrl": "https://acme.my.salesforce.com", "clientId": "acme-client", "apiVersion": "60.0"}
"""What `a_request` sends in clear."""


def listed(connection_id: str = "new", after: float = 1, **more: object) -> dict[str, object]:
    return {
        "id": connection_id,
        "name": NAME,
        "state": "initializing",
        "createdAt": (START + timedelta(seconds=after)).timestamp() * 1000,
        "createdClient": "acme-key",
        "sandboxName": "dev",
        "connectionSpec": {"id": SPEC_ID},
        "auth": {"specName": "OAuth2 Client Credential", "params": dict(SENT)},
        **more,
    }


def a_list(*items: dict[str, object]) -> httpx.Response:
    return answer(200, {"items": list(items)})


UNCLEAR: list[Given] = [
    httpx.ReadTimeout("silence"),
    httpx.ReadError("reset"),
    httpx.WriteError("reset"),
    httpx.RemoteProtocolError("cut"),
    answer(500, {"message": "x"}),
    answer(502, {}),
    answer(503, {}),
    answer(504, {}),
    answer(408, {"type": "https://ns.adobe.com/aep/errors/FLOW-1006-408", "title": "x"}),
    answer(409, {"message": "conflict"}),
    httpx.Response(201, content=b"<html>"),
    httpx.Response(201, content=b"{}"),
    httpx.Response(200, content=b""),
    httpx.Response(201, content=b"x" * 1_100_000),
    httpx.Response(302, headers={"Location": "https://sign-in.example"}),
    httpx.Response(403, content=b"<html>a proxy</html>"),
    httpx.Response(202, content=b""),
    httpx.Response(204),
    httpx.Response(201, content=gzip.compress(b"{}"), headers={"Content-Encoding": "gzip"}),
    httpx.RemoteProtocolError("too few bytes"),
]
FOREIGN_REFUSALS: list[Given] = [
    *(httpx.Response(status) for status in (400, 401, 403, 404, 412, 413, 421, 425, 429, 499)),
    httpx.Response(400, content=b"<html>a proxy</html>"),
    httpx.Response(429, content=b"<html>slow down</html>"),
    answer(403, {"message": "Forbidden"}),
    answer(429, {"title": "RequestRateTooLarge", "status": 429, "detail": "x"}, Retry_After="1"),
    answer(429, {"message": "Too many requests"}),
]
"""A POST that ends so may have been carried out: something in between has answered."""

EXCUSES: list[Given] = [
    httpx.ConnectError("refused"),
    httpx.ConnectTimeout("slow"),
    answer(429, {"error_code": "429050"}, Retry_After="3"),
    answer(429, {"error_code": 429050}),
]
"""After these a POST may be sent again."""

NEVER_CARRIED_OUT: list[Given] = [*EXCUSES, flow_error("1415-400"), answer(401, {"error_code": "401013"})]
NO_LISTS: list[Given] = [answer(200, {}), answer(200, {"items": None}), answer(200, {"message": "x", "status": 503})]
FAILED_LISTS: list[Given] = [
    *UNCLEAR[:8],
    *NO_LISTS,
    answer(429, {}, Retry_After="2"),
    httpx.ConnectError("x"),
    httpx.Response(200, content=b"<"),
    httpx.Response(403, content=b"<html>a proxy</html>"),
    flow_error("2120-403"),
    *[answer(401, {"error_code": "401013"})] * 4,  # more often than one of the others: it has an answer
]


def given(what: Given) -> httpx.Response:
    if isinstance(what, Exception):
        raise type(what)(str(what))  # an exception that is raised again keeps the frames of every time before
    return httpx.Response(what.status_code, content=what.content, headers=what.headers)


class Kind(Enum):
    """What a row of the list has to do with the create."""

    OURS = "ours"
    OLDER = "older"
    """Of the same name and there before; it may show late."""

    STRANGER = "stranger"
    """Contradicts what was sent: another name, key, value, source, sandbox or auth specification."""

    TWIN = "twin"
    """Nothing contradicts, and who made it is not told."""

    TAKEN = "taken"
    """Another create of this machine is known to have made it."""

    ANOTHERS = "another's"
    """Another create of this machine, of which nobody knows, has made it."""


@dataclass(frozen=True)
class Row:
    kind: Kind
    item: dict[str, object]
    visible_from: float

    @property
    def id(self) -> str:
        return str(self.item["id"])


@dataclass
class Shown:
    """What the lists have shown since a moment: ids in the order of the looks, whole lists, and all that was seen."""

    whole_lists: list[frozenset[str]] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    is_cut: bool = False


class RandomPlatform:
    """Answers the requests of one schedule.

    Attributes:
        rows: everything that there is, whether it shows or not.
        created: ids that our requests have made.
        commits: how many of our requests were carried out; the service may make two connections of one.
        posts, excused_posts: how many came, and how many of them were refused so that one more may come.
        tokens: how many other access tokens were given while it was looked what became of a create.
        before, after: what the lists have shown before the first POST, and since it or the last `look_anew`.
        is_ours_told: whether a row of ours says all that makes it certain.
    """

    def __init__(self, seed: int, clock: FakeClock, log: list[str] | None = None) -> None:
        self.random = chance = random.Random(seed)
        self.clock = clock
        self.log = log if log is not None else []
        self.created: list[str] = []
        self.posts = self.excused_posts = self.commits = 0
        self.before, self.after = Shown(), Shown()
        self.tokens = 0
        self._says_date = chance.random() < 0.8
        self._ahead = (
            chance.choice([0, 0, 0, -600, -300, 45, 300, 600, 7200]) if self._says_date or chance.random() < 0.3 else 0
        )
        self._created_skew = chance.choice([0, 0, 0, 0, -45, -200, -600, 600, 10_000])
        self._form = chance.choice(["ms", "ms", "ms", "text", "seconds", "missing"])
        self._our_key = chance.choice(["acme-key", "acme-key", "ACME-Key", ""])
        self._tells_parameters = chance.random() < 0.85
        self._page = chance.choice([100, 100, 1, 2])
        self._link = chance.choice(["/connections?continuationToken={}", "?start={}"])
        self._filters_by_name = chance.random() < 0.5
        self._fails = chance.choice([0.0, 0.1, 0.3])
        # A list hides a row for a moment, also an older one that is like ours in every respect. With a clock ahead of
        # Date it looks new as well; then only that its time is still to come, or long after the create, tells of it.
        self._flaps = chance.random() < (0.5 if self._created_skew == 600 else 0.15)
        self._listings: dict[int, list[Row]] = {}
        self._committed_at = 0.0
        self._ends: list[tuple[bool, Given]] = []
        self.has_honest_clocks = self._created_skew == 0 and (self._says_date or self._ahead == 0)
        self.is_ours_told = (
            self._says_date
            and self._created_skew == 0
            and self._form != "missing"
            and bool(self._our_key)
            and self._tells_parameters
        )
        self.rows = [*self._older_rows(), *self._rows_of_others()]

    def kind_of(self, connection_id: str) -> Kind:
        return next(row.kind for row in self.rows if row.id == connection_id)

    def others(self, intent: Intent) -> OtherIntents:
        """Return what the journal of this machine knows of other creates of the name."""
        taken = frozenset(row.id for row in self.rows if row.kind is Kind.TAKEN)
        unclear = [
            replace(intent, id=row.id, sent_digests=digests_of(row.id, "", SENT))
            for row in self.rows
            if row.kind is Kind.ANOTHERS
        ]
        return OtherIntents(taken, tuple(unclear))

    async def give_token(self, _refusal: AuthenticationRequired) -> bool:
        """Give another access token, as a person who is asked for it mostly does."""
        is_given = self.random.random() < 0.7
        self.tokens += is_given
        return is_given

    def look_anew(self) -> None:
        """Forget what the looks have shown, because another run of the program looks now."""
        self.after = Shown()

    def has_had(self) -> dict[str, bool]:
        """Return in words what really happens, and whether it has happened in this schedule."""
        ours = [row for row in self.rows if row.kind is Kind.OURS]
        after_commit = [end for is_committed, end in self._ends if is_committed]
        statuses = {end.status_code for end in after_commit if isinstance(end, httpx.Response)}
        others = [row.item for row in self.rows if row.kind in {Kind.STRANGER, Kind.TWIN}]
        return {
            "nothing was carried out, and the request came again": self.excused_posts > 0 and self.posts > 1,
            "the answer was lost after the commit": any(isinstance(end, Exception) for end in after_commit),
            "a proxy's page after the commit": any(
                isinstance(end, httpx.Response) and end.content.startswith(b"<html>") for end in after_commit
            ),
            "an empty refusal after the commit": any(end in FOREIGN_REFUSALS[:10] for end in after_commit),
            "a foreign 429 after the commit": 429 in statuses,
            "202, 204 or 302 after the commit": bool(statuses & {202, 204, 302}),
            "carried out twice by the service": len(ours) == 2,
            "listed late": any(row.visible_from > self._committed_at for row in ours),
            "listed after the last look": any(row.visible_from > self._committed_at + 60 for row in ours),
            "now in the list and now not": self._flaps and bool(ours),
            "one connection a page": self._page == 1 and len(self.rows) > 2,
            "a link of another form": self._page < 100 and "start" in self._link,
            "another's of the name with other values": any(self._has_other_values(item) for item in others),
            "another's of which the key is not told": any(item["createdClient"] is None for item in others),
            "the token ended while it was looked, and another one was given": self.tokens > 0,
            "an older one of the name": any(row.kind is Kind.OLDER for row in self.rows),
            "no Date, and clocks apart": not self._says_date and self._ahead != 0,
            "createdAt ten minutes behind Date": self._says_date and self._created_skew == -600,
            "createdAt before Date, and an older one that a list hid": self._created_skew > 0
            and self._flaps
            and any(row.kind is Kind.OLDER for row in self.rows),
            "createdAt ten minutes before Date": self._says_date and self._created_skew == 600,
            "createdAt as text": self._form == "text" and bool(ours),
            "createdAt in seconds": self._form == "seconds" and bool(ours),
            "createdAt missing": self._form == "missing" and bool(ours),
            "our key in other letters": self._our_key == "ACME-Key" and bool(ours),
            "our values are not listed": not self._tells_parameters and bool(ours),
        }

    def _has_other_values(self, item: dict[str, object]) -> bool:
        return item["createdClient"] == "acme-key" and "another-client" in repr(item["auth"])

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.log.append(request.method)
        response = self._listing(request) if request.method == "GET" else self._post()
        if self._says_date:
            response.headers["Date"] = format_datetime(self._server_now(), usegmt=True)
        return response

    def _server_now(self) -> datetime:
        return self.clock.now() + timedelta(seconds=self._ahead)

    def _post(self) -> httpx.Response:
        self.posts += 1
        chance = self.random
        if chance.random() < 0.35:
            refusal = chance.choice(NEVER_CARRIED_OUT)
            self.excused_posts += refusal in EXCUSES
            return given(refusal)
        commits = self.commits
        if chance.random() < 0.6:
            self.commits += 1
            visible_from = self._commit(self.clock.elapsed + chance.choice([0.0, 0.0, 1.0, 5.0, 70.0, 120.0]))
            if chance.random() < 0.15:
                return answer(201, {"id": self.created[-1], "etag": '"1"'})
            if chance.random() < 0.15:
                return answer(201, {"etag": '"1"'}, Location=f"/connections/{self.created[-1]}")
            if not self._flaps and chance.random() < 0.1:
                self._commit(visible_from + 0.5)  # the service itself has carried one request out twice
        end = chance.choice([*UNCLEAR, *FOREIGN_REFUSALS])
        self._ends.append((self.commits > commits, end))
        return given(end)

    def _commit(self, visible_from: float) -> float:
        row_id = f"new-{len(self.created)}"
        self.created.append(row_id)
        self._committed_at = after = self.clock.elapsed
        more: dict[str, object] = {"createdClient": self._our_key} if self._our_key else {"createdClient": None}
        if not self._tells_parameters:
            more["auth"] = {"specName": "OAuth2 Client Credential"}
        visible_from = max(after, visible_from)
        self.rows.append(Row(Kind.OURS, self._item(row_id, after, **more), visible_from))
        return visible_from

    def _item(self, row_id: str, after: float, **more: object) -> dict[str, object]:
        instant = START.timestamp() + after + self._ahead + self._created_skew
        created_at: object = {"ms": instant * 1000, "text": f"{instant * 1000:.0f}", "seconds": instant}.get(self._form)
        return {**listed(row_id), "createdAt": created_at, **more}

    def _older_rows(self) -> list[Row]:
        chance, rows = self.random, []
        for number in range(chance.choice([0, 0, 1, 3])):
            is_late = self.has_honest_clocks and self._form != "missing" and chance.random() < 0.3
            visible_from = chance.choice([1.0, 6.0]) if is_late else 0.0
            item = self._item(f"old-{number}", chance.uniform(-400, -10))
            rows.append(Row(Kind.OLDER, item, visible_from))
        return rows

    def _rows_of_others(self) -> list[Row]:
        chance = self.random
        changes: list[dict[str, object]] = [
            {"name": "Another name"},
            {"createdClient": "another-key"},
            {"sandboxName": "prod"},
            {"auth": {"specName": "Basic Authentication", "params": dict(SENT)}},
            {"auth": {"specName": "OAuth2 Client Credential", "params": {**SENT, "clientId": "another-client"}}},
            {"description": "made by somebody else"},
            {"connectionSpec": {"id": "another-source"}},
        ]
        rows = []
        for number in range(chance.choice([0, 1, 2, 4])):
            kind = chance.choices(list(Kind)[2:], [6, 1, 1, 1])[0]
            change: dict[str, object] = {}
            if kind is Kind.STRANGER:
                change = chance.choice(changes)
            elif kind is Kind.TWIN:
                change = {"createdClient": None}
            after = chance.uniform(-1, 30)
            item = self._item(f"{kind.value[:6]}-{number}", after, **change)
            rows.append(Row(kind, item, max(after, chance.choice([0.0, 0.5, 1.0, 6.0]))))
        return rows

    def _listing(self, request: httpx.Request) -> httpx.Response:
        shown = self.after if self.posts else self.before
        query = parse_qs(request.url.query.decode())
        token = (query.get("continuationToken") or query.get("start") or [""])[0]
        if not token:
            shown.is_cut = True
        if self.random.random() < self._fails:
            return given(self.random.choice(FAILED_LISTS))
        if not token:
            number, start = len(self._listings), 0
            self._listings[number] = self._visible_rows(query.get("property", []))
        else:
            number, start = (int(part) for part in token.split("."))
        rows = self._listings[number]
        page = rows[start : start + self._page]
        shown.ids |= {row.id for row in page}
        body: dict[str, object] = {"items": [row.item for row in page]}
        if start + self._page < len(rows):
            body["_links"] = {"next": {"href": self._link.format(f"{number}.{start + self._page}")}}
        else:
            shown.whole_lists.append(frozenset(row.id for row in rows))
            shown.is_cut = False
        return answer(200, body)

    def _visible_rows(self, properties: Sequence[str]) -> list[Row]:
        now = self.clock.elapsed
        rows = [row for row in self.rows if row.visible_from <= now]
        if self._filters_by_name and f"name=={NAME}" in properties:
            rows = [row for row in rows if row.item["name"] == NAME]
        self.random.shuffle(rows)
        return rows[1:] if self._flaps and self.random.random() < 0.3 else rows
