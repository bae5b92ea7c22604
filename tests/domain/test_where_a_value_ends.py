"""A value of a snippet ends where it ends: it is taken whole, or its name is told with the reason."""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aep_tui.domain.connection_request import variable_name
from aep_tui.domain.snippet import Snippet, read_snippet
from tests.domain.forms import ALL
from tests.kit.canary import CANARY

URL = "https://acme-enterprise-3126.my.salesforce.com"
THREE = {"clientId": "the-id", "clientSecret": CANARY, "environmentUrl": URL}
TOKEN = "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiIzTVZHOSJ9.c2lnbmF0dXJl"


def read(text: str) -> Snippet:
    return read_snippet(text, ALL)


@pytest.mark.parametrize(
    "line",
    [
        f"CLIENT_ID=the-id CLIENT_SECRET={CANARY} ENVIRONMENT_URL={URL}",
        f"heroku config:set -a shop CLIENT_ID=the-id CLIENT_SECRET='{CANARY}' ENVIRONMENT_URL={URL}",
        f'export CLIENT_ID="the-id"; export CLIENT_SECRET="{CANARY}"; export ENVIRONMENT_URL={URL}',
        f"PORT=80 CLIENT_ID=the-id CLIENT_SECRET={CANARY} ENVIRONMENT_URL={URL} # for tests",
        f"heroku config:set CLIENT_ID=the-id \\\n  CLIENT_SECRET={CANARY} \\\n  ENVIRONMENT_URL={URL}",
    ],
)
def test_several_assignments_in_one_line_are_several_values(line: str) -> None:
    snippet = read(line)
    assert snippet.values == THREE
    assert snippet.refused == ()


@pytest.mark.parametrize(
    "line",
    [
        f"clientId: the-id, clientSecret: {CANARY}",
        f"clientId=the-id&clientSecret={CANARY}",
        f"CLIENT_ID=the-id; CLIENT_SECRET={CANARY}; and so on",
        f"CLIENT_ID=the-id CLIENT_SECRET='{CANARY}",
        f'CLIENT_ID="the-id CLIENT_SECRET={CANARY}',
    ],
)
def test_a_line_that_cannot_be_told_apart_fills_nothing_and_names_each_value(line: str) -> None:
    snippet = read(line)
    assert snippet.values == {}
    assert set(snippet.refused) == {"clientId", "clientSecret"}
    assert "Write one assignment a line." in " ".join(snippet.notes)
    assert CANARY not in repr(snippet)


def test_a_blank_belongs_to_a_value_of_an_env_file_unless_an_assignment_follows_it() -> None:
    assert read("password=a b").values == {"password": "a b"}
    assert read("password=a b=c").refused == ("password",)


@pytest.mark.parametrize(
    "text",
    [
        '{{"auth":{{"params":{{"clientId":"the-id","clientSecret":"{}\n{}","apiVersion":"60.0"}}}}}}',
        'curl -X POST https://x -d \'{{"auth":{{"params":{{"clientId":"the-id","clientSecret":"{}\n   {}"}}}}}}\'',
        '{{"params":\n"clientId":"the-id","clientSecret":"{}\r\n{}"}}',
        "{{'clientId': 'the-id', 'clientSecret': '{}\n{}'}}",
        "CLIENT_ID=the-id\nCLIENT_SECRET={}\n{}",
        "CLIENT_ID=the-id\nCLIENT_SECRET={}\n{}=\n",
        'CLIENT_ID=the-id\nCLIENT_SECRET="{}\n{}"',
        "clientId: the-id\nclientSecret: {}\n  {}\n",
    ],
)
def test_a_wrapped_value_is_refused_and_told(text: str) -> None:
    half = CANARY * 2
    snippet = read(text.format(half, CANARY.replace("-", "")))
    assert snippet.values.keys() <= {"clientId", "apiVersion"}
    assert snippet.values["clientId"] == "the-id"
    assert snippet.refused == ("clientSecret",)
    assert snippet.unrecognised == ()
    assert snippet.notes[0].startswith("Not taken")
    assert "clientSecret" in snippet.notes[0]


def test_a_wrapped_token_is_joined_and_told() -> None:
    snippet = read(json.dumps({"clientId": "the-id", "jwtToken": TOKEN}).replace(TOKEN[20:], "\n  " + TOKEN[20:]))
    assert snippet.values == {"clientId": "the-id", "jwtToken": TOKEN}
    assert snippet.notes == ("Lines of a signed token were joined: jwtToken.",)


