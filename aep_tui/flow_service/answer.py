"""A 2xx answer, and the place where its bytes become text without secrets."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final, TypeVar

from pydantic import BaseModel, ValidationError

from aep_tui.domain.safe_text import shortened, without_control_characters
from aep_tui.domain.secrets import Secrets
from aep_tui.domain.translation import _
from aep_tui.flow_service.failures import unreadable

_REQUEST_ID_HEADERS = ("x-request-id", "x-adobe-request-id")
_LONGEST_REQUEST_ID: Final = 80
_OUR_KEYS: Final = frozenset(
    {"items", "id", "state", "name", "etag", "version", "createdAt", "updatedAt", "createdClient", "sandboxName"}
    | {"description"}
    | {"connectionSpec", "auth", "specName", "params", "_links", "next", "href", "authSpec", "sandboxes", "title"}
    | {"type", "region", "isDefault", "result"}
    | {"createdBy", "updatedBy", "baseConnectionId", "sourceConnectionIds", "inheritedAttributes", "sourceConnections"}
    | {"baseConnection", "scheduleParams", "startTime", "frequency", "interval", "lastRunDetails", "startedAtUTC"}
    | {"completedAtUTC", "flowId", "metrics", "durationSummary", "recordSummary", "failedRecordCount", "failedInfo"}
    | {"statusSummary", "status", "errors", "code", "message", "activities", "activites", "extensions", "errorDetail"}
    | {"sourceSpec", "attributes", "uiAttributes", "label", "text", "connectorName", "path", "schema", "columns"}
)
"""Keys that are read; they stay readable even where a secret is the same word."""

NO_JSON: Final = object()
"""Stands for the value of a body that is no JSON."""
_Model = TypeVar("_Model", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Answer:
    """A 2xx answer, without secrets.

    Attributes:
        status: the HTTP status.
        headers: of the answer, by their names in small letters.
        value: the JSON value of the body; `NO_JSON` when it is none.
    """

    status: int
    headers: Mapping[str, str] = field(repr=False)
    value: object = field(repr=False)

    @property
    def request_id(self) -> str:
        """The id that Adobe's support asks for, at most 80 characters, or ""."""
        given = next((name for name in _REQUEST_ID_HEADERS if self.headers.get(name)), "")
        return shortened(without_control_characters(self.header(given)), _LONGEST_REQUEST_ID)

    def header(self, name: str) -> str:
        """Return a header, or ""."""
        return self.headers.get(name, "")

    def parsed(self) -> object:
        """Return the JSON value of the body.

        Raises:
            UnreadableAnswer: the body is no JSON.
        """
        if self.value is NO_JSON:
            raise unreadable(self.status, _("Its body is no JSON."), self.request_id)
        return self.value

    def read_as(self, model: type[_Model]) -> _Model:
        """Return the body as `model`.

        Raises:
            UnreadableAnswer: the body is no JSON object, or lacks what `model` cannot do without.
        """
        return self.valid(model, self.parsed())

    def valid(self, model: type[_Model], value: object) -> _Model:
        """Return a part of the body as `model`.

        Raises:
            UnreadableAnswer: as `read_as`.
        """
        if isinstance(value, dict):
            try:
                return model.model_validate(value)
            except ValidationError:
                pass  # It would carry the values along.
        raise unreadable(self.status, _("Its body is not what the documents describe."), self.request_id)


def answer_of(
    status: int,
    headers: Mapping[str, str],
    body: bytes,
    secrets: Secrets | None = None,
    public_words: frozenset[str] = frozenset(),
) -> Answer:
    """Return a 2xx answer with its bytes as text: here, and nowhere else, the secrets go out of it.

    Args:
        status: the HTTP status.
        headers: of the answer.
        body: the whole body.
        secrets: what is taken out; None for an answer that brings a secret, which has to come through.
        public_words: texts that are no secret even when they hold the value of one.
    """
    value: object = NO_JSON
    with suppress(ValueError, RecursionError):
        value = json.loads(body)
    small = {name.lower(): text for name, text in headers.items()}
    if secrets is None:
        return Answer(status, small, value)
    texts = list({*small.values(), *_texts_in(value)} - public_words)
    clean = {text: after for text, after in zip(texts, secrets.each_clean(texts), strict=True) if after != text}
    if not clean:
        return Answer(status, small, value)
    said, value = value, NO_JSON
    with suppress(RecursionError):
        value = _replaced(said, clean)
    return Answer(status, {name: clean.get(text, text) for name, text in small.items()}, value)


def _texts_in(value: object) -> Iterator[str]:
    """Yield each text that is no key of ours, numbers as well."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            yield from (key for key in one if key not in _OUR_KEYS)
            waiting += one.values()
        elif isinstance(one, list):
            waiting += one
        elif isinstance(one, str):
            yield one
        elif isinstance(one, int | float) and not isinstance(one, bool):
            yield str(one)


def _replaced(value: object, clean: Mapping[str, str]) -> object:
    """Return a JSON value with texts in the place of those that hold a secret."""
    if isinstance(value, dict):
        return {
            (key if key in _OUR_KEYS else clean.get(key, key)): _replaced(each, clean) for key, each in value.items()
        }
    if isinstance(value, list):
        return [_replaced(each, clean) for each in value]
    if isinstance(value, str):
        return clean.get(value, value)
    return clean.get(str(value), value) if isinstance(value, int | float) and not isinstance(value, bool) else value
