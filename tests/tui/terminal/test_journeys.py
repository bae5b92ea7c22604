from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.kit.journeys import JOURNEYS, Journey
from tests.tui.terminal.journeys import ENABLED, HURRIED, Page, pages_of
from tests.tui.terminal.smoke import main, problems_of_a_run
from tests.tui.terminal.test_input_reader import NO_KEYS

pytestmark = pytest.mark.waits

PRACTICE = [sys.executable, "-m", "aep_tui", "--practice"]
NO_KEYS_AND_QUIT = (
    *(Page("no key", ENABLED.wait_for, (), sent=data) for data in NO_KEYS),
    Page("told", "did not come as UTF-8", ENABLED.keys),
)


@pytest.mark.parametrize("journey", JOURNEYS, ids=[journey.id for journey in JOURNEYS])
def test_a_person_at_a_real_terminal_gets_an_enabled_connection(journey: Journey, tmp_path: Path) -> None:
    """The table of journeys is that of the plain face, see `tests.plain.test_in_a_terminal`.

    The first one starts the program really and from a shell, types and waits as a person does; the imports are the same
    for all, and the others paste. After their create come bytes that are no key, which must not keep the result back.
    """
    is_first = journey is JOURNEYS[0]
    written = tmp_path / "written.json"
    command = PRACTICE if is_first else [*HURRIED, "--practice", "--output", str(written)]
    pages = pages_of(journey) if is_first else (*pages_of(journey)[:-1], *NO_KEYS_AND_QUIT)
    problems = problems_of_a_run(command, pages, tmp_path, is_warm=not is_first, is_pasted=not is_first)
    assert problems == []
    if not is_first:
        assert written.read_text(encoding="utf-8") == (tmp_path / "result.json").read_text(encoding="utf-8")


def test_the_smoke_run_tells_what_is_wrong_with_a_program(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([sys.executable, "-c", "print('no wizard')"]) == 1
    assert "the program ended with 0 before the text 'Where should the connection" in capsys.readouterr().err


def test_a_result_that_does_not_say_enabled_is_a_problem(tmp_path: Path) -> None:
    script = "import sys; input(); print('Bye', file=sys.stderr); print('{\"state\": \"failed\"}')"
    pages = [Page("only", "", ("enter",))]
    problems = problems_of_a_run([sys.executable, "-c", script], pages, tmp_path)
    assert problems == ['the result does not tell of an enabled connection: \'{"state": "failed"}\\n\'']
