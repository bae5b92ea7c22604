"""The pages of a change: each is visited, and gives back what the person answers there, or None for going back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from aep_tui.domain.step_answer import CredentialsAnswer, NameAnswer
from aep_tui.pages.status_view import Seen

if TYPE_CHECKING:
    from collections.abc import Callable

    from aep_tui.domain.sandbox import Sandbox
    from aep_tui.domain.step_answer import StepAnswer
    from aep_tui.domain.target import Target
    from aep_tui.domain.wizard import Wizard
    from aep_tui.pages.change_review_view import ChangeReview
    from aep_tui.session.status_session import StatusSession

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class ChangePlace:
    """What stands above every page of one change.

    Attributes:
        title: what is done, and to which connection.
        target: where the connection is.
        sandbox: what the platform says about its sandbox, None while nobody knows.
    """

    title: str
    target: Target
    sandbox: Sandbox | None = None


@dataclass(frozen=True, slots=True)
class ChangePage(Generic[Answer]):
    """A page that a person answers or leaves.

    Attributes:
        place: what stands above it.
        wizard: source, auth method and answers, as the pages of the walk know them.
    """

    holds_answers: ClassVar[bool] = True
    """Whether an end of the program would forget what stands there."""

    place: ChangePlace
    wizard: Wizard

    def left(self, answer: StepAnswer | None) -> None:
        """Keep what stands in a form that is left."""

    def saw(self, seen: Seen) -> None:
        """Take what was seen of the connection."""


@dataclass(frozen=True, slots=True)
class NamePage(ChangePage[NameAnswer]):
    """Name and description; `message` stands at the top, and `keep` takes what stands there when it is left."""

    keep: Callable[[StepAnswer | None], None]
    message: str = ""

    def left(self, answer: StepAnswer | None) -> None:
        """Keep it."""
        self.keep(answer)


@dataclass(frozen=True, slots=True)
class CredentialsPage(ChangePage[CredentialsAnswer]):
    """The form of the auth method, or of one secret of it; else as `NamePage`."""

    keep: Callable[[StepAnswer | None], None]
    message: str = ""

    def left(self, answer: StepAnswer | None) -> None:
        """Keep it."""
        self.keep(answer)


@dataclass(frozen=True, slots=True)
class ReviewPage(ChangePage[bool]):
    """The change before it is sent; True is Submit.

    Attributes:
        review: what it shows.
        problem: why it was not carried out the last time, None when it was not tried.
        message: stands at the top.
    """

    review: ChangeReview
    problem: Exception | None = None
    message: str = ""


@dataclass(frozen=True, slots=True)
class WorkEnd:
    """How a status page was left.

    Attributes:
        seen: what was seen of the connection, None when the request was not carried out as far as anybody knows.
        problem: why it was not.
        is_unclear: whether it may have been carried out all the same.
    """

    seen: Seen | None = None
    problem: Exception | None = None
    is_unclear: bool = False


@dataclass(frozen=True, slots=True)
class WorkPage(ChangePage[WorkEnd]):
    """The status page, which begins with its work at once.

    Attributes:
        work: what it does.
        on_seen: is told what was seen of the connection, each time.
    """

    holds_answers = False

    work: StatusSession
    on_seen: Callable[[Seen], None]

    def saw(self, seen: Seen) -> None:
        """Hand it on."""
        self.on_seen(seen)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page to read.

    Attributes:
        statements: what is said first, a sentence a line; "Error:", "Warning:" and "OK:" begin what is so.
        rows: label and value of each fact.
        remarks: what is said below.
        yes: names what the button does, "" for a page with nothing to do but to leave.
        is_commit: whether that leads to something that cannot be undone.
        is_aside: whether it leads aside, and most people just leave.
        help_text: for F1.
        title: what the page is, beside what is done to which connection.
        copied: what stands on the clipboard afterwards, "" for all that stands on the page.
    """

    statements: tuple[str, ...]
    rows: tuple[tuple[str, str], ...] = ()
    remarks: tuple[str, ...] = ()
    yes: str = ""
    is_commit: bool = False
    is_aside: bool = False
    help_text: str = ""
    title: str = ""
    copied: str = ""

    @property
    def facts(self) -> str:
        """The rows, a line each."""
        width = max((len(label) for label, _value in self.rows), default=0)
        return "\n".join(f"{label:<{width}}  {value}" for label, value in self.rows)

    @property
    def text(self) -> str:
        """All of it in lines, to be copied into a ticket; never a secret."""
        if self.copied:
            return self.copied
        return "\n\n".join(part for part in ("\n".join(self.statements), self.facts, "\n".join(self.remarks)) if part)


@dataclass(frozen=True, slots=True)
class SheetPage(ChangePage[bool]):
    """A page to read; True is its button, and `message` stands at the top."""

    holds_answers = False
    sheet: Sheet
    message: str = ""
