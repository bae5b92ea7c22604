"""The kept theme as it is read before anything is loaded: from the same file, and never from somebody else's."""

from __future__ import annotations

from pathlib import Path

import pytest

from aep_tui.state.early_theme import early_theme, names_in, state_path
from aep_tui.state.kept_theme import KeptTheme, keep_theme
from aep_tui.state.paths import state_directory

LINUX = "linux"
NOTHING = ("", "")


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
    assert state_path(environment) == (f"{directory}/aep-tui/theme.txt" if directory else "")


@pytest.mark.parametrize("home", ["/Users/a", ""])
def test_on_a_mac_it_lies_in_the_library(home: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "darwin")
    expected = f"{home}/Library/Application Support/aep-tui/theme.txt" if home else ""
    assert state_path({"HOME": home, "XDG_STATE_HOME": "/state"}) == expected


@pytest.mark.parametrize("environment", [{}, {"XDG_STATE_HOME": "/tmp/state"}])
def test_both_readers_look_in_the_same_place(environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_STATE_HOME", raising=False)
    for name, value in {"HOME": "/home/person", **environment}.items():
        monkeypatch.setenv(name, value)
    assert state_path({"HOME": "/home/person", **environment}) == str(state_directory(create=False) / "theme.txt")


def keep(home: Path, monkeypatch: pytest.MonkeyPatch, *, mode: int = 0o600) -> tuple[dict[str, str], Path]:
    """Keep a theme as the app does; return the environment and the file."""
    environment = {"HOME": str(home)}
    monkeypatch.delenv("XDG_STATE_HOME", raising=False)
    monkeypatch.setenv("HOME", str(home))
    keep_theme(KeptTheme("light", "dark"))
    path = Path(state_path(environment))
    path.chmod(mode)
    return environment, path


@pytest.mark.parametrize(
    ("text", "names"),
    [("light dark\n", ("light", "dark")), (" dark\n", ("", "dark")), ("light \n", ("light", "")), ("", NOTHING)],
)
def test_the_chosen_one_stands_before_the_fitting_one(text: str, names: tuple[str, str]) -> None:
    assert names_in(text) == names


def test_nothing_is_kept_at_first(tmp_path: Path) -> None:
    assert early_theme({"HOME": str(tmp_path)}) == NOTHING


@pytest.mark.parametrize("mode", [0o600, 0o644, 0o755])
def test_what_others_may_only_read_holds(mode: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    environment, _path = keep(tmp_path, monkeypatch, mode=mode)
    assert early_theme(environment) == ("light", "dark")


@pytest.mark.parametrize("mode", [0o620, 0o602])
def test_what_others_may_have_written_does_not(mode: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    environment, _path = keep(tmp_path, monkeypatch, mode=mode)
    assert early_theme(environment) == NOTHING


def test_a_link_a_directory_and_what_is_no_text_do_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    environment, path = keep(tmp_path, monkeypatch)
    path.rename(path.with_name("elsewhere"))
    path.symlink_to(path.with_name("elsewhere"))
    assert early_theme(environment) == NOTHING
    path.unlink()
    path.mkdir()
    assert early_theme(environment) == NOTHING
    path.rmdir()
    path.write_bytes(b"\xff\xff")
    assert early_theme(environment) == NOTHING


def test_the_owner_has_to_be_the_person(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    environment, path = keep(tmp_path, monkeypatch)
    monkeypatch.setattr("os.geteuid", lambda: path.stat().st_uid + 1)
    assert early_theme(environment) == NOTHING
