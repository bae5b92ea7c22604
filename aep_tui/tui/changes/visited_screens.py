"""The screen of each page of a change: the form, the status and their keys are those of the walk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from aep_tui.domain.wizard import Step
from aep_tui.pages.change_pages import ChangePage, CredentialsPage, NamePage, ReviewPage, SheetPage, WorkPage
from aep_tui.pages.frame import Frame
from aep_tui.pages.migration_pages import LinePage, RunPage
from aep_tui.tui import migration
from aep_tui.tui.changes.change_review import ChangeReviewScreen
from aep_tui.tui.changes.sheet import SheetScreen
from aep_tui.tui.steps.status import StatusScreen
from aep_tui.tui.steps.step import StepScreen
from aep_tui.tui.steps.step_screens import step_screen


def visited_screen(page: ChangePage[Any], frame: Frame, answer: Callable[[Any], None]) -> StepScreen:
    """Return a new screen.

    Args:
        page: what it shows.
        frame: what every page shows now.
        answer: takes the answer of a page that the walk does not know; the others post it.
    """
    frame = of_change(frame, page)
    match page:
        case NamePage(message=message):
            return step_screen(Step.NAME, replace(frame, message=message))
        case CredentialsPage(message=message):
            return step_screen(Step.CREDENTIALS, replace(frame, message=message))
        case WorkPage(work=work):
            return StatusScreen(frame, work)
        case ReviewPage(review=review, problem=problem, message=message):
            return ChangeReviewScreen(replace(frame, message=message), review, problem, answer)
        case SheetPage(sheet=sheet, message=message):
            return SheetScreen(replace(frame, message=message), sheet, answer)
        case LinePage(line=line):
            return migration.LineScreen(frame, line, answer)
        case RunPage(work=work):
            return migration.MigrationScreen(frame, work, answer)
        case _:
            raise TypeError(page)


def of_change(frame: Frame, page: ChangePage[Any]) -> Frame:
    """Return a frame with what stands above the pages of a change."""
    place, target = page.place, frame.target
    # The token may be a newer one than the change began with.
    target = replace(target, sandbox_name=place.target.sandbox_name)
    return replace(
        frame, wizard=page.wizard, target=target, sandbox=place.sandbox, changing=place.title, corrected_id=""
    )