@pytest.mark.parametrize(
    "text",
    [
        '{\n  // "clientSecret": "old",\n  "clientSecret": "new",\n  "clientId": "3MVG9"\n}',
        '{ /* "clientSecret": "old", */ "clientSecret": "new", // "clientSecret": "older"\n "clientId": "3MVG9", }',
        '{"params":\n  # "clientSecret": "old",\n  "clientSecret": "new",\n  "clientId": "3MVG9"\n}',
        '{"params":\n  /* "clientSecret": "old",\n "clientSecret": "b" */ "clientSecret": "new", "clientId": "3MVG9"}',
        'curl -H \'Accept: */*\' -d \'{"clientId": "3MVG9", # "clientSecret": "old"\n "clientSecret": "new"}\'',
        "#CLIENT_SECRET=old\nCLIENT_SECRET=new\n; CLIENT_SECRET=old\n// CLIENT_SECRET=old\nREM CLIENT_SECRET=old\n"
        "CLIENT_ID=3MVG9",
    ],
)
def test_a_commented_pair_never_counts(text: str) -> None:
    snippet = read(text)
    assert snippet.values == {"clientSecret": "new", "clientId": "3MVG9"}
    assert snippet.refused == ()


def test_a_comment_behind_a_value_is_told() -> None:
    snippet = read("password=a #b")
    assert snippet.values == {"password": "a"}
    assert snippet.notes == ("What follows a # was left out as a comment: password.",)


@pytest.mark.parametrize(
    "text",
    [
        "{ “environmentUrl”: “URL”, “clientId”: “the-id”, “clientSecret”: “SECRET” }",
        "{ „environmentUrl“: „URL“, „clientId“: „the-id“, „clientSecret“: „SECRET“ }",
        "{ «environmentUrl»: «URL», «clientId»: «the-id», «clientSecret»: «SECRET» }",
        "“params”:\n “environmentUrl”: “URL”,\n “clientId”: “the-id”,\n “clientSecret”: “SECRET”",
        "ENVIRONMENT_URL=“URL”\nCLIENT_ID=“the-id”\nCLIENT_SECRET=“SECRET”",
        "{‘environmentUrl’: ‘URL’, ‘clientId’: ‘the-id’, ‘clientSecret’: ‘SECRET’}",
    ],
)
def test_typographic_quotation_marks_are_read_and_told(text: str) -> None:
    snippet = read(text.replace("URL", URL, 1) if "URL”\nC" not in text else text.replace("“URL”", f"“{URL}”"))
    assert snippet.values == {**THREE, "clientSecret": "SECRET"}
    assert "typographic" in snippet.notes[0]


def test_what_a_word_processor_may_have_changed_is_refused() -> None:
    snippet = read("{“clientId”: “the–id”, “clientSecret”: “it’s”}")
    assert snippet.values == {}
    assert snippet.refused == ("clientId", "clientSecret")
    assert "word processor" in snippet.notes[0]


def test_typographic_marks_inside_good_json_stay() -> None:
    assert read(json.dumps({"clientSecret": "“it’s”"}, ensure_ascii=False)).values == {"clientSecret": "“it’s”"}


@pytest.mark.parametrize("text", ['{"clientId": "a", "clientId": "b"', "CLIENT_ID=a\nCLIENT_ID=b"])
def test_of_two_values_none_is_chosen(text: str) -> None:
    snippet = read(text)
    assert snippet.values == {}
    assert snippet.refused == ("clientId",)
    assert "more than one value" in snippet.notes[0]


@pytest.mark.parametrize(
    "text",
    [
        '{"params": "clientSecret": "ab",cd", "clientId": "the-id"}',
        '{"params": "clientSecret": abc,def, "clientId": "the-id"}',
        '{"params": "clientSecret": "a\\qb", "clientId": "the-id"}',
        '{"params":\n"clientSecret": "ab}\n}',
        "{'clientSecret': 'a\\qb', 'clientId': 'the-id'",
        'CLIENT_SECRET="abc',
        "clientSecret: abc,",
        "CLIENT_SECRET='a\\\\b'",
        'CLIENT_SECRET="a"b"',
    ],
)
def test_a_value_without_a_certain_end_is_refused(text: str) -> None:
    snippet = read(text)
    assert "clientSecret" not in snippet.values
    assert snippet.refused[0] == "clientSecret"


