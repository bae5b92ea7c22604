"""What the first page does without is loaded while the person reads it, in pieces between which keys are taken."""

from __future__ import annotations

import asyncio
import gc
import json
import sys
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from aep_tui.tui.next_pages import next_pages
from aep_tui.tui.terminal.leisure import use_leisure
from tests.tui.terminal.journeys import SALESFORCE_ON_AZURE, walk
from tests.tui.terminal.pty_process import user_environment
from tests.tui.terminal.terminal import Terminal

LOADED = "The next pages are loaded."
PROGRAM = f"""
import gc, json, sys
import aep_tui.tui.terminal.terminal_app as terminal_app
from aep_tui.cli import main

use_leisure, seen = terminal_app.use_leisure, {{}}

async def use_leisure_and_tell(pieces, is_free):
    seen["start"], seen["collects during the start"] = sorted(sys.modules), gc.isenabled()
    await use_leisure(pieces, is_free)
    seen["leisure"], seen["collects"], seen["frozen"] = sorted(sys.modules), gc.isenabled(), gc.get_freeze_count()
    from aep_tui.practice.scenarios import EVERYTHING_FINE
    object.__setattr__(EVERYTHING_FINE, "initializing_seconds", 0.0)
    from textual._context import active_app
    active_app.get().say_on_page({LOADED!r})

terminal_app.use_leisure = use_leisure_and_tell
code = main(["--practice"])
seen["end"] = sorted(sys.modules)
with open("seen.json", "w") as file:
    json.dump(seen, file)
sys.exit(code)
"""
LIBRARIES_OF_LATER_PAGES = {
    *("pydantic", "httpx", "httpcore", "starlette", "uvicorn", "cryptography", "jwt", "dotenv", "anyio", "sqlite3"),
}
ROOMS_BEHIND_THE_FIRST_PAGE = tuple(f"aep_tui.{room}" for room in ("session", "preflight", "flow_service", "signing"))
FOR_WHAT_IS_TYPED_LATER = {
    f"aep_tui.domain.{name}" for name in ("rules.registry", "validation", "connection_request", "jwt_claims", "paste")
}
OF_LIVE_MODE = {
    "aep_tui.tui.steps.live_target_form",
    "aep_tui.pages.sandboxes",
    "aep_tui.tui.dialogs.load_credential_file",
    "aep_tui.tui.dialogs.save_target",
    "aep_tui.pages.profile_question",
    "aep_tui.tui.dialogs.settings_page",
    "aep_tui.domain.background_work",
    "aep_tui.session.target_service",
}
SETTINGS_OF_EVERY_MODE = {"guard", "launch", "switch_words", "theme_choice"}
"""What looks whether there are any, colours and pairing."""


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a walk to an enabled connection has loaded, and when."""
    home = tmp_path_factory.mktemp("home")
    environment = user_environment(home=home, PYTHONPATH=str(Path.cwd()))
    with Terminal([sys.executable, "-c", PROGRAM], environment=environment, directory=home, timeout=40) as terminal:
        terminal.wait_for_text(LOADED)
        walk(terminal, SALESFORCE_ON_AZURE, is_pasted=True)
        assert terminal.wait_exit() == 0
    found = json.loads((home / "seen.json").read_text())
    assert isinstance(found, dict)
    return found


def test_the_first_page_loads_nothing_that_only_later_pages_need(seen: dict[str, Any]) -> None:
    start = set(seen["start"])
    assert {"textual", "aep_tui.tui.steps.welcome"} <= start
    assert not start & LIBRARIES_OF_LATER_PAGES
    assert [name for name in sorted(start) if name.startswith(ROOMS_BEHIND_THE_FIRST_PAGE)] == []


def test_the_first_page_loads_no_rules_for_what_is_typed_later(seen: dict[str, Any]) -> None:
    assert missing(FOR_WHAT_IS_TYPED_LATER) == set()
    assert not set(seen["start"]) & FOR_WHAT_IS_TYPED_LATER


def test_a_rehearsal_loads_nothing_of_live_mode_before_it_is_shown(seen: dict[str, Any]) -> None:
    assert missing(OF_LIVE_MODE) == set()
    assert not set(seen["start"]) & OF_LIVE_MODE
    settings = {name for name in seen["start"] if name.startswith("aep_tui.settings.")}
    assert settings == {f"aep_tui.settings.{name}" for name in SETTINGS_OF_EVERY_MODE}


def missing(names: set[str]) -> set[str]:
    """Return the names of modules that are not there, under which nothing can ever be found."""
    return {name for name in names if find_spec(name) is None}


def test_the_way_to_the_first_page_makes_its_data_classes_cheaply(seen: dict[str, Any]) -> None:
    """Each one of the library takes as long as a keystroke; see `aep_tui.domain.light_dataclass`.

    Looked at in this process: in a start the cheap ones stand in for those of the library wherever they can.
    """
    dear = {
        f"{name}.{made.__qualname__}"
        for name in seen["start"]
        if name.startswith("aep_tui")
        for made in vars(import_module(name)).values()
        if isinstance(made, type) and made.__module__ == name and "__dataclass_fields__" in vars(made)
        if made.__repr__.__globals__["__name__"] != "reprlib"
    }
    assert dear == set()


def test_cryptography_is_not_there_before_it_is_asked_for_issue_4_section_5(seen: dict[str, Any]) -> None:
    assert {"aep_tui.tui.steps.review", "aep_tui.domain.validation"} <= set(seen["leisure"])
    assert not {"cryptography", "jwt", "aep_tui.signing"} & set(seen["end"])


def test_the_catalog_is_read_while_the_person_reads(seen: dict[str, Any]) -> None:
    assert "tomllib._parser" not in seen["start"]
    assert "tomllib._parser" in seen["leisure"]


def test_no_later_page_waits_for_a_module(seen: dict[str, Any]) -> None:
    late = set(seen["end"]) - set(seen["leisure"])
    assert {name for name in late if name.partition(".")[0] not in {"encodings", "textual", "rich"}} == set()


def test_the_collector_rests_until_the_next_pages_are_loaded(seen: dict[str, Any]) -> None:
    assert not seen["collects during the start"]
    assert seen["collects"]
    assert seen["frozen"] > 10_000


def test_the_command_line_of_the_http_library_is_never_loaded(seen: dict[str, Any]) -> None:
    assert "httpx._client" in seen["end"]
    assert not {"click", "pygments.lexers", "rich.progress", "rich.syntax"} & set(seen["end"])


def test_every_piece_is_a_module_that_is_there(seen: dict[str, Any]) -> None:
    missing = {piece for piece in next_pages(is_practice=True) if isinstance(piece, str)} - set(seen["leisure"])
    assert missing == set()


def test_pieces_wait_while_a_key_is_worked_on() -> None:
    looks = iter([False, False, True])
    asked: list[bool] = []

    def is_free() -> bool:
        asked.append(next(looks, True))
        return asked[-1]

    def pieces() -> Iterator[str]:
        yield "json"
        assert asked == [False, False, True]

    with patch.object(gc, "freeze"):
        asyncio.run(use_leisure(pieces(), is_free))
    assert len(asked) == 3


def test_a_piece_that_is_missing_stops_nothing() -> None:
    gc.disable()
    with patch.object(gc, "freeze") as freeze:
        asyncio.run(use_leisure(["no_such_module", "json"], lambda: True))
    assert gc.isenabled()
    freeze.assert_called_once_with()
