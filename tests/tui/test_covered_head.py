"""What a question leaves to be seen of the page below it."""

from __future__ import annotations

import pytest
from textual.app import App

from aep_tui.tui.dialogs.covered_head import CoveredHead
from aep_tui.tui.dialogs.modals import QuestionModal
from aep_tui.tui.widgets.frame_lines import StepLine, TargetLine
from tests.kit.person import wizard
from tests.kit.pilot import piloted
from tests.screenshots import samples

pytestmark = pytest.mark.anyio


async def test_a_question_stands_under_the_step_and_the_target_of_its_page_in_their_looks() -> None:
    async with wizard() as person:
        await samples.over(samples.production_sandbox, "production sandbox")(person)
        page, question = person.app.screen_stack[-2:]
        shown, below = question.query_one(TargetLine), page.query_one(TargetLine)
        assert "LIVE" in shown.text
        assert "PRODUCTION sandbox prod" in shown.text
        assert shown.text == below.text
        assert shown.styles.background == below.styles.background
        assert person.read().splitlines()[0].startswith(" Step 6 of 8 · Review")
        assert question.query_one(StepLine).text == page.query_one(StepLine).text


async def test_a_question_over_a_question_shows_the_same_page() -> None:
    async with wizard() as person:
        await samples.over(samples.outcome_unclear, "not known")(person)
        await person.app.push_screen(QuestionModal("Leave?", yes="Yes", no="No"))
        text = await person.see("Leave?")
        assert text.splitlines()[0].startswith(" Step 6 of 8 · Review")
        assert "PRODUCTION sandbox prod" in text.splitlines()[1]


async def test_without_a_page_below_nothing_stands_there() -> None:
    async with piloted(App[None]()) as pilot:
        await pilot.app.push_screen(QuestionModal("Leave?", yes="Yes", no="No"))
        await pilot.pause()
        assert not pilot.app.screen.query_one(CoveredHead).display
