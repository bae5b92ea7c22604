from __future__ import annotations

import httpx
import pytest

from aep_tui.domain.check import CheckState
from aep_tui.domain.secret import Secret
from aep_tui.domain.target import Mode, Target
from aep_tui.preflight.run import Preflight
from tests.kit.wire import a_wire
from tests.preflight.helpers import A_TERMINAL, SOURCES, found


@pytest.mark.anyio
async def test_a_rehearsal_has_no_network_and_every_check_has_its_words() -> None:
    preflight = Preflight(
        Target(Mode.PRACTICE, "https://platform.adobe.io", "ACME@AdobeOrg", "dev", "acme-key", Secret("token")),
        a_wire(answers=lambda _request: httpx.Response(404)),
        sources=SOURCES,
        terminal=A_TERMINAL,
    )
    report = await preflight.run()
    assert [result.id for result in report.results] == [planned.id for planned in preflight.planned]
    for check_id in (
        "proxy",
        "certificates",
        "platform-network",
        "platform-tls",
        "identity-network",
        "identity-tls",
        "clock",
    ):
        result = found(report, check_id)
        assert (result.state, result.reason) == (CheckState.SKIPPED, "Practice mode has no network.")
