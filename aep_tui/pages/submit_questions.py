"""The questions around a submit, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeAlias

from aep_tui.domain.duplicates import SimilarConnection
from aep_tui.domain.sandbox import DEVELOPMENT, Sandbox
from aep_tui.domain.target import Mode, Target
from aep_tui.domain.translation import _
from aep_tui.pages.question import Choice, Question, TypedConfirmation

CREATED_IN: Final = _("The connection will be created in sandbox {sandbox} of {organization} at {host}.")
CHANGED_IN: Final = _("The connection in sandbox {sandbox} of {organization} at {host} will be changed.")
DELETED_IN: Final = _("The connection in sandbox {sandbox} of {organization} at {host} will be deleted.")
CORRECTED_IN: Final = _(
    "The credentials of the connection in sandbox {sandbox} of {organization} at {host} will be replaced."
)


class BeforeCreate(StrEnum):
    """What to do instead of simply sending the request."""

    LOOK_AGAIN = "look-again"
    CREATE = "create"
    CHANGE_NAME = "change-name"


@dataclass(frozen=True, slots=True)
class UseExisting:
    """Take a connection that is there already."""

    connection_id: str


SimilarAnswer: TypeAlias = BeforeCreate | UseExisting


class AfterFailedTest(StrEnum):
    """What to do with a connection that failed the platform's test."""

    CORRECT = "correct"
    KEEP = "keep"
    DELETE = "delete"


def unclear_outcome(name: str, place: str) -> Question[BeforeCreate]:
    """Ask what to do while nobody knows whether the last request made a connection.

    Args:
        name: of the connection.
        place: where it would be, in words.
    """
    look, create = BeforeCreate.LOOK_AGAIN, BeforeCreate.CREATE
    return Question(
        _("It is not known whether {name} was created").format(name=name),
        (
            Choice(look, _("Look again whether it exists"), look),
            Choice(create, _("Create another one anyway"), create, detail=_("There may be two connections then.")),
        ),
        _lines(_("A second request could make a second connection. Look first."), place),
    )


def similar_connections(similar: Sequence[SimilarConnection], place: str) -> Question[SimilarAnswer]:
    """Ask whether an existing connection is the one that is wanted.

    Args:
        similar: what exists.
        place: where, in words.
    """
    existing: tuple[Choice[SimilarAnswer], ...] = tuple(
        Choice(
            f"existing-{index}",
            _("Use the existing one: {name}").format(name=each.status.name or each.status.connection_id),
            UseExisting(each.status.connection_id),
            badge=each.status.state,
            detail=_("{reason}; id {id}").format(reason=each.reason, id=each.status.connection_id),
        )
        for index, each in enumerate(similar)
    )
    change_name, create = BeforeCreate.CHANGE_NAME, BeforeCreate.CREATE
    return Question(
        _("A connection like this exists already"),
        (
            *existing,
            Choice(change_name, _("Change the name"), change_name),
            Choice(create, _("Create another one anyway"), create),
        ),
        _lines(_("One base connection per account is enough; it can serve many dataflows."), place),
    )


def production_confirmation(
    target: Target, sandbox: Sandbox | None, *, words: str = CREATED_IN
) -> TypedConfirmation | None:
    """Ask for the sandbox's name before something is changed in a production or unknown sandbox; None elsewhere.

    A rehearsal asks the same where its sandbox is known to be one of production.

    Args:
        target: where it is changed.
        sandbox: what the platform says about its sandbox, None while nobody knows.
        words: what will happen, with `{sandbox}`, `{organization}` and `{host}` in it.
    """
    if sandbox is not None and sandbox.type == DEVELOPMENT:
        return None
    if target.mode is Mode.PRACTICE and (sandbox is None or not sandbox.is_production):
        return None
    kind = (
        _("This is a production sandbox.")
        if sandbox is not None and sandbox.is_production
        else _("It is not known whether this is a production sandbox.")
    )
    where = words.format(sandbox=target.sandbox_name, organization=target.organization_id, host=target.host)
    return TypedConfirmation(
        kind,
        where,
        expected=target.sandbox_name,
        label=_("Type the sandbox's name to submit"),
        yes=_("Submit"),
    )


def failed_test(can_correct: bool) -> Question[AfterFailedTest]:
    """Ask what to do with a connection whose test failed."""
    correct, keep, delete = AfterFailedTest.CORRECT, AfterFailedTest.KEEP, AfterFailedTest.DELETE
    correction = Choice(
        correct,
        _("Correct the credentials"),
        correct,
        detail=_("You come back to the form; Submit then replaces them in this connection."),
    )
    return Question(
        _("The test of the connection failed"),
        (
            *((correction,) if can_correct else ()),
            Choice(keep, _("Keep it as it is"), keep),
            Choice(delete, _("Delete it"), delete, detail=_("You type its name first.")),
        ),
        _(
            "The connection is enabled, but it failed the platform's test. The status page gives the reason where the "
            "platform gave one."
        ),
    )


def changed_meanwhile() -> Question[bool]:
    """Ask whether to look at a connection again that has changed since the person saw it."""
    return Question(
        _("The connection has changed since you saw it"),
        (
            Choice(
                "look-again",
                _("Look at it again"),
                True,
                detail=_("The credentials that you typed are kept; if its test fails still, they can be sent then."),
            ),
            Choice("stay", _("Stay on the review"), False),
        ),
        _("Nothing was changed: somebody else may have mended it, or changed something else."),
    )


def delete_confirmation(name: str, place: str) -> TypedConfirmation:
    """Ask for the name of the connection that is to be deleted.

    Args:
        name: of the connection, or its id.
        place: where it is, in words.
    """
    return TypedConfirmation(
        _("Delete the connection?"),
        _lines(_("{name} cannot be brought back.").format(name=name), place),
        expected=name,
        label=_("Type its name to delete it"),
        yes=_("Delete"),
    )


def _lines(*sentences: str) -> str:
    """Return what is said, a sentence a line: the last one says where."""
    return "\n".join(sentences)
