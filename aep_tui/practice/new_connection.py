"""Turns the body of `POST /connections` into a connection to keep, or refuses it with the documented code."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from aep_tui.domain.source import AuthMethod, Cloud, Source
from aep_tui.practice.answers import JsonObject, Refusal, flow_error, quoted
from aep_tui.practice.gateway import Caller
from aep_tui.practice.organization import CONNECTOR_CLIENT_ID, CONNECTOR_USER_ID, USER_ID, PracticeSandbox
from aep_tui.practice.other_sources import OTHER_VERSION, OtherSource, accepted_values
from aep_tui.practice.parameters import accepted_parameters
from aep_tui.practice.scenarios import Scenario
from aep_tui.practice.specifications import Specifications
from aep_tui.practice.store import ConnectionRecord
from aep_tui.practice.strictness import refuse_doubtful_parameters

_AWS_ORG_ID = "00DdL000001iPRxUAM"
"""What the service adds on AWS (Salesforce tutorial, AWS, enabled answer); what was sent stays as it is."""

_PROVIDER_WORDS = {
    "Basic Authentication": "INVALID_LOGIN: Invalid username, password, security token; or user locked out.",
    "OAuth2 Client Credential": (
        "{'error':'invalid_grant','error_description':'no client credentials user enabled'}. "
        "Rest call failed with client error, status code 400 BadRequest, please check your activity settings."
    ),
    "OAuth2 JWT Token Credential": (
        "{'error':'invalid_grant','error_description':'invalid assertion'}. "
        "Rest call failed with client error, status code 400 BadRequest, please check your activity settings."
    ),
}
_OTHER_PROVIDER_WORDS = (
    "Rest call failed with client error, status code 401 Unauthorized, please check your activity settings."
)


def new_connection(
    body: object,
    specifications: Specifications,
    sandbox: PracticeSandbox,
    caller: Caller,
    scenario: Scenario,
    now: int,
) -> ConnectionRecord:
    """Return the connection that `body` asks for, ready to be kept.

    Args:
        body: the parsed JSON.
        specifications: what the platform offers.
        sandbox: where it is created; its clouds decide which auth specifications exist.
        caller: who creates it.
        scenario: how long it initializes, and what is refused.
        now: epoch milliseconds.

    Raises:
        Refusal: 1410-400, 1413-400, 422, 1415-400, 1304-400, 1318-400, 1312-400, or 1100-400 with the provider's words.
    """
    if not isinstance(body, Mapping):
        raise flow_error("1000-400", "The request body is not a JSON object.")
    if not body:
        raise flow_error("1405-400", "The request body is empty.")
    if "state" in body:
        raise flow_error("1410-400", "State is not allowed in a create request.")
    source = _source(body.get("connectionSpec"), specifications)
    method = _auth_method(body.get("auth"), source, specifications, sandbox)
    name = _text(body, "name")
    if not name:
        raise flow_error("1304-400", "Mandatory field name is missing.")
    connection_id = str(uuid.uuid4())
    parameters = _kept_parameters(method, body["auth"].get("params"), connection_id, now, scenario)
    spec_name = method.spec_name if isinstance(method, AuthMethod) else method["name"]
    if scenario.refuses_credentials:
        raise refused_credentials(spec_name, source.id if isinstance(source, Source) else source.name)
    is_on_aws = isinstance(method, AuthMethod) and method.cloud is Cloud.AWS
    return ConnectionRecord(
        id=connection_id,
        organization_id=caller.organization_id,
        sandbox_name=sandbox.name,
        name=name,
        description=_text(body, "description"),
        connection_spec_id=body["connectionSpec"]["id"],
        connection_spec_version=body["connectionSpec"]["version"],
        auth_spec_name=spec_name,
        created_at=now,
        updated_at=now,
        enabled_at=None if scenario.initializing_seconds is None else now + int(scenario.initializing_seconds * 1000),
        created_by=USER_ID,
        created_client=caller.client_id,
        finished_by=CONNECTOR_USER_ID if is_on_aws else USER_ID,
        finished_client=CONNECTOR_CLIENT_ID if is_on_aws else caller.client_id,
        initial_etag=new_etag(),
        etag=new_etag(),
        parameters=parameters,
        service_parameters={"orgId": _AWS_ORG_ID} if is_on_aws else {},
    )


def new_etag() -> str:
    """Return a new etag; the double quotes are part of it (all tutorials)."""
    return f'"{uuid.uuid4()}"'


def refused_credentials(spec_name: str, source_id: str) -> Refusal:
    """Return the refusal with the source's own words inside, as Adobe's NetSuite tutorial shows it.

    The words are those that Salesforce is known for; the nesting is "Error from flow provider: ...".
    """
    words = _PROVIDER_WORDS.get(spec_name, "") if source_id == "salesforce" else ""
    return flow_error(
        "1100-400",
        "The request could not be processed.",
        "The request could not be processed. Error from flow provider: The request could not be processed. "
        + (words or _OTHER_PROVIDER_WORDS),
    )


def _source(connection_spec: object, specifications: Specifications) -> Source | OtherSource:
    if not isinstance(connection_spec, Mapping) or not connection_spec.get("id"):
        raise Refusal(400, {"message": "Please provide a valid spec id"})
    spec_id = connection_spec["id"]
    known = specifications.source(spec_id) if isinstance(spec_id, str) else None
    source = known or specifications.other_source(spec_id)
    if source is None:
        raise flow_error("1413-400", "The spec ID is invalid.", "No connection spec exists with the given id.")
    version = connection_spec.get("version")
    if not version:
        raise Refusal(422, {"message": "connectionSpec.version is missing but it is required"})
    if version != (known.connection_spec_version if known is not None else OTHER_VERSION):
        raise flow_error("1413-400", "The spec ID is invalid.", "The connection spec has no such version.")
    return source


def _auth_method(
    auth: object, source: Source | OtherSource, specifications: Specifications, sandbox: PracticeSandbox
) -> AuthMethod | JsonObject:
    """Return the auth method of the catalog, or the auth specification of another source.

    Raises:
        Refusal: 1304-400 without a name, 1415-400 for one that is not offered.
    """
    spec_name = auth.get("specName") if isinstance(auth, Mapping) else None
    if not isinstance(spec_name, str) or not spec_name:
        raise flow_error("1304-400", "Mandatory field auth.specName is missing.")
    if isinstance(source, OtherSource):
        found: AuthMethod | JsonObject | None = source.auth_spec(spec_name)
        spec_id = source.spec_id
    else:
        found = specifications.auth_method(source, sandbox.clouds, spec_name)
        spec_id = source.connection_spec_id
    if found is None:
        raise flow_error("1415-400", f"Auth spec '{quoted(spec_name)}' not found for connection spec {spec_id}.")
    return found


def _kept_parameters(
    method: AuthMethod | JsonObject, sent: object, connection_id: str, now: int, scenario: Scenario
) -> dict[str, object]:
    """Return what is kept of `auth.params`.

    Raises:
        Refusal: as `accepted_parameters` and `accepted_values`; in a strict scenario also for what is only doubtful.
    """
    if not isinstance(method, AuthMethod):
        return accepted_values(method, sent, connection_id)
    kept = accepted_parameters(method, sent, connection_id)
    if scenario.is_strict and isinstance(sent, Mapping):
        refuse_doubtful_parameters(method, sent, now)
    return dict(kept)


def _text(body: Mapping[str, object], key: str) -> str | None:
    value = body.get(key)
    if value is not None and not isinstance(value, str):
        raise flow_error("1312-400", f"The value of property {key} is not valid: a string is expected.")
    return value
