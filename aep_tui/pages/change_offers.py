"""What may be changed of an existing connection, and why something may not: for keys, commands and buttons."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from aep_tui.domain.translation import _, plural

if TYPE_CHECKING:
    from aep_tui.domain.connection import ConnectionStatus
    from aep_tui.domain.connection_form import ConnectionForm
    from aep_tui.session.connection_details import UsedBy


class ConnectionAction(StrEnum):
    """What a person can do to an existing connection; the value names it in ids."""

    NAME = "rename"
    SECRET = "new-secret"  # noqa: S105 - an action
    CREDENTIALS = "replace-credentials"
    DELETE = "delete"

    @property
    def label(self) -> str:
        """Its name, for a command and a button."""
        return {
            ConnectionAction.NAME: _("Rename and describe"),
            ConnectionAction.SECRET: _("One new secret"),
            ConnectionAction.CREDENTIALS: _("Replace credentials"),
            ConnectionAction.DELETE: _("Delete"),
        }[self]


@dataclass(frozen=True, slots=True)
class ChangeOffer:
    """One thing that can be done, or why it cannot be.

    Attributes:
        action: what.
        reason: why it does nothing now, in a sentence; "" when it does.
    """

    action: ConnectionAction
    reason: str = ""


def change_offers(
    status: ConnectionStatus, form: ConnectionForm | None, *, is_read_only: bool
) -> tuple[ChangeOffer, ...]:
    """Return each action with the reason why it is not offered, if any.

    Whether a connection can be deleted depends on what uses it; the page before the delete tells that.

    Args:
        status: the connection as the person sees it.
        form: its form, None when only the platform may know it, which is asked when somebody wants it.
        is_read_only: whether the program was told to change nothing.
    """
    return tuple(
        ChangeOffer(action, _reason(action, status, form, is_read_only=is_read_only)) for action in ConnectionAction
    )


def _reason(
    action: ConnectionAction, status: ConnectionStatus, form: ConnectionForm | None, *, is_read_only: bool
) -> str:
    if is_read_only:
        return _("READ-ONLY: the program was started so that it changes nothing.")
    if not status.etag:
        return _(
            "The platform names no version of this connection (etag), as while it initializes: a change could not say "
            "what it changes. Look at it again later."
        )
    if action in {ConnectionAction.NAME, ConnectionAction.DELETE}:
        return ""
    reason = why_no_credentials(status, form)
    if not reason and action is ConnectionAction.SECRET and form is not None and not form.secrets:
        return _("The auth method of this connection has no secret.")
    return reason


def why_no_credentials(status: ConnectionStatus, form: ConnectionForm | None) -> str:
    """Return why the credentials of a connection cannot be changed here, "" when they can."""
    if not status.auth_spec_name:
        return _("The platform names no auth method of this connection: nobody knows which credentials it has.")
    return form.method.unavailable if form is not None else ""


def why_not_deleted(used: UsedBy) -> str:
    """Return why a connection with these dataflows is not deleted, "" when the platform may be asked to.

    Args:
        used: what rides on it, as far as it could be read.
    """
    if used.problem is not None:
        return _("The dataflows could not be read, so nobody knows what a delete would break: it is not offered.")
    count = len(used.dataflows)
    if count:
        words = plural(
            "{count} dataflow uses this connection: it is not deleted while there is one. Delete the dataflow first.",
            "{count} dataflows use this connection: it is not deleted while there is one. Delete the dataflows first.",
            count,
        )
        return words.format(count=count)
    return ""
