"""The documented forms, for the tests of the rules."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from aep_tui.domain.catalog.catalog import load_catalog
from aep_tui.domain.finding import Finding
from aep_tui.domain.rules.context import RuleContext
from aep_tui.domain.source import AuthMethod, Cloud, Parameter
from aep_tui.domain.validation import findings_for_text

NOW = datetime(2026, 11, 22, tzinfo=UTC)
TODAY = NOW.date()


def method(source_id: str, cloud: Cloud, method_id: str) -> AuthMethod:
    source = load_catalog().source(source_id)
    assert source is not None
    found = source.auth_method(cloud, method_id)
    assert found is not None
    return found


CLIENT_CREDENTIAL = method("salesforce", Cloud.AZURE, "oauth2-client-credential")
BASIC = method("salesforce", Cloud.AZURE, "basic-authentication")
JWT = method("salesforce", Cloud.AWS, "oauth2-jwt-token-credential")
ORACLE = method("oracle-service-cloud", Cloud.AZURE, "basic-authentication")
ZOHO = method("zoho-crm", Cloud.AZURE, "basic-authentication")
ALL = (CLIENT_CREDENTIAL, BASIC, JWT, ORACLE, ZOHO)


def parameter(auth_method: AuthMethod, api_name: str) -> Parameter:
    found = auth_method.parameter(api_name)
    assert found is not None
    return found


def judge(
    auth_method: AuthMethod, api_name: str, text: str, today: date = TODAY, **other_answers: str
) -> tuple[Finding, ...]:
    now = datetime.combine(today, time.min, UTC)
    return findings_for_text(RuleContext(parameter(auth_method, api_name), auth_method, now, other_answers), text)


def verdict(findings: tuple[Finding, ...]) -> str:
    """The word that decides: "error", "warning" or "ok"."""
    if any(finding.is_error for finding in findings):
        return "error"
    return "warning" if findings else "ok"


def suggestions(findings: tuple[Finding, ...]) -> set[str]:
    return {finding.suggested_value for finding in findings if finding.suggested_value}


def words(findings: tuple[Finding, ...]) -> str:
    return " ".join(finding.message for finding in findings)


def are(findings: tuple[Finding, ...], *expected: str) -> bool:
    """Whether the findings are these and no others, in this order: "error" or "warning", a blank, some of the words."""
    said = [f"{'error' if finding.is_error else 'warning'} {finding.message}" for finding in findings]
    return len(said) == len(expected) and all(
        has.split(" ")[0] == wanted.split(" ")[0] and wanted.partition(" ")[2] in has
        for has, wanted in zip(said, expected, strict=True)
    )
