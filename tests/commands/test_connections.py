"""`aep-tui connections`: what it prints, what it asks, how it ends."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import httpx
import pytest

from aep_tui.cli import main
from aep_tui.commands.connection_records import csv_lines
from aep_tui.commands.connection_text import row_text
from aep_tui.domain.clock import SystemClock
from aep_tui.domain.connection import ConnectionStatus
from aep_tui.domain.existing import ExistingConnection
from aep_tui.pages.wrapping import cells
from aep_tui.practice.organization import EXPIRED_TOKEN, ORGANIZATION_ID
from aep_tui.practice.scenarios import LIVED_IN_ORGANIZATION, scenario_by_id
from tests.architecture.test_imports import COMMAND_LINE_WEIGHT, RUN_COMMANDS, packages_loaded_by
from tests.canaries.echoing_platform import EchoingPlatform
from tests.canaries.forms import found_in
from tests.kit.canary import CANARY
from tests.kit.practice_server import PracticeServer

USED = "78706184-1df6-40d3-aa56-ecaef7361785"
UNUSED = "4d8c659f-d274-4594-85e0-239715f9f5b5"
HIDDEN = "1105e8f3-1c8b-4e71-a1ff-d7879bb3b543"
BASIC = "41d7b993-fa3c-4c60-bd0b-a03a76cd2008"
OF_DEV = "59a250c7-92bb-4d36-b4c2-3bd484c0a1a8"


class Ran:
    """What one run of the command has printed, and its exit code."""

    def __init__(self, words: str, capsys: pytest.CaptureFixture[str]) -> None:
        self.code = main(["connections", *words.split(" ")])
        printed = capsys.readouterr()
        self.out, self.err = printed.out, printed.err

    @property
    def objects(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]


@pytest.fixture(scope="module")
def open_server() -> Iterator[PracticeServer]:
    with PracticeServer(scenario=LIVED_IN_ORGANIZATION, clock=SystemClock()) as running:
        yield running


def set_live(monkeypatch: pytest.MonkeyPatch, base_url: str, token: str = CANARY) -> None:
    for name, value in {
        "AEP_BASE_URL": base_url,
        "AEP_ORG_ID": ORGANIZATION_ID,
        "AEP_SANDBOX_NAME": "rehearsal",
        "AEP_API_KEY": "acme-key",
        "AEP_ACCESS_TOKEN": token,
    }.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def live(open_server: PracticeServer, monkeypatch: pytest.MonkeyPatch) -> None:
    set_live(monkeypatch, open_server.base_url)


def test_the_basic_ones_are_found_and_one_of_them_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    found = Ran("list --practice --auth-method basic-authentication --source salesforce", capsys)
    assert (found.code, len(found.out.splitlines())) == (0, 2)
    assert found.out.startswith("ACME Salesforce · Salesforce · Basic authentication · enabled · changed ")
    assert found.err.startswith("Target: PRACTICE, organization ACME")
    assert found.err.endswith("\n2 of 5 connections of source salesforce.\n")

    connection_id = found.out.split(" · ")[6]
    shown = Ran(f"show {connection_id} --practice", capsys)
    assert shown.code == 0
    assert "Basic authentication (the platform does not offer it any more)" in shown.out
    assert "that date has passed" in " ".join(shown.out.split())
    assert "password set" in " ".join(shown.out.split())
    assert "2 dataflows that you can see use it." in shown.out
    assert "failed (CONNECTOR-1001-500" in " ".join(shown.out.split())


def test_a_source_that_nobody_knows_is_wrong_use_also_where_the_platform_had_to_be_asked(
    capsys: pytest.CaptureFixture[str],
) -> None:
    ran = Ran("list --practice --source nix", capsys)
    assert (ran.code, ran.out) == (2, "")
    assert "knows a source of this name" in ran.err
    assert "Choose one of: salesforce, oracle-service-cloud, zoho-crm." in ran.err


def test_an_empty_source_filters_as_little_as_none(capsys: pytest.CaptureFixture[str]) -> None:
    without, empty = (Ran(f"list --practice{more}", capsys) for more in ("", " --source="))
    assert (empty.code, empty.out, empty.err) == (without.code, without.out, without.err)


def test_only_what_is_older_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    everything, old = Ran("list --practice --json", capsys), Ran("list --practice --json --older-than 40w", capsys)
    assert len(everything.objects) == 13
    assert 3 < len(old.objects) < 13
    assert max(row["createdAt"] for row in old.objects) < max(row["createdAt"] for row in everything.objects)
    assert Ran("list --practice --older-than 9999d", capsys).out == ""


@pytest.mark.usefixtures("live")
def test_the_list_is_one_object_a_line_with_the_names_of_the_platform(capsys: pytest.CaptureFixture[str]) -> None:
    found = Ran("list --json --sandbox-name rehearsal,dev", capsys)
    assert found.code == 0
    rows = {row["id"]: row for row in found.objects}
    assert len(rows) == 26
    assert {row["sandboxName"] for row in rows.values()} == {"rehearsal", "dev"}
    basic = rows[BASIC]
    assert basic["auth"] == {"specName": "Basic Authentication"}
    assert basic["connectionSpec"] == {"id": "cfc0fee1-7dc0-40ef-b73e-d8b134c436f5", "name": "salesforce"}
    assert basic["attention"] == [{"kind": "deprecated-method", "words": "deprecation date passed"}]
    assert basic["createdAt"].endswith("Z")
    assert basic.keys() == rows[USED].keys()


@pytest.mark.usefixtures("live")
def test_a_spreadsheet_runs_no_name_as_a_formula(capsys: pytest.CaptureFixture[str]) -> None:
    found = Ran("list --csv --sandbox-name dev", capsys)
    rows = list(csv.DictReader(io.StringIO(found.out)))
    assert len(rows) == 13
    assert [row["name"] for row in rows if "HYPERLINK" in row["name"]] == [
        '\'=HYPERLINK("http://acme.example","Salesforce")'
    ]


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(1)", "  =1", "\N{FULLWIDTH EQUALS SIGN}1", "|x", "%0"])
def test_a_cell_that_begins_like_a_formula_gets_an_apostrophe(name: str) -> None:
    row = ExistingConnection(ConnectionStatus("1", "enabled", name), "dev")
    (cells,) = csv.reader(io.StringIO(csv_lines([row])))
    assert cells[1] == f"'{name}"
    assert csv_lines([replace(row, status=ConnectionStatus("1", "enabled", "a=b"))]).startswith("1,a=b,")


@pytest.mark.parametrize("between", [";", "; ", "\t", "\n", "\r", '";', ';"', ';;" ', "\u2028", "\uff1b"])
def test_a_formula_behind_what_separates_columns_elsewhere_gets_an_apostrophe(between: str) -> None:
    name = f"x{between}=1+1"
    row = ExistingConnection(ConnectionStatus("1", "enabled", name), "dev")
    written = between.replace('"', '""')
    assert f"x{written}'=1+1" in csv_lines([row])
    harmless = replace(row, status=ConnectionStatus("1", "enabled", f"x{between}y=1"))
    assert f"x{written}y=1" in csv_lines([harmless])


def test_a_connection_without_anything_is_a_row_all_the_same() -> None:
    row = ExistingConnection(ConnectionStatus("1", ""), "dev")
    assert row_text(row, None) == "(no name) · changed (not known) · dev · 1\n"
    assert max(map(len, row_text(replace(row, source="x " * 99), 40).splitlines())) <= 40


@pytest.mark.parametrize("name", ["x" * 99, "\N{CJK UNIFIED IDEOGRAPH-5BA2}" * 60, "a \N{HIRAGANA LETTER A}" * 40])
def test_no_row_is_wider_than_the_terminal_whatever_its_name(name: str) -> None:
    row = ExistingConnection(ConnectionStatus("1", "enabled", name), "dev")
    lines = row_text(row, 40).splitlines()
    assert max(map(cells, lines)) <= 40
    assert "".join(lines).replace(" ", "").startswith(name.replace(" ", ""))
    assert len(row_text(row, None).splitlines()) == 1


def test_a_state_that_no_connection_is_in_is_told_with_those_that_are_seen(capsys: pytest.CaptureFixture[str]) -> None:
    ran = Ran("list --practice --state Enabled", capsys)
    assert (ran.code, ran.out) == (0, "")
    assert "No connection is in the state Enabled. States that are seen there: draft, enabled." in ran.err
    assert " of 0 " not in ran.err, "there are connections, and only those in that state were read"
    assert ran.err.endswith("\n0 connections.\n")
    draft = Ran("list --practice --state draft", capsys)
    assert "No connection" not in draft.err
    assert draft.err.endswith("\n1 connection.\n")


def test_an_auth_method_that_no_connection_has_is_told_with_how_it_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    ran = Ran("list --practice --auth-method oauth2", capsys)
    assert (ran.code, ran.out) == (0, "")
    assert "No connection has the auth method oauth2." in ran.err
    assert ran.err.endswith("\n0 of 13 connections.\n")
    assert "No connection" not in Ran("list --practice --auth-method oauth2-client-credential", capsys).err
    filtered = Ran("list --practice --auth-method oauth2-client-credential --older-than 9000d", capsys)
    assert (filtered.out, "No connection" in filtered.err) == ("", False), "another filter left nothing over"
    closed = "list --practice --scenario some-sandboxes-closed --sandbox-name dev,prod --auth-method oauth2"
    assert "No connection" not in Ran(closed, capsys).err, "nobody knows of those that could not be read"


def test_a_failed_test_without_words_of_the_platform_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    scenario = replace(LIVED_IN_ORGANIZATION, is_connection_test_passing=False)
    with PracticeServer(scenario=scenario, clock=SystemClock()) as server:
        set_live(monkeypatch, server.base_url)
        ran = Ran(f"test {UNUSED}", capsys)
    assert ran.code == 3
    assert "has failed." in ran.out
    assert "The platform gives no reason. Check the credentials at the source" in ran.err


def test_a_hostile_name_steers_neither_the_terminal_nor_a_file(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    name = "a\x1b]52;c;Zm9v\x07b\u202ec\r\n=d\te"
    with PracticeServer(scenario=LIVED_IN_ORGANIZATION, clock=SystemClock()) as server:
        (record,) = (each for each in server.store.connections() if each.id == UNUSED)
        assert server.store.replace(replace(record, name=name, etag='"new"'), record.etag)
        set_live(monkeypatch, server.base_url)
        for words in ("list", "list --json", "list --csv", f"show {UNUSED}", f"uses {UNUSED} --json"):
            printed = Ran(words, capsys)
            everything = f"{printed.out}{printed.err}".replace("\n", "")
            assert not any(unicodedata.category(each) in {"Cc", "Cf"} for each in everything), words
            assert "52;c;Zm9v" in printed.out


@pytest.mark.usefixtures("live")
@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (f"uses {USED}", 3, "3 dataflows that you can see use it."),
        (f"uses {UNUSED}", 0, "No dataflow that you can see uses it. Access labels may hide some"),
        (f"uses {HIDDEN}", 0, "No dataflow that you can see uses it. Access labels may hide some"),
        (f"test {UNUSED}", 0, "was passed"),
        (f"explore {UNUSED}", 0, "in/accounts.csv\nin/contacts.csv\n"),
        (f"explore {UNUSED} --table in/accounts.csv", 0, "Id  string\nName  string\n"),
    ],
)
def test_one_connection_is_asked_about(words: str, code: int, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    ran = Ran(words, capsys)
    assert (ran.code, ran.err.count("\n")) == (code, 1)
    assert said in ran.out


@pytest.mark.usefixtures("live")
@pytest.mark.parametrize("verb", ["show", "test", "uses", "explore"])
def test_a_connection_that_is_not_there_is_refused_and_not_unused(
    verb: str, capsys: pytest.CaptureFixture[str]
) -> None:
    ran = Ran(f"{verb} nothing --json", capsys)
    assert ran.code == 5
    assert ran.objects[0]["code"] == "FLOW-1439-404"
    assert "aep-tui: Not found." in ran.err


@pytest.mark.usefixtures("live")
def test_a_test_that_cannot_be_made_has_failed_with_the_words_of_the_platform(
    capsys: pytest.CaptureFixture[str],
) -> None:
    draft = "81bccb31-64e2-4f4a-97c2-f76df3dd29eb"
    ran = Ran(f"test {draft} --json", capsys)
    assert ran.code == 3
    (answer,) = ran.objects
    assert answer["result"] is False
    assert answer["problem"]["code"] == "FLOW-1422-400"
    said = Ran(f"test {draft}", capsys).err
    assert "state draft" in said
    assert "  HTTP status 400 · code FLOW-1422-400 · request id " in said


def test_what_cannot_be_read_is_told_and_is_never_none(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    scenario = scenario_by_id("some-sandboxes-closed")
    assert scenario is not None
    with PracticeServer(scenario=scenario, clock=SystemClock()) as server:
        set_live(monkeypatch, server.base_url)
        some = Ran("list --json --sandbox-name prod,aws-dev", capsys)
        assert some.code == 3
        assert [(each["sandboxName"], each["problem"]["code"]) for each in some.objects] == [("prod", "FLOW-2120-403")]
        assert "Sandbox prod could not be read:" in some.err
        assert "  HTTP status 403 · code FLOW-2120-403 · request id " in some.err
        assert "0 of 0 connections." in some.err

        none = Ran("list --sandbox-name prod", capsys)
        assert (none.code, none.out) == (5, "")

        used = Ran(f"uses {OF_DEV} --sandbox-name dev --json", capsys)
        assert used.code == 6
        answer = json.loads(used.out)
        assert (answer["dataflows"], answer["dataflowsProblem"]["code"]) == (None, "FLOW-2120-403")
        facts = "\nHTTP status 403 · code FLOW-2120-403 · request id "
        said = Ran(f"uses {OF_DEV} --sandbox-name dev", capsys).out
        assert "could not be read" in said
        assert "\nThe server said: The caller has insufficient permissions.\n" in said
        assert facts in said
        shown = Ran(f"show {OF_DEV} --sandbox-name dev", capsys)
        assert shown.code == 3
        assert "The dataflows could not be read:" in shown.out
        assert facts in shown.out


def test_who_is_not_signed_in_is_told_so(
    open_server: PracticeServer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    set_live(monkeypatch, open_server.base_url, EXPIRED_TOKEN)
    assert Ran("list", capsys).code == 4
    assert Ran(f"uses {USED}", capsys).code == 4


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("list --older-than 90", "--older-than"),
        ("list --older-than 90x", "--older-than"),
        ("list --json --csv", "together"),
        ("show", "Missing: ID"),
        ("", "Missing: the action"),
        ("show X --practice --sandbox-name a,b", "A connection is in one sandbox."),
        ("list --practice --scenario unheard-of", "Choose one of"),
        ("show X --csv", "does not take --csv"),
    ],
)
def test_wrong_arguments_end_with_2(words: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    try:
        code = main(["connections", *words.split()])
    except SystemExit as end:
        code = int(str(end.code))
    assert code == 2
    assert said in capsys.readouterr().err


def test_live_without_a_sandbox_names_what_is_missing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("AEP_ORG_ID", ORGANIZATION_ID)
    ran = Ran("list --live --json", capsys)
    assert ran.code == 2
    assert any("AEP_SANDBOX_NAME" in each["option"] for each in ran.objects[0]["errors"])


def test_nothing_but_reading_is_ever_sent(
    open_server: PracticeServer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    set_live(monkeypatch, open_server.base_url)
    sent: list[str] = []
    send = httpx.AsyncClient.send

    async def noted(client: httpx.AsyncClient, request: httpx.Request, **more: Any) -> httpx.Response:  # noqa: ANN401
        sent.append(request.method)
        return await send(client, request, **more)

    monkeypatch.setattr(httpx.AsyncClient, "send", noted)
    for words in ("list", f"show {USED}", f"test {USED}", f"uses {USED}", f"explore {USED}"):
        Ran(words, capsys)
    assert set(sent) == {"GET"}


def test_a_platform_that_repeats_the_token_brings_it_nowhere(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with EchoingPlatform(CANARY, scenario=LIVED_IN_ORGANIZATION) as platform:
        set_live(monkeypatch, platform.base_url)
        for words in (
            "list",
            "list --csv --sandbox-name dev,nowhere",
            "list --json",
            *(f"{verb} {USED}" for verb in ("show", "test", "uses", "explore")),
            f"show {USED} --json",
            "show nothing --json",
        ):
            ran = Ran(words, capsys)
            assert ran.out or ran.err
            assert found_in(f"{ran.out}\n{ran.err}".encode()) == set(), words


def test_its_help_loads_neither_the_screens_nor_the_client() -> None:
    program = RUN_COMMANDS.format(commands=[["connections", "list", "--help"]])
    assert packages_loaded_by(program) & COMMAND_LINE_WEIGHT == set()


@pytest.mark.parametrize(
    "words",
    ["show x\udcff", "test x\udcff", "uses x\udcff", f"explore {OF_DEV} --table x\udcff", "list --source x\udcff"],
)
@pytest.mark.usefixtures("home")
def test_bytes_that_are_no_text_name_nothing(words: str, capsys: pytest.CaptureFixture[str]) -> None:
    ran = Ran(f"{words} --practice --sandbox-name dev", capsys)
    assert "crash" not in ran.err
    assert ran.code in {0, 2, 5}
