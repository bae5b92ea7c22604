"""The plan of a migration as a text: what is written is read, what is changed is told, what is hostile is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aep_tui.domain.migration_plan import (
    MigrationPlan,
    MigrationRow,
    PlannedDataflow,
    Road,
    TestResult,
    free_name,
    in_order,
)
from aep_tui.domain.migration_text import PlanUnusable, plan_text, read_plan
from tests.kit.canary import CANARY
from tests.kit.examples import examples

_AT = datetime(2026, 11, 28, 12, tzinfo=UTC)
_FLOW = PlannedDataflow(
    "f-1", "Accounts", "enabled", "Account", "m1", "d1", "minute", 15, _AT, _AT, "r-1", "success", _AT
)
_ROW = MigrationRow(
    "4cb0c374-d3bb-4557-b139-5712880adc55",
    'ACME "Salesforce"',
    "dev",
    '"an-etag"',
    _AT,
    "development",
    (("environmentUrl", "https://acme.my.salesforce.com"),),
    "https://acme.my.salesforce.com",
    "ACME (OAuth 2)",
    TestResult.PASSED,
    (_FLOW,),
)
_PLAN = MigrationPlan(
    "https://platform.adobe.io",
    "1A2B@AdobeOrg",
    _AT,
    "salesforce",
    "basic-authentication",
    "oauth2",
    Road.BESIDE,
    (_ROW,),
)


def row(connection_id: str, sandbox_name: str = "dev", flows: bool = False) -> MigrationRow:
    return MigrationRow(connection_id, connection_id, sandbox_name, "e", dataflows=(_FLOW,) if flows else ())


def test_what_is_written_is_read() -> None:
    read = read_plan(plan_text(_PLAN))
    assert read.plan == _PLAN
    assert read.is_as_made


def test_a_plan_without_a_connection_is_read_as_made() -> None:
    assert read_plan(plan_text(replace(_PLAN, rows=()))).is_as_made


def test_instants_are_written_as_the_platform_writes_them() -> None:
    assert 'made_at = "2026-11-28T12:00:00+00:00"\n' in plan_text(_PLAN)


def test_the_id_of_a_connection_stands_on_a_line_of_its_own() -> None:
    assert f'\n[[connection]]\nid = "{_ROW.connection_id}"\n' in plan_text(_PLAN)


def test_a_change_by_hand_is_told_and_a_comment_is_none() -> None:
    text = plan_text(_PLAN)
    changed = read_plan(text.replace("ACME (OAuth 2)", "Another name"))
    assert not changed.is_as_made
    assert changed.plan.rows[0].new_name == "Another name"
    assert read_plan(f"# a note\n{text}\n").is_as_made
    assert changed.digest != read_plan(text).digest


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("format = 1", "format = 2", "no plan of this version"),
        ('id = "4cb', 'ident = "4cb', "connection 1: There is a key that is not known"),
        ('road = "beside"', 'road = "by air"', "the plan, road: The value is not known"),
        ('sandbox = "dev"', 'sandbox = ""', "connection 1, sandbox: The value is empty"),
        ('name = "ACME', 'name = "\\u001b[2JACME', "connection 1, name: The text contains a control character"),
        ("interval = 15", "interval = 1e9", "dataflow 1, interval: The value has to be a whole number"),
        ('id = "f-1"', 'id = "../f"', "dataflow 1, id: The value is no id"),
        ('made_at = "2026', 'made_at = "noon', "the plan, made_at: The value has to be an instant"),
        ("format = 1", "format = [", "It is no TOML"),
        ('base_url = "https://platform.adobe.io"\n', "", "the plan, base_url: It is missing"),
        ("environmentUrl =", '"not a name" =', "There is a name that no parameter can have"),
        *((f"{key} = ", f"# {key} = ", f"the plan, {key}: It is missing") for key in ("organization_id", "road")),
        *((f"\n{key} = ", f"\n# {key} = ", f"connection 1, {key}: It is missing") for key in ("id", "name", "sandbox")),
        ("\netag = ", "\n# etag = ", "connection 1, etag: It is missing"),
        ('id = "f-1"', "", "connection 1, dataflow 1, id: It is missing"),
    ],
)
def test_what_cannot_be_used_is_named_by_its_place(old: str, new: str, words: str) -> None:
    text = plan_text(_PLAN)
    assert old in text
    with pytest.raises(PlanUnusable) as refused:
        read_plan(text.replace(old, new, 1))
    assert words in refused.value.message


def test_what_is_no_plan_is_told_in_words_that_fit_a_report_too() -> None:
    with pytest.raises(PlanUnusable) as refused:
        read_plan("root:x:0")
    assert refused.value.message == "It is no TOML (at line 1, column 5). Nothing was done."


def test_parameters_are_a_table_of_texts() -> None:
    text = plan_text(replace(_PLAN, rows=(row("a-1"),)))
    assert read_plan(f'{text}parameters = {{username = "reader"}}').plan.rows[0].parameters == (("username", "reader"),)
    for wrong in ("7", '"username"', "[]", "{username = 7}"):
        with pytest.raises(PlanUnusable, match="connection 1, parameters: "):
            read_plan(f"{text}parameters = {wrong}")


def test_a_dataflow_needs_no_name() -> None:
    read = read_plan(plan_text(_PLAN).replace('name = "Accounts"\n', ""))
    assert read.plan.rows[0].dataflows[0].name == ""


def test_a_connection_that_stands_there_twice_is_refused() -> None:
    text = plan_text(_PLAN)
    with pytest.raises(PlanUnusable, match="twice"):
        read_plan(text + text[text.index("[[connection]]") :])


@pytest.mark.parametrize(
    ("key", "value", "is_taken"),
    [
        ("interval", "0", True),
        ("interval", "999999999", True),
        ("interval", "1000000000", False),
        ("interval", "-1", False),
        ("interval", "true", False),
        ("id", '"' + "a" * 128 + '"', True),
        ("id", '"' + "a" * 129 + '"', False),
        ("id", '"a-b_c.d:e@f"', True),
        ("id", '"\u00e4"', False),
        ("id", '"a/b"', False),
        ("id", '""', False),
        ("starts_at", '"2026-11-28T12:00:00"', False),
        ("group", f'"{"a" * 4_000}"', True),
        ("group", f'"{"a" * 4_001}"', False),
        ("group", "7", False),
        ("etag", '"\u00e4"', False),
        ("etag", '" a"', False),
        ("etag", '"a b"', True),
    ],
)
def test_a_value_is_taken_up_to_its_limit(key: str, value: str, is_taken: bool) -> None:
    lines = [f"{key} = {value}" if line.startswith(f"{key} = ") else line for line in plan_text(_PLAN).splitlines()]
    if is_taken:
        assert not read_plan("\n".join(lines)).is_as_made
    else:
        with pytest.raises(PlanUnusable):
            read_plan("\n".join(lines))


@given(st.text(max_size=60), st.sampled_from(["road", "id", "etag", "made_at", "interval", "format", "name", "test"]))
@settings(max_examples=examples(150))
def test_a_hostile_value_is_read_or_refused_in_words_that_do_not_repeat_it(value: str, key: str) -> None:
    hostile = f"{CANARY}{value}"
    quoted = "".join(f"\\U{ord(each):08x}" for each in hostile if not 0xD800 <= ord(each) < 0xE000)
    lines = [f'{key} = "{quoted}"' if line.startswith(f"{key} = ") else line for line in plan_text(_PLAN).splitlines()]
    said = ""
    try:
        assert not read_plan("\n".join(lines)).is_as_made
    except PlanUnusable as refused:
        said = f"{refused.message}{refused.next_step}"
    assert CANARY not in said


@given(st.text(max_size=300))
@settings(max_examples=examples(150))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        read_plan(text)
    except PlanUnusable:
        return
    raise AssertionError("a plan out of nothing")


@given(
    st.builds(
        lambda name, etag, pairs: MigrationRow("a-1", name, "dev", etag, parameters=tuple(pairs.items())),
        st.text(max_size=40),
        st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=40),
        st.dictionaries(st.sampled_from(["username", "apiVersion"]), st.text(max_size=30)),
    )
)
@settings(max_examples=examples(100))
def test_whatever_the_platform_calls_a_connection_the_plan_can_be_read(made: MigrationRow) -> None:
    plan = MigrationPlan("https://p", "o@AdobeOrg", _AT, "s", "a", "b", rows=(made,))
    assert read_plan(plan_text(plan)).plan.rows[0].etag == made.etag


def test_development_comes_first_then_what_feeds_nothing_and_production_last() -> None:
    rows = [row("p1", "prod"), row("d1", flows=True), row("d2"), row("x1", "unknown"), row("p2", "prod", flows=True)]
    assert [each.connection_id for each in in_order(rows, {"dev": "development"})] == ["d2", "d1", "p1", "x1", "p2"]


def test_a_name_that_is_taken_gets_a_number_and_stays_short_enough() -> None:
    assert free_name("ACME", (), 10) == "ACME"
    assert free_name("ACME", ("ACME", "ACME 2"), 10) == "ACME 3"
    assert free_name("ACME Salesforce", ("ACME Sales",), 10) == "ACME Sal 2"


@pytest.mark.parametrize("hostile", ["x = 0x" + "F" * 5_000, "x." + ".".join("a" * 2_000) + " = 1", "x = nan"])
def test_numbers_too_long_and_tables_too_deep_are_refused_in_words(hostile: str) -> None:
    text = plan_text(_PLAN)
    with pytest.raises(PlanUnusable):
        read_plan(text.replace('road = "beside"', f'road = "beside"\n{hostile}'))