def test_a_missing_closing_quotation_mark_is_told() -> None:
    snippet = read('{"params":\n "clientId": "the-id,\n "clientSecret": "abc"}')
    assert snippet.values == {"clientId": "the-id", "clientSecret": "abc"}
    assert "closing quotation mark is missing" in snippet.notes[0]


def test_a_text_with_codes_of_a_terminal_fills_nothing() -> None:
    snippet = read(f'{{"clientId": "a", "clientSecret": "\x1b[33m{CANARY}\x1b[0m"}}')
    assert snippet.values == {}
    assert "codes for a terminal" in snippet.problem
    assert read('{"clientId": "a", "clientSecret": "b\\u001b[0m"}').refused == ("clientSecret",)


NAMES = ("clientId", "clientSecret", "environmentUrl", "password", "host")
TEXTS = st.text(
    st.sampled_from("abcXYZ019 -_.:/+=#\\\"'`$;,&{}[]é“’") | st.characters(codec="utf-8", exclude_categories=["Cc"]),
    min_size=1,
)
ONE_LINE_TEXTS = st.text(st.sampled_from("abcXYZ019 -_.:/+=#\\\"'`$;,&{}[]é"), min_size=1)
PLAIN_TEXTS = st.text(st.sampled_from("abcdefXYZ019+/_.-"), min_size=1, max_size=90)


def sets_of(texts: st.SearchStrategy[str]) -> st.SearchStrategy[dict[str, str]]:
    return st.dictionaries(st.sampled_from(NAMES), texts, min_size=1)


def indented(values: Mapping[str, str]) -> str:
    return json.dumps({"auth": {"specName": "s", "params": values}}, indent=2, ensure_ascii=False)


def with_comments(values: Mapping[str, str]) -> str:
    lines = indented(values).split("\n")
    commented = [f'// "{name}": "old",\n{line}\n  /* "{name}": "older" */' for line in lines for name in values]
    return "\n".join(['{ # "clientId": "old"', *commented[len(values) :]])


def quoted_env(text: str) -> str:
    if "'" not in text and "\\" not in text:
        return f"'{text}'"
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def env_lines(values: Mapping[str, str]) -> str:
    return "\n".join(f"{variable_name(name)}={quoted_env(text)}" for name, text in values.items())


def bare_env_lines(values: Mapping[str, str]) -> str:
    return "\n".join(f"{variable_name(name)}={text}" for name, text in values.items())


def shell_line(values: Mapping[str, str]) -> str:
    return " ".join(f"{variable_name(name)}={shlex.quote(text)}" for name, text in values.items())


def curl(values: Mapping[str, str]) -> str:
    return f"curl -X POST 'https://example.org/x' -H 'Accept: */*' -d {shlex.quote(indented(values))}"


def is_whole_or_named(values: Mapping[str, str], snippet: Snippet) -> None:
    for name, original in values.items():
        if name in snippet.values:
            assert snippet.values[name] == original
        else:
            assert name in (*snippet.refused, *snippet.placeholders), name
    assert not snippet.values.keys() - values.keys()


@pytest.mark.parametrize("layout", [json.dumps, indented, with_comments, curl])
@given(values=sets_of(TEXTS))
def test_any_value_in_json_is_whole_or_named(
    layout: Callable[[Mapping[str, str]], str], values: dict[str, str]
) -> None:
    is_whole_or_named(values, read(layout(values)))


@pytest.mark.parametrize("layout", [env_lines, shell_line])
@given(values=sets_of(ONE_LINE_TEXTS))
def test_any_value_in_assignments_is_whole_or_named(
    layout: Callable[[Mapping[str, str]], str], values: dict[str, str]
) -> None:
    is_whole_or_named(values, read(layout(values)))


@pytest.mark.parametrize("layout", [json.dumps, indented, curl])
@given(values=sets_of(ONE_LINE_TEXTS), width=st.integers(20, 100), indent=st.sampled_from(["", "  "]))
def test_any_value_in_json_that_a_terminal_has_wrapped_is_whole_or_named(
    layout: Callable[[Mapping[str, str]], str], values: dict[str, str], width: int, indent: str
) -> None:
    is_whole_or_named(values, read(wrapped(layout(values), width, indent)))


