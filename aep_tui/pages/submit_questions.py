"""The questions around a submit, in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from aep_tui.domain.duplicates import SimilarConnection
from aep_tui.domain.sandbox import Sandbox
from aep_tui.domain.target import Mode, Target
from aep_tui.domain.translation import _
from aep_tui.tui.dialogs.asking import ChoiceModal, TypedConfirmationModal
from aep_tui.tui.widgets.choice_list import Choice

LOOK_AGAIN: Final = "look-again"
CREATE: Final = "create"
CHANGE_NAME: Final = "change-name"
CORRECT: Final = "correct"
DELETE: Final = "delete"
KEEP: Final = "keep"

_DEVELOPMENT: Final = "development"
_EXISTING: Final = "existing-"


def unclear_outcome(name: str) -> ChoiceModal:
    """Ask what to do while nobody knows whether the last request made a connection."""
    return ChoiceModal(
        _("It is not known whether {name} was created").format(name=name),
        _("A second request could make a second connection. Look first."),
        (
            Choice(LOOK_AGAIN, _("Look again whether it exists")),
            Choice(CREATE, _("Create another one anyway"), detail=_("There may be two connections then.")),
        ),
    )


def similar_connections(similar: Sequence[SimilarConnection]) -> ChoiceModal:
    """Ask whether an existing connection is the one that is wanted."""
    existing = tuple(
        Choice(
            f"{_EXISTING}{index}",
            _("Use the existing one: {name}").format(name=each.status.name or each.status.connection_id),
            badge=each.status.state,
            detail=_("{reason}; id {id}").format(reason=each.reason, id=each.status.connection_id),
        )
        for index, each in enumerate(similar)
    )
    return ChoiceModal(
        _("A connection like this exists already"),
        _("One base connection per account is enough; it can serve many dataflows."),
        (*existing, Choice(CHANGE_NAME, _("Change the name")), Choice(CREATE, _("Create another one anyway"))),
    )


def existing_id(answer: str, similar: Sequence[SimilarConnection]) -> str:
    """Return the id of the connection that an answer to `similar_connections` means."""
    return similar[int(answer.removeprefix(_EXISTING))].status.connection_id


def production_confirmation(
    target: Target, sandbox: Sandbox | None, *, is_new: bool = True
) -> TypedConfirmationModal | None:
    """Ask for the sandbox's name before something is changed in a production or unknown sandbox; None elsewhere."""
    if target.mode is Mode.PRACTICE or (sandbox is not None and sandbox.type == _DEVELOPMENT):
        return None
    kind = (
        _("This is a production sandbox.")
        if sandbox is not None and sandbox.is_production
        else _("It is not known whether this is a production sandbox.")
    )
    words = (
        _("The connection will be created in sandbox {sandbox} of {organization} at {host}.")
        if is_new
        else _("The credentials of the connection in sandbox {sandbox} of {organization} at {host} will be replaced.")
    )
    where = words.format(sandbox=target.sandbox_name, organization=target.organization_id, host=target.host)
    return TypedConfirmationModal(
        kind,
        where,
        expected=target.sandbox_name,
        label=_("Type the sandbox's name to submit"),
        yes=_("Submit"),
    )


def failed_test(can_correct: bool) -> ChoiceModal:
    """Ask what to do with a connection whose test failed."""
    correct = (
        Choice(
            CORRECT,
            _("Correct the credentials"),
            detail=_("You come back to the form; Submit then replaces them in this connection."),
        ),
    )
    return ChoiceModal(
        _("The test of the connection failed"),
        _("The connection is enabled, but the platform could not log in to the source with it."),
        (
            *(correct if can_correct else ()),
            Choice(KEEP, _("Keep it as it is")),
            Choice(DELETE, _("Delete it"), detail=_("You type its name first.")),
        ),
    )


def delete_confirmation(name: str) -> TypedConfirmationModal:
    """Ask for the name of the connection that is to be deleted."""
    return TypedConfirmationModal(
        _("Delete the connection?"),
        _("It cannot be brought back."),
        expected=name,
        label=_("Type its name to delete it"),
        yes=_("Delete"),
    )
