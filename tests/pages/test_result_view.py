"""What the last page says of a connection, and how it looks."""

from __future__ import annotations

from dataclasses import replace

import pytest

from aep_tui.domain.secrets import Secrets
from aep_tui.pages.choice_row import Tone
from aep_tui.pages.frame import Frame
from aep_tui.pages.result_view import result_view
from tests.kit.clock import FakeClock
from tests.pages.support import LIVE, answered_wizard, result_of


@pytest.mark.parametrize(
    ("state", "test_passed", "headline", "tone", "later"),
    [
        ("enabled", True, "OK: the base connection is enabled.", Tone.GOOD, False),
        ("enabled", None, "OK: the base connection is enabled.", Tone.GOOD, False),
        ("enabled", False, "Warning: the base connection is enabled, but the", Tone.WARNING, False),
        ("initializing", None, "The base connection exists. Its last state was: initializing", Tone.WARNING, True),
        ("", None, "The base connection exists. Its last state was: not known", Tone.WARNING, True),
        ("deleted", False, "The base connection was deleted.", Tone.WARNING, False),
    ],
)
def test_only_what_is_enabled_and_did_not_fail_looks_good(
    state: str, test_passed: bool | None, headline: str, tone: Tone, later: bool
) -> None:
    frame = Frame(answered_wizard(), LIVE, FakeClock(), Secrets())
    view = result_view(frame, replace(result_of("id-1", state), test_passed=test_passed))
    assert view.headline.startswith(headline)
    assert view.tone is tone
    assert view.later == ("Look again later: aep-tui watch id-1" if later else "")
    assert bool(view.next_steps) is (state != "deleted")
