"""What a rule may look at besides the text that it judges."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date, datetime
from types import MappingProxyType

from aep_tui.domain.draft import Answer
from aep_tui.domain.light_dataclass import dataclass
from aep_tui.domain.source import AuthMethod, Login, Parameter

NO_ANSWERS: Mapping[str, Answer] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class RuleContext:
    """The circumstances of one judgement.

    Attributes:
        parameter: whose text is judged.
        auth_method: the method that the parameter belongs to; some rules are milder for a login by user name.
        now: the instant in UTC, aware.
        other_answers: the answers of the same form; rules read only those that are not secret.
    """

    parameter: Parameter
    auth_method: AuthMethod
    now: datetime
    other_answers: Mapping[str, Answer] = field(default_factory=lambda: NO_ANSWERS, repr=False)

    @property
    def today(self) -> date:
        """The calendar day in UTC."""
        return self.now.date()

    @property
    def is_by_user_name(self) -> bool:
        """Whether the auth method logs in by user name and password."""
        return self.auth_method.login is Login.USER_NAME

    @property
    def is_by_client_credentials(self) -> bool:
        """Whether the auth method logs in by OAuth 2 client credentials."""
        return self.auth_method.login is Login.CLIENT_CREDENTIALS

    def other_text(self, role: str) -> str:
        """Return what stands in the field that the parameter reads as `role`, without blanks around it.

        It is "" when the catalog names no such field, and when that is empty, secret or a switch.
        """
        answer = self.other_answers.get(self.parameter.read_name(role))
        return answer.strip() if isinstance(answer, str) else ""
