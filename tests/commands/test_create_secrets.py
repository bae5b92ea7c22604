"""The secret of a create from each of its sources, in practice and in live mode."""

from __future__ import annotations

import io
import json
import sys

import pytest

from tests.commands.creating import create, shown
from tests.kit.canary import CANARY
from tests.kit.practice_server import PracticeServer

pytestmark = pytest.mark.usefixtures("no_waits")

SOURCES = {
    "--secret-command": f"clientSecret=printf %s {CANARY}",
    "--secret-env": "clientSecret=ACME_SECRET",
    "--secret-stdin": "clientSecret",
}


@pytest.mark.parametrize("mode", ["--practice", "--live"])
@pytest.mark.parametrize("source", ["--secret-file", *SOURCES])
def test_every_source_of_a_secret_makes_the_connection_and_none_shows_it(
    source: str,
    mode: str,
    live: PracticeServer,
    answers: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """`answers` begin with the answers file, then the secret from a file, then the name."""
    monkeypatch.setenv("ACME_SECRET", CANARY)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(f"{CANARY}\n".encode())))
    secret = answers[2:4] if source == "--secret-file" else [source, SOURCES[source]]
    assert secret[0] == source
    place = ["--confirm-sandbox", "dev"] if mode == "--live" else []
    exit_code = create(mode, *answers[:2], *secret, *answers[4:], *place, "--json")
    result = json.loads(shown(capsys)[0])
    assert (exit_code, result["mode"]) == (0, mode.removeprefix("--"))
    records = live.store.connections()
    assert len(records) == (1 if mode == "--live" else 0)
    assert all(CANARY not in repr(record) for record in records)
