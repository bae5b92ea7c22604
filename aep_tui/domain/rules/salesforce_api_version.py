"""The rule "salesforce-api-version": a Salesforce REST API version with a decimal (Salesforce tutorial, Azure).

Adobe's page on authenticating Salesforce says that `52` must be written `52.0`. The ends of versions are Salesforce's
own (articles 000354473 and 005321531), the lower bound of 47.0 is that of the Bulk API 2.0 connector beneath.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from aep_tui.domain.finding import Finding, error, warning
from aep_tui.domain.rules.context import RuleContext
from aep_tui.domain.rules.registry import rule
from aep_tui.domain.source import RuleName
from aep_tui.domain.translation import _

LAST_RETIRED: Final = 30
"""Versions up to this one answer 410 since Summer '25."""
LAST_UNSUPPORTED_SOON: Final = 40
"""Versions up to this one are unsupported from Summer '27 and retire in Summer '28."""
FIRST_FOR_CLIENT_CREDENTIAL: Final = 47
"""The connector beneath the platform reads by Bulk API 2.0, which needs this version."""
FIRST_WITHOUT_SOAP_LOGIN: Final = 65
"""From this version on Salesforce's SOAP login() is not there, which user name and password may log in by."""
LAST_WITH_SOAP_LOGIN: Final = "64.0"
FIRST_IMPLAUSIBLE: Final = 100
SUMMER_27: Final = date(2027, 6, 1)

_VERSION = re.compile(r"^([0-9]{1,9})\.0$")
_ALMOST = re.compile(r"(?i)^\s*(?:v|version)?\s*\.?\s*([0-9]{1,9})\s*(?:[.,]\s*0*)?\s*$")


@rule(RuleName.SALESFORCE_API_VERSION, judges_blank=True)
def judge_salesforce_api_version(context: RuleContext, text: str) -> tuple[Finding, ...]:
    """Return what is wrong with a version; a high number never blocks, because Salesforce goes on counting."""
    if not text:
        return (_soap_login_warning(context.today),) if context.is_by_user_name else ()
    match = _VERSION.match(text)
    if match is None or (len(match[1]) > 1 and match[1].startswith("0")):
        return (_wrong_form(context, text),)
    number = int(match[1])
    if number <= LAST_RETIRED:
        return (
            error(
                _(
                    "Salesforce has retired the versions up to 30.0; requests with them fail. Write a newer one, for "
                    "example 60.0."
                )
            ),
        )
    findings: list[Finding] = []
    if number <= LAST_UNSUPPORTED_SOON:
        findings.append(_unsupported_warning(context.today))
    if context.is_by_client_credentials and number < FIRST_FOR_CLIENT_CREDENTIAL:
        findings.append(
            warning(_("With OAuth 2 the connector may need version 47.0 or newer. Better write one, for example 60.0."))
        )
    if number >= FIRST_IMPLAUSIBLE:
        findings.append(
            warning(_("This number is unusually high. Check it against the versions that your instance offers."))
        )
    if context.is_by_user_name and number >= FIRST_WITHOUT_SOAP_LOGIN:
        findings.append(_soap_login_warning(context.today))
    return tuple(findings)


def _wrong_form(context: RuleContext, text: str) -> Finding:
    almost = _ALMOST.match(text)
    if almost is None:
        return error(_("Write the version as a number with a decimal, for example 60.0."))
    corrected = f"{int(almost[1])}.0"
    if int(almost[1]) <= LAST_RETIRED:
        return error(
            _("Write the version with a decimal, and take one that Salesforce has not retired, for example 60.0.")
        )
    if context.is_by_user_name and int(almost[1]) >= FIRST_WITHOUT_SOAP_LOGIN and context.today < SUMMER_27:
        return error(
            _(
                "Write {version}: Basic authentication may use Salesforce's SOAP login(), which is missing from "
                "version 65.0 on."
            ).format(version=LAST_WITH_SOAP_LOGIN),
            LAST_WITH_SOAP_LOGIN,
        )
    return error(_("Write {version}.").format(version=corrected), corrected)


def _soap_login_warning(today: date) -> Finding:
    if today < SUMMER_27:
        return warning(
            _(
                "Basic authentication may use Salesforce's SOAP login(), which is missing from version 65.0 on and "
                "retires in Summer '27. A blank means the latest version. Write 64.0 or lower, or use OAuth 2."
            )
        )
    return warning(
        _(
            "Basic authentication may use Salesforce's SOAP login(), which Salesforce retires in Summer '27. Use OAuth "
            "2 instead."
        )
    )


def _unsupported_warning(today: date) -> Finding:
    if today < SUMMER_27:
        return warning(
            _(
                "Salesforce supports the versions 31.0 to 40.0 only until Summer '27 and retires them in Summer '28. "
                "Better write a newer one."
            )
        )
    return warning(
        _(
            "Salesforce does not support the versions 31.0 to 40.0 since Summer '27 and retires them in Summer '28. "
            "Write a newer one."
        )
    )
