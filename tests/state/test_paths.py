from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import platformdirs
import pytest

from aep_tui.domain.problem import SettingsProblem
from aep_tui.state.paths import config_directory, state_directory


@pytest.fixture
def careless_umask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.mark.usefixtures("careless_umask")
def test_every_directory_that_is_made_belongs_to_the_person_alone(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(home / ".local" / "deep" / "state"))
    made = state_directory()
    for path in (made, *made.parents):
        if path == home:
            break
        assert stat.S_IMODE(path.stat().st_mode) == 0o700, path


def test_a_directory_in_which_others_may_put_another_one_is_refused(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parent = home / "everybody"
    parent.mkdir()
    parent.chmod(0o777)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(parent))
    with pytest.raises(SettingsProblem, match="Other users may write to it"):
        config_directory()
    parent.chmod(0o1777)  # as /tmp is: nobody can move what belongs to somebody else
    assert config_directory().is_dir()


def test_a_directory_that_others_may_pass_through_but_not_change_is_ours(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(home / "state"))
    directory = state_directory()
    for mode in (0o700, 0o711, 0o755):
        directory.chmod(mode)
        assert state_directory() == directory
    for mode in (0o720, 0o702):
        directory.chmod(mode)
        with pytest.raises(SettingsProblem, match="Other users may write to it"):
            state_directory()


@pytest.mark.parametrize(
    "variables",
    [
        {},
        {"XDG_CONFIG_HOME": "/elsewhere/config", "XDG_STATE_HOME": "/elsewhere/state"},
        {"XDG_CONFIG_HOME": "", "XDG_STATE_HOME": ""},
        {"XDG_CONFIG_HOME": "not/whole", "XDG_STATE_HOME": "not/whole"},
        {"HOME": "not/whole"},
        {"HOME": "/"},
    ],
)
def test_the_directories_are_those_that_platformdirs_gives(
    variables: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, text in variables.items():
        monkeypatch.setenv(name, text)
    assert config_directory(create=False) == platformdirs.user_config_path("aep-tui", appauthor=False)
    assert state_directory(create=False) == platformdirs.user_state_path("aep-tui", appauthor=False)


def test_where_the_place_is_known_the_library_that_finds_it_is_not_loaded(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setitem(sys.modules, "platformdirs", None)
    assert config_directory() == home / ".config" / "aep-tui"
    monkeypatch.setenv("XDG_STATE_HOME", str(home / "elsewhere"))
    assert state_directory() == home / "elsewhere" / "aep-tui"
