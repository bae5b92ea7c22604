"""What the documents suggest that the platform refuses, without saying so: the strict scenario refuses it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from aep_tui.domain.rules.context import RuleContext
from aep_tui.domain.source import AuthMethod
from aep_tui.domain.validation import findings_for_text
from aep_tui.practice.answers import flow_error, gateway_error, quoted
from aep_tui.practice.gateway import Caller
from aep_tui.practice.organization import API_KEY, ORGANIZATION_ID


def refuse_strange_caller(caller: Caller) -> None:
    """Refuse an API key or an organization that is not the practice one.

    Raises:
        Refusal: 403003 or 403025.
    """
    if caller.client_id != API_KEY:
        raise gateway_error("403003", "Api Key is invalid")
    if caller.organization_id != ORGANIZATION_ID:
        raise gateway_error("403025", "Profile is not valid")


def refuse_doubtful_parameters(method: AuthMethod, sent: Mapping[str, object], now: int) -> None:
    """Refuse parameters that no document names, and values that the documents only advise against.

    Args:
        method: declares the parameters.
        sent: `auth.params`, which hold all that is required.
        now: epoch milliseconds; some advice depends on the time.

    Raises:
        Refusal: 1312-400; it names the parameter and never repeats a value.
    """
    instant = datetime.fromtimestamp(now / 1000, UTC)
    for name, value in sent.items():
        parameter = method.parameter(name)
        if parameter is None:
            raise flow_error("1312-400", f"The property {quoted(name)} is not known.")
        if not isinstance(value, str) or not value:
            continue
        findings = findings_for_text(RuleContext(parameter, method, instant), value)
        if findings:
            raise flow_error("1312-400", f"The value of property {name} is not valid: {findings[0].message}")
