"""A platform with one connection, for the campaign of `change_schedules`: it carries a request out or not, at once or
late, answers or not, and a colleague works on the same connection.

What it has shown is written down as it is shown, so that a statement can be held against it.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import timedelta
from email.utils import format_datetime
from typing import Final

import httpx

from aep_tui.domain.connection_change import ConnectionChange
from aep_tui.domain.secret import Secret
from tests.flow_service.helpers import CONNECTION_ID, SPEC_ID, a_request, answer, flow_error
from tests.kit.canary import CANARY
from tests.kit.clock import START, FakeClock
from tests.session.made_up_platform import (
    EXCUSES,
    FAILED_LISTS,
    FOREIGN_REFUSALS,
    NAME,
    SENT,
    UNCLEAR,
    Given,
    given,
)

GATEWAY_GIVES_UP: Final = 60.0
"""Seconds after which a request that was on its way is not carried out any more."""

_MOVED: Final = replace(
    a_request(),
    parameters=tuple(
        (parameter, "61.0" if parameter.api_name == "apiVersion" else value)
        for parameter, value in a_request().parameters
    ),
)
CHANGES: Final[dict[str, ConnectionChange]] = {
    "rename": ConnectionChange(name="New"),
    "rename to the same": ConnectionChange(name=NAME),
    "describe": ConnectionChange(description="Now"),
    "take the description away": ConnectionChange(description=""),
    "one secret": ConnectionChange(secret=("clientSecret", Secret(CANARY))),
    "rotate": ConnectionChange(credentials=a_request()),
    "move": ConnectionChange(credentials=_MOVED),
    "rename and rotate": ConnectionChange(name="New", credentials=a_request()),
}
DELETE: Final = "delete"

REFUSALS: Final[list[Given]] = [flow_error("1455-400"), flow_error("1417-400"), answer(401, {"error_code": "401013"})]
"""The platform's own words for a request that it has not carried out."""
_FOREIGN_404: Final[list[Given]] = [
    httpx.Response(404),
    httpx.Response(404, content=b"<html>a proxy</html>"),
    answer(200, {"items": []}),
]
_GONE: Final = flow_error("1439-404")


@dataclass(frozen=True)
class Version:
    """The connection from one moment on."""

    etag: str
    name: str
    description: str
    api_version: str
    updated_at: float
    updated_by: str
    is_ours: bool = False


