"""Results reach a standard output that cannot write every character; they are told as JSON tells them."""

from __future__ import annotations

import io
import json

import pytest

from aep_tui.commands.output import write_standard_output


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_what_the_encoding_lacks_stands_as_json_writes_it(encoding: str, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(raw, encoding=encoding))
    names = {"name": "Zürich 東京 \U0001f30d \ud800"}
    write_standard_output(json.dumps(names, ensure_ascii=False) + "\n")
    assert json.loads(raw.getvalue().decode(encoding)) == names


def test_a_lone_surrogate_does_not_stop_a_result(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(raw, encoding="utf-8"))
    write_standard_output("a \ud800 b ü\n")
    assert raw.getvalue().decode() == "a \\ud800 b ü\n"
