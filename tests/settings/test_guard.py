from __future__ import annotations

import subprocess
import sys

import pytest

from aep_tui.domain.problem import SettingsProblem
from aep_tui.settings.guard import refuse_leaky_environment


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
