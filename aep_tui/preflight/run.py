"""Makes all checks of a set-up, those that do not wait for each other side by side."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from aep_tui.domain.check import CheckResult, CheckState, PlannedCheck, PreflightReport
from aep_tui.domain.lifecycle import LifecycleNotice
from aep_tui.domain.problem import SettingsProblem
from aep_tui.domain.source import Source
from aep_tui.domain.target import Mode, Target
from aep_tui.domain.translation import _
from aep_tui.flow_service.authentication import BearerToken
from aep_tui.flow_service.exchange import TimeLimits, Wire
from aep_tui.flow_service.ims import ImsAuthentication
from aep_tui.flow_service.probe import probe
from aep_tui.flow_service.proxies import proxy_for
from aep_tui.preflight import plan
from aep_tui.preflight.platform_checks import PlatformChecks
from aep_tui.preflight.proxy import certificates_verdict, proxy_verdict
from aep_tui.preflight.reach import Host, reach
from aep_tui.preflight.record import Record
from aep_tui.preflight.sources import notice_verdict, notices_about
from aep_tui.preflight.terminal_facts import TerminalFacts, read_terminal, terminal_verdict
from aep_tui.preflight.tls_and_clock import clock_verdict, tls_verdict
from aep_tui.preflight.verdict import Verdict, of_problem, skipped


@dataclass(frozen=True, slots=True)
class PreflightLimits:
    """How long it may take.

    Attributes:
        check: seconds for one check.
        whole: seconds for all.
        at_once: how many checks may wait for the network at the same time; 1 makes them one after the other, which
            is what the benchmark compares with.
    """

    check: float = 5.0
    whole: float = 10.0
    at_once: int = 32


class Preflight:
    """The checks of one set-up, made once. What is known so far can be had at any time, also after a cancel."""

    def __init__(
        self,
        target: Target,
        wire: Wire,
        *,
        sources: Iterable[Source],
        notices: Iterable[LifecycleNotice] = (),
        authentication: BearerToken | ImsAuthentication | None = None,
        is_source_chosen: bool = False,
        terminal: TerminalFacts | None = None,
        limits: PreflightLimits | None = None,
    ) -> None:
        """Take the set-up; nothing is sent yet, and nothing is ever changed.

        Args:
            target: organization, sandbox, API key, and an access token or a client credential.
            wire: to the platform; the checks of the network are skipped when something answers in its place.
            sources: the source that is wanted, or all of the catalog.
            notices: the lifecycle notices of the catalog.
            authentication: the session's own, so that its token is shared; made from the target when None.
            is_source_chosen: somebody wants exactly `sources`, so that an absent one is a failure and not a warning.
            terminal: what is known of the terminal; looked up when None.
            limits: 5 s a check and 10 s in all.

        Raises:
            SettingsProblem: the identity host cannot be used.
        """
        self._sources = tuple(sources)
        self._notices = notices_about(self._sources, notices)
        self._terminal = terminal
        self._wire = wire
        self._clock = wire.clock
        self._limits = limits or PreflightLimits()
        self._is_practice = wire.transport is not None or target.mode is Mode.PRACTICE
        self.planned: tuple[PlannedCheck, ...] = plan.planned_checks(self._sources, self._notices)
        self._lane = asyncio.Semaphore(self._limits.at_once)
        self._platform = None if self._is_practice else _host(wire.base_url)
        identity_url = "" if self._is_practice else _identity_url(target)
        self._identity = _host(identity_url) if identity_url else None
        seconds = self._limits.check
        self._platform_checks = PlatformChecks(
            target,
            replace(wire, limits=TimeLimits(seconds, seconds, seconds)),
            sources=self._sources,
            is_source_chosen=is_source_chosen,
            authentication=authentication,
            lane=self._lane,
        )
        for number, host in enumerate(self._hosts()):
            wire.secrets.hold(host.proxy.password, f"proxyPassword{number}")
        self._record = Record(self.planned, self._clock, wire.secrets, None)

    def report(self) -> PreflightReport:
        """Return what is known so far."""
        return self._record.report()

    async def run(self, on_result: Callable[[CheckResult], None] | None = None) -> PreflightReport:
        """Make the checks and return all results; cancelling the task ends it at once.

        Args:
            on_result: is told of each result as soon as it is there, in the order in which they come.
        """
        self._record = Record(self.planned, self._clock, self._wire.secrets, on_result)
        try:
            async with asyncio.timeout(self._limits.whole):
                await self._everything()
        except TimeoutError:
            self._record.put_unfinished(self._limits.whole)
        finally:
            await self._platform_checks.aclose()
        return self._record.report()

    async def _everything(self) -> None:
        # First what has to wait, so that it is under way while the rest is looked at.
        async with asyncio.TaskGroup() as group:
            platform = group.create_task(self._platform_is_out_of_reach())
            identity = group.create_task(self._identity_is_out_of_reach())
            group.create_task(self._platform_checks.run(self._record, platform, identity))
            await asyncio.sleep(0)
            self._put_local_checks()

    def _put_local_checks(self) -> None:
        record = self._record
        record.put(plan.TERMINAL, terminal_verdict(self._terminal or read_terminal()))
        for notice in self._notices:
            record.put(plan.notice_check_id(notice), notice_verdict(notice, self._clock.today()))
        hosts = self._hosts()
        if not hosts:
            record.put(plan.PROXY, _no_network())
            record.put(plan.CERTIFICATES, _no_network())
            return
        record.put(plan.PROXY, proxy_verdict({host.name: host.proxy for host in hosts}))
        record.begin(plan.CERTIFICATES)
        record.put(
            plan.CERTIFICATES,
            certificates_verdict()
            if any(host.has_tls for host in hosts)
            else skipped(_("Not needed: this machine is spoken to without TLS.")),
        )

    async def _platform_is_out_of_reach(self) -> str:
        """Check the platform's host; return why requests to it are of no use, "" when they are."""
        if self._platform is None:
            for check_id in (plan.PLATFORM_NETWORK, plan.PLATFORM_TLS, plan.CLOCK):
                self._record.put(check_id, _no_network())
            return ""
        return await self._check_host(self._platform, plan.PLATFORM_NETWORK, plan.PLATFORM_TLS, plan.CLOCK)

    async def _identity_is_out_of_reach(self) -> str:
        """Check the identity service's host; return why a request to it is of no use, "" when it is."""
        if self._identity is None:
            reason = _no_network() if self._is_practice else skipped(_("Not needed: no token has to be obtained."))
            for check_id in (plan.IDENTITY_NETWORK, plan.IDENTITY_TLS):
                self._record.put(check_id, reason)
            return ""
        return await self._check_host(self._identity, plan.IDENTITY_NETWORK, plan.IDENTITY_TLS, "")

    async def _check_host(self, host: Host, network: str, tls: str, clock: str) -> str:
        record, after = self._record, [check_id for check_id in (tls, clock) if check_id]
        if host.proxy.problem:
            verdict = skipped(_("Not checked: {reason}").format(reason=host.proxy.problem))
            for check_id in (network, *after):
                record.put(check_id, verdict)
            return host.proxy.problem
        async with self._lane:
            record.begin(network)
            verdict = await reach(host, self._limits.check)
            record.put(network, verdict)
        if verdict.state is not CheckState.OK:
            out_of_reach = _("{host} cannot be reached.").format(host=host.name)
            for check_id in after:
                record.put(check_id, skipped(_("Not checked: {reason}").format(reason=out_of_reach)))
            return out_of_reach
        async with self._lane:
            record.begin(*after)
            verdict = await self._probe(host, tls, clock)
        return _("TLS with {host} does not work.").format(host=host.name) if verdict.state is CheckState.FAILED else ""

    async def _probe(self, host: Host, tls: str, clock: str) -> Verdict:
        try:
            found = await probe(host.url, self._limits.check, self._clock)
        except SettingsProblem as problem:
            verdict = of_problem(problem)
            if clock:
                self._record.put(clock, skipped(_("Not checked: {reason}").format(reason=problem.message)))
        else:
            verdict = tls_verdict(host, found)
            if clock:
                self._record.put(clock, clock_verdict(host, found))
        self._record.put(tls, verdict)
        return verdict

    def _hosts(self) -> list[Host]:
        return [host for host in (self._platform, self._identity) if host is not None]


def _host(url: str) -> Host:
    parts = urlsplit(url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    return Host(url=url, name=parts.netloc, host=parts.hostname or "", port=port, proxy=proxy_for(url))


def _identity_url(target: Target) -> str:
    """Return the address of the identity service, "" when no token has to be obtained (see `authentication_for`)."""
    credential = target.client_credential
    if credential is None or target.access_token is not None:
        return ""
    return credential.checked_ims_base_url


def _no_network() -> Verdict:
    return skipped(_("Practice mode has no network."))