class RandomConnection:
    """Answers the requests of one schedule.

    Attributes:
        versions: of the connection, the last one is what it is now; more than one may be ours only by a fault.
        is_gone: whether the connection is deleted.
        sent, excused: how many requests to change came, and how many were refused so that one more may come.
        etags: the `If-Match` of each.
        carried_out: how many of our requests were carried out.
        looks: what the looks have shown since the request, in order: an etag, "hidden" for a version without one,
            "gone", "lost" where one machine does not know it, "" for no answer.
        has_plain_clocks: whether the times that the platform tells are of one clock.
        was_called_stale: whether a 412 came that is not the platform's: nothing documents who says that.
        had: what has happened, in words.
    """

    def __init__(self, seed: int, clock: FakeClock, log: list[str]) -> None:
        self.random = chance = random.Random(seed)
        self.clock = clock
        self.log = log
        self.action = chance.choice([*CHANGES, DELETE, DELETE, DELETE])
        self._says_date = chance.random() < 0.7
        self._ahead = chance.choice([0, 0, 0, -600, 45, 600])
        self._updated_skew = chance.choice([0, 0, 0, -200, 600])
        self.has_plain_clocks = has_honest_clocks = self._says_date and self._updated_skew == 0
        self._has_description = chance.random() < 0.5
        self._fails = chance.choice([0.0, 0.1, 0.4])
        self._loses = chance.choice([0.0, 0.0, 0.2])
        self._hides_etag_until = chance.choice([0.0, 0.0, 4.0, 70.0])
        self._is_slow_to_delete = chance.choice([0.0, 0.0, 3.0, 40.0, 1e9])
        self._colleague: list[tuple[float, str]] = []
        if chance.random() < 0.45:
            does = chance.choice(["describe", "rotate", "rename", "delete", *(["twin"] if has_honest_clocks else [])])
            # The same change of somebody else after ours has left is like ours in every respect.
            at = -1.0 if does == "twin" else chance.choice([-1.0, 0.5, 4.0, 12.0, 50.0, 66.0])
            self._colleague.append((at, does))
        self._late: list[tuple[float, str]] = []
        self._leaves_at = 0.0
        self.versions = [
            Version(
                '"seen"', NAME, "Before" if self._has_description else "", "60.0", self._server_seconds() - 900, "we"
            )
        ]
        # 2xx is how the platform accepts a delete; nothing on the way makes it up.
        self._lost_answers = [
            each
            for each in (*UNCLEAR, *FOREIGN_REFUSALS)
            if self.action != DELETE or isinstance(each, Exception) or not each.is_success
        ]
        self.is_gone = False
        self._gone_at: float | None = None
        self.sent = self.excused = self.carried_out = 0
        self.etags: list[str] = []
        self.looks: list[str] = []
        self.has_begun = self.was_called_stale = False
        self.had: set[str] = set()

    @property
    def now(self) -> Version:
        return self.versions[-1]

    @property
    def is_going(self) -> bool:
        """Whether the platform is at work on a delete."""
        return self._gone_at is not None

    def begin(self) -> None:
        """The person has seen the connection; from now on things happen."""
        self.has_begun = True
        self._leaves_at = self.clock.monotonic()
        self._happen(-0.5)
        self.clock.advance(30)
        self._leaves_at = self.clock.monotonic()

    def look_anew(self) -> None:
        """Forget what the looks have shown, because another run of the program looks now."""
        self.looks = []

    def settle(self) -> None:
        """Let everything happen that still can."""
        self.clock.advance(900)
        self._happen(self.clock.monotonic() - self._leaves_at)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.log.append(request.method)
        if self.has_begun:
            self._happen(self.clock.monotonic() - self._leaves_at)
        response = self._read() if request.method == "GET" else self._change(request)
        if self._says_date:
            moment = self.clock.now() + timedelta(seconds=self._ahead)
            response.headers["Date"] = format_datetime(moment, usegmt=True)
        return response

    def _server_seconds(self) -> float:
        return START.timestamp() + self.clock.elapsed + self._ahead + self._updated_skew

    # --- what happens to a request to change --------------------------------------------------------------------------

    def _change(self, request: httpx.Request) -> httpx.Response:
        self.sent += 1
        self._leaves_at = self.clock.monotonic()
        etag = request.headers.get("If-Match", "")
        self.etags.append(etag)
        chance = self.random
        if chance.random() < 0.12:
            self.excused += 1
            self.had.add("refused before it was carried out, and sent again")
            return given(chance.choice(EXCUSES))
        if chance.random() < 0.08:
            self.had.add("refused by the platform")
            return given(chance.choice(REFUSALS))
        fate = chance.random()
        if fate < 0.25:
            self.had.add("carried out late, or never")
            if chance.random() < 0.7:
                self._late.append((chance.choice([1.0, 7.0, 30.0, 58.0]), etag))
            return self._unclear_answer()
        if fate < 0.35:
            self.had.add("lost on its way")
            return self._unclear_answer()
        is_done = self._carry_out(etag)
        if fate < 0.65:
            self.had.add("carried out, and the answer was lost" if is_done else "refused, and the answer was lost")
            return self._unclear_answer()
        if not is_done:
            self.had.add("refused, because a colleague was faster")
            return given(_GONE if self.is_gone else flow_error("1404-412"))
        if self.action == DELETE:
            return httpx.Response(chance.choice([202, 204]))
        return answer(200, {"id": CONNECTION_ID, "etag": self.now.etag})

    def _unclear_answer(self) -> httpx.Response:
        what = self.random.choice(self._lost_answers)
        self.was_called_stale = isinstance(what, httpx.Response) and what.status_code == 412
        return given(what)

    def _carry_out(self, etag: str) -> bool:
        if self.is_gone or self._gone_at is not None or etag not in {self.now.etag, "*"}:
            return False
        self.carried_out += 1
        if self.action == DELETE:
            self._gone_at = self.clock.monotonic() + self._is_slow_to_delete
            self._happen(0.0)
            return True
        change = CHANGES[self.action]
        self._put(
            f'"ours-{self.carried_out}"',
            "we",
            name=change.name or self.now.name,
            description=self.now.description if change.description is None else change.description,
            api_version="61.0" if self.action == "move" else self.now.api_version,
            is_ours=True,
        )
        return True

    def _put(self, etag: str, by: str, **parts: object) -> None:
        changed = replace(self.now, etag=etag, updated_at=self._server_seconds(), updated_by=by)
        self.versions.append(replace(changed, **{"is_ours": self.now.is_ours, **parts}))  # type: ignore[arg-type]

    # --- what happens meanwhile ---------------------------------------------------------------------------------------

    def _happen(self, since: float) -> None:
        """Let happen what is due that many seconds after our request has left."""
        if self._gone_at is not None and self.clock.monotonic() >= self._gone_at:
            self.is_gone, self._gone_at = True, None
        for at, etag in [each for each in self._late if each[0] <= since]:
            self._late.remove((at, etag))
            self._carry_out(etag)
        for at, does in [each for each in self._colleague if each[0] <= since]:
            self._colleague.remove((at, does))
            self._work_as_a_colleague(does)

    def _work_as_a_colleague(self, does: str) -> None:
        self.had.add(f"a colleague: {does}")
        if self.is_gone or self._gone_at is not None:
            return
        if does == "delete":
            self.is_gone = True
        elif does == "twin" and self.action != DELETE:
            change = CHANGES[self.action]
            self._put(
                '"of a colleague"',
                "she",
                name=change.name or self.now.name,
                description=self.now.description if change.description is None else change.description,
                api_version="61.0" if self.action == "move" else self.now.api_version,
            )
        else:
            parts = {"describe": {"description": "A colleague's"}, "rename": {"name": "A colleague's"}}.get(does, {})
            self._put('"of a colleague"', "she", **parts)

    # --- what a look shows --------------------------------------------------------------------------------------------

    def _read(self) -> httpx.Response:
        chance, looks = self.random, self.looks
        if self.has_begun and self.sent:
            if chance.random() < self._fails:
                looks.append("")
                return given(chance.choice([*FAILED_LISTS, *_FOREIGN_404]))
            may_be_lost = not self.is_gone and self._gone_at is None and (not looks or looks[-1] != "lost")
            if may_be_lost and chance.random() < self._loses:
                looks.append("lost")
                self.had.add("a machine that does not know the connection")
                return given(_GONE)
        if self.is_gone:
            looks.append("gone")
            return given(_GONE)
        is_hidden = len(self.versions) > 1 and self._seconds_since_update() < self._hides_etag_until
        if is_hidden:
            self.had.add("a version without an etag")
        looks.append("hidden" if is_hidden else self.now.etag)
        return answer(200, {"items": [self._item(is_hidden)]})

    def _state(self, is_hidden: bool) -> str:
        if self._gone_at is not None:
            return "delete-finalizing"
        return "updating" if is_hidden else "enabled"

    def _seconds_since_update(self) -> float:
        return self._server_seconds() - self.now.updated_at

    def _item(self, is_hidden: bool) -> dict[str, object]:
        now = self.now
        item: dict[str, object] = {
            "id": CONNECTION_ID,
            "name": now.name,
            "description": now.description,
            "state": self._state(is_hidden),
            "updatedAt": now.updated_at * 1000,
            "updatedBy": now.updated_by,
            "sandboxName": "dev",
            "connectionSpec": {"id": SPEC_ID},
            "auth": {
                "specName": "OAuth2 Client Credential",
                "params": {**SENT, "apiVersion": now.api_version, "clientSecret": "*****"},
            },
        }
        return item if is_hidden else {**item, "etag": now.etag, "version": now.etag}


def shows_all_of(version: Version, action: str) -> bool:
    """Return whether a version shows all that the platform shows of a change."""
    change = CHANGES[action]
    return (
        (change.name is None or version.name == change.name)
        and (change.description is None or version.description == change.description)
        and (change.credentials is None or version.api_version == ("61.0" if action == "move" else "60.0"))
    )
