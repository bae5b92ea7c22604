"""The results as they come: each gets its name and its time, loses every secret, and is told on."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from aep_tui.domain.check import CheckResult, PlannedCheck, PreflightReport
from aep_tui.domain.clock import Clock
from aep_tui.domain.safe_text import without_control_characters
from aep_tui.domain.secrets import Secrets
from aep_tui.domain.translation import _
from aep_tui.preflight.verdict import Verdict, failed, skipped


class Record:
    """What is known so far."""

    def __init__(
        self,
        planned: Iterable[PlannedCheck],
        clock: Clock,
        secrets: Secrets,
        on_result: Callable[[CheckResult], None] | None,
    ) -> None:
        """Start with nothing known.

        Args:
            planned: all checks, in order.
            clock: measures the checks.
            secrets: of this run; no result says one.
            on_result: is told of each result when it is there.
        """
        self._planned = {check.id: check for check in planned}
        self._clock = clock
        self._on_result = on_result
        self._results: dict[str, CheckResult] = {}
        self._started: dict[str, float] = {}
        self._secrets = secrets
        self.offered: dict[str, tuple[str, ...]] = {}

    def begin(self, *check_ids: str) -> None:
        """Measure `check_ids` from now on, and count them as begun."""
        self._started.update(dict.fromkeys(check_ids, self._clock.monotonic()))

    def has(self, check_id: str) -> bool:
        """Return whether a check has its result."""
        return check_id in self._results

    def put(self, check_id: str, verdict: Verdict, seconds: float | None = None) -> None:
        """Take a result; the first one of a check counts.

        Args:
            check_id: of the check.
            verdict: what it says.
            seconds: how long it took; measured since `begin` when None.
        """
        if check_id in self._results:
            return
        if seconds is None:
            now = self._clock.monotonic()
            seconds = now - self._started.get(check_id, now)
        result = CheckResult(
            id=check_id,
            name=self._planned[check_id].name,
            state=verdict.state,
            seconds=seconds,
            reason=self._clean(verdict.reason),
            what_to_do=self._clean(verdict.what_to_do),
            who_can_do_it=verdict.who_can_do_it,
            problem=verdict.problem,
        )
        self._results[check_id] = result
        if self._on_result is not None:
            self._on_result(result)

    def put_unfinished(self, seconds: float) -> None:
        """Say of every check without a result that the time is up: `seconds` for all of them."""
        for check_id in self._planned:
            if check_id in self._started:
                self.put(
                    check_id,
                    failed(
                        _("It was not finished when all checks had taken {seconds:g} s.").format(seconds=seconds),
                        _("Check again; if it stays, the network or the platform is slow."),
                        _("you"),
                    ),
                )
            else:
                self.put(
                    check_id,
                    skipped(_("There was no time left: all checks may take {seconds:g} s.").format(seconds=seconds)),
                )

    def report(self) -> PreflightReport:
        """Return what is known, in the order of the plan."""
        return PreflightReport(
            tuple(self._results[check_id] for check_id in self._planned if check_id in self._results),
            dict(self.offered),
        )

    def _clean(self, text: str) -> str:
        return without_control_characters(self._secrets.without_known_values(text))
