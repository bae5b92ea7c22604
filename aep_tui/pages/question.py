"""Questions without a face: what is asked, and the typed answer of each choice."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Generic, TypeAlias, TypeVar

from aep_tui.domain.light_dataclass import dataclass
from aep_tui.pages.choice_row import Tone

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Choice(Generic[Answer]):
    """One answer that can be chosen.

    Attributes:
        id: of the option on the screen.
        title: the answer in a few words.
        answer: what the question returns when it is chosen.
        badge: one or two words behind the title.
        detail: a second line, or "".
        tone: of the badge.
        cells: what the detail says, a cell for each column of a table; they stand in its place there.
    """

    id: str
    title: str
    answer: Answer
    badge: str = ""
    detail: str = ""
    tone: Tone = Tone.NEUTRAL
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question(Generic[Answer]):
    """A question with a list of answers; no answer is None.

    Attributes:
        title: the question.
        choices: the answers, the usual one first.
        text: what has to be known to answer, or "".
        marked_id: the id of the choice that is marked at first; the first one when left out.
        list_id: of the list on the screen.
        columns: the names of title, badge and cells where the answers are a table.
        leaving: what leaving without an answer means, in a few words; "" for closing the question.
        space_words: what Space, which answers as Enter does, says that it does; "" for nothing. A choice whose answer
            is empty ends the selecting, and is taken by Enter only.
    """

    title: str
    choices: tuple[Choice[Answer], ...]
    text: str = ""
    marked_id: str = ""
    list_id: str = "choices"
    columns: tuple[str, ...] = ()
    leaving: str = ""
    space_words: str = ""


@dataclass(frozen=True, slots=True)
class TypedConfirmation:
    """Something that is done only after a name was typed exactly, so that no stray Enter can do it.

    Attributes:
        title: what is confirmed.
        text: what will happen.
        expected: the name to type.
        label: asks for it.
        yes: names the effect on the button.
    """

    title: str
    text: str
    expected: str
    label: str
    yes: str


Confirm: TypeAlias = Callable[[TypedConfirmation], Awaitable[bool]]
"""Lets the person type what is expected; returns whether it was."""
