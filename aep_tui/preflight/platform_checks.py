"""The checks that ask the platform: token, API key, organization, sandbox, permissions, specifications."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from aep_tui.domain.problem import Problem, SettingsProblem
from aep_tui.domain.sandbox import Sandbox
from aep_tui.domain.source import Source
from aep_tui.domain.target import Target
from aep_tui.domain.token_end import expiry_of
from aep_tui.domain.translation import _
from aep_tui.flow_service.authentication import BearerToken, checked_header
from aep_tui.flow_service.exchange import Wire
from aep_tui.flow_service.failures import too_slow
from aep_tui.flow_service.ims import ImsAuthentication
from aep_tui.flow_service.sign_in import authentication_for
from aep_tui.preflight import plan
from aep_tui.preflight.access import (
    TokenFacts,
    door_verdict,
    manage_verdict,
    sandbox_verdict,
    sandboxes_of,
    token_verdict,
    view_verdict,
)
from aep_tui.preflight.record import Record
from aep_tui.preflight.requests import SANDBOXES_IN_A_PAGE, Asker, Blame, Reply
from aep_tui.preflight.sources import spec_verdict
from aep_tui.preflight.verdict import Verdict, failed, of_problem, skipped

_MOST_PAGES: Final = 20
_HEADERS: Final[Mapping[str, str]] = {
    plan.API_KEY: "x-api-key",
    plan.ORGANIZATION: "x-gw-ims-org-id",
    plan.SANDBOX: "x-sandbox-name",
}

_ASKS_THE_PLATFORM: Final = frozenset(
    {
        plan.ACCESS_TOKEN,
        plan.API_KEY,
        plan.ORGANIZATION,
        plan.SANDBOX,
        plan.VIEW_SOURCES,
        plan.MANAGE_SOURCES,
    }
)


class PlatformChecks:
    """All checks that need an answer of the platform's services."""

    def __init__(
        self,
        target: Target,
        wire: Wire,
        *,
        sources: tuple[Source, ...],
        is_source_chosen: bool,
        authentication: BearerToken | ImsAuthentication | None,
        lane: asyncio.Semaphore,
    ) -> None:
        """Take the set-up as `Preflight`; `lane` lets a limited number of checks wait for the network at a time.

        The limit of `wire` for a whole request is that of a check.
        """
        self._target = target
        self._wire = wire
        self._sources = sources
        self._is_source_chosen = is_source_chosen
        self._authentication = authentication
        self._lane = lane
        self._asker: Asker | None = None

    async def aclose(self) -> None:
        """Close all connections."""
        if self._asker is not None:
            asker, self._asker = self._asker, None
            await asker.aclose()

    async def run(self, record: Record, platform: asyncio.Task[str], identity: asyncio.Task[str]) -> None:
        """Make the checks as soon as the hosts are known to answer.

        Args:
            record: takes the results.
            platform: returns why the platform cannot be asked, "" when it can.
            identity: the same of the identity service.
        """
        headers, missing = self._checked_headers(record)
        token = asyncio.create_task(self._token(record, identity))
        try:
            out_of_reach, facts = await platform, await token
        finally:
            token.cancel()
        blocked = out_of_reach or missing or ("" if facts else _("There is no access token."))
        if blocked:
            if facts is not None:
                record.put(plan.ACCESS_TOKEN, token_verdict(facts, (), self._wire.clock.now()))
            self._skip_the_rest(record, blocked)
            return
        authentication = self._authentication
        assert facts is not None, "otherwise the checks are blocked"  # noqa: S101 - a few lines above
        assert authentication is not None, "the token's facts come from it"  # noqa: S101 - see _token
        try:
            self._asker = Asker(self._wire, headers, authentication)
        except SettingsProblem as problem:
            self._skip_the_rest(record, problem.message)
            return
        await self._ask(record, self._asker, facts)

    async def _ask(self, record: Record, asker: Asker, facts: TokenFacts) -> None:
        has_sandbox = not record.has(plan.SANDBOX)
        record.begin(plan.API_KEY, plan.ORGANIZATION, plan.SANDBOX)
        async with asyncio.TaskGroup() as group:
            listing = group.create_task(self._sandboxes(asker))
            using, reading = None, []
            if has_sandbox:
                record.begin(plan.VIEW_SOURCES, *(plan.spec_check_id(source.id) for source in self._sources))
                using = group.create_task(self._in_lane(asker.one_connection))
                reading = [group.create_task(self._in_lane(_spec_request(asker, source))) for source in self._sources]
            pages, sandboxes = await listing
            use = await using if using is not None else None
            replies = (*pages, use) if use is not None else pages
            self._put_access(record, facts, replies)
            if use is None:
                self._skip_the_rest(record, _("There is no sandbox."))
                return
            verdict, sandbox = sandbox_verdict(self._target.sandbox_name, pages, use, sandboxes)
            record.put(plan.SANDBOX, verdict, sum(page.seconds for page in pages))
            record.put(plan.VIEW_SOURCES, view_verdict(use), use.seconds)
            record.put(plan.MANAGE_SOURCES, manage_verdict(replies), 0.0)
            for source, spec in zip(self._sources, reading, strict=True):
                self._put_spec(record, source, await spec, sandbox)

    def _put_access(self, record: Record, facts: TokenFacts, replies: tuple[Reply, ...]) -> None:
        seconds = min(reply.seconds for reply in replies)
        record.put(plan.ACCESS_TOKEN, token_verdict(facts, replies, self._wire.clock.now()))
        key = door_verdict(Blame.API_KEY, replies, _("The gateway accepts the API key."))
        record.put(plan.API_KEY, key, seconds)
        organization = door_verdict(Blame.ORGANIZATION, replies, _("The organization is accepted."))
        record.put(plan.ORGANIZATION, organization, seconds)

    def _put_spec(self, record: Record, source: Source, reply: Reply, sandbox: Sandbox | None) -> None:
        verdict, offered = spec_verdict(source, reply, sandbox, is_chosen=self._is_source_chosen)
        if offered:
            record.offered[source.connection_spec_id] = offered
        record.put(plan.spec_check_id(source.id), verdict, reply.seconds)

    def _skip_the_rest(self, record: Record, reason: str) -> None:
        verdict = skipped(_("Not checked: {reason}").format(reason=reason))
        for check in plan.planned_checks(self._sources, ()):
            if check.id in _ASKS_THE_PLATFORM or check.id.startswith(plan.CONNECTION_SPEC):
                record.put(check.id, verdict, 0.0)

    def _checked_headers(self, record: Record) -> tuple[dict[str, str], str]:
        """Return the headers that can be sent, and why no request can do without those that cannot."""
        values = {
            plan.API_KEY: self._target.api_key,
            plan.ORGANIZATION: self._target.organization_id,
            plan.SANDBOX: self._target.sandbox_name,
        }
        headers: dict[str, str] = {}
        missing = ""
        for check_id, value in values.items():
            verdict = _setting_verdict(check_id, value)
            if verdict is None:
                headers[_HEADERS[check_id]] = value
                continue
            record.put(check_id, verdict, 0.0)
            if check_id != plan.SANDBOX:
                missing = missing or verdict.reason
        return headers, missing

    async def _token(self, record: Record, identity: asyncio.Task[str]) -> TokenFacts | None:
        """Return what is known of the token; None when there is none, which the record then says."""
        if self._authentication is None:
            try:
                self._authentication = authentication_for(self._target, self._wire)
            except SettingsProblem as problem:
                record.put(plan.ACCESS_TOKEN, of_problem(problem))
                return None
        if isinstance(self._authentication, ImsAuthentication):
            return await self._obtained_token(record, identity, self._authentication)
        record.begin(plan.ACCESS_TOKEN)
        if self._target.access_token is not None:
            return TokenFacts(is_obtained=False, expires_at=expiry_of(self._target.access_token))
        record.put(
            plan.ACCESS_TOKEN,
            failed(
                _("There is no access token, and no client secret to obtain one with."),
                _("Set AEP_CLIENT_SECRET, or AEP_ACCESS_TOKEN, or enter a token in the wizard."),
                _("you"),
            ),
        )
        return None

    async def _obtained_token(
        self, record: Record, identity: asyncio.Task[str], ims: ImsAuthentication
    ) -> TokenFacts | None:
        blocked = await identity or ("" if self._target.api_key else _("There is no API key, which is the client id."))
        record.begin(plan.ACCESS_TOKEN)
        if blocked:
            record.put(plan.ACCESS_TOKEN, skipped(_("Not checked: {reason}").format(reason=blocked)))
            return None
        try:
            async with self._lane, asyncio.timeout(self._wire.limits.whole):
                token = await ims.access_token()
        except TimeoutError:
            record.put(plan.ACCESS_TOKEN, of_problem(too_slow(_("the identity service"), self._wire.limits.whole)))
            return None
        except Problem as problem:
            record.put(plan.ACCESS_TOKEN, of_problem(problem))
            return None
        return TokenFacts(is_obtained=True, expires_at=expiry_of(token))

    async def _sandboxes(self, asker: Asker) -> tuple[tuple[Reply, ...], list[Sandbox] | None]:
        """Return what came of each page up to the one that names the sandbox, and the list, None when unreadable."""
        pages: list[Reply] = []
        found: list[Sandbox] = []
        for number in range(_MOST_PAGES):
            reply = await self._in_lane(_page_request(asker, number))
            pages.append(reply)
            page = sandboxes_of(reply.answer) if reply.answer is not None else None
            if page is None:
                return tuple(pages), None
            found += page
            if len(page) < SANDBOXES_IN_A_PAGE or any(each.name == self._target.sandbox_name for each in page):
                break
        return tuple(pages), found

    async def _in_lane(self, request: Callable[[], Awaitable[Reply]]) -> Reply:
        async with self._lane:
            return await request()


def _spec_request(asker: Asker, source: Source) -> Callable[[], Awaitable[Reply]]:
    return lambda: asker.connection_spec(source.connection_spec_id)


def _page_request(asker: Asker, number: int) -> Callable[[], Awaitable[Reply]]:
    return lambda: asker.sandboxes(number)


def _setting_verdict(check_id: str, value: str) -> Verdict | None:
    """Return why a setting cannot be sent, or None when it can."""
    if value:
        try:
            checked_header(_HEADERS[check_id], value)
        except SettingsProblem as problem:
            return of_problem(problem)
        return None
    reason, what_to_do = {
        plan.API_KEY: (
            _("There is no API key."),
            _("Set AEP_API_KEY: the client id of the credential in Adobe Developer Console."),
        ),
        plan.ORGANIZATION: (_("There is no organization."), _("Set AEP_ORG_ID; it ends in @AdobeOrg.")),
        plan.SANDBOX: (_("There is no sandbox."), _("Set AEP_SANDBOX_NAME, or choose one in the wizard.")),
    }[check_id]
    return failed(reason, what_to_do, _("you"))
