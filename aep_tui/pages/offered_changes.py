"""What the page of one connection offers to do to it, with the reason where it does not."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from aep_tui.domain.translation import _
from aep_tui.pages.change_offers import ChangeOffer
from aep_tui.pages.question import Choice, Question

if TYPE_CHECKING:
    from aep_tui.pages.changes_flow import ChangesFlow
    from aep_tui.pages.details_view import ConnectionView


def offered_changes(changes: ChangesFlow, view: ConnectionView) -> tuple[ChangeOffer, ...]:
    """Return what can be done to the connection as the person sees it; of one that was not read, nothing is changed."""
    reason = ""
    if view.is_gone:
        reason = _("The platform does not know this connection (any more).")
    elif not view.is_read:
        reason = _("The connection was not read yet, so that nobody knows what would change.")
    return tuple(replace(each, reason=reason or each.reason) for each in changes.offers(view.row.status))


def change_question(offers: tuple[ChangeOffer, ...]) -> Question[ChangeOffer]:
    """Ask what to do; what is not offered stands there too, with its reason."""
    choices = (
        Choice(each.action.value, each.action.label, each, _("not now") if each.reason else "", each.reason)
        for each in offers
    )
    return Question(_("What do you want to do to this connection?"), tuple(choices), leaving=_("Nothing"))
