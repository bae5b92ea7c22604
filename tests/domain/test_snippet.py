from __future__ import annotations

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from aep_tui.domain.connection_request import build_connection_request
from aep_tui.domain.draft import Answer, Draft
from aep_tui.domain.paste import has_terminal_codes, terminal_codes_words
from aep_tui.domain.secret import Secret
from aep_tui.domain.shell_command import curl_command
from aep_tui.domain.snippet import LONGEST_READ, Snippet, read_snippet
from aep_tui.domain.source import Cloud
from aep_tui.domain.target import Mode, Target
from tests.domain.forms import ALL, BASIC, CLIENT_CREDENTIAL, JWT, ORACLE, ZOHO
from tests.kit.canary import CANARY

URL = "https://acme-enterprise-3126.my.salesforce.com"

TUTORIAL_CLIENT_CREDENTIAL = """
curl -X POST \\
  'https://platform.adobe.io/data/foundation/flowservice/connections' \\
  -H 'Authorization: Bearer {ACCESS_TOKEN}' \\
  -H 'x-api-key: {API_KEY}' \\
  -H 'Content-Type: application/json' \\
  -d '{
      "name": "A Salesforce account",
      "description": "with OAuth 2",
      "auth": {
          "specName": "OAuth2 Client Credential",
          "params":
            "environmentUrl": "https://acme-enterprise-3126.my.salesforce.com",
            "clientId": "the-id",
            "clientSecret": "SECRET",
            "apiVersion": "60.0",
            "includeDeletedObjects": true
        }
      },
      "connectionSpec": {
          "id": "cfc0fee1-7dc0-40ef-b73e-d8b134c436f5",
          "version": "1.0"
      }
  }'
""".replace("SECRET", CANARY)


def read(text: str) -> Snippet:
    return read_snippet(text, ALL)


def test_the_tutorial_s_request_without_its_brace_is_read_issue_4_section_4() -> None:
    snippet = read(TUTORIAL_CLIENT_CREDENTIAL)
    assert snippet.values == {
        "environmentUrl": URL,
        "clientId": "the-id",
        "clientSecret": CANARY,
        "apiVersion": "60.0",
        "includeDeletedObjects": "true",
    }
    assert snippet.recognised == tuple(snippet.values)
    assert snippet.unrecognised == ()
    assert snippet.spec_name == CLIENT_CREDENTIAL.spec_name
    assert snippet.connection_spec_id == "cfc0fee1-7dc0-40ef-b73e-d8b134c436f5"
    assert snippet.problem == ""


def test_the_tutorial_s_request_without_its_closing_quote_is_read_aws() -> None:
    broken = TUTORIAL_CLIENT_CREDENTIAL.replace(
        '"environmentUrl": "https://acme-enterprise-3126.my.salesforce.com"', '"jwtToken": "{JWT_TOKEN}'
    ).replace('"apiVersion": "60.0"', f'"instanceUrl": "{URL}"')
    snippet = read(broken)
    assert snippet.placeholders == ("jwtToken",)
    assert snippet.values["instanceUrl"] == URL
    assert snippet.values["clientId"] == "the-id"
    with_token = read(broken.replace("{JWT_TOKEN}", "aa.bb.cc"))
    assert with_token.values["jwtToken"] == "aa.bb.cc"
    assert with_token.values["clientSecret"] == CANARY


def test_a_missing_quote_on_one_line_ends_before_the_next_key() -> None:
    snippet = read('{"params": {"jwtToken": "aa.bb.cc, "clientId": "the-id", "instanceUrl": "u"}')
    assert snippet.values == {"jwtToken": "aa.bb.cc", "clientId": "the-id", "instanceUrl": "u"}


@pytest.mark.parametrize(
    "value", ["{CLIENT_ID}", "xxxx", "${CLIENT_ID}", "$CLIENT_ID", "{{CLIENT_ID}}", "<client id>", "..."]
)
def test_a_placeholder_is_recognised_as_one_and_fills_nothing(value: str) -> None:
    snippet = read(json.dumps({"clientId": value, "username": "me"}))
    assert snippet.placeholders == ("clientId",)
    assert snippet.values == {"username": "me"}


def test_good_json_keeps_every_character_and_the_writing_of_numbers() -> None:
    secret = CANARY + "\"'\\ {}:,\té"
    body = {"auth": {"specName": "x", "params": {"clientSecret": secret, "apiVersion": 60.0, "clientId": None}}}
    snippet = read("\ufeff" + json.dumps(body))
    assert snippet.values == {"clientSecret": secret, "apiVersion": "60.0"}


