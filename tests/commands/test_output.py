"""Results reach a standard output that cannot write every character; they are told as JSON tells them."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from aep_tui.cli import main
from aep_tui.commands.output import write_standard_output
from tests.commands.standard_output import output_that_takes_nothing
from tests.tui.terminal.pty_process import user_environment


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


@pytest.mark.parametrize("more", [[], ["--csv"]])
@pytest.mark.usefixtures("home")
def test_a_pipe_that_is_closed_ends_a_list_as_it_ends_seq_and_git_log(
    more: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with output_that_takes_nothing("pipe"):
        assert main(["connections", "list", "--practice", *more]) == 141
    err = capsys.readouterr().err
    assert "Traceback" not in err
    assert "takes nothing" not in err


@pytest.mark.parametrize("arguments", [("connections", "--help"), ("--version", "--json"), ("completion", "bash")])
def test_a_pipe_that_is_closed_ends_what_only_asks_as_it_ends_seq_and_git_log(
    arguments: tuple[str, ...], tmp_path: Path
) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        ended = subprocess.run(
            [sys.executable, "-m", "aep_tui", *arguments],
            env=user_environment(home=tmp_path),
            cwd=tmp_path,
            stdin=subprocess.DEVNULL,
            stdout=writing,
            stderr=subprocess.PIPE,
            text=True,
            timeout=60,
            check=False,
        )
    finally:
        os.close(writing)
    assert ended.returncode == 141
    assert "Traceback" not in ended.stderr
    assert "takes nothing" not in ended.stderr
