"""What a rule may look at besides the text that it judges."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date, datetime
from types import MappingProxyType

from aep_tui.domain.draft import Answer
from aep_tui.domain.light_dataclass import dataclass
from aep_tui.domain.source import AuthMethod, Parameter

NO_ANSWERS: Mapping[str, Answer] = MappingProxyType({})

BASIC_SPEC_NAME = "Basic Authentication"
CLIENT_CREDENTIAL_SPEC_NAME = "OAuth2 Client Credential"


@dataclass(frozen=True, slots=True)
class RuleContext:
    """The circumstances of one judgement.

    Attributes:
        parameter: whose text is judged.
        auth_method: the method that the parameter belongs to; some rules are milder for Basic authentication.
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
    def is_basic(self) -> bool:
        """Whether the auth method is Adobe's "Basic Authentication"."""
        return self.auth_method.spec_name == BASIC_SPEC_NAME

    @property
    def is_client_credential(self) -> bool:
        """Whether the auth method is OAuth 2 Client Credential."""
        return self.auth_method.spec_name == CLIENT_CREDENTIAL_SPEC_NAME

    def other_text(self, role: str) -> str:
        """Return what stands in the field that the parameter reads as `role`, without blanks around it.

        It is "" when the catalog names no such field, and when that is empty, secret or a switch.
        """
        answer = self.other_answers.get(self.parameter.read_name(role))
        return answer.strip() if isinstance(answer, str) else ""
