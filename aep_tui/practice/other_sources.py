"""Sources of the practice organization that are not in our catalog, and what else the platform lists beside them.

The shapes of the schemas are published ones, mistakes included: names under `required` that do not exist, a pattern
that refuses its own example, secrets that nothing marks, a nested object, a key wanted as base64, one list for sources
and destinations. The ids are made up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from aep_tui.practice.answers import JsonObject, flow_error

_PROVIDER_ID: Final = "0ed90a81-07f4-4586-8190-b40eccef1c5a"
_DESTINATION_PROVIDER_ID: Final = "14e34fac-d307-11e9-bb65-2a2ae2dbcce4"
OTHER_VERSION: Final = "1.0"
_PASSWORD: Final = {"type": "string", "format": "password"}
_TEXT: Final = {"type": "string"}


@dataclass(frozen=True, slots=True)
class OtherSource:
    """One source that our catalog does not have.

    Attributes:
        spec_id, name: `id` and `name` of its connection specification.
        auth_specs: `authSpec`.
        examples: values of parameters that are no secrets, by name.
        attributes: `attributes`.
        ui_attributes: `sourceSpec.attributes.uiAttributes`.
        tables: what a connection of it has to explore.
        is_updatable: the connector takes a PATCH.
        takes_single_parameters: a PATCH may name one parameter (shown for Amazon S3 only).
    """

    spec_id: str
    name: str
    auth_specs: tuple[JsonObject, ...]
    examples: Mapping[str, object]
    attributes: JsonObject
    ui_attributes: JsonObject = field(default_factory=dict)
    tables: tuple[str, ...] = ()
    is_updatable: bool = True
    takes_single_parameters: bool = False

    def as_item(self) -> JsonObject:
        """Return one element of `items` of `GET /connectionSpecs`."""
        return {
            "id": self.spec_id,
            "name": self.name,
            "providerId": _PROVIDER_ID,
            "version": OTHER_VERSION,
            "authSpec": list(self.auth_specs),
            "sourceSpec": {
                "name": self.name,
                "type": self.name,
                "spec": {"type": "object"},
                "attributes": {"uiAttributes": {"isSource": True, **self.ui_attributes}},
            },
            "attributes": {"isSource": True, **self.attributes},
            "permissionsInfo": _permissions("EnterpriseSource"),
        }

    def auth_spec(self, name: str) -> JsonObject | None:
        """Return the auth specification of this name, or None."""
        return next((each for each in self.auth_specs if each["name"] == name), None)


OTHER_SOURCES: Final = (
    OtherSource(
        spec_id="be5ec48c-5b78-4d5e-9f2c-7f1d2a6b9e10",
        name="azure-file-storage",
        auth_specs=(
            {
                "name": "Basic Authentication",
                "type": "basicAuthentication",
                "spec": {
                    "type": "object",
                    "properties": {"host": _TEXT, "userid": _TEXT, "password": _PASSWORD},
                    "required": ["host", "userid", "password"],
                },
            },
        ),
        examples={"host": "//acme.file.core.windows.net/exports", "userid": "acme"},
        attributes={"category": "Cloud Storage", "connectorName": "Azure File Storage"},
        ui_attributes={"label": {"key": "azureFileStorageLabel"}, "category": {"key": "cloudStorage"}},
        tables=("exports/accounts.csv", "exports/orders.csv"),
    ),
    OtherSource(
        spec_id="ecadc60c-7455-4d87-84dc-2a0e293d997b",
        name="amazon-s3",
        auth_specs=(
            {
                "name": "Access Key",
                "type": "Access Key Auth",
                "spec": {
                    "type": "object",
                    "properties": {"s3AccessKey": _TEXT, "s3SecretKey": _PASSWORD, "s3SessionToken": _PASSWORD},
                    "required": ["accessKeyId", "secretAccessKey"],
                },
            },
        ),
        examples={"s3AccessKey": "AKIAACMEACMEACMEACME"},
        attributes={"category": "cloudStorage"},
        ui_attributes={"label": {"text": "Amazon S3"}, "category": {"key": "cloudStorage"}},
        tables=("acme-events", "acme-exports"),
        takes_single_parameters=True,
    ),
    OtherSource(
        spec_id="26d738e0-8963-47ea-aadf-c60de735468a",
        name="mysql",
        auth_specs=(
            {
                "name": "Connection String Based Authentication",
                "type": "connectionStringAuth",
                "spec": {
                    "type": "object",
                    "properties": {
                        "connectionString": {
                            **_PASSWORD,
                            "pattern": "^Server=(.*);Port=(.*);Database=(.*);Uid=(.*);Pwd=(.*)$",
                            "examples": ["Server=acme; Port=3306; Database=crm; Uid=reader; Pwd=..."],
                        }
                    },
                    "required": ["connectionString"],
                },
            },
        ),
        examples={},
        attributes={"category": "Databases", "connectorName": "MySQL"},
        ui_attributes={"category": {"key": "database"}, "isBeta": False},
        tables=("crm.accounts", "crm.orders", "crm.visits"),
    ),
    OtherSource(
        spec_id="b7bf2577-4520-42c9-bae9-cad01560f7bc",
        name="sftp",
        auth_specs=(
            {
                "name": "Basic Authentication for sftp",
                "spec": {
                    "type": "object",
                    "properties": {"host": _TEXT, "port": {"type": "number"}, "userName": _TEXT, "password": _PASSWORD},
                    "required": ["host", "userName", "password"],
                },
            },
            {
                "name": "SSH PublicKey Authentication for sftp",
                "type": "sshPublicKey",
                "spec": {
                    "type": "object",
                    "properties": {
                        "host": _TEXT,
                        "port": {"type": "number", "default": 22},
                        "userName": _TEXT,
                        "privateKeyContent": {**_TEXT, "contentEncoding": "base64"},
                        "passPhrase": _TEXT,
                    },
                    "required": ["host", "userName", "privateKeyContent"],
                },
            },
        ),
        examples={"host": "sftp.acme.example", "port": 22, "userName": "acme"},
        attributes={"category": "Cloud Storage", "uiAttributes": {"apiFeatures": {"updateSupported": False}}},
        ui_attributes={"documentationLink": "http://www.adobe.com/go/sources-sftp-en"},
        tables=("in/accounts.csv", "in/contacts.csv"),
        is_updatable=False,
    ),
    OtherSource(
        spec_id="f3a1c5d2-0e6b-4c7d-8a94-51d0b7e2c963",
        name="acme-loyalty",
        auth_specs=(
            {
                "name": "OAuth2 Refresh Code",
                "type": "OAuth2RefreshCode",
                "spec": {
                    "type": "object",
                    "properties": {
                        "authorizationTestUrl": _TEXT,
                        "clientId": _TEXT,
                        "clientSecret": _PASSWORD,
                        "accessToken": _PASSWORD,
                        "refreshToken": _PASSWORD,
                        "expirationDate": {"type": "string", "format": "date", "uiAttributes": {"hidden": True}},
                        "accessTokenUrl": {"type": "object"},
                        "requestParameterOverride": {
                            "type": "object",
                            "properties": {
                                "accessTokenField": _TEXT,
                                "authenticationMethod": {"enum": ["GET", "POST"]},
                            },
                        },
                    },
                    "required": ["accessToken"],
                },
            },
        ),
        examples={"clientId": "acme-loyalty", "requestParameterOverride": {"authenticationMethod": "POST"}},
        attributes={"category": "loyalty"},
        tables=("members", "points"),
    ),
)
"""Five sources; together with the three of the catalog they are eight."""

WITHOUT_CONNECTIONS: Final = (
    OtherSource(
        spec_id="c0ffee00-3d5b-4f0a-9a51-2f6d5c1f7a44",
        name="acme-warehouse",
        auth_specs=(
            {
                "name": "Key Authentication",
                "type": "Key_Authentication",
                "spec": {
                    "type": "object",
                    "description": "Defines auth params required for connecting to acme-warehouse.",
                    "properties": {
                        "account": {"type": "string", "title": "Account", "pattern": "^[a-z][a-z0-9-]{2,20}$"},
                        "region": {"enum": ["eu", "us"], "default": "eu"},
                        "port": {"type": "integer", "default": 5439, "minimum": 1, "maximum": 65_535},
                        "timeout": {"type": "number", "description": "Seconds that the connector waits."},
                        "useSsl": {"type": "boolean"},
                        "schemas": {"type": "array", "items": _TEXT},
                        "options": {"type": "object", "properties": {"warehouse": _TEXT, "roleField": _TEXT}},
                        "proxy": {"type": "object", "properties": {"host": _TEXT, "password": _PASSWORD}},
                        "apiToken": {"type": "string", "description": "Nothing but its name says that it is a secret."},
                        "password": _PASSWORD,
                        "certificate": {**_TEXT, "contentEncoding": "base64"},
                        "mystery": {},
                    },
                    "required": ["account", "apiToken", "workspace"],
                },
            },
            {
                "name": "OAuth2 Authorization Code",
                "type": "OAuth2AuthorizationCode",
                "spec": {"type": "object", "properties": {"clientId": _TEXT}, "required": []},
            },
        ),
        examples={},
        attributes={"category": "database", "connectorName": "ACME Warehouse"},
        ui_attributes={"isBeta": True},
        tables=("public.orders",),
    ),
    OtherSource(
        spec_id="c0ffee01-8a1e-4f6e-b1de-7f0f57d0a1b2",
        name="acme-ads",
        auth_specs=(
            {
                "name": "OAuth2 Authorization Code",
                "type": "OAuth2AuthorizationCode",
                "spec": {"type": "object", "properties": {"clientId": _TEXT}, "required": []},
            },
        ),
        examples={},
        attributes={"category": "advertising", "connectorName": "ACME Ads"},
    ),
    OtherSource(
        spec_id="c0ffee02-1c62-4d55-8f0b-61a6c1f4d5e3",
        name="data-landing-zone",
        auth_specs=(),
        examples={},
        attributes={"category": "cloudStorage", "connectorName": "Data Landing Zone"},
    ),
)
"""Offered, and nobody has connected them: every kind of parameter, a sign-in with a browser, and none at all."""

DATASET_SPEC_ID: Final = "c604ff05-7f1a-43c0-8e18-33bf874cb11c"
"""The platform's own target, whose connections have no `auth` (Adobe's tutorial on dataset base connections)."""

NO_SOURCES: Final[tuple[JsonObject, ...]] = (
    {
        "id": DATASET_SPEC_ID,
        "name": "dataset",
        "providerId": _PROVIDER_ID,
        "version": "1.0",
    },
    {
        "id": "4fce964d-3f37-408f-9778-e597338a21ee",
        "name": "Amazon S3",
        "providerId": _DESTINATION_PROVIDER_ID,
        "version": "1.0",
        "authSpec": [],
        "targetSpec": {"attributes": {"uiAttributes": {"isDestination": True}}},
        "attributes": {"isDestination": True},
    },
)
"""What stands in the same list and is no source."""


def other_source(spec_id: str) -> OtherSource | None:
    """Return the source with this id of a connection specification, or None."""
    every = (*OTHER_SOURCES, *WITHOUT_CONNECTIONS)
    return next((source for source in every if source.spec_id == spec_id), None)


def accepted_values(auth_spec: JsonObject, sent: object, connection_id: str) -> dict[str, object]:
    """Return what is kept of `auth.params` by a schema: declared values, and a reference in the place of each secret.

    Args:
        auth_spec: has the schema.
        sent: `auth.params` as it was sent.
        connection_id: stands in the references.

    Raises:
        Refusal: 1304-400 for a missing parameter, 1312-400 for a value of another type.
    """
    properties = auth_spec["spec"]["properties"]
    if not isinstance(sent, Mapping):
        raise flow_error("1304-400", "Mandatory field auth.params is missing.")
    for name in auth_spec["spec"]["required"]:
        if name in properties and sent.get(name) in (None, ""):
            raise flow_error("1304-400", f"Mandatory field {name} is missing.")
    return {
        name: kept_value(described, name, sent[name], connection_id)
        for name, described in properties.items()
        if sent.get(name) not in (None, "")
    }


def kept_value(described: JsonObject, name: str, value: object, connection_id: str) -> object:
    """Return one value as it is kept; nothing but a plain value leaves a secret out of the memory.

    Args:
        described: its schema.
        name: of the parameter.
        value: as it was sent.
        connection_id: stands in the reference.

    Raises:
        Refusal: 1312-400 for a value of another type.
    """
    kinds = _KINDS.get(str(described.get("type")), (object,))
    if not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds and object not in kinds):
        expected = described["type"]
        raise flow_error("1312-400", f"The value of property {name} is not valid: a {expected} is expected.")
    is_secret = described.get("format") == "password" or name in _UNMARKED_SECRETS
    return f"secret-reference:acme-{connection_id}-{name}" if is_secret else value


_UNMARKED_SECRETS: Final = frozenset({"privateKeyContent", "passPhrase", "apiToken", "proxy", "certificate"})
_KINDS: Final[Mapping[str, tuple[type, ...]]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "array": (list,),
    "object": (dict,),
}


def _permissions(name: str) -> JsonObject:
    return {
        "manage": [{"@type": "lowLevel", "name": name, "permissions": ["write"]}],
        "view": [{"@type": "lowLevel", "name": name, "permissions": ["read"]}],
    }