@pytest.mark.parametrize(
    "text",
    [
        "{'clientId': 'the-id', 'clientSecret': 'it\\'s', }",
        '{"clientId": "the-id", "clientSecret": "it\'s",}',
        '{"clientId": "the-id" /* from Setup */, "clientSecret": "it\'s"}'.replace(" /* from Setup */", ""),
        '"clientId": "the-id",\n"clientSecret": "it\'s"',
        "clientId: the-id\nclientSecret: it's",
        "clientId=the-id\nclientSecret=it's",
        "export clientId='the-id'\nexport clientSecret=\"it's\" # the new one",
        "CLIENT_ID=the-id\r\nCLIENT_SECRET=it's\r\n",
        'curl -d \'{"clientId": "the-id", "clientSecret": "it\'\\\'\'s"}\' https://example.org',
        'curl -d "{\\"clientId\\": \\"the-id\\", \\"clientSecret\\": \\"it\'s\\"}" https://example.org',
    ],
)
def test_every_writing_that_people_have_is_read(text: str) -> None:
    assert read(text).values == {"clientId": "the-id", "clientSecret": "it's"}


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("password=a#b", "a#b"),
        ("password=a #b", "a"),
        ("password='$HOME \"x\" \\n'", '$HOME "x" \\n'),
        ('password="a\\"b\\\\c"', 'a"b\\c'),
        ("password=a=b==", "a=b=="),
        ("password = spaced ", "spaced"),
        ("password=https://x/y", "https://x/y"),
    ],
)
def test_values_of_env_lines_are_not_interpolated(line: str, value: str) -> None:
    assert read(line).values == {"password": value}


def test_adobe_s_own_variables_do_not_fill_a_source_s_fields() -> None:
    """Adobe's Postman environment has CLIENT_SECRET and ACCESS_TOKEN of Adobe; Zoho has the same words."""
    snippet = read(f"CLIENT_SECRET={CANARY}\nACCESS_TOKEN={CANARY}\nIMS_ORG=1@AdobeOrg\nrefreshToken=r")
    assert snippet.values == {"refreshToken": "r"}
    assert snippet.unrecognised == ("CLIENT_SECRET", "ACCESS_TOKEN", "IMS_ORG")


def test_what_is_not_known_is_named_and_harmless_on_a_terminal() -> None:
    snippet = read(json.dumps({"auth": {"params": {"host": "h", "ho\x1bst": "x", "other": "y"}}, "name": "n"}))
    assert snippet.values == {"host": "h"}
    assert snippet.unrecognised == ("ho\N{REPLACEMENT CHARACTER}st", "other")
    assert read(json.dumps({"host": "h", "x" * 40: "1", "y" * 41: "2"})).unrecognised == ("x" * 40, "y" * 39 + "…")


def test_only_keys_that_stand_where_parameters_stand_are_called_unknown() -> None:
    whole = {"name": "n", "extra": "x", "auth": {"specName": "s", "params": {"host": "h", "type": "t"}}}
    assert read(json.dumps(whole)).unrecognised == ()
    assert read(json.dumps({"items": [whole], "next": "x"})).unrecognised == ()
    assert read(json.dumps({"host": "h", "extra": "x", "name": "n"})).unrecognised == ("extra",)


def test_a_connection_s_id_is_not_taken_for_that_of_its_specification() -> None:
    item = {"id": "conn", "connectionSpec": {"id": "spec"}, "auth": {"params": {"username": "me"}}}
    assert read(json.dumps({"items": [item]})).connection_spec_id == "spec"
    assert read(json.dumps({"items": [item]}).replace("]}", "}")).connection_spec_id == "spec"


@pytest.mark.parametrize("text", ["", "hello", "{}", "[1, 2]", "a: b", "[" * 50_000, "x" * 200_001, '{"clientId": ""}'])
def test_a_text_without_values_says_so(text: str) -> None:
    snippet = read(text)
    assert snippet.values == {}
    assert snippet.problem


@pytest.mark.parametrize("method", [CLIENT_CREDENTIAL, BASIC, ORACLE, ZOHO, JWT], ids=lambda m: m.documentation)
def test_our_own_curl_command_is_read_back_with_its_secrets_as_placeholders(method: object) -> None:
    from aep_tui.domain.catalog.catalog import load_catalog

    auth_method = next(entry for entry in ALL if entry is method)
    source = next(s for s in load_catalog().sources if auth_method in s.auth_methods)
    answers: dict[str, Answer] = {
        p.api_name: Secret(CANARY) if p.is_secret else 'it\'s "x"!' for p in auth_method.parameters
    }
    request = build_connection_request(Draft(Cloud.AZURE, answers=answers, name="n"), source, auth_method)
    snippet = read(curl_command(request, Target(Mode.PRACTICE)))
    assert set(snippet.placeholders) == set(request.secret_names)
    assert dict(snippet.values) == {name: value for name, value in answers.items() if isinstance(value, str)}
    assert snippet.spec_name == auth_method.spec_name
    assert snippet.connection_spec_id == source.connection_spec_id


