"""The page of the submit: it opens, is left, and ends without a riddle."""

from __future__ import annotations

import asyncio

import pytest

from aep_tui.commands.exit_codes import ExitCode
from aep_tui.commands.problem_record import exit_code_of
from aep_tui.domain.wizard import Step
from aep_tui.tui.steps.status import StatusScreen
from tests.kit.journeys import OAUTH2
from tests.kit.person import flat, wizard
from tests.kit.short_ways import push

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("turns", [0, 1, 2, 3, 5])
async def test_leaving_while_the_page_opens_is_no_failure(turns: int) -> None:
    async with wizard(at=(Step.REVIEW, OAUTH2)) as person:
        work = person.app.session.open().for_create(person.app.state.wizard.request(), person.app.state.wizard.draft)
        person.app.push_screen(StatusScreen(person.app.frame(), work))
        for _turn in range(turns):
            await asyncio.sleep(0)
        person.app.exit(return_code=143)
    assert person.app._exception is None
    assert person.app.return_code == 143


async def test_the_question_whether_to_stop_goes_when_there_is_nothing_to_stop() -> None:
    async with wizard(at=(Step.REVIEW, OAUTH2)) as person:
        person.clock.hold()
        await person.submit()
        await person.see("Created. Waiting until it is enabled...")
        assert "Esc Stop watching" in person.read()
        await person.press("escape")
        await person.see("Stop watching?")
        person.clock.release()
        text = await person.see("OK: the connection is enabled.")
        assert "Stop watching?" not in text
        assert "Esc Stop watching" not in text
        assert person.focus == "next"


async def test_quitting_while_something_is_waited_for_asks_and_so_does_escape() -> None:
    async with wizard(at=(Step.REVIEW, OAUTH2)) as person:
        person.clock.hold()
        await person.submit()
        await person.see("Created. Waiting until it is enabled...")
        await person.press("ctrl+q")
        assert "What was sent cannot be unsent" in flat(await person.see("Quit?"))
        await person.press("escape")
        await person.at(Step.STATUS)
        await person.press("escape")
        await person.see("Stop watching?")
        await person.press("ctrl+q")
        await person.see("Quit?")


async def test_watching_goes_on_from_a_button_after_it_has_ended() -> None:
    async with wizard("never-enabled", at=(Step.REVIEW, OAUTH2)) as person:
        await person.submit()
        text = await person.see("Watching has ended")
        assert "aep-tui watch" not in text  # a rehearsal's connection is gone with the program
        text = flat(await person.press("f1"))
        assert "aep-tui watch" not in text
        assert "A rehearsal forgets the connection when the program ends." in text
        await person.press("escape")
        await push(person, "watch-again")
        await person.wait_until(lambda: person.clock.elapsed > 1000, "ten minutes more")
        await person.see("Watching has ended")
        assert person.creates == 1


async def test_a_refused_create_is_remembered_for_the_exit_code_until_the_next_submit() -> None:
    async with wizard("wrong-credentials", at=(Step.REVIEW, OAUTH2)) as person:
        await person.submit()
        await person.at(Step.REVIEW)
        failure = person.app.state.failure
        assert failure is not None
        assert exit_code_of(failure) == ExitCode.REFUSED
        person.clock.hold()
        await person.submit()
        await person.wait_until(lambda: person.app.state.failure is not failure, "the next attempt")
        person.clock.release()


async def test_a_connection_that_is_not_there_gives_no_result_but_the_reason() -> None:
    async with wizard(watch_connection_id="4cb0c374-d3bb-4557-b139-5712880adc55") as person:
        await person.see("Watching has ended")
        assert person.app.state.result is None
        failure = person.app.state.failure
        assert failure is not None
        assert exit_code_of(failure) == ExitCode.REFUSED
