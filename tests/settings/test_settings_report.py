from __future__ import annotations

import json
from pathlib import Path

from aep_tui.settings.setting import SETTINGS, SettingName
from aep_tui.settings.settings_report import report_record, report_text, settings_report
from tests.kit.canary import CANARY
from tests.settings.resolving import resolve


def test_each_setting_has_a_row_with_value_origin_and_what_was_ignored() -> None:
    Path(".env").write_text("AEP_ORG_ID=file@AdobeOrg\n")
    resolved = resolve(
        flags={SettingName.SANDBOX_NAME: "dev"},
        environment={"AEP_ORG_ID": "environment@AdobeOrg", "AEP_ACCESS_TOKEN": CANARY},
    )
    rows = {row.name: row for row in settings_report(resolved)}
    assert list(rows) == [setting.name for setting in SETTINGS]
    organization = rows["organization_id"]
    assert (organization.value, organization.origin) == ("environment@AdobeOrg", "environment variable AEP_ORG_ID")
    assert organization.ignored == (
        "AEP_ORG_ID in .env in the working directory is ignored: environment variable AEP_ORG_ID comes first.",
    )
    assert (rows["sandbox_name"].value, rows["sandbox_name"].origin) == ("dev", "flag --sandbox-name")
    assert (rows["access_token"].value, rows["access_token"].origin) == ("set", "environment variable AEP_ACCESS_TOKEN")
    assert (rows["client_secret"].value, rows["client_secret"].origin) == ("", "not set")
    assert rows["base_url"].origin == "default"


def test_text_and_record_tell_the_same_and_no_secret() -> None:
    Path(".env").write_text(f"AEP_CLIENT_SECRET={CANARY}\nAEP_ORGID=x\n")
    Path(".env").chmod(0o644)
    resolved = resolve(environment={"AEP_ACCESS_TOKEN": CANARY})
    text, record = report_text(resolved), report_record(resolved)
    for shown in (text, json.dumps(record)):
        assert CANARY not in shown
        assert "AEP_ORGID" in shown
    assert "Warning: Other users" in text
    assert "AEP_CLIENT_SECRET  (not set)" in text
    assert "is ignored: environment variable AEP_ACCESS_TOKEN decides how to sign in." in text
    assert record["profile"] == ""
    assert record["settings"] == [
        {"name": row.name, "value": row.value, "origin": row.origin, "ignored": list(row.ignored)}
        for row in settings_report(resolved)
    ]


def test_the_values_of_the_text_stand_below_one_another() -> None:
    resolved = resolve(environment={"AEP_ACCESS_TOKEN": CANARY})
    lines = report_text(resolved).splitlines()[: len(SETTINGS)]
    columns = {
        line.index(row.value or f"({row.origin})") for line, row in zip(lines, settings_report(resolved), strict=True)
    }
    assert len(columns) == 1