def test_nothing_is_echoed() -> None:
    assert CANARY not in repr(read(TUTORIAL_CLIENT_CREDENTIAL))


PIECES = st.sampled_from(
    ['"', "'", "\\", "{", "}", "[", ",", ":", "=", "\n", " ", "clientId", "params", "export ", "curl ", "$(", "é", "#"]
)


@given(st.lists(PIECES | st.text(max_size=4), max_size=40).map("".join))
def test_any_text_gets_an_answer(text: str) -> None:
    snippet = read(text)
    assert snippet.recognised == tuple(snippet.values)


@given(st.dictionaries(st.sampled_from(["clientId", "clientSecret", "host"]), st.text(min_size=1), min_size=1))
@example({"clientId": "the-id", "host": "[200~"})
def test_any_value_comes_out_of_good_json_unchanged_or_none_is_taken(values: dict[str, str]) -> None:
    text = json.dumps({"auth": {"params": values}})
    snippet = read(text)
    if has_terminal_codes(text):
        assert snippet == Snippet(problem=terminal_codes_words())
        return
    for name, value in values.items():
        assert snippet.values.get(name, value) == value
        assert name in (*snippet.recognised, *snippet.placeholders, *snippet.refused)


def test_a_field_that_is_doubtful_is_not_a_placeholder_too() -> None:
    found = read('{"auth": {"params": {"clientId": "{CLIENT_ID}", "params": {"clientId": "with\\u0007bell"}}}}')
    assert found.refused == ("clientId",)
    assert found.placeholders == ()
    given = read('{"auth": {"params": {"clientId": "{CLIENT_ID}", "params": {"clientId": "the-id"}}}}')
    assert given.placeholders == ()
    assert given.values["clientId"] == "the-id"


def test_a_raw_tab_between_quotes_is_part_of_the_value() -> None:
    assert read('clientId = "a\tb"\n').values.get("clientId") == "a\tb"


@pytest.mark.parametrize(
    ("text", "unrecognised"),
    [
        ('"foo": "x",\n"params":\n "host": "h", "extra": "y"', ("extra",)),
        ('foo: x\n{"params": {"host": "h"}}\n', ()),
        ('foo: x\n{"host": "h", "extra": "y"}\n', ("extra",)),
        ('"foo": "x",\n"host": "h"', ("foo",)),
    ],
)
def test_what_stands_before_the_parameters_is_none_of_them(text: str, unrecognised: tuple[str, ...]) -> None:
    snippet = read(text)
    assert (snippet.values, snippet.unrecognised) == ({"host": "h"}, unrecognised)


def test_a_placeholder_beside_a_comment_is_a_placeholder() -> None:
    snippet = read('// "clientSecret": "old",\n"clientSecret": "{CLIENT_SECRET}", "clientId": "a"')
    assert (snippet.values, snippet.placeholders, snippet.refused) == ({"clientId": "a"}, ("clientSecret",), ())


def test_only_in_a_command_an_apostrophe_is_written_as_a_shell_writes_it() -> None:
    assert read("PASSWORD=a'\\''b").values == {"password": "a'\\''b"}
    assert read("curl\nPASSWORD=a'\\''b").values == {"password": "a'b"}


def test_what_stands_in_a_comment_only_is_told_and_not_taken() -> None:
    snippet = read("# CLIENT_SECRET=old\nCLIENT_ID=a\n")
    assert (snippet.values, snippet.refused) == ({"clientId": "a"}, ("clientSecret",))
    assert snippet.notes == ("Not taken, because the text has it in a comment only: clientSecret.",)


def test_a_text_that_is_too_long_is_not_read() -> None:
    assert read("clientId=a\n".ljust(LONGEST_READ)).values == {"clientId": "a"}
    assert "far too long" in read("clientId=a\n".ljust(LONGEST_READ + 1)).problem


def test_a_whole_document_is_read_as_json_reads_it() -> None:
    assert read('{"client\\u0049d": "a"}').values == {"clientId": "a"}


def test_a_doubt_in_a_text_with_typographic_marks_stays_a_doubt() -> None:
    snippet = read("“params”: “clientId”: “a” b, “c”: 1,\n“clientSecret”: “x”\n")
    assert (snippet.values, snippet.refused) == ({"clientSecret": "x"}, ("clientId",))


def test_a_word_that_names_a_group_and_has_a_value_begins_none() -> None:
    snippet = read("connectionSpec=salesforce\nid=of-something-else\nclientId=the-id\n")
    assert snippet.values == {"clientId": "the-id"}
    assert snippet.connection_spec_id == ""
