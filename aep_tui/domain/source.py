"""Sources, their authentication methods and the parameters these ask for: what the catalog files declare."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Cloud(StrEnum):
    """The cloud that Experience Platform itself runs on (not the source's)."""

    AZURE = "azure"
    AWS = "aws"

    @property
    def label(self) -> str:
        """The name people know."""
        return {"azure": "Azure", "aws": "AWS"}[self.value]


class ParameterKind(StrEnum):
    """How a parameter is asked for and sent."""

    TEXT = "text"
    BOOLEAN = "boolean"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A documented value that a person can choose instead of typing it."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Parameter:
    """One entry of `auth.params`, declared once for form, validator, redaction, review and documentation.

    Attributes:
        api_name: the key in `auth.params`, also the id of the form field.
        label: the name for people.
        help: one line that stands beside the field.
        example: a value of the right form.
        where_to_find: the longer help: where a person gets this value.
        is_required: an empty value blocks the wizard.
        is_secret: the value is masked, held as SecretStr and never shown.
        kind: text, or a JSON boolean.
        rule: the name of the rule in `domain.validation` that judges the value, or "" for none.
        suggestions: documented values, offered beside free entry.
    """

    api_name: str
    label: str
    help: str
    example: str
    where_to_find: str
    is_required: bool
    is_secret: bool = False
    kind: ParameterKind = ParameterKind.TEXT
    rule: str = ""
    suggestions: tuple[Suggestion, ...] = ()


@dataclass(frozen=True, slots=True)
class Prerequisite:
    """One thing that has to be set up at the source beforehand.

    Attributes:
        step: what to do, in one sentence.
        when_missing: how to find out that it is missing.
        address: a page that explains more, or "".
    """

    step: str
    when_missing: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class AuthMethod:
    """One way to authenticate against a source on one cloud.

    Attributes:
        id: the option id in the wizard, for example "oauth2-client-credential".
        cloud: the cloud on which the tutorials document it.
        label: the name for people.
        spec_name: the exact `auth.specName`.
        summary: one line that helps to choose.
        parameters: what it asks for, in the order of the form.
        is_recommended: the method that a newcomer should take.
        prerequisites: what has to be set up at the source beforehand, in the order in which it is done.
        documentation: the tutorial's own name of the section.
    """

    id: str
    cloud: Cloud
    label: str
    spec_name: str
    summary: str
    parameters: tuple[Parameter, ...]
    is_recommended: bool = False
    prerequisites: tuple[Prerequisite, ...] = ()
    documentation: str = ""

    def parameter(self, api_name: str) -> Parameter | None:
        """Return the parameter with this API name, or None."""
        return next((parameter for parameter in self.parameters if parameter.api_name == api_name), None)


@dataclass(frozen=True, slots=True)
class NextStep:
    """Something to do once the connection is enabled, with the address that explains it."""

    label: str
    address: str


@dataclass(frozen=True, slots=True)
class Source:
    """A source of the catalog.

    Attributes:
        id: the identity, which is the name of its file: "salesforce".
        label: the product's name.
        summary: one line for the list.
        connection_spec_id: `connectionSpec.id`.
        connection_spec_version: `connectionSpec.version`.
        auth_methods: all methods on all clouds.
        unavailable: for a cloud that does not offer the source, the reason in words.
        default_name: a name for the connection that a person may keep.
        next_steps: what the tutorial says comes next.
    """

    id: str
    label: str
    summary: str
    connection_spec_id: str
    connection_spec_version: str
    auth_methods: tuple[AuthMethod, ...]
    unavailable: tuple[tuple[Cloud, str], ...] = ()
    default_name: str = ""
    next_steps: tuple[NextStep, ...] = ()

    def auth_methods_on(self, cloud: Cloud) -> tuple[AuthMethod, ...]:
        """Return the methods that the tutorials document on `cloud`."""
        return tuple(method for method in self.auth_methods if method.cloud is cloud)

    def auth_method(self, cloud: Cloud, auth_method_id: str) -> AuthMethod | None:
        """Return the method with this id on `cloud`, or None."""
        return next((method for method in self.auth_methods_on(cloud) if method.id == auth_method_id), None)

    def reason_unavailable_on(self, cloud: Cloud) -> str:
        """Return why the source cannot be chosen on `cloud`, or "" when it can."""
        return dict(self.unavailable).get(cloud, "")
