"""The kept copy of the first page: shown only where all is as it was when it was taken, and never somebody else's."""

from __future__ import annotations

from pathlib import Path

import pytest

from aep_tui.state.first_page import circumstances, file_of, first_page, state_path

LINUX = "linux"
FILE = file_of(80, 24)


@pytest.fixture(autouse=True)
def on_linux(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", LINUX)


@pytest.mark.parametrize(
    ("environment", "directory"),
    [
        ({"HOME": "/home/a"}, "/home/a/.local/state"),
        ({"HOME": "/home/a", "XDG_STATE_HOME": " /state "}, "/state"),
        ({"HOME": "/home/a", "XDG_STATE_HOME": " "}, "/home/a/.local/state"),
        ({"XDG_STATE_HOME": "/state"}, "/state"),
        ({"HOME": "/home/a", "XDG_STATE_HOME": "state"}, ""),
        ({"HOME": ""}, ""),
        ({}, ""),
    ],
)
def test_it_lies_where_the_state_lies(environment: dict[str, str], directory: str) -> None:
    assert state_path(environment, FILE) == (f"{directory}/aep-tui/{FILE}" if directory else "")


@pytest.mark.parametrize("home", ["/Users/a", ""])
def test_on_a_mac_it_lies_in_the_library(home: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "darwin")
    expected = f"{home}/Library/Application Support/aep-tui/{FILE}" if home else ""
    assert state_path({"HOME": home, "XDG_STATE_HOME": "/state"}, FILE) == expected


def keep(home: Path, *, page: str = "sequence\ncells\n", mode: int = 0o600) -> tuple[dict[str, str], Path]:
    """Keep a page as it was painted with 80 columns, 24 rows and UTF-8; return the environment and the file."""
    environment = {"HOME": str(home), "TERM": "xterm"}
    path = Path(state_path(environment, FILE))
    path.parent.mkdir(parents=True)
    path.write_text(f"{circumstances(environment, 80, 24, 'utf-8')}\n{page}", encoding="utf-8")
    path.chmod(mode)
    return environment, path


def test_a_copy_that_fits_is_sequences_and_cells(tmp_path: Path) -> None:
    environment, _path = keep(tmp_path, page="sequence\ncell\ncells\n")
    assert first_page(environment, 80, 24, "utf-8") == ("sequence", "cell\ncells")


def test_no_copy_and_an_empty_one_are_none(tmp_path: Path) -> None:
    assert first_page({"HOME": str(tmp_path)}, 80, 24, "utf-8") is None
    environment, _path = keep(tmp_path, page="")
    assert first_page(environment, 80, 24, "utf-8") is None


@pytest.mark.parametrize(
    ("columns", "rows", "encoding", "variables"),
    [
        (81, 24, "utf-8", {}),
        (80, 23, "utf-8", {}),
        (80, 24, "ascii", {}),
        *((80, 24, "utf-8", {name: "changed"}) for name in ("TERM", "NO_COLOR", "AEP_THEME", "LANG", "TMUX")),
    ],
)
def test_where_something_is_not_as_it_was_there_is_none(
    columns: int, rows: int, encoding: str, variables: dict[str, str], tmp_path: Path
) -> None:
    environment, _path = keep(tmp_path)
    assert first_page({**environment, **variables}, columns, rows, encoding) is None


def test_another_theme_is_another_page(tmp_path: Path) -> None:
    environment, path = keep(tmp_path)
    theme = path.parent / "theme.txt"
    theme.write_text("light", encoding="utf-8")
    theme.chmod(0o600)
    assert first_page(environment, 80, 24, "utf-8") is None


@pytest.mark.parametrize("mode", [0o600, 0o644, 0o755])
def test_what_others_may_only_read_is_shown(mode: int, tmp_path: Path) -> None:
    environment, _path = keep(tmp_path, mode=mode)
    assert first_page(environment, 80, 24, "utf-8") == ("sequence", "cells")


@pytest.mark.parametrize("mode", [0o620, 0o602])
def test_what_others_may_have_written_is_not_shown(mode: int, tmp_path: Path) -> None:
    environment, _path = keep(tmp_path, mode=mode)
    assert first_page(environment, 80, 24, "utf-8") is None


def test_a_link_a_directory_and_what_is_no_text_are_not_shown(tmp_path: Path) -> None:
    environment, path = keep(tmp_path)
    path.rename(path.with_name("elsewhere"))
    path.symlink_to(path.with_name("elsewhere"))
    assert first_page(environment, 80, 24, "utf-8") is None
    path.unlink()
    path.mkdir()
    assert first_page(environment, 80, 24, "utf-8") is None
    path.rmdir()
    path.write_bytes(b"\xff\xff")
    assert first_page(environment, 80, 24, "utf-8") is None


def test_the_owner_has_to_be_the_person(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    environment, path = keep(tmp_path)
    monkeypatch.setattr("os.geteuid", lambda: path.stat().st_uid + 1)
    assert first_page(environment, 80, 24, "utf-8") is None
