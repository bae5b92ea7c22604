"""Reads the body of an error answer, in every shape that the platform, its gateway and IMS are known to send."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final

from aep_tui.domain.safe_text import shortened, without_control_characters
from aep_tui.domain.secrets import Secrets

LONGEST_TEXT: Final = 500
_LONGEST_RAW: Final = 8_000
_LONGEST_CODE: Final = 80
_DEEPEST: Final = 4

_FLOW_TYPE = re.compile(r"errors/((?:[A-Z]{2,10}-)?\d{3,5}-\d{3})/?$")
_BARE_CODE = re.compile(r"^(?:[A-Z]{2,10}-)?\d{3,5}-\d{3}$")
_GATEWAY_REFUSAL = re.compile(r"4\d{5}")
_STALE: Final = 412
_STALE_VERSION = re.compile(r"Supplied version=\[.{0,1100}\] does not match\b.{0,200}\bentity=\[")
_TEXT_KEYS = ("errorMessage", "errorDetails", "detail", "message", "title", "error_description", "error_message")
_REQUEST_ID_KEYS = ("request-id", "requestId", "request_id", "x-request-id")
_REQUEST_ID_HEADERS = ("x-request-id", "x-adobe-request-id", "x-correlation-id")
_ERROR_KEYS = frozenset(
    {*_TEXT_KEYS, "type", "status", "report", "error_code", "code", "error", "errors", "error-code", "errorCode"}
)


@dataclass(frozen=True, slots=True)
class ErrorBody:
    """What an error answer says, without secrets and control characters.

    Attributes:
        code: "FLOW-2120-403", "SMS-2074-400", "403025", "invalid_client", or "".
        title: the short name that the server gives, else the usual name of the status, or "".
        text: the server's own words, at most 500 characters, or "".
        request_id: for Adobe's support, or "".
        is_platform_shape: whether the body is one of the JSON shapes that the platform, its gateway or IMS send. An
            empty body is not, nor is HTML, which may come from something in between.
        proves_refusal: whether the body has one of the documented shapes that only the platform sends: the gateway's
            `error_code` 4xx…, `errors/FLOW-NNNN-4xx` (also of its sister services), or with 412 its sentence about a
            stale etag. Everything else, an empty body as well, may come from something in between while the platform
            carries the request out.
    """

    code: str = ""
    title: str = ""
    text: str = ""
    request_id: str = ""
    is_platform_shape: bool = False
    proves_refusal: bool = False


def read_error_body(status: int, headers: Mapping[str, str], body: bytes, secrets: Secrets) -> ErrorBody:
    """Return what an error answer says; never raises, whatever the server sent.

    The order of the messages is that of the Flow Service guides: `report["detailed-message"]`, `errorMessage`,
    `errorDetails`, `detail`, `message`, `title`, `error_description`.

    Args:
        status: the HTTP status.
        headers: of the answer, in any case.
        body: the bytes of the answer, complete or cut.
        secrets: of this run, which a server may echo.
    """

    def clean(text: str, limit: int = LONGEST_TEXT) -> str:
        # Once more in the end: without line breaks a value may stand beside its name.
        text = " ".join(without_control_characters(secrets.clean(text)[:_LONGEST_RAW]).split())
        return shortened(secrets.clean(text), limit)

    header = {name.lower(): value for name, value in headers.items()}
    request_id = next((header[name] for name in _REQUEST_ID_HEADERS if header.get(name)), "")
    text = body.decode("utf-8", errors="replace").lstrip("\ufeff").strip()
    record = _error_record(_parsed(text))
    if record is None:
        return ErrorBody(
            text=clean(_words_of(secrets.without_known_values(text))),
            title=_status_title(status),
            request_id=clean(request_id, _LONGEST_CODE),
        )
    report = record.get("report")
    report = report if isinstance(report, dict) else {}
    ids = [source.get(key) for source in (report, record) for key in _REQUEST_ID_KEYS]
    ids.append(report.get("id"))
    return ErrorBody(
        code=clean(_code_of(record), _LONGEST_CODE),
        title=clean(_scalar(record.get("title"))) or _status_title(status),
        text=clean(_first_text(report, record)),
        request_id=clean(next((_scalar(each) for each in ids if _scalar(each)), request_id), _LONGEST_CODE),
        is_platform_shape=not _ERROR_KEYS.isdisjoint(record),
        proves_refusal=_is_documented_refusal(record) or (status == _STALE and _names_a_stale_version(record)),
    )


def _status_title(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""


def _parsed(text: str) -> object:
    try:
        value: object = json.loads(text)
        return value
    except (ValueError, RecursionError):
        return None


def _error_record(parsed: object) -> dict[str, Any] | None:
    """Return the object that describes the error, out of wrappers like {"errors": {...}} and [{...}]."""
    for _level in range(_DEEPEST):
        if isinstance(parsed, list) and parsed:
            parsed = parsed[0]
        elif isinstance(parsed, dict) and not _speaks(parsed) and _inner(parsed) is not None:
            parsed = _inner(parsed)
        else:
            break
    return parsed if isinstance(parsed, dict) else None


def _speaks(record: dict[str, Any]) -> bool:
    return bool(_first_text({}, record)) or isinstance(record.get("report"), dict) or bool(_code_of(record))


def _inner(record: dict[str, Any]) -> object:
    for key in ("errors", "error"):
        inner = record.get(key)
        if isinstance(inner, dict | list) and inner:
            if isinstance(inner, dict) and not _speaks(inner):
                # {"errors": {"400": [{"code": ...}]}}: the errors by status.
                nested = next((value for value in inner.values() if isinstance(value, dict | list) and value), None)
                return nested if nested is not None else inner
            return inner
    return None


def _code_of(record: dict[str, Any]) -> str:
    kind = _scalar(record.get("type"))
    if found := _FLOW_TYPE.search(kind):
        return _with_prefix(found.group(1))
    for key in ("error_code", "error-code", "errorCode", "code"):
        if value := _scalar(record.get(key)):
            return _with_prefix(value) if _BARE_CODE.match(value) else value
    error = record.get("error")
    return error if isinstance(error, str) and error.replace("_", "").isalnum() else ""


def _is_documented_refusal(record: dict[str, Any]) -> bool:
    by_type = _FLOW_TYPE.search(_scalar(record.get("type")))
    if by_type is not None:
        return by_type.group(1).rpartition("-")[2].startswith("4")
    return _GATEWAY_REFUSAL.fullmatch(_scalar(record.get("error_code"))) is not None


def _names_a_stale_version(record: dict[str, Any]) -> bool:
    """Return whether the platform says that the etag is another one by now, in its words from before the codes.

    `{"errorMessage": "Supplied version=[…] does not match the current version on entity=[…]"}` (Platform's
    troubleshooting guide; the OpenAPI document of destinations).
    """
    return _STALE_VERSION.match(_scalar(record.get("errorMessage"))) is not None


def _with_prefix(code: str) -> str:
    return code if code[:1].isalpha() else f"FLOW-{code}"


def _first_text(report: dict[str, Any], record: dict[str, Any]) -> str:
    first = next(_texts(report, record), "")
    details = _scalar(record.get("errorDetails"))
    is_news = first == _scalar(record.get("errorMessage")) and details not in first
    return f"{first} {details}" if is_news else first


def _texts(report: dict[str, Any], record: dict[str, Any]) -> Iterator[str]:
    if text := _scalar(report.get("detailed-message")):
        yield text
    for key in _TEXT_KEYS:
        if text := _scalar(record.get(key)):
            yield text


def _scalar(value: object) -> str:
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**18:
        return str(value)
    return ""


_TITLE = re.compile(r"(?is)<title[^>]{0,200}>([^<]{1,500})<")


def _words_of(text: str) -> str:
    """Return the words of a body that is no JSON: an HTML page's title, or the text as it is."""
    if not text.startswith("<"):
        return text
    if found := _TITLE.search(text[:_LONGEST_RAW]):
        return html.unescape(found.group(1))
    return html.unescape(re.sub(r"<[^>]{0,500}>", " ", text[:_LONGEST_RAW]))
