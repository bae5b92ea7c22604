"""The road beside: a new connection next to the old one, created at most once; the old one is not touched."""

from __future__ import annotations

from dataclasses import replace

from aep_tui.domain.connection_request import ConnectionRequest
from aep_tui.domain.migration_record import RecordedStep, Stage
from aep_tui.domain.problem import Problem
from aep_tui.domain.translation import _
from aep_tui.flow_service.errors import AuthenticationRequired
from aep_tui.session.creation import ConnectionAppeared, create_once, reconcile
from aep_tui.session.migration_events import StopHere, StopReason
from aep_tui.session.migration_row import RowWork
from aep_tui.session.outcome import CannotTell, Created, CreationOutcome, NotCreated, outcome_for_journal


async def settle_create(work: RowWork) -> None:
    """Look into a create of an earlier run of which nobody knows the outcome; nothing is sent.

    Raises:
        StopHere: nobody can tell even now.
    """
    intent = work.keeper.of(work.row).intent
    if intent is None:
        return
    others = work.journal.others(intent)
    outcome = await reconcile(work.service, intent, work.clock, others=others, on_progress=work.say)
    work.journal.finish(intent.id, outcome_for_journal(outcome))
    _note(work, outcome)


async def create_beside(work: RowWork, request: ConnectionRequest) -> None:
    """Create the connection beside the old one, at most once.

    Raises:
        StopHere: there is none, or nobody can tell.
    """
    with work.locked():
        _refuse_unclear(work)
        try:
            outcome = await create_once(
                work.service,
                request,
                work.journal,
                work.clock,
                target=replace(work.target, sandbox_name=work.row.sandbox_name),
                source_id=work.methods.source.id,
                auth_method_id=work.methods.new.id,
                seen_ids=(),
                others=work.journal.others,
                on_progress=work.say,
            )
        except ConnectionAppeared as appeared:
            words = _(
                "If it is the connection that you want beside this one, say so: --settle {id}=NEW_ID. If not, give "
                "this one another new_name in the plan."
            ).format(id=work.row.connection_id)
            raise StopHere(StopReason.NEEDS_A_WORD, Problem(appeared.title, appeared.message, words)) from None
    _note(work, outcome)


def _refuse_unclear(work: RowWork) -> None:
    """Stop where another door has sent a create of this name, and nobody knows whether there is one.

    Raises:
        StopHere: nothing was sent.
    """
    keeper, name = work.keeper, work.row.new_name
    intent = keeper.shared.unclear(work.place, name, keeper.of(work.row).intent)
    if intent is None:
        return
    words = _(
        "Outside this plan, a create of {name} was sent to sandbox {sandbox} on {instant}, and nobody knows whether it "
        "made the connection. Nothing was sent now."
    )
    raise StopHere(
        StopReason.NEEDS_A_WORD,
        Problem(
            _("An earlier create of this name is not settled"),
            words.format(name=name, sandbox=work.row.sandbox_name, instant=f"{intent.started_at:%Y-%m-%d %H:%M} UTC"),
            _("The wizard offers to look for it when it starts. Then run the plan again."),
        ),
    )


async def adopt(work: RowWork, connection_id: str) -> None:
    """Take a connection that a person has found as the one that was created.

    Raises:
        StopHere: it cannot be the one.
    """
    status = await work.read(connection_id)
    address = work.methods.address_name
    is_it = (
        status.auth_spec_name == work.methods.new.spec_name
        and status.connection_spec_id == work.methods.source.connection_spec_id
        and status.parameters.get(address, "") == (work.row.group or status.parameters.get(address, ""))
        and status.connection_id not in {work.row.connection_id, *work.keeper.new_ids}
    )
    if not is_it:
        work.stop(
            StopReason.UNKNOWN,
            _("This connection is not the one"),
            _("Connection {id} has another auth method, source or address, or belongs to another row of the plan."),
            connection_id,
        )
    work.keeper.note(work.row, RecordedStep.MADE, new_id=status.connection_id, words=_("named by a person"))


def _note(work: RowWork, outcome: CreationOutcome) -> None:
    match outcome:
        case Created():
            if work.keeper.of(work.row).stage is not Stage.MADE:
                work.stop(
                    StopReason.UNKNOWN,
                    _("The record could not be written"),
                    _("Connection {id} was created, and the record does not say so. The next run looks for it."),
                    outcome.connection.connection_id,
                )
            request_id, words = outcome.connection.request_id, outcome.found_words
            if request_id or words:
                work.keeper.note(work.row, RecordedStep.ANSWERED, request_id=request_id, words=words)
        case NotCreated(error):
            reason = StopReason.REFUSED if error.proves_refusal else StopReason.FAILED
            raise StopHere(reason, error)
        case CannotTell(error) if isinstance(error.cause, AuthenticationRequired):
            raise StopHere(StopReason.FAILED, error.cause)  # nobody has looked; a token that is accepted can
        case CannotTell(error, what_to_do, _ids):
            raise StopHere(StopReason.UNKNOWN, Problem(error.title, error.message, _settle_words(work, what_to_do)))


def _settle_words(work: RowWork, what_to_do: str) -> str:
    words = _(
        "{what} The next run looks again; if you have found out, say so: --settle {id}=NEW_ID or --settle {id}=no."
    )
    return words.format(what=what_to_do, id=work.row.connection_id).strip()
