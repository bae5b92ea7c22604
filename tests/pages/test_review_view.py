from __future__ import annotations

from dataclasses import replace

import pytest

from aep_tui.domain.catalog.catalog import load_catalog
from aep_tui.domain.secrets import Secrets
from aep_tui.domain.source import Cloud
from aep_tui.domain.wizard import Wizard
from aep_tui.pages.frame import Frame
from aep_tui.pages.review_view import call_words, notice_text, review_rows
from aep_tui.practice.organization import practice_target
from tests.domain.tokens import token
from tests.kit.clock import FakeClock


@pytest.mark.parametrize(("minutes_left", "words"), [(60, "The token ends on"), (-60, "The token ended on")])
def test_a_token_that_has_ended_on_the_way_to_the_review_is_said_there(minutes_left: int, words: str) -> None:
    clock, secrets = FakeClock(), Secrets()
    ends_at = int(clock.now().timestamp()) + 60 * minutes_left
    walk = Wizard(load_catalog(), clock.today()).with_cloud(Cloud.AWS).wizard.with_source("salesforce").wizard
    walk = walk.with_auth_method("oauth2-jwt-token-credential").wizard
    walk = walk.with_answers({"jwtToken": secrets.hold(token(exp=ends_at), "jwtToken")})
    rows = {row.id: row for row in review_rows(Frame(walk, practice_target(secrets), clock, secrets))}
    assert any(warning.startswith(words) for warning in rows["parameter-jwtToken"].warnings)


def test_read_only_the_review_says_that_nothing_is_sent_and_leads_nobody_to_submit() -> None:
    clock, secrets = FakeClock(), Secrets()
    target = practice_target(secrets)
    walk = Wizard(load_catalog(), clock.today()).with_cloud(Cloud.AZURE).wizard.with_source("salesforce").wizard
    walk = walk.with_auth_method("oauth2-client-credential").wizard
    usual, told = (Frame(walk, replace(target, is_read_only=each), clock, secrets) for each in (False, True))
    assert (notice_text(usual), "which sends" in call_words(usual)) == ("", True)
    assert notice_text(told).startswith("Warning: the program was started read-only")
    assert "Submit" not in call_words(told)
