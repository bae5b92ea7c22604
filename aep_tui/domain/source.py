"""Sources, their authentication methods and the parameters these ask for: what the catalog files declare."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from aep_tui.domain.light_dataclass import dataclass


class Cloud(StrEnum):
    """The cloud that Experience Platform itself runs on (not the source's)."""

    AZURE = "azure"
    AWS = "aws"

    @property
    def label(self) -> str:
        """The name people know."""
        return {"azure": "Azure", "aws": "AWS"}[self.value]


class RuleName(StrEnum):
    """What `Parameter.rule` may say; the names stand here, because a source is read before any rule is imported."""

    CLIENT_ID = "client-id"
    DESCRIBED_VALUE = "described-value"
    ORACLE_HOST = "oracle-host"
    SALESFORCE_API_VERSION = "salesforce-api-version"
    SALESFORCE_JWT = "salesforce-jwt"
    SALESFORCE_URL = "salesforce-url"
    ZOHO_ACCOUNTS_URL = "zoho-accounts-url"
    ZOHO_ENDPOINT = "zoho-endpoint"


class SuggestionName(StrEnum):
    """What `Parameter.suggests` and `TokenRecipe.audience_suggests` may say."""

    SALESFORCE_AUDIENCE = "salesforce-audience"
    ZOHO_ENDPOINT = "zoho-endpoint"


class HelperName(StrEnum):
    """What `Parameter.helper` may say."""

    MINT_JWT = "mint-jwt"


class CheckName(StrEnum):
    """What `AuthMethod.check` may say."""

    SALESFORCE_LOGIN = "salesforce-login"


class Login(StrEnum):
    """How an auth method logs in at the source, where a rule is another one for it."""

    USER_NAME = "user-name"
    """By a person's user name and password."""
    CLIENT_CREDENTIALS = "client-credentials"
    """As an app, by OAuth 2 client credentials."""


class ParameterKind(StrEnum):
    """How a parameter is asked for and sent."""

    TEXT = "text"
    BOOLEAN = "boolean"
    JSON = "json"
    """Typed as JSON and sent as that value: a number, true or false, an object, a list."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A documented value that a person can choose instead of typing it."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class ValueDescription:
    """What the platform itself says about a value, for a source that this program does not know by heart.

    Published descriptions hold mistakes, so nothing in it blocks (`domain.rules.described_value`).

    Attributes:
        is_required: the description lists it as required.
        types: the JSON types of the value; empty for any.
        pattern: of a text, "" for none.
        choices: the texts that are described, empty for any.
        is_base64: the text is wanted as base64.
        examples: texts that stand beside the pattern.
        limits: of lengths, numbers and lists, by their keywords (`domain.schema_limits`).
    """

    is_required: bool = False
    types: tuple[str, ...] = ()
    pattern: str = ""
    choices: tuple[str, ...] = ()
    is_base64: bool = False
    examples: tuple[str, ...] = ()
    limits: tuple[tuple[str, int | float], ...] = ()


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
        is_secret: the value is masked, held as Secret and never shown.
        kind: text, a switch, or a JSON value.
        rule: the name of the rule in `domain.rules` that judges the value, or "" for none.
        suggests: the name of what offers a value that follows from other fields (`domain.rules`), or "".
        helper: the name of the page that makes the value (`tui.dialogs.helpers`), or "".
        reads: what rule, suggestion and helper look at besides: the role that they know a field by, and its API name.
        is_long: the value may be longer than a line that a terminal edits (1 024 characters).
        blank_warning: what to say when the optional value is left out, or "".
        suggestions: documented values, offered beside free entry.
        described: what the platform says about the value; None for a parameter of the catalog.
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
    suggests: str = ""
    helper: str = ""
    reads: tuple[tuple[str, str], ...] = ()
    is_long: bool = False
    blank_warning: str = ""
    suggestions: tuple[Suggestion, ...] = ()
    described: ValueDescription | None = None

    @property
    def is_called_required(self) -> bool:
        """Whether a person is told that it is required; what only the platform describes so blocks nothing."""
        return self.is_required or (self.described is not None and self.described.is_required)

    def read_name(self, role: str) -> str:
        """Return the API name of the field that has this role for the parameter, or ""."""
        return dict(self.reads).get(role, "")


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
class TokenRecipe:
    """What a person has to know to sign a token for a source.

    Attributes:
        issuer_help, subject_help, subject_example: words beside the fields of the claims `iss` and `sub`.
        audience_suggests: the name of what offers the login address that goes with the form (`domain.rules`).
        audiences: the documented login addresses, the usual one first.
        advice: how long the token should live and what happens when it ends.
        app_steps: what is done at the source with a new key pair, in order.
    """

    issuer_help: str
    subject_help: str
    subject_example: str
    advice: str
    audience_suggests: str = ""
    audiences: tuple[Suggestion, ...] = ()
    app_steps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AuthMethod:
    """One way to authenticate against a source on one cloud.

    Attributes:
        id: the option id in the wizard, for example "oauth2-client-credential".
        cloud: the cloud on which the tutorials document it; None for one that the platform itself offers here.
        label: the name for people.
        spec_name: the exact `auth.specName`.
        summary: one line that helps to choose.
        parameters: what it asks for, in the order of the form.
        is_recommended: the method that a newcomer should take.
        prerequisites: what has to be set up at the source beforehand, in the order in which it is done.
        documentation: the tutorial's own name of the section.
        sample_seconds: how long the tutorial's own sample took until the connection was enabled; 0 when it has none.
        login: how it logs in, None where no rule asks for it.
        check: the name of the check that asks the source itself whether it takes the credentials (`session.checks`),
            or "" when there is none.
        reads: what the check sends: the role that it knows a field by, and its API name.
        token: for a method whose helper signs a token: what is to be known about it.
        unavailable: why it cannot be chosen here, or "".
        migrates_to: the id of the method, of the same source and cloud, that connections with this one are moved to;
            "" when there is none.
    """

    id: str
    cloud: Cloud | None
    label: str
    spec_name: str
    summary: str
    parameters: tuple[Parameter, ...]
    is_recommended: bool = False
    prerequisites: tuple[Prerequisite, ...] = ()
    documentation: str = ""
    sample_seconds: int = 0
    login: Login | None = None
    check: str = ""
    reads: tuple[tuple[str, str], ...] = ()
    token: TokenRecipe | None = None
    unavailable: str = ""
    migrates_to: str = ""

    def shown(self, parameters: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
        """Return name and value of those among `parameters` that are of this method and no secrets, by name."""
        names = {each.api_name for each in self.parameters if not each.is_secret}
        return tuple(sorted((name, value) for name, value in parameters.items() if name in names))

    def read_name(self, role: str) -> str:
        """Return the API name of the field that has this role for the check, or ""."""
        return dict(self.reads).get(role, "")

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
    """A source of the catalog, or one that the platform itself describes.

    Attributes:
        id: the identity, which is the name of its file: "salesforce"; otherwise the id of its specification.
        label: the product's name.
        summary: one line for the list.
        connection_spec_id: `connectionSpec.id`.
        connection_spec_version: `connectionSpec.version`.
        auth_methods: all methods on all clouds.
        unavailable: for a cloud that does not offer the source, the reason in words.
        default_name: a name for the connection that a person may keep.
        next_steps: what the tutorial says comes next.
        is_described_only: it is not in the catalog: all that is known is what the platform describes.
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
    is_described_only: bool = False

    def auth_methods_on(self, cloud: Cloud | None) -> tuple[AuthMethod, ...]:
        """Return the methods that are documented on `cloud`, and those that the platform offers whatever the cloud."""
        return tuple(method for method in self.auth_methods if method.cloud is None or method.cloud is cloud)

    def auth_method(self, cloud: Cloud | None, auth_method_id: str) -> AuthMethod | None:
        """Return the method with this id on `cloud`, or None; one that cannot be chosen is none."""
        offered = (method for method in self.auth_methods_on(cloud) if not method.unavailable)
        return next((method for method in offered if method.id == auth_method_id), None)

    def reason_unavailable_on(self, cloud: Cloud | None) -> str:
        """Return why the source cannot be chosen on `cloud`, or "" when it can."""
        return next((reason for each, reason in self.unavailable if each is cloud), "")
