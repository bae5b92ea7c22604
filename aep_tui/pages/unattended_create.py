"""The submit without a person: the wizard's questions, answered beforehand, and the same truth after it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aep_tui.domain.duplicates import SimilarConnection
from aep_tui.domain.problem import Problem
from aep_tui.domain.target import Mode, Target
from aep_tui.domain.translation import _
from aep_tui.domain.wizard import Wizard
from aep_tui.pages.sandboxes import read_sandboxes
from aep_tui.pages.submit_questions import CREATED_IN, production_confirmation
from aep_tui.pages.unattended import AnswersIncomplete, Complaint
from aep_tui.session.creation import digest_of
from aep_tui.session.outcome import CannotTell, Created, NotCreated

if TYPE_CHECKING:
    from aep_tui.domain.connection import CreatedConnection
    from aep_tui.domain.sandbox import Sandbox
    from aep_tui.session.platform_session import PlatformSession
    from aep_tui.session.status_session import StatusSession
    from aep_tui.settings.launch import Launch

CONFIRM = "--confirm-sandbox NAME"
CREATE_ANOTHER = "--create-another"


@dataclass(frozen=True, slots=True)
class Permits:
    """What the person has allowed beforehand.

    Attributes:
        sandbox_name: the production sandbox in which something may be created, "" for none.
        creates_another: create also beside a connection that looks the same, and after an earlier create of this name
            of which nobody knows what became of it.
    """

    sandbox_name: str = ""
    creates_another: bool = False


class SimilarConnectionExists(Problem):
    """There is a connection like the one that was to be created; nothing was sent.

    Attributes:
        connection_ids: of those that look the same.
    """

    def __init__(self, similar: tuple[SimilarConnection, ...]) -> None:
        found = "; ".join(f"{each.status.name or '-'} ({each.status.connection_id}): {each.reason}" for each in similar)
        super().__init__(
            _("A connection like this exists already"),
            _("Nothing was sent. Found: {connections}.").format(connections=found),
            _("Use it, choose another name, or allow a second one with {option}.").format(option=CREATE_ANOTHER),
        )
        self.connection_ids = tuple(each.status.connection_id for each in similar)


@dataclass(frozen=True, slots=True)
class Made:
    """There is a connection.

    Attributes:
        connection: what the platform said of it.
        work: watches and tests it.
    """

    connection: CreatedConnection
    work: StatusSession


class NotMade(Problem):
    """Nothing was created, for sure.

    Attributes:
        outcome: why.
    """

    def __init__(self, outcome: NotCreated) -> None:
        error = outcome.error
        super().__init__(error.title, error.message, error.next_step)
        self.outcome = outcome


class NobodyKnows(Problem):
    """Something was sent, and nobody knows what became of it.

    Attributes:
        outcome: what is known.
    """

    def __init__(self, outcome: CannotTell) -> None:
        super().__init__(outcome.error.title, outcome.error.message, outcome.what_to_do)
        self.outcome = outcome


async def refuse_unconfirmed_place(
    launch: Launch, target: Target, sandbox_name: str, tell: Callable[[str], None], *, words: str = CREATED_IN
) -> None:
    """Refuse to change something in a production or unknown sandbox that was not named; the platform is asked.

    A development sandbox needs no confirmation; one of which nothing can be read counts as production.

    Args:
        launch: of this run.
        target: where.
        sandbox_name: what the person has confirmed, "" for nothing.
        tell: is told why nothing could be read.
        words: what will happen, as `production_confirmation` takes them.

    Raises:
        AnswersIncomplete: the name is missing, or is not that of the target's sandbox.
    """
    sandbox = launch.practice_sandbox if target.mode is Mode.PRACTICE else None
    if target.mode is Mode.LIVE and not sandbox_name:
        try:
            sandboxes = await read_sandboxes(launch, target, launch.scenario_id)
        except Problem as problem:
            tell(problem.message)
        else:
            sandbox = next((each for each in sandboxes if each.name == target.sandbox_name), None)
    refuse_unconfirmed(target, sandbox, sandbox_name, words=words)


def refuse_unconfirmed(target: Target, sandbox: Sandbox | None, sandbox_name: str, *, words: str = CREATED_IN) -> None:
    """Refuse to change something in a production or unknown sandbox that was not named.

    Args:
        target: where.
        sandbox: what is known of it, None when nothing is.
        sandbox_name: what the person has confirmed, "" for nothing.
        words: what will happen, as `production_confirmation` takes them.

    Raises:
        AnswersIncomplete: the name is missing, or is not that of the target's sandbox.
    """
    refuse_other_sandbox(target, sandbox_name)
    confirmation = production_confirmation(target, sandbox, words=words)
    if confirmation is not None and not sandbox_name:
        raise AnswersIncomplete((Complaint(CONFIRM, f"{confirmation.title} {confirmation.text}"),))


def refuse_other_sandbox(target: Target, sandbox_name: str) -> None:
    """Refuse a confirmation of another sandbox than the target's; "" confirms none.

    Raises:
        AnswersIncomplete: the name is another one.
    """
    if sandbox_name not in {"", target.sandbox_name}:
        words = _("This is not the sandbox of the target, which is {sandbox}.").format(sandbox=target.sandbox_name)
        raise AnswersIncomplete((Complaint(CONFIRM, words),))


async def create_unattended(
    session: PlatformSession, wizard: Wizard, permits: Permits, tell: Callable[[str], None]
) -> Made:
    """Create the connection of a walk that has come to its review, at most once.

    Args:
        session: with the target.
        wizard: with every answer.
        permits: what the person has allowed.
        tell: is told in a sentence what happens now.

    Raises:
        SimilarConnectionExists: nothing was sent.
        NotMade: there is no connection, for sure.
        NobodyKnows: there may be one.
        Problem: nothing was sent.
    """
    request = wizard.request()
    unclear = None if permits.creates_another else await session.unclear_intent(request.name, None)
    if unclear is not None:
        tell(_("An earlier create of this name has no known outcome. Looking for its connection first."))
        made = await _outcome_of(session.for_reconcile(unclear), tell)
        if unclear.digest == digest_of(request):
            tell(_("It is there: an earlier run has created it, with the secrets of that run. Nothing was sent now."))
            return made
        # Its answers were others: it is no answer to this request, and the look below finds it by its name.
    similar = await session.similar_connections(request, tell)
    if similar and not permits.creates_another:
        raise SimilarConnectionExists(similar)
    return await _outcome_of(session.for_create(request, wizard.draft), tell)


async def _outcome_of(work: StatusSession, tell: Callable[[str], None]) -> Made:
    outcome = await work.create(tell) if work.create is not None else None
    match outcome:
        case Created(connection):
            return Made(connection, work)
        case NotCreated():
            raise NotMade(outcome)
        case CannotTell():
            raise NobodyKnows(outcome)
    raise ValueError("this work creates nothing")
