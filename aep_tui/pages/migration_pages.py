"""The pages of a migration that no other piece of work has: a line that is typed, and the run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aep_tui.domain.finding import Finding
from aep_tui.pages.change_pages import ChangePage
from aep_tui.pages.field_words import FieldWords
from aep_tui.pages.migration_view import MigrationEnd

if TYPE_CHECKING:
    from aep_tui.pages.migration_work import MigrationWork


@dataclass(frozen=True, slots=True)
class Line:
    """A question with one line for an answer.

    Attributes:
        title: of the page.
        says: what is known already.
        words: around the field.
        text: what stands in it at first.
        judge: what is wrong with an answer.
        yes: names what the button does.
    """

    title: str
    says: str
    words: FieldWords
    text: str
    judge: Callable[[str], tuple[Finding, ...]]
    yes: str


@dataclass(frozen=True, slots=True)
class LinePage(ChangePage[str]):
    """Asks for a line."""

    holds_answers = False
    line: Line


@dataclass(frozen=True, slots=True)
class RunPage(ChangePage[MigrationEnd]):
    """The run, which begins at once; it is left when it has ended."""

    holds_answers = False
    work: MigrationWork
