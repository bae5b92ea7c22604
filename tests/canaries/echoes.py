"""What the words of a server say of a secret that it was sent, without a screen: every form in every place."""

from __future__ import annotations

import json
from dataclasses import asdict

import httpx

from aep_tui.domain.problem import Problem
from tests.canaries.forms import ECHOES
from tests.canaries.roads import Evidence, Road
from tests.flow_service.helpers import CONNECTION_ID, TOKEN, a_request, a_service, everything_said_by, item
from tests.kit.canary import CANARY

_DOCUMENTED = "https://ns.adobe.com/aep/errors/FLOW-1415-400"


async def echoes_of_errors_and_values() -> list[Evidence]:
    """Let a server say each form of the secret and of the token in errors, values and headers."""
    evidence = []
    for name, make in ECHOES.items():
        for of, secret in (("secret", CANARY), ("token", TOKEN)):
            for place, answer in _answers(make(secret)).items():
                evidence.append(Evidence(Road.ECHO, f"{of}, {name}, {place}", await _told(answer)))
    return evidence


def _answers(echo: str) -> dict[str, httpx.Response]:
    headers = {"x-request-id": echo.encode("ascii", "replace").decode().replace("\n", " ")}

    def refused(value: object) -> httpx.Response:
        return httpx.Response(400, content=json.dumps(value).encode(), headers=headers)

    words = f"cannot use {echo}, sorry"
    created = {"id": CONNECTION_ID, "etag": f'"{echo}"', "version": echo, "note": words}
    return {
        "title": refused({"type": _DOCUMENTED, "title": words, "status": 400}),
        "detail": refused({"type": _DOCUMENTED, "title": "x", "status": 400, "detail": words}),
        "report": refused(
            {"type": _DOCUMENTED, "title": "x", "report": {"detailed-message": words, "request-id": echo}}
        ),
        "type": refused({"type": f"{_DOCUMENTED}/{echo}", "title": "x", "status": 400}),
        "gateway": refused({"error_code": f"403{echo}", "message": words}),
        "page of a proxy": httpx.Response(502, content=f"<html>{words}</html>".encode(), headers=headers),
        "created": httpx.Response(201, content=json.dumps(created).encode(), headers=headers),
        "id": httpx.Response(201, content=json.dumps({**created, "id": echo}).encode(), headers=headers),
    }


async def _told(answer: httpx.Response) -> bytes:
    """Return everything that a create says, and what the look at the connection shows."""

    def platform(request: httpx.Request) -> httpx.Response:
        if request.method == "POST":
            return answer
        note = json.loads(answer.content).get("note", "") if answer.status_code == 201 else ""
        shown = item(f"state {note}", etag='"1"', description=note, auth={"specName": note, "params": {"x": note}})
        return httpx.Response(200, content=json.dumps({"items": [shown]}).encode())

    async with a_service(platform) as service:
        try:
            created = await service.create(a_request())
            status = await service.connection_status(CONNECTION_ID)
        except Problem as problem:
            words = (problem.title, problem.message, problem.next_step)
            return (everything_said_by(problem) + repr(words)).encode()
        return repr((asdict(created), asdict(status), created, status)).encode()
