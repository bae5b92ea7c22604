"""What the tests of the pages share: a target, an earlier create, an answered wizard."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Final

from aep_tui.domain.catalog.catalog import load_catalog
from aep_tui.domain.draft import Draft
from aep_tui.domain.intent import Intent
from aep_tui.domain.source import Cloud
from aep_tui.domain.target import LIVE_BASE_URL, Mode, Target
from aep_tui.domain.wizard import Wizard
from tests.tui.journeys import OAUTH2

NOW: Final = datetime(2026, 11, 22, 12, tzinfo=UTC)
EARLIER: Final = datetime(2026, 11, 21, 9, tzinfo=UTC)
LIVE: Final = Target(Mode.LIVE, LIVE_BASE_URL, "ACME@AdobeOrg", "dev", "0a1b2c")
INTENT: Final = Intent(
    id="1",
    started_at=EARLIER,
    base_url=LIVE.base_url,
    organization_id=LIVE.organization_id,
    sandbox_name="qa",
    api_key=LIVE.api_key,
    source_id="salesforce",
    auth_method_id="oauth2-client-credential",
    connection_spec_id="cfc0fee1-7dc0-40ef-b73e-d8b134c436f5",
    name="ACME",
    digest="0" * 64,
    not_before=EARLIER,
)
DRAFT: Final = Draft(Cloud.AZURE, "salesforce", "oauth2-client-credential", name="ACME")


def answered_wizard() -> Wizard:
    """A wizard whose review can be reached."""
    wizard = Wizard(load_catalog(), date(2026, 11, 22)).with_cloud(Cloud(OAUTH2.cloud)).wizard
    wizard = wizard.with_source(OAUTH2.source).wizard.with_auth_method(OAUTH2.auth_method).wizard
    return wizard.with_answers(OAUTH2.answers()).with_name("ACME", "")
