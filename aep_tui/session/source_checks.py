"""The table of the checks that ask a source itself whether it takes credentials; the catalog names them.

A check gets the values of the form by role, and raises a problem when the source refuses or cannot be asked.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Final, TypeAlias

from aep_tui.domain.draft import Answer
from aep_tui.domain.source import CheckName
from aep_tui.flow_service.exchange import Wire
from aep_tui.flow_service.salesforce_login import LoginAttempts, SalesforceCredentials, check_salesforce_login

CheckAttempts: TypeAlias = LoginAttempts
"""How often sources have refused in this run of the program; one object for the whole run."""
Check: TypeAlias = Callable[[Mapping[str, Answer], CheckAttempts, Wire], Awaitable[None]]
"""Takes the values by role, the attempts, and how the platform is reached: what plays it plays the source as well."""


async def _salesforce_login(values: Mapping[str, Answer], attempts: CheckAttempts, wire: Wire) -> None:
    secret = values["client_secret"]
    if isinstance(secret, str | bool):
        raise TypeError("the client secret comes wrapped")
    credentials = SalesforceCredentials(str(values["address"]), str(values["client_id"]), secret)
    await check_salesforce_login(credentials, attempts, wire)


CHECKS: Final[Mapping[str, Check]] = {CheckName.SALESFORCE_LOGIN: _salesforce_login}
"""What `AuthMethod.check` may name."""
