"""A start without options is a rehearsal for sure only where no place has any setting."""

from __future__ import annotations

from pathlib import Path

import pytest

from aep_tui.settings.profiles import profiles_path
from aep_tui.state.early_settings import is_nothing_set

LINUX = "linux"


@pytest.fixture(autouse=True)
def never_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Stand in an empty directory on Linux; return the environment."""
    monkeypatch.setattr("sys.platform", LINUX)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    return {"HOME": str(tmp_path), "PATH": "/bin"}


def test_nothing_is_set_on_a_machine_that_was_never_used(never_used: dict[str, str]) -> None:
    assert is_nothing_set(never_used)
    assert is_nothing_set({**never_used, "AEP_THEME": "dark", "AEP_PAIRING": "1"})


@pytest.mark.parametrize("name", ["AEP_ORG_ID", "AEP_ACCESS_TOKEN", "AEP_SANDBOX_NAME", "AEP_ANYTHING"])
def test_a_variable_is_a_setting(name: str, never_used: dict[str, str]) -> None:
    assert not is_nothing_set({**never_used, name: ""})


def test_the_profiles_are_looked_for_where_they_lie(never_used: dict[str, str], tmp_path: Path) -> None:
    path = profiles_path()
    path.parent.mkdir(parents=True)
    path.symlink_to(tmp_path / "nowhere")
    assert not is_nothing_set(never_used)
    assert is_nothing_set({**never_used, "XDG_CONFIG_HOME": str(tmp_path / "other")})


def test_a_file_in_the_working_directory_is_a_setting(never_used: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / ".env").touch()
    assert not is_nothing_set(never_used)


@pytest.mark.parametrize("place", [{"HOME": ""}, {"HOME": "here"}, {"XDG_CONFIG_HOME": "here"}])
def test_a_place_that_is_not_known_may_have_settings(place: dict[str, str], never_used: dict[str, str]) -> None:
    assert not is_nothing_set({**never_used, **place})


def test_elsewhere_than_on_linux_the_place_is_not_known(
    never_used: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.platform", "darwin")
    assert not is_nothing_set(never_used)
