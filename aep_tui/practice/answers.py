"""The shapes in which the platform refuses: Flow Service envelope, gateway, problem JSON and legacy messages.

Shapes and codes: Adobe's error catalogue for Flow Service, the platform's troubleshooting guide.
"""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

JsonObject = dict[str, Any]
"""A JSON object."""

_LONGEST_QUOTE = 100


class Refusal(Exception):
    """An answer that is an error; a handler raises it and the application sends it.

    Attributes:
        status: HTTP status.
        body: the JSON body; a `report` gets the request id when it is sent.
        headers: further header fields.
    """

    def __init__(self, status: int, body: JsonObject, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(f"HTTP {status}")
        self.status = status
        self.body = body
        self.headers = dict(headers or {})

    def body_with(self, request_id: str) -> JsonObject:
        """Return the body with `request_id` in its report, if it has one."""
        if "report" not in self.body:
            return self.body
        return {**self.body, "report": {**self.body["report"], "request-id": request_id}}


def flow_error(code: str, message: str, details: str = "") -> Refusal:
    """Return a Flow Service refusal in the current envelope.

    Args:
        code: number and HTTP status, for example "1413-400".
        message: `errorMessage`.
        details: `errorDetails` and the report's `detailed-message`; the message when left out.
    """
    status = int(code.rpartition("-")[2])
    return Refusal(
        status,
        {
            "type": f"https://ns.adobe.com/aep/errors/FLOW-{code}",
            "title": HTTPStatus(status).phrase,
            "status": status,
            "report": {"detailed-message": details or message},
            "errorMessage": message,
            "errorDetails": details or message,
        },
    )


def not_found_error(item_id: str, kind: str = "connections") -> Refusal:
    """Return the refusal for what this sandbox does not have; a 404 report also has `id` and `type`."""
    refusal = flow_error("1439-404", f"Resource not found: {kind} with id = [{quoted(item_id)}].")
    refusal.body["report"].update(id=quoted(item_id), type=kind)
    return refusal


def gateway_error(code: str, message: str, headers: Mapping[str, str] | None = None) -> Refusal:
    """Return a refusal of the gateway; its first three digits are the HTTP status.

    401013 is sent as a number and every other code as text: both stand in Adobe's documents.
    """
    return Refusal(
        int(code[:3]), {"error_code": int(code) if code == "401013" else code, "message": message}, headers or {}
    )


def problem_error(status: int, title: str, detail: str) -> Refusal:
    """Return a problem JSON refusal (form: the troubleshooting guide's wrong content type)."""
    return Refusal(status, {"type": "/placeholder/type/uri", "status": status, "title": title, "detail": detail})


def quoted(text: str) -> str:
    """Return at most 100 characters of what a client sent, for an error message."""
    return text if len(text) <= _LONGEST_QUOTE else text[:_LONGEST_QUOTE] + "..."
