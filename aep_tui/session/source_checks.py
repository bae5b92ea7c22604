"""The table of the checks that ask a source itself whether it takes credentials; the catalog names them.

A check gets the values of the form by role, and raises a problem when the source refuses or cannot be asked.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final, TypeAlias

from aep_tui.domain.clock import Clock
from aep_tui.domain.draft import Answer
from aep_tui.flow_service.salesforce_login import LoginAttempts, SalesforceCredentials, check_salesforce_login

CheckAttempts: TypeAlias = LoginAttempts
"""How often sources have refused in this run of the program; one object for the whole run."""
Check: TypeAlias = Callable[[Mapping[str, Answer], CheckAttempts, Clock, "Callable[..., Any] | None"], Awaitable[None]]
"""Takes the values by role, the attempts, the time, and what plays the source in practice mode."""


async def _salesforce_login(
    values: Mapping[str, Answer],
    attempts: CheckAttempts,
    clock: Clock,
    embedded_application: Callable[..., Any] | None,
) -> None:
    secret = values["client_secret"]
    if isinstance(secret, str | bool):
        raise TypeError("the client secret comes wrapped")
    credentials = SalesforceCredentials(str(values["address"]), str(values["client_id"]), secret)
    await check_salesforce_login(credentials, attempts, embedded_application=embedded_application, clock=clock)


CHECKS: Final[Mapping[str, Check]] = {"salesforce-login": _salesforce_login}
"""What `AuthMethod.check` may name."""
