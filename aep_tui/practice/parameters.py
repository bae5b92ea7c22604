"""Checks `auth.params` against the catalog and turns secrets into references before anything is kept."""

from __future__ import annotations

from collections.abc import Mapping

from aep_tui.domain.source import AuthMethod, Cloud, Parameter, ParameterKind
from aep_tui.practice.answers import flow_error


def accepted_parameters(method: AuthMethod, sent: object, connection_id: str) -> dict[str, str | bool]:
    """Return what is kept of `auth.params`: declared values, and a reference in the place of each secret.

    A parameter that the catalog does not declare is dropped, because its value may be a secret under a wrong name.

    Args:
        method: declares the parameters.
        sent: `auth.params` as it was sent.
        connection_id: stands in the references.

    Raises:
        Refusal: 1304-400 for one missing parameter, 1318-400 for several, 1312-400 for a value of the wrong kind.
    """
    if not isinstance(sent, Mapping):
        raise flow_error("1304-400", "Mandatory field auth.params is missing.")
    missing = [
        parameter.api_name
        for parameter in method.parameters
        if parameter.is_required and sent.get(parameter.api_name) in (None, "")
    ]
    if len(missing) == 1:
        raise flow_error("1304-400", f"Mandatory field {missing[0]} is missing.")
    if missing:
        message = " ".join(f"Mandatory field {name} is missing." for name in missing)
        raise flow_error("1318-400", f"The connection is not valid: {message}")
    return {
        parameter.api_name: _kept_value(method.cloud, parameter, sent[parameter.api_name], connection_id)
        for parameter in method.parameters
        if sent.get(parameter.api_name) not in (None, "")
    }


def _kept_value(cloud: Cloud | None, parameter: Parameter, value: object, connection_id: str) -> str | bool:
    expected = bool if parameter.kind is ParameterKind.BOOLEAN else str
    if not isinstance(value, expected):
        kind = "boolean" if expected is bool else "string"
        raise flow_error("1312-400", f"The value of property {parameter.api_name} is not valid: a {kind} is expected.")
    return secret_reference(cloud, connection_id, parameter.api_name) if parameter.is_secret else value


def secret_reference(cloud: Cloud | None, connection_id: str, api_name: str) -> str:
    """Return what an answer shows in the place of a secret.

    On AWS it is a Secrets Manager name (a published revision of the Salesforce tutorial, AWS); on Azure no document
    shows one, so it is a neutral reference.

    Args:
        cloud: where the connection is; each has its own form.
        connection_id: the connection.
        api_name: of the parameter.
    """
    if cloud is Cloud.AWS:
        return f"arn:aws:secretsmanager:us-east-1:000000000000:secret:acme-{connection_id}-{api_name}"
    return f"secret-reference:acme-{connection_id}-{api_name}"
