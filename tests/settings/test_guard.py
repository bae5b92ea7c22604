from __future__ import annotations

import resource
import subprocess
import sys

import pytest

from aep_tui.domain.problem import SettingsProblem
from aep_tui.settings.guard import harden_process, refuse_leaky_environment


@pytest.mark.parametrize(
    "environment",
    [{"TEXTUAL_LOG": "x.log"}, {"TEXTUAL": "devtools"}, {"TEXTUAL": "debug, Devtools"}, {"TEXTUAL_DEBUG": "1"}],
)
def test_recording_of_what_is_typed_is_refused_and_the_variable_named(environment: dict[str, str]) -> None:
    with pytest.raises(SettingsProblem) as refusal:
        refuse_leaky_environment(environment)
    assert next(iter(environment)) in refusal.value.message


@pytest.mark.parametrize("environment", [{}, {"TEXTUAL": "headless"}, {"TEXTUAL_LOG": ""}, {"TEXTUAL_FPS": "10"}])
def test_harmless_environments_pass(environment: dict[str, str]) -> None:
    refuse_leaky_environment(environment)


def test_the_environment_of_the_process_is_looked_at_where_none_is_handed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEXTUAL_LOG", "keys.log")
    with pytest.raises(SettingsProblem, match="TEXTUAL_LOG"):
        refuse_leaky_environment()


@pytest.mark.parametrize("error", [ValueError("not allowed to raise maximum limit"), OSError()])
def test_where_core_dumps_cannot_be_switched_off_the_program_starts_all_the_same(
    monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def refuse(*_limits: object) -> None:
        raise error

    monkeypatch.setattr(resource, "setrlimit", refuse)
    harden_process()


def test_core_dumps_are_off_for_the_process_and_its_children() -> None:
    program = (
        "import resource, subprocess, sys\n"
        "from aep_tui.settings.guard import harden_process\n"
        "harden_process(); print(resource.getrlimit(resource.RLIMIT_CORE)); sys.stdout.flush()\n"
        "subprocess.run([sys.executable, '-c', "
        "'import resource; print(resource.getrlimit(resource.RLIMIT_CORE))'], check=True)\n"
    )
    import aep_tui

    root = str(aep_tui.__path__[0]).removesuffix("/aep_tui")
    done = subprocess.run([sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["(0, 0)", "(0, 0)"]
