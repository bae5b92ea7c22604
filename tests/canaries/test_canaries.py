"""The search finds what it has to, and the quick walks bring nothing; `python -m tests.canaries` does all of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from aep_tui.domain.secrets import Secrets
from tests.canaries import __main__ as command
from tests.canaries.echoes import echoes_of_errors_and_values
from tests.canaries.forms import ECHOES, FORMS, found_in
from tests.canaries.roads import Evidence, Road, files_below, not_travelled, searched
from tests.canaries.walks import a_crash_that_quotes_the_secret
from tests.kit.canary import CANARY


@pytest.mark.parametrize("name", ECHOES)
def test_each_form_of_an_echo_is_found(name: str) -> None:
    found = found_in(f"HTTP 400: {ECHOES[name](CANARY)} is not accepted".encode())
    assert found
    assert found <= set(FORMS)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        (CANARY, "plain"),
        (CANARY[5:20], "part"),
        (CANARY.upper(), "other case"),
        (CANARY.encode().hex(":"), ""),
        (CANARY.encode().hex().upper(), "hex"),
        (CANARY[::-1], "reversed"),
        ("".join(f"\x1b[3{place % 8}m{each}" for place, each in enumerate(CANARY)), "split"),
        ("│ ".join([CANARY[:12] + "   │\n", CANARY[12:]]), "split"),
        ("the client secret is set; «redacted:clientSecret»", ""),
    ],
)
def test_what_a_screen_or_a_file_makes_of_it_is_found(text: str, form: str) -> None:
    assert found_in(text.encode()) == ({form} if form else set())


def test_files_belong_to_the_road_that_wrote_them(tmp_path: Path) -> None:
    for name in ("aep-tui.log.1", "journal.jsonl", "draft-1.json", "crash-1.txt", "else.txt", "ours"):
        (tmp_path / name).write_text(CANARY)
    findings = searched(files_below(tmp_path, [tmp_path / "ours"]))
    assert {road for road, _form in findings.hits} == {
        Road.LOG,
        Road.JOURNAL,
        Road.DRAFT,
        Road.CRASH_REPORT,
        Road.FILES,
    }
    assert Road.SCREEN in not_travelled(findings)
    assert Road.LOG not in not_travelled(findings)


def test_the_command_tells_a_hit_by_a_table_a_place_and_its_exit_code(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    leak = Evidence(Road.CLIPBOARD, "through tmux", ECHOES["base64"](CANARY).encode())
    monkeypatch.setattr(command, "WALKS", {"made up": lambda _folder: [leak]})
    monkeypatch.setattr("sys.argv", ["canaries", "--only", "made up"])
    assert command.main() == 1
    out = capsys.readouterr().out
    assert "clipboard: base64: through tmux" in out
    assert "1 hits in 1 pieces" in out
    monkeypatch.setattr(command, "WALKS", {"made up": lambda _folder: [Evidence(Road.SCREEN, "page", b"fine")]})
    assert command.main() == 0
    monkeypatch.setattr("sys.argv", ["canaries"])
    assert command.main() == 1, "nothing went the other roads"


@pytest.mark.anyio
async def test_a_server_that_echoes_surfaces_nowhere_in_errors_and_values() -> None:
    findings = searched(await echoes_of_errors_and_values())
    assert findings.places == []
    assert findings.searched[Road.ECHO] > 100_000


@pytest.mark.anyio
async def test_an_answer_that_is_not_cleaned_is_noticed_in_every_form(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Secrets, "without_known_values", lambda _secrets, text: text)
    hits = searched(await echoes_of_errors_and_values()).hits
    assert {form for _road, form in hits} >= {
        "plain",
        "other case",
        "base64",
        "URL-encoded",
        "JSON-escaped",
        "split",
    }


def test_a_crash_that_quotes_the_secret_in_every_form_leaves_none(tmp_path: Path) -> None:
    findings = searched(a_crash_that_quotes_the_secret(tmp_path))
    assert findings.places == []
    assert findings.searched[Road.CRASH_REPORT]
