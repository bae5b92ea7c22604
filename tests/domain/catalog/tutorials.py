"""The requests of the five tutorials, their broken JSON mended, with the fake secret where they show one.

Mended are a missing `{` after `"params":` (Salesforce) and a missing quotation mark (Salesforce on AWS).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from tests.kit.canary import CANARY

URL = "https://platform.adobe.io/data/foundation/flowservice/connections"
HEADERS = {
    "Authorization": "Bearer {ACCESS_TOKEN}",
    "x-api-key": "{API_KEY}",
    "x-gw-ims-org-id": "{ORG_ID}",
    "x-sandbox-name": "{SANDBOX_NAME}",
    "Content-Type": "application/json",
}
"""The tutorials' five headers. Salesforce on AWS leaves `x-sandbox-name` out; the platform's own error 2105-400 and all
other pages demand it, so it is always sent."""


@dataclass(frozen=True, slots=True)
class TutorialRequest:
    """One sample, and the choices in the wizard that lead to it."""

    id: str
    cloud: str
    source_id: str
    auth_method_id: str
    body: Mapping[str, Any]


SALESFORCE_BASIC = TutorialRequest(
    "salesforce-basic",
    "azure",
    "salesforce",
    "basic-authentication",
    {
        "name": "ACME Salesforce account",
        "description": "Salesforce account using basic authentication",
        "auth": {
            "specName": "Basic Authentication",
            "params": {
                "environmentUrl": "https://acme-enterprise-3126.my.salesforce.com",
                "username": "acme-salesforce",
                "password": CANARY,
                "securityToken": CANARY,
            },
        },
        "connectionSpec": {"id": "cfc0fee1-7dc0-40ef-b73e-d8b134c436f5", "version": "1.0"},
    },
)
SALESFORCE_OAUTH2 = TutorialRequest(
    "salesforce-oauth2",
    "azure",
    "salesforce",
    "oauth2-client-credential",
    {
        "name": "ACME Salesforce account",
        "description": "Salesforce account using OAuth 2",
        "auth": {
            "specName": "OAuth2 Client Credential",
            "params": {
                "environmentUrl": "https://acme-enterprise-3126.my.salesforce.com",
                "clientId": "xxxx",
                "clientSecret": CANARY,
                "apiVersion": "60.0",
                "includeDeletedObjects": True,
            },
        },
        "connectionSpec": {"id": "cfc0fee1-7dc0-40ef-b73e-d8b134c436f5", "version": "1.0"},
    },
)
SALESFORCE_AWS = TutorialRequest(
    "salesforce-aws",
    "aws",
    "salesforce",
    "oauth2-jwt-token-credential",
    {
        "name": "ACME Salesforce account on AWS",
        "description": "ACME Salesforce account on AWS",
        "auth": {
            "specName": "OAuth2 JWT Token Credential",
            "params": {
                "jwtToken": CANARY,
                "clientId": "xxxx",
                "clientSecret": CANARY,
                "instanceUrl": "https://acme-enterprise-3126.my.salesforce.com",
            },
        },
        "connectionSpec": {"id": "cfc0fee1-7dc0-40ef-b73e-d8b134c436f5", "version": "1.0"},
    },
)
ORACLE_SERVICE_CLOUD = TutorialRequest(
    "oracle-service-cloud",
    "azure",
    "oracle-service-cloud",
    "basic-authentication",
    {
        "name": "Base connection for Oracle Service Cloud",
        "description": "Base connection for Oracle Service Cloud",
        "auth": {
            "specName": "Basic Authentication",
            "params": {"host": "{HOST}", "username": "{USERNAME}", "password": CANARY},
        },
        "connectionSpec": {"id": "ba5126ec-c9ac-11eb-b8bc-0242ac130003", "version": "1.0"},
    },
)
ZOHO_CRM = TutorialRequest(
    "zoho-crm",
    "azure",
    "zoho-crm",
    "basic-authentication",
    {
        "name": "Zoho CRM base connection",
        "description": "Base Connection for Zoho CRM",
        "auth": {
            "specName": "Basic Authentication",
            "params": {
                "endpoint": "{ENDPOINT}",
                "accountsUrl": "{ACCOUNTS_URL}",
                "clientId": "{CLIENT_ID}",
                "clientSecret": CANARY,
                "accessToken": CANARY,
                "refreshToken": CANARY,
            },
        },
        "connectionSpec": {"id": "929e4450-0237-4ed2-9404-b7e1e0a00309", "version": "1.0"},
    },
)
SALESFORCE_BASIC_OLDEST = replace(
    SALESFORCE_BASIC,
    id="salesforce-basic-oldest",
    body={
        **SALESFORCE_BASIC.body,
        "auth": {
            "specName": "Basic Authentication",
            "params": {"username": "acme-salesforce", "password": CANARY, "securityToken": CANARY},
        },
    },
)
"""The oldest tutorial sends no `environmentUrl`."""
ALL = (SALESFORCE_BASIC, SALESFORCE_BASIC_OLDEST, SALESFORCE_OAUTH2, SALESFORCE_AWS, ORACLE_SERVICE_CLOUD, ZOHO_CRM)
