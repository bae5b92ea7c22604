"""The connection to the service of one target: opened when it is first needed, closed with the program."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractContextManager, ExitStack, nullcontext, suppress
from dataclasses import replace
from typing import Final

from aep_tui.domain.catalog.catalog import Catalog
from aep_tui.domain.change_intent import ChangeIntent, ChangeKind
from aep_tui.domain.connection import ConnectionStatus, CreatedConnection
from aep_tui.domain.connection_change import ConnectionChange
from aep_tui.domain.connection_request import ConnectionRequest
from aep_tui.domain.draft import Answer, Draft
from aep_tui.domain.duplicates import SimilarConnection, similar_connections
from aep_tui.domain.intent import Intent
from aep_tui.domain.problem import Problem, SettingsProblem
from aep_tui.domain.result import ConnectionResult
from aep_tui.domain.secret import Secret
from aep_tui.domain.target import Mode, Target
from aep_tui.domain.translation import _
from aep_tui.domain.wizard import Wizard
from aep_tui.flow_service.authentication import BearerToken
from aep_tui.flow_service.errors import NotFound, PermissionRefused, PlatformError, RequestRefused
from aep_tui.flow_service.exchange import Wire
from aep_tui.flow_service.retry import RetryWait
from aep_tui.flow_service.sign_in import SignIns
from aep_tui.preflight.run import Preflight
from aep_tui.session.change_outcome import Changed, ChangeOutcome, as_creation
from aep_tui.session.change_session import ChangeSession
from aep_tui.session.changes import check_unchanged
from aep_tui.session.creation import ConnectionAppeared, create_once, reconcile
from aep_tui.session.keeping_journal import KeepingJournal
from aep_tui.session.open_sandboxes import OpenedSandbox
from aep_tui.session.outcome import CreationOutcome, outcome_for_journal
from aep_tui.session.progress import OnProgress, ignore_progress
from aep_tui.session.source_checks import CHECKS, CheckAttempts
from aep_tui.session.status_session import StatusSession, WorkKind
from aep_tui.session.target_service import open_target
from aep_tui.session.watch import watch_connection
from aep_tui.state.journal import Journal
from aep_tui.state.submit_lock import SubmitLock
from aep_tui.state.unfinished import Unfinished

_DONE_WORDS: Final = {
    WorkKind.CREATE: _("created (HTTP {status})"),
    WorkKind.CHANGE: _("changed"),
    WorkKind.DELETE: _("deleted"),
}

_log = logging.getLogger(__name__)


class PlatformSession:
    """One client for one target; practice mode talks to the embedded service in the same process.

    Attributes:
        target: on whose behalf requests go.
        changes: changes and deletes connections of the target.
        here: the target's sandbox, to ask about what is in it.
        wire, sign_ins: how the target is reached, for a session with another sandbox of it.
    """

    def __init__(self, target: Target, wire: Wire, *, sign_ins: SignIns | None = None) -> None:
        """Open a client; nothing is sent yet.

        Args:
            target: with its token or client credential.
            wire: to the target; neither the platform's words nor the journal hold one of its secrets.
            sign_ins: of this run, so that its clients share a token.

        Raises:
            SettingsProblem: a value of the target cannot be used.
        """
        self._clock = wire.clock
        self.target = target
        self._on_progress: OnProgress | None = None
        self._seen_ids: frozenset[str] | None = None
        self._appeared_ids: frozenset[str] = frozenset()
        journal = Journal(secrets=wire.secrets) if target.mode is Mode.LIVE else None
        self._journal = KeepingJournal(journal)
        self._opened = open_target(target, wire, sign_ins=sign_ins, on_retry=self._tell_wait)
        self._service = self._opened.service
        self.here = OpenedSandbox(target.sandbox_name, self._service)
        self.wire, self.sign_ins = wire, sign_ins
        self.changes = ChangeSession(self._service, target.place, wire.clock, journal, self._lock)

    async def close(self) -> None:
        """Close the client."""
        await self._service.aclose()

    def use_access_token(self, token: Secret) -> None:
        """Ask with another access token from the next request on.

        Raises:
            SettingsProblem: no header can carry it; the old one stays.
        """
        self._service.replace_access_token(token)
        self._opened = replace(self._opened, authentication=BearerToken(token))
        self.target = replace(self.target, access_token=token)

    def preflight(self, catalog: Catalog) -> Preflight:
        """Return the checks of this set-up; they share the session's sign-in, so that one token serves both."""
        return Preflight(
            self.target,
            self._opened.wire,
            sources=catalog.sources,
            notices=catalog.notices,
            authentication=self._opened.authentication,
        )

    async def check_credentials(self, check: str, values: Mapping[str, Answer], attempts: CheckAttempts) -> None:
        """Ask a source about credentials; in practice mode the practice service plays the source.

        Args:
            check: the name that the catalog gives it.
            values: what it sends, by role.
            attempts: of this run of the program.

        Raises:
            Problem: the source refused, or could not be asked.
        """
        await CHECKS[check](values, attempts, self._opened.wire)

    @property
    def unclear_create(self) -> Intent | None:
        """The create that is on its way or of which nobody knows what became, None where the last one is settled."""
        return self._journal.last_intent if self._journal.is_open else None

    @property
    def is_create_unclear(self) -> bool:
        """Whether a create or a change is on its way, or nobody knows what became of it."""
        return self._journal.is_open or self.changes.is_unclear

    async def similar_connections(
        self, request: ConnectionRequest, on_progress: OnProgress
    ) -> tuple[SimilarConnection, ...]:
        """Return the existing connections that look like the one that `request` would create.

        A list that the platform does not give away forbids nothing.

        Raises:
            PlatformError: the network, the token or the platform do not work now.
        """
        self._on_progress, self._seen_ids = on_progress, None
        self._service.keep_readable(request)
        try:
            listed = await self._service.find_connections(
                connection_spec_id=request.connection_spec_id,
                on_page=lambda count: on_progress(
                    _("Looking for connections that exist already ({count} read)...").format(count=count)
                ),
            )
            existing = {status.connection_id: status for status in listed.connections}
            if not listed.is_complete:
                # Those with the same account are compared as far as the list was read; the name is asked for as well.
                listed = await self._service.find_connections(
                    connection_spec_id=request.connection_spec_id, name=request.name
                )
                existing |= {status.connection_id: status for status in listed.connections}
        except (PermissionRefused, NotFound, RequestRefused):
            return ()
        except PlatformError as error:
            raise error.without_anything_sent() from None
        if listed.is_complete:
            self._seen_ids = frozenset(existing)
        similar = similar_connections(request, existing.values())
        _log.debug("connections of the source: %d read, %d like the one to create", len(existing), len(similar))
        return similar

    async def unclear_intent(self, name: str, known: Intent | None) -> Intent | None:
        """Return an earlier create of this name, here, of which nobody knows whether it made a connection; or None.

        Args:
            name: of the connection that is about to be created.
            known: what this run of the program remembers, whichever session it was sent in.
        """
        journalled = await asyncio.to_thread(self._journal.open_intents)
        candidates = (*journalled, known) if known is not None else journalled
        return next(
            (
                intent
                for intent in reversed(candidates)
                if intent.place == self.target.place and (intent is known or intent.name == name)
            ),
            None,
        )

    def for_create(self, request: ConnectionRequest, draft: Draft) -> StatusSession:
        """Return what the status screen needs to send `request`, once, and to watch the connection."""

        async def create(on_progress: OnProgress) -> CreationOutcome:
            self._on_progress = on_progress
            with self._lock():
                try:
                    return await create_once(
                        self._service,
                        request,
                        self._journal,
                        self._clock,
                        target=self.target,
                        source_id=draft.source_id,
                        auth_method_id=draft.auth_method_id,
                        seen_ids=None if self._seen_ids is None else self._seen_ids | self._appeared_ids,
                        others=self._journal.others_like,
                        on_progress=on_progress,
                        on_token_refused=self.changes.on_token_refused,
                    )
                except ConnectionAppeared as appeared:
                    self._appeared_ids |= appeared.connection_ids  # told once; it does not stand in the way for ever
                    raise

        return self._status_session(create=create, sent_parameters=_sent_parameters(request))

    def for_reconcile(self, intent: Intent) -> StatusSession:
        """Return what the status screen needs to find out what became of an earlier create."""

        async def look_again(on_progress: OnProgress) -> CreationOutcome:
            self._on_progress = on_progress
            with ExitStack() as held:
                # Another window may be amid sending this very intent; a disk that takes no lock hides no answer.
                with suppress(SettingsProblem):
                    held.enter_context(self._lock())
                others = self._journal.others_like(intent)
                outcome = await reconcile(
                    self._service,
                    intent,
                    self._clock,
                    others=others,
                    on_progress=on_progress,
                    on_token_refused=self.changes.on_token_refused,
                )
                _log.debug("intent %s of an earlier run: %s", intent.id, outcome_for_journal(outcome).kind.value)
                # What was found reaches the person even when the disk does not take it; the next start looks again.
                with suppress(Problem):
                    self._journal.finish(intent.id, outcome_for_journal(outcome))
            return outcome

        self._journal.last_intent, self._journal.is_open = intent, True
        return self._status_session(create=look_again, is_sending=False)

    def for_correction(self, connection_id: str, etag: str, request: ConnectionRequest) -> StatusSession:
        """Return what the status screen needs to replace the credentials of a connection by those of `request`.

        The platform refuses the change (412) unless `connection_id` still is the version `etag` that the person saw.
        """

        async def correct(on_progress: OnProgress) -> CreationOutcome:
            self._on_progress = on_progress
            on_progress(_("Replacing the credentials of the connection."))
            # Of the version that the person saw the etag is known and nothing else.
            seen = ConnectionStatus(connection_id, "", etag=etag, connection_spec_id=request.connection_spec_id)
            outcome = await self.changes.change(seen, ConnectionChange(credentials=request), on_progress)
            return as_creation(connection_id, outcome)

        done_words = _("credentials replaced")
        return self._status_session(create=correct, sent_parameters=_sent_parameters(request), done_words=done_words)

    def for_change(self, seen: ConnectionStatus, change: ConnectionChange) -> StatusSession:
        """Return what the status screen needs to change the version that the person saw, once, and to watch it then."""

        async def send(on_progress: OnProgress) -> ChangeOutcome:
            self._on_progress = on_progress
            return await self.changes.change(seen, change, on_progress)

        sent = _sent_parameters(change.credentials) if change.credentials is not None else ()
        return self._status_session(
            create=send, connection_id=seen.connection_id, sent_parameters=sent, kind=WorkKind.CHANGE
        )

    def for_delete(self, seen: ConnectionStatus) -> StatusSession:
        """Return what the status screen needs to delete the version that the person saw, once."""

        async def send(on_progress: OnProgress) -> ChangeOutcome:
            self._on_progress = on_progress
            return await self.changes.delete(seen, on_progress)

        return self._status_session(create=send, connection_id=seen.connection_id, kind=WorkKind.DELETE)

    def for_change_look(self, intent: ChangeIntent) -> StatusSession:
        """Return what the status screen needs to find out what became of a change or delete of an earlier run."""

        async def look(on_progress: OnProgress) -> ChangeOutcome:
            self._on_progress = on_progress
            return await self.changes.look_into(intent, on_progress)

        kind = WorkKind.DELETE if intent.kind is ChangeKind.DELETE else WorkKind.CHANGE
        return self._status_session(create=look, connection_id=intent.connection_id, kind=kind, is_sending=False)

    def for_watch(self, connection_id: str) -> StatusSession:
        """Return what the status screen needs to watch an existing connection."""
        return self._status_session(connection_id=connection_id)

    async def delete(self, seen: ConnectionStatus) -> None:
        """Delete a connection that still is as the person saw it, and see that it is gone.

        Args:
            seen: the connection as it was shown.

        Raises:
            ConnectionChanged: it is not what was seen any more; nothing was sent.
            Problem: the platform refuses, for example while a dataflow uses the connection, or nobody knows.
        """
        now = await self._service.connection_status(seen.connection_id)
        check_unchanged(seen, now)
        outcome = await self.changes.delete(now, self._on_progress or ignore_progress)
        if not isinstance(outcome, Changed):
            raise outcome.error

    def adopt(self, intent: Intent) -> None:
        """Take an earlier create as the one that is concluded when the person has seen its end."""
        self._journal.last_intent = intent

    def forget_open_intents(self, unfinished: Unfinished) -> None:
        """Note that the person does not want to hear any more of what earlier runs left open at this organization.

        Raises:
            SettingsProblem: the journal cannot be written.
        """
        created = (entry.intent for entry in unfinished.connections)
        left: tuple[Intent | ChangeIntent, ...] = (*unfinished.open_intents, *created, *unfinished.open_changes)
        for intent in left:
            if intent.place.is_same_organization(self.target.place):  # of others the person was not asked
                self._journal.conclude(intent.id)

    def conclude(self) -> None:
        """Note that the person has seen the end of the last create."""
        if self._journal.last_intent is not None:
            self._journal.conclude(self._journal.last_intent.id)

    def result(self, wizard: Wizard, created: CreatedConnection, status: ConnectionStatus | None) -> ConnectionResult:
        """Return what the program prints about `created` when it ends: by `status`, if any, else by the `wizard`."""
        draft, source, method = wizard.draft, wizard.source, wizard.auth_method
        told_id = status.connection_spec_id if status else ""
        if told_id and (source is None or source.connection_spec_id != told_id):
            # The connection is another one than the answers describe, as one of an earlier run may be.
            source, method = wizard.catalog.source_by_connection_spec_id(told_id), None
        told_name = status.auth_spec_name if status else ""
        if method is not None and told_name and method.spec_name != told_name:
            method = None
        is_of_these_answers = method is not None
        return ConnectionResult(
            mode=self.target.mode.value,
            connection_id=created.connection_id,
            etag=(status.etag if status else "") or created.etag,
            location=created.location,
            state=status.state if status else "",
            name=(status.name if status else "") or draft.name,
            organization_id=self.target.organization_id,
            sandbox_name=self.target.sandbox_name,
            cloud=draft.cloud.value if draft.cloud and is_of_these_answers else "",
            source=source.label if source else "",
            auth_spec_name=method.spec_name if method else told_name,
            notices=tuple(notice.title for notice in wizard.notices) if is_of_these_answers else (),
            request_id=created.request_id,
        )

    def _status_session(
        self,
        create: Callable[[OnProgress], Awaitable[CreationOutcome | ChangeOutcome]] | None = None,
        connection_id: str = "",
        sent_parameters: tuple[tuple[str, str], ...] = (),
        done_words: str = "",
        kind: WorkKind = WorkKind.CREATE,
        is_sending: bool = True,
    ) -> StatusSession:
        is_new = create is not None and kind is WorkKind.CREATE
        return StatusSession(
            clock=self._clock,
            watch=lambda watched_id: watch_connection(self._service, watched_id, clock=self._clock, is_new=is_new),
            test=self._service.test_connection,
            create=create,
            connection_id=connection_id,
            sent_parameters=sent_parameters,
            done_words=done_words or _DONE_WORDS[kind],
            kind=kind,
            is_sending=is_sending,
        )

    def _lock(self) -> AbstractContextManager[object]:
        """Return the lock against a second submitter on this machine; a rehearsal needs none."""
        return SubmitLock(self.target.place) if self.target.mode is Mode.LIVE else nullcontext()

    def _tell_wait(self, wait: RetryWait) -> None:
        if self._on_progress is not None:
            self._on_progress(wait.words)


def _sent_parameters(request: ConnectionRequest) -> tuple[tuple[str, str], ...]:
    shown = request.shown_parameters()
    return tuple(
        (parameter.api_name, shown.get(parameter.api_name, "set")) for parameter, _answer in request.parameters
    )
