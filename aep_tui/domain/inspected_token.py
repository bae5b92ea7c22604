"""A signed token that stays wrapped and still can be judged. Imported late: it loads pydantic."""

from __future__ import annotations

from pydantic import SecretStr

from aep_tui.domain.draft import Answer
from aep_tui.domain.jwt_claims import JwtInspection, inspect_jwt
from aep_tui.domain.rules.registry import rule_named
from aep_tui.domain.source import Parameter


class InspectedToken(SecretStr):
    """A secret that remembers what the token in it says, so that nobody has to take it out to compare."""

    def __init__(self, secret_value: str) -> None:
        """Wrap a token and read its claims once."""
        super().__init__(secret_value)
        self._inspection = inspect_jwt(secret_value)

    @property
    def inspection(self) -> JwtInspection:
        """What the token says; the token is not in it."""
        return self._inspection

    @property
    def ends_on(self) -> str:
        """The day on which the token ends, like "2027-03-23" in UTC; "" when it does not say."""
        expires_at = self._inspection.expires_at
        return expires_at.date().isoformat() if expires_at is not None else ""


def end_of_token(answer: Answer | None) -> str:
    """Return the day on which the token in an answer ends; "" for every other answer."""
    return answer.ends_on if isinstance(answer, InspectedToken) else ""


def wrapped(parameter: Parameter, text: str) -> SecretStr:
    """Return a text wrapped for the field of `parameter`, so that a rule about tokens can go on judging it."""
    rule = rule_named(parameter.rule)
    return InspectedToken(text) if rule is not None and rule.judge_token is not None else SecretStr(text)
