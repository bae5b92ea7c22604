"""The ACME organization that the practice service plays, and the magic values that make it refuse something.

Nothing here is a secret and nothing here works anywhere else. No Starlette is imported.
"""

from __future__ import annotations

from typing import Final

from aep_tui.domain.light_dataclass import dataclass
from aep_tui.domain.secrets import Secrets
from aep_tui.domain.source import Cloud
from aep_tui.domain.target import DOCUMENTED_SCOPES, Mode, Target
from aep_tui.practice.shown_names import ORGANIZATION_ID as ORGANIZATION_ID
from aep_tui.practice.shown_names import REHEARSAL_SANDBOX_NAME as REHEARSAL_SANDBOX_NAME

PRACTICE_BASE_URL: Final = "http://practice.localhost"
"""Base URL of the practice service inside the wizard's own process: a name that can only mean this machine."""

API_KEY: Final = "acme-practice-api-key"
"""`x-api-key` of ACME's credential, which is also its client id; every non-empty key works."""

PRACTICE_TOKEN: Final = "practice-token"  # noqa: S105  # a word that stands where a token stands, accepted nowhere else
"""An access token for practice; every non-empty token works, except EXPIRED_TOKEN."""

USER_ID: Final = "acme@techacct.adobe.com"
"""`createdBy`, the technical account (Salesforce tutorial, AWS, status answer)."""

CONNECTOR_USER_ID: Final = "acp_foundation_connectors@AdobeID"
"""`updatedBy` once Adobe's connector service has finished a connection (form: Salesforce tutorial, AWS)."""

CONNECTOR_CLIENT_ID: Final = "acp_foundation_connectors"
"""`updatedClient` at that moment."""

BOUND_SCOPES: Final = frozenset(DOCUMENTED_SCOPES.split(","))
"""The scopes that the practice credential has: those that the documents ask for."""

EXPIRED_TOKEN: Final = "expired-practice-token"  # noqa: S105  # a magic word, no secret
"""The gateway refuses this access token with 401013."""

INVALID_API_KEY: Final = "invalid-api-key"
"""The gateway refuses this `x-api-key` with 403003."""

ORGANIZATION_WITHOUT_PROFILE: Final = "NOPROFILE@AdobeOrg"
"""The gateway refuses this organization with 403025."""

WRONG_CLIENT_ID: Final = "wrong-client-id"
"""The token endpoints of Adobe IMS and of Salesforce refuse this client id; a connection with it fails its test."""

WRONG_CLIENT_SECRET: Final = "wrong-client-secret"  # noqa: S105  # a magic word, no secret
"""The token endpoints of Adobe IMS and of Salesforce refuse this client secret."""

NO_RUN_AS_USER_CLIENT_ID: Final = "no-run-as-user"
"""Salesforce refuses this client id: its app has no Run As user."""

WRONG_DOMAIN_CLIENT_ID: Final = "wrong-domain"
"""Salesforce refuses this client id: the request went to another host than My Domain."""

NOT_APPROVED_CLIENT_ID: Final = "not-approved"
"""Salesforce refuses this client id: the user has not approved the app."""


@dataclass(frozen=True, slots=True)
class PracticeSandbox:
    """One sandbox of the practice organization.

    Attributes:
        name, title, type, region, is_default: as the sandbox list says them.
        sandbox_id: the id that stands in connections.
        clouds: the clouds whose auth methods work in it.
    """

    name: str
    title: str
    type: str
    region: str
    sandbox_id: str
    clouds: frozenset[Cloud]
    is_default: bool = False


SANDBOXES: Final = (
    PracticeSandbox(
        name="prod",
        title="Production",
        type="production",
        region="VA7",
        sandbox_id="6b36e130-c5d7-11e9-949c-0da8d50fcac1",
        clouds=frozenset({Cloud.AZURE}),
        is_default=True,
    ),
    PracticeSandbox(
        name="dev",
        title="Development",
        type="development",
        region="VA7",
        sandbox_id="1bd86660-c5da-11e9-93d4-6d5fc3a66a8e",
        clouds=frozenset({Cloud.AZURE}),
    ),
    PracticeSandbox(
        name="aws-dev",
        title="Development on AWS",
        type="development",
        region="VA6",
        sandbox_id="d2f8a1c0-3b1e-4f7c-9a62-7f0b5c1d8e21",
        clouds=frozenset({Cloud.AWS}),
    ),
    PracticeSandbox(
        name="rehearsal",
        title="Rehearsal, either cloud",
        type="development",
        region="PRACTICE",
        sandbox_id="0f3b7a52-6c1d-4e88-b1a4-2d9c8e7f6051",
        clouds=frozenset({Cloud.AZURE, Cloud.AWS}),
    ),
)
"""VA7 is an Azure region, VA6 an AWS one (Adobe's multi-cloud overview); PRACTICE is no real region and plays both, so
that a person can rehearse every connection without changing the sandbox."""


def practice_target(secrets: Secrets) -> Target:
    """Return the target that practice mode starts with; `secrets` of this run hold its token."""
    return Target(
        mode=Mode.PRACTICE,
        base_url=PRACTICE_BASE_URL,
        organization_id=ORGANIZATION_ID,
        sandbox_name=REHEARSAL_SANDBOX_NAME,
        api_key=API_KEY,
        access_token=secrets.hold(PRACTICE_TOKEN, "accessToken"),
    )


def sandbox_by_name(name: str) -> PracticeSandbox | None:
    """Return the sandbox with this name, or None."""
    return next((sandbox for sandbox in SANDBOXES if sandbox.name == name), None)
