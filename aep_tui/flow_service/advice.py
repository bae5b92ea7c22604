"""What to do about an error: the table of all documented codes and of the causes inside provider text."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cache
from importlib.resources import files
from typing import Any, Final

from aep_tui.domain.problem import CatalogProblem
from aep_tui.domain.translation import _

FIXERS: Final = (
    "you",
    "your Platform administrator",
    "your Salesforce administrator",
    "your network administrator",
    "Adobe",
)
"""Who can fix something; the table knows no others."""


class RequestKind(Enum):
    """What a request was to do: what its failure means depends on it."""

    READ = "read"
    CREATE = "create"
    CHANGE = "change"


KIND_BY_METHOD: Final = {
    "GET": RequestKind.READ,
    "POST": RequestKind.CREATE,
    "PATCH": RequestKind.CHANGE,
    "DELETE": RequestKind.CHANGE,
}


@dataclass(frozen=True, slots=True)
class Subject:
    """What a request was about.

    Attributes:
        kind: what it was to do.
        connection_spec_id: the source whose words may stand in the answer, "" when that is not known.
    """

    kind: RequestKind = RequestKind.READ
    connection_spec_id: str = ""


@dataclass(frozen=True, slots=True)
class Advice:
    """What an error means and what to do about it.

    Attributes:
        meaning: in a sentence.
        who_can_fix: one of `FIXERS`, or "" when that cannot be known.
        next_step: the next action, in a sentence.
        source: the document that says so.
        is_known: False when no document that we know speaks of the code.
        other_steps: next steps that differ for a kind of request.
    """

    meaning: str
    who_can_fix: str
    next_step: str
    source: str
    is_known: bool = True
    other_steps: Mapping[RequestKind, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Cause:
    texts: tuple[str, ...]
    codes: frozenset[str]
    connection_spec_id: str
    advice: Advice

    def is_named_by(self, code: str, server_said: str, is_known_code: bool, connection_spec_id: str) -> bool:
        """Return whether an error speaks of this cause; words of one source are not looked for in another's."""
        if self.connection_spec_id not in {"", connection_spec_id}:
            return False
        wraps_a_source = code.startswith("FLOW-") or not is_known_code
        is_candidate = code in self.codes if self.codes else wraps_a_source
        return is_candidate and any(text in server_said for text in self.texts)


@dataclass(frozen=True, slots=True)
class _Table:
    by_code: dict[str, Advice]
    causes: tuple[_Cause, ...]


def advice_for(code: str, status: int | None = None, server_said: str = "", subject: Subject | None = None) -> Advice:
    """Return what to do about an error; an unknown code gets an answer that says so.

    A cause that the server's text names ("request not supported on this domain") is more precise than the code that
    wraps it, so it comes first.

    Args:
        code: as `ErrorBody.code`: "FLOW-2120-403", "403025", "invalid_client".
        status: the HTTP status.
        server_said: the server's own words.
        subject: what the request was about; by default reading something of no source.
    """
    subject = subject or Subject()
    table = _table()
    said = server_said.lower()
    for cause in table.causes:
        if cause.is_named_by(code, said, code in table.by_code, subject.connection_spec_id):
            return _translated(cause.advice, subject.kind)
    if advice_of_code := table.by_code.get(code):
        return _translated(advice_of_code, subject.kind)
    return _unknown(code, status)


def advice_for_a_foreign_answer() -> Advice:
    """Return what to do about a refusal that has no shape of the platform: it is a proxy's or a firewall's page."""
    return Advice(
        _("This answer is not the platform's: something between you and the platform has sent it."),
        _("your network administrator"),
        _("Show your network administrator what it says, and ask for access to the platform's host."),
        "",
        is_known=False,
    )


def _unknown(code: str, status: int | None) -> Advice:
    if code:
        meaning = _("The code {code} is in none of the documents that this program knows.").format(code=code)
    elif status is not None:
        meaning = _("The answer has HTTP status {status} and no code that this program knows.").format(status=status)
    else:
        meaning = _("The answer carries no code that this program knows.")
    if status is not None and status >= 500:
        who, step = "Adobe", _("Wait a little and try again; if it stays, give the request id to Adobe's support.")
    elif status == 429:
        who, step = "you", _("Wait a minute and try again.")
    elif status == 412:
        who, step = "you", _("Read the connection again and repeat the change.")
    elif status == 404:
        who, step = "you", _("Check the id, the sandbox and the base URL.")
    elif status == 401:
        who, step = "you", _("Get a new access token; it has to belong to this API key and organization.")
    elif status == 403:
        who = "your Platform administrator"
        step = _("Check access token, API key and organization, and ask for the permission to manage sources.")
    else:
        who, step = "", _("Read what the server said; if it does not help, give the request id to Adobe's support.")
    return Advice(meaning, _(who) if who else "", step, "", is_known=False)


def _translated(advice: Advice, kind: RequestKind) -> Advice:
    next_step = advice.other_steps.get(kind, advice.next_step)
    return Advice(_(advice.meaning), _(advice.who_can_fix), _(next_step), advice.source)


@cache
def _table() -> _Table:
    by_code: dict[str, Advice] = {}
    causes: list[_Cause] = []
    for file in sorted(files("aep_tui.flow_service").joinpath("advice_tables").iterdir(), key=lambda each: each.name):
        document = tomllib.loads(file.read_text("utf-8"))
        for entry in document.get("code", ()):
            for code in entry["codes"]:
                if code in by_code:
                    raise _wrong(_("the code {code} is answered twice").format(code=code))
                by_code[code] = _advice(entry, code)
        causes += [
            _Cause(
                tuple(text.lower() for text in entry["texts"]),
                frozenset(entry.get("codes", ())),
                document.get("connection_spec_id", ""),
                _advice(entry, entry["texts"][0]),
            )
            for entry in document.get("cause", ())
        ]
    return _Table(by_code, tuple(causes))


_STEP_KEYS: Final = {RequestKind.READ: "next_when_reading", RequestKind.CHANGE: "next_when_changing"}


def _advice(entry: dict[str, Any], name: str) -> Advice:
    try:
        steps = {kind: entry[key] for kind, key in _STEP_KEYS.items() if key in entry}
        advice = Advice(entry["meaning"], entry["who"], entry["next"], entry["source"], other_steps=steps)
    except KeyError as missing:
        raise _wrong(_("{name} lacks the key {key}").format(name=name, key=missing.args[0])) from None
    if advice.who_can_fix not in FIXERS:
        raise _wrong(_("{name} names somebody unknown as the one who can fix it").format(name=name))
    return advice


def _wrong(what: str) -> CatalogProblem:
    return CatalogProblem(
        _("The table of errors is wrong"), _("In flow_service/advice_tables, {what}.").format(what=what)
    )
