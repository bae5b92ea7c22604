"""Secrets that options name are known to the run from the moment that they are read."""

from __future__ import annotations

from pathlib import Path

from aep_tui.commands.argument_parser import read_arguments
from aep_tui.commands.given_options import read_secrets
from aep_tui.commands.launch_options import launch_from
from tests.kit.canary import CANARY


def test_a_secret_that_was_read_stands_in_no_text_from_then_on(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text(f"{CANARY}\n", encoding="utf-8")
    options = read_arguments(("create", "--practice", "--secret-file", f"clientSecret={file}"))
    launch = launch_from(options)
    assert read_secrets(options, launch) == ({"clientSecret": CANARY}, {})
    assert CANARY not in launch.secrets.clean(f"The server said: {CANARY}")
