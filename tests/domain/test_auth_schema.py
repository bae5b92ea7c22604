"""What a foreign `authSpec` becomes: every trap of published schemas, and whatever else may come."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aep_tui.domain.auth_schema import auth_method_of, auth_methods_of
from aep_tui.domain.connection_request import build_connection_request
from aep_tui.domain.draft import Answer, Draft
from aep_tui.domain.redaction import MARK
from aep_tui.domain.rules.context import RuleContext
from aep_tui.domain.safe_text import without_control_characters
from aep_tui.domain.secret_names import is_secret_by_name, may_be_secret
from aep_tui.domain.secrets import Secrets
from aep_tui.domain.source import AuthMethod, Parameter, ParameterKind, Source
from aep_tui.domain.validation import answers_with_errors, findings_for_text, findings_of_form
from tests.kit.canary import CANARY

NOW = datetime(2026, 11, 28, tzinfo=UTC)
TEXT = {"type": "string"}
PASSWORD = {"type": "string", "format": "password"}


def method_of(properties: dict[str, Any], *required: str, **frame: object) -> AuthMethod:
    spec = {"type": "object", "properties": properties, "required": list(required)}
    return auth_method_of({"name": "Basic Authentication", "spec": spec, **frame}, "basic")


def parameter_of(described: dict[str, Any], name: str = "value") -> Parameter:
    return method_of({name: described}).parameters[0]


def messages(parameter: Parameter, text: str) -> list[str]:
    method = replace(method_of({}), parameters=(parameter,))
    found = findings_for_text(RuleContext(parameter, method, NOW), text)
    return [f"{finding.severity}: {finding.message}" for finding in found]


def body_of(method: AuthMethod, answers: dict[str, Answer]) -> dict[str, Any]:
    source = Source("id", "ACME", "", "id", "1.0", (method,), is_described_only=True)
    draft = Draft(source_id="id", auth_method_id=method.id, answers=MappingProxyType(answers), name="n")
    auth: dict[str, Any] = json.loads(build_connection_request(draft, source, method).body_to_send())["auth"]
    return auth


def test_the_name_is_sent_exactly_and_decides_nothing() -> None:
    method = auth_methods_of([{"name": "Basic Authentication for adls-gen2", "spec": {"properties": {"url": TEXT}}}])[0]
    assert (method.spec_name, method.id) == ("Basic Authentication for adls-gen2", "basic-authentication-for-adls-gen2")
    assert method.cloud is None, "no document says on which cloud it is offered"


def test_two_entries_of_one_name_are_two_methods() -> None:
    entry = {"name": "Azure EventHub authentication credentials", "spec": {"properties": {"sasKey": PASSWORD}}}
    assert [method.id for method in auth_methods_of([entry, entry, {"spec": {}}, 7])] == [
        "azure-eventhub-authentication-credentials",
        "azure-eventhub-authentication-credentials-2",
    ]


def test_required_names_that_do_not_exist_get_a_field_each_and_do_not_block() -> None:
    method = method_of({"s3AccessKey": TEXT, "s3SecretKey": PASSWORD}, "accessKeyId", "secretAccessKey")
    assert [each.api_name for each in method.parameters] == [
        "s3AccessKey",
        "s3SecretKey",
        "accessKeyId",
        "secretAccessKey",
    ]
    assert [each.is_secret for each in method.parameters] == [False, True, False, True]
    assert not any(each.is_required for each in method.parameters)
    assert method.documentation.endswith(
        "Called required, but not described: accessKeyId, secretAccessKey. Left empty, they are not sent."
    )
    assert answers_with_errors(method, {}, NOW) == ()


def test_what_is_called_required_warns_and_does_not_block() -> None:
    method = method_of({"host": TEXT}, "host")
    assert method.parameters[0].is_called_required
    assert not method.parameters[0].is_required
    found = findings_of_form(method, {}, NOW)["host"]
    assert [(each.is_error, each.message) for each in found] == [
        (False, "The platform describes this as required. Left empty, it is not sent.")
    ]
    assert body_of(method, {}) == {"specName": "Basic Authentication", "params": {}}


def test_a_pattern_warns_says_that_it_refuses_its_own_example_and_does_not_block() -> None:
    described = {
        **TEXT,
        "pattern": "^Server=(.*);Port=(.*)$",
        "examples": ["Server=acme; Port=3306"],
    }
    assert messages(parameter_of(described), "Server=acme; Port=1") == [
        "warning: The platform describes another form: ^Server=(.*);Port=(.*)$ (it refuses its own example as well)."
    ]
    assert messages(parameter_of(described), "Server=acme;Port=1") == []


def test_a_value_outside_the_described_ones_warns() -> None:
    parameter = parameter_of({"enum": ["header", "query"], "default": "query"})
    assert [each.value for each in parameter.suggestions] == ["header", "query"]
    assert "Default: query" in parameter.help
    assert messages(parameter, "Header") == ["warning: The platform describes other values: header, query."]


def test_a_choice_of_titles_is_a_list_to_choose_from() -> None:
    parameter = parameter_of({"oneOf": [{"title": "Europe", "const": "eu"}, {"title": "America", "const": "us"}]})
    assert [(each.value, each.label) for each in parameter.suggestions] == [("eu", "Europe"), ("us", "America")]
    assert parameter.kind is ParameterKind.TEXT


@pytest.mark.parametrize(
    ("described", "typed", "sent"),
    [
        ({"type": "number"}, "1.5", 1.5),
        ({"type": "integer", "default": 22}, "22", 22),
        ({"type": "boolean"}, "false", False),
        ({"type": "object"}, '{"a": [1, null]}', {"a": [1, None]}),
        ({"type": "array", "items": TEXT}, '["a"]', ["a"]),
        ({"oneOf": [TEXT, {"type": "number"}]}, '"a"', "a"),
        ({"type": ["string", "number"]}, "3", 3),
        ({"enum": [1, 2]}, "2", 2),
        ({"properties": {"a": TEXT}}, "{}", {}),
    ],
)
def test_what_no_form_can_hold_is_typed_as_json_and_sent_as_that_value(
    described: dict[str, Any], typed: str, sent: object
) -> None:
    method = method_of({"value": described})
    assert method.parameters[0].kind is ParameterKind.JSON
    assert messages(method.parameters[0], typed) == []
    assert body_of(method, {"value": typed})["params"] == {"value": sent}


@pytest.mark.parametrize(
    "typed", ["acme", "{", "NaN", "1e999", '"\\ud800"', '{"a":1,"a":2}', "[" * 99_999, "9" * 5000, "x" * 100_001]
)
def test_what_is_no_json_blocks_and_a_text_is_offered_in_quotation_marks(typed: str) -> None:
    parameter = parameter_of({"type": "object"})
    method = replace(method_of({}), parameters=(parameter,))
    found = findings_for_text(RuleContext(parameter, method, NOW), typed)
    assert [each.is_error for each in found] == [True]
    assert json.loads(found[0].suggested_value) == typed


@pytest.mark.parametrize(
    ("types", "typed", "words", "offer"),
    [
        ("integer", "many", "This is no number. A text would have to stand in quotation marks.", ""),
        ("boolean", "Yes", "Write true or false.", "true"),
        ("boolean", "OFF", "Write true or false.", "false"),
        ("boolean", "maybe", "Write true or false.", ""),
    ],
)
def test_a_number_and_a_truth_are_asked_for_in_their_own_words(types: str, typed: str, words: str, offer: str) -> None:
    parameter = parameter_of({"type": types})
    method = replace(method_of({}), parameters=(parameter,))
    (finding,) = findings_for_text(RuleContext(parameter, method, NOW), typed)
    assert (finding.is_error, finding.message, finding.suggested_value) == (True, words, offer)


def test_a_type_that_the_schema_gets_wrong_does_not_stand_in_the_way() -> None:
    parameter = parameter_of({"type": "object"}, "accessTokenUrl")
    assert not parameter.is_secret
    assert messages(parameter, '"https://login.example"') == [
        "warning: The platform describes another type of value: object."
    ]


@pytest.mark.parametrize(
    "name",
    [
        *("password", "pwd", "clientSecret", "accessToken", "sasUri", "connectionString", "passPhrase", "privateKey"),
        "privateKeyContent",
        "sshKey",
        "jwtToken",
        "apiKey",
        "api_token",
        "secretAccessKey",
        "sasKey",
        "userpassword",
        *("pat", "githubPat", "sas", "bearer", "otp", "hmacValue", "keytab", "jaasConfig", "sessionCookie"),
        *("authorization", "proxyAuthorization", "clientPem", "pfx"),
    ],
)
def test_a_secret_that_nothing_marks_is_known_by_its_name(name: str) -> None:
    assert method_of({name: TEXT, "marked": PASSWORD}).parameters[0].is_secret
    assert may_be_secret(name), "what hides it in a form hides it in a list"


@pytest.mark.parametrize(
    "name",
    [
        "authorizationType",
        "patternName",
        "sassVersion",
        "accessTokenUrl",
        "tokenEndpoint",
        "accessKeyId",
        "sasKeyName",
        "keyName",
        "username",
        "host",
        "account",
        "path",
    ],
)
def test_what_only_speaks_of_a_secret_is_none(name: str) -> None:
    assert not parameter_of(TEXT, name).is_secret


def test_where_nothing_is_marked_every_key_is_a_secret() -> None:
    assert is_secret_by_name("storageKey", is_anything_marked=False)
    assert parameter_of(TEXT, "s3AccessKey").is_secret
    assert not method_of({"s3AccessKey": TEXT, "s3SecretKey": PASSWORD}).parameters[0].is_secret


def test_a_mark_that_was_taken_out_of_the_answer_still_counts() -> None:
    assert parameter_of({"type": "string", "format": f"{MARK}: password»"}, "zugang").is_secret


@pytest.mark.parametrize(
    "described",
    [
        {"type": "object", "properties": {"login": PASSWORD}},
        {"type": "object", "properties": {"deeper": {"type": "object", "properties": {"apiToken": TEXT}}}},
        {"type": "array", "items": {"type": "object", "properties": {"x": PASSWORD}}},
        {"oneOf": [{"type": "object", "properties": {"x": PASSWORD}}, TEXT]},
    ],
)
def test_an_object_with_a_secret_in_it_is_one(described: dict[str, Any]) -> None:
    assert parameter_of(described).is_secret


def test_names_of_fields_are_no_secrets_but_a_person_is_told_what_is_not_hidden() -> None:
    described = {"type": "object", "properties": {"clientId": TEXT, "clientSecret": TEXT}}
    parameter = parameter_of(described, "requestParameterOverride")
    assert not parameter.is_secret
    assert messages(parameter, '{"clientSecret": "client_secret"}') == [
        "warning: A name in this value sounds like a secret. What stands here is not hidden."
    ]


def test_a_key_wanted_as_base64_says_so_and_nothing_is_encoded() -> None:
    parameter = parameter_of({**TEXT, "contentEncoding": "base64"}, "privateKeyContent")
    assert "base64" in parameter.help
    assert messages(parameter, "-----BEGIN RSA-----") == [
        "warning: The platform wants this as base64. Nothing is encoded here: encode the file yourself."
    ]
    assert messages(parameter, "QUNNRQ==") == []
    assert body_of(method_of({"value": TEXT}), {"value": "-----BEGIN"})["params"] == {"value": "-----BEGIN"}


def test_a_hidden_parameter_is_not_asked_for_and_that_is_told() -> None:
    method = method_of({"a": TEXT, "expirationDate": {**TEXT, "format": "date", "uiAttributes": {"hidden": True}}})
    assert [each.api_name for each in method.parameters] == ["a"]
    assert "Not asked for, because the platform hides it: expirationDate." in method.documentation


@pytest.mark.parametrize(
    "entry",
    [
        {"name": "OAuth2 Authorization Code", "spec": {"properties": {"clientId": TEXT}}},
        {"name": "Sign in", "type": "OAUTH2_AUTHORIZATION_CODE", "spec": {"properties": {"clientId": TEXT}}},
    ],
)
def test_a_sign_in_with_a_browser_is_not_offered(entry: dict[str, Any]) -> None:
    assert "needs a browser" in auth_methods_of([entry])[0].unavailable


def test_a_refresh_code_is_none_of_them_and_an_empty_form_is_never_offered() -> None:
    refresh = {"name": "OAuth2 Refresh Code", "type": "OAuth2RefreshCode", "spec": {"properties": {"a": TEXT}}}
    assert auth_methods_of([refresh])[0].unavailable == ""
    assert auth_methods_of([{"name": "Empty", "spec": {}}])[0].unavailable


@pytest.mark.parametrize("name", ["next", "back", "client id", "x;y", "é", "a" * 65, "", "1st", "../x", "-x"])
def test_a_name_that_no_field_can_have_is_left_out_and_counted(name: str) -> None:
    method = method_of({name: TEXT, "host": TEXT})
    assert [each.api_name for each in method.parameters] == ["host"]
    assert "1 parameter has a name that no field can have" in method.documentation


def test_two_names_of_one_variable_are_not_both_asked_for() -> None:
    method = method_of({"clientSecret": PASSWORD, "client_secret": PASSWORD})
    assert [each.api_name for each in method.parameters] == ["clientSecret"]


def test_a_secret_default_is_never_shown() -> None:
    parameter = parameter_of({**PASSWORD, "default": CANARY})
    assert CANARY not in repr(parameter)


def test_what_is_sent_in_clear_is_told_as_a_list_of_the_platform_shows_it() -> None:
    method = method_of({"port": {"type": "integer"}, "options": {"type": "object"}, "t": {"type": "number"}, "h": TEXT})
    source = Source("id", "ACME", "", "id", "1.0", (method,))
    answers = MappingProxyType({"port": "22", "options": "{}", "t": "1.0", "h": "acme"})
    request = build_connection_request(Draft(answers=answers, name="n"), source, method)
    assert request.shown_parameters() == {"port": "22", "h": "acme"}


def test_a_secret_of_json_is_sent_as_that_value_and_one_that_is_none_as_text() -> None:
    method = method_of({"proxy": {"type": "object", "properties": {"password": PASSWORD}}})
    secrets = Secrets()
    value = secrets.hold(f'{{"password": "{CANARY}"}}', "proxy")
    assert body_of(method, {"proxy": value})["params"] == {"proxy": {"password": CANARY}}
    assert body_of(method, {"proxy": secrets.hold(CANARY, "proxy")})["params"] == {"proxy": CANARY}


_KEYS = st.sampled_from(
    [
        *("type", "properties", "required", "format", "pattern", "enum", "default", "examples", "oneOf", "title"),
        *("items", "description", "uiAttributes", "hidden", "contentEncoding", "name", "spec", "const", "password"),
    ]
)
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_KEYS | st.text(max_size=8), inner, max_size=5),
    max_leaves=25,
)


@given(_JSON, _JSON, st.text(max_size=20))
def test_whatever_comes_becomes_a_form_that_can_be_judged_and_sent(entry: object, spec: object, text: str) -> None:
    schema = {"type": "object", "properties": {"host": spec, "password": spec}, "required": spec}
    for method in auth_methods_of([entry, {"name": "Any", "spec": schema}, {"name": "Other", "spec": spec}]):
        names = [each.api_name for each in method.parameters]
        assert len(set(names)) == len(names)
        assert all(each.is_secret for each in method.parameters if each.api_name == "password")
        answers: dict[str, Answer] = dict.fromkeys(names, text)
        shown = "".join(f"{each.label}{each.help}{each.example}{each.where_to_find}" for each in method.parameters)
        assert without_control_characters(shown, keep_newlines=True) == shown
        if not answers_with_errors(method, answers, NOW):
            body_of(method, answers)


def test_a_field_is_called_as_the_platform_titles_it_and_otherwise_by_its_name() -> None:
    assert parameter_of({**TEXT, "title": "Account name"}).label == "Account name"
    for title in ("", 7, None):
        assert parameter_of({**TEXT, "title": title}).label == "value"


def test_where_nothing_is_strange_nothing_is_remarked() -> None:
    assert method_of({"url": TEXT}, "url").documentation == ""
