"""The five connections: the choices and values that lead to each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from aep_tui.domain.draft import Answer
from aep_tui.domain.secret import Secret
from tests.domain.tokens import token
from tests.kit.canary import CANARY

JWT: Final = token(iss="3MVG9acme")
"""A signed token; neither it nor any of its parts may stand on a screen."""


@dataclass(frozen=True, slots=True)
class Journey:
    """The choices and values of one connection."""

    id: str
    cloud: str
    source: str
    auth_method: str
    values: tuple[tuple[str, str], ...]
    has_notice: bool = False

    def answers(self) -> dict[str, Answer]:
        """The values as the draft keeps them."""
        return {api_name: Secret(value) if value in {CANARY, JWT} else value for api_name, value in self.values}


URL: Final = "https://acme.my.salesforce.com"
OAUTH2 = Journey(
    "salesforce-oauth2",
    "azure",
    "salesforce",
    "oauth2-client-credential",
    (("environmentUrl", URL), ("clientId", "3MVG9acme"), ("clientSecret", CANARY), ("apiVersion", "62.0")),
)
BASIC = Journey(
    "salesforce-basic",
    "azure",
    "salesforce",
    "basic-authentication",
    (
        ("environmentUrl", URL),
        ("username", "integration@acme.com"),
        ("password", CANARY),
        ("securityToken", CANARY),
        ("apiVersion", "60.0"),
    ),
    has_notice=True,
)
AWS_JWT = Journey(
    "salesforce-aws",
    "aws",
    "salesforce",
    "oauth2-jwt-token-credential",
    (("jwtToken", JWT), ("clientId", "3MVG9acme"), ("clientSecret", CANARY), ("instanceUrl", URL)),
)
ORACLE = Journey(
    "oracle-service-cloud",
    "azure",
    "oracle-service-cloud",
    "basic-authentication",
    (("host", "https://acme.custhelp.com"), ("username", "integration"), ("password", CANARY)),
    has_notice=True,
)
ZOHO = Journey(
    "zoho-crm",
    "azure",
    "zoho-crm",
    "basic-authentication",
    (
        ("endpoint", "https://www.zohoapis.com"),
        ("accountsUrl", "https://accounts.zoho.com"),
        ("clientId", "1000.ACME"),
        ("clientSecret", CANARY),
        ("accessToken", CANARY),
        ("refreshToken", CANARY),
    ),
    has_notice=True,
)
JOURNEYS: Final = (OAUTH2, BASIC, AWS_JWT, ORACLE, ZOHO)