@given(values=sets_of(PLAIN_TEXTS), width=st.integers(40, 100))
def test_any_value_in_lines_that_a_terminal_has_wrapped_is_whole_or_named(values: dict[str, str], width: int) -> None:
    is_whole_or_named(values, read(wrapped(bare_env_lines(values), width, "")))


@given(values=sets_of(TEXTS.filter(lambda text: not set(text) & set("“”"))))
def test_any_value_between_typographic_marks_is_whole_or_named(values: dict[str, str]) -> None:
    pairs = ",\n".join(f"“{name}”: “{json.dumps(text)[1:-1]}”" for name, text in values.items())
    is_whole_or_named(values, read(f"{{{pairs}}}"))


def wrapped(text: str, width: int, indent: str) -> str:
    pieces = [line[at : at + width] for line in text.split("\n") for at in range(0, max(len(line), 1), width)]
    return f"\n{indent}".join(pieces)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("clientId: the-id\napiVersion: 60.0,\n", {"clientId": "the-id", "apiVersion": "60.0"}),
        (
            f'CLIENT_ID="the-id" CLIENT_SECRET="{CANARY}\\"\\$x\\\\" API_VERSION=60.0',
            {"clientId": "the-id", "clientSecret": f'{CANARY}"$x\\', "apiVersion": "60.0"},
        ),
        ('"params": "clientId": "the-id", "clientSecret": "abc', {"clientId": "the-id", "clientSecret": "abc"}),
        ('"params": "clientId": "the\\\\", "clientSecret": "a\tb"', {"clientId": "the\\", "clientSecret": "a\tb"}),
        ('"params": "clientId": "the\\u00e9", "username": "it\'s"', {"clientId": "theé", "username": "it's"}),
        ('{"clientId": "the-id", // why\n "username": "a\tb",}', {"clientId": "the-id", "username": "a\tb"}),
        ('"params": "clientId": "the “id”", "username": "‘me’"', {"clientId": "the “id”", "username": "‘me’"}),
        ("{'clientId': 'the-id', // why\n 'username': 'a\tb',}", {"clientId": "the-id", "username": "a\tb"}),
        ('"clientId": the-id,\n"apiVersion": 60.0\n', {"clientId": "the-id", "apiVersion": "60.0"}),
    ],
)
def test_each_form_of_a_file_gives_the_value_that_its_program_would_read(text: str, values: dict[str, str]) -> None:
    assert read(text).values == values


def test_what_stands_behind_a_value_that_does_not_end_is_named_and_not_lost() -> None:
    snippet = read(f'"clientId": the id of it, "clientSecret": "{CANARY}"\n"apiVersion": "60.0"\n')
    assert set(snippet.refused) >= {"clientId", "clientSecret"}
    assert CANARY not in snippet.values.values()


@pytest.mark.parametrize(("length", "refused"), [(40, ("clientSecret",)), (39, ())])
def test_a_padded_line_belongs_to_a_value_that_is_long_enough_to_be_wrapped(
    length: int, refused: tuple[str, ...]
) -> None:
    line = "CLIENT_SECRET=".ljust(length, "x")
    assert read(f"{line}\nREST=\n").refused == refused


@pytest.mark.parametrize(
    ("line", "following", "refused"),
    [
        ("PASSWORD=abc", "word", ("password",)),
        ("PASSWORD=abc", "two words", ()),
        ("PASSWORD=abcdefghijk", "two words", ("password",)),
        ("PASSWORD=abcdefghij", "two words", ()),
        ("PASSWORD=abc", "# word", ()),
        ("PASSWORD=abc", "", ()),
        ("PASSWORD=abc", "\nword", ()),
    ],
)
def test_a_line_may_go_on_a_value_when_it_is_one_word_or_when_the_value_s_line_is_long(
    line: str, following: str, refused: tuple[str, ...]
) -> None:
    for text in (f"{line}\n{following}\n", f"# The variables of somebody's shell\n{line}\n{following}\n"):
        assert read(text).refused == refused


def test_a_wrapped_text_in_quotes_ends_at_a_quote_of_its_own_kind() -> None:
    half = CANARY * 2
    assert read(f'"clientId": "the-id", "clientSecret": "{half}\n{half}\'\n').values == {"clientId": "the-id"}
