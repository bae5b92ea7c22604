"""The wizard line by line, in practice mode: the five connections, mistakes, back, changes and the ways it can end."""

from __future__ import annotations

from pathlib import Path

import pytest

from aep_tui.domain.connection import ENABLED
from aep_tui.flow_service.errors import NotFound
from aep_tui.settings.answers_file import read_answers_file
from tests.domain.tokens import token
from tests.kit.canary import CANARY
from tests.kit.clock import START as START_OF_CLOCK
from tests.kit.journeys import AWS_JWT, BASIC, JOURNEYS, JWT, OAUTH2, ORACLE, Journey
from tests.plain.script import choices, hold, values, whole

pytestmark = pytest.mark.anyio

START = ["practice", "everything-fine", "create"]


@pytest.mark.parametrize("journey", JOURNEYS, ids=[journey.id for journey in JOURNEYS])
async def test_each_connection_is_created_and_enabled(journey: Journey) -> None:
    held = await hold(whole(journey))
    assert not held.is_cancelled
    assert held.conversation.result is not None
    assert held.conversation.result.state == ENABLED
    (record,) = held.store.connections()
    assert set(record.parameters) == {name for name, _value in journey.values}
    assert held.text.count("submit, a number to change an answer") == 1
    assert held.text.rstrip().splitlines()[-2:] == [
        "OK: the base connection is enabled.",
        "Enter ends, new makes another connection, ? for more:",
    ]


async def test_a_wrong_answer_gets_a_line_and_the_question_again_without_the_list() -> None:
    held = await hold(["practice", "", "create", "3", "GCP", "aws"])
    assert held.text.count("2. AWS (limited)") == 1
    assert held.text.count("Error: type a number from 1 to 2, or a name from the list.") == 2
    assert "Chosen: AWS" in held.text
    assert held.is_cancelled


async def test_a_source_that_the_cloud_does_not_offer_says_why() -> None:
    held = await hold(["practice", "", "create", "AWS", "zoho-crm"])
    assert "Error: Zoho CRM is documented on Azure only." in held.text


async def test_a_correction_is_taken_with_an_equals_sign_or_typed_anew() -> None:
    lines = [*START, *choices(OAUTH2), "http://acme.my.salesforce.com", "", "http://acme.my.salesforce.com", "="]
    held = await hold([*lines, *values(OAUTH2)[1:], "", "", "submit", ""])
    assert held.text.count("= takes https://acme.my.salesforce.com, Enter asks again:") == 2
    (record,) = held.store.connections()
    assert record.parameters["environmentUrl"] == "https://acme.my.salesforce.com"


async def test_a_value_typed_behind_an_offer_is_the_answer_of_its_own_question() -> None:
    wrong, right = "acme.lightning.force.com", "https://acme.my.salesforce.com"
    lines = [*START, *choices(OAUTH2), wrong, "?", right, *values(OAUTH2)[1:], "", "", "submit", ""]
    held = await hold(lines)
    assert not held.is_cancelled, held.text
    assert held.text.count("= takes https://acme.my.salesforce.com, Enter asks again:") == 2
    assert "My Domain" in held.text
    (record,) = held.store.connections()
    given = dict(OAUTH2.values)
    assert record.parameters["environmentUrl"] == right
    assert record.parameters["clientId"] == given["clientId"]


async def test_a_value_typed_behind_an_offer_is_judged_like_the_first() -> None:
    held = await hold(
        [*START, *choices(OAUTH2), "http://acme.my.salesforce.com", "acme.lightning.force.com", "", "quit"]
    )
    assert held.text.count("Enter asks again:") == 2
    assert held.text.count("Environment URL:") == 2
    assert "Client ID:" not in held.text


async def test_a_word_that_the_last_question_does_not_know_ends_nothing() -> None:
    held = await hold([*whole(OAUTH2)[:-1], "mew", "New"])
    assert "Error: type new, command or answers; Enter ends." in held.text
    assert held.text.count("Step 1 of") == 2


async def test_back_goes_to_the_answer_before_and_forgets_nothing() -> None:
    given = values(OAUTH2)
    held = await hold(
        [*START, *choices(OAUTH2), given[0], "3MVG9wrong", "<", given[1], *given[2:], "", "", "submit", ""]
    )
    (record,) = held.store.connections()
    assert record.parameters["clientId"] == given[1]
    assert "Client ID [3MVG9wrong]:" in held.text


async def test_back_from_the_first_answer_goes_to_the_page_before_and_keeps_what_was_answered() -> None:
    given = values(OAUTH2)
    held = await hold([*START, *choices(OAUTH2), given[0], "<", "<", "", "", *given[1:], "", "", "submit", ""])
    assert held.text.count("How should Experience Platform log in to the source?") == 2
    (record,) = held.store.connections()
    assert record.parameters["environmentUrl"] == given[0]


async def test_one_answer_is_changed_from_the_review_and_no_other_is_asked_for() -> None:
    lines = [*START, *choices(OAUTH2), *values(OAUTH2), "", "", "11", "ACME EMEA", "9", "60.0", "submit", ""]
    held = await hold(lines)
    (record,) = held.store.connections()
    assert (record.name, record.parameters["apiVersion"]) == ("ACME EMEA", "60.0")
    assert held.text.count("Client ID, required.") == 1


async def test_enter_keeps_an_answer_that_is_there_and_says_so_and_a_minus_empties_what_is_not_required() -> None:
    given = values(BASIC)
    lines = [*START, *choices(BASIC), *given, "", "mistyped", "<", "", "-"]
    held = await hold([*lines, "9", "", "10", "-", "submit", ""])
    assert not held.is_cancelled, held.text
    assert "Description, optional, Enter leaves it out." in held.text
    assert "Description, optional, Enter keeps it, - leaves it out." in held.text
    assert "Name, required, Enter keeps it." in held.text
    assert "Security token, required, Enter keeps it." in held.text
    assert "Description: empty, not sent" in held.text
    (record,) = held.store.connections()
    assert not record.description
    assert "apiVersion" not in record.parameters
    assert {"password", "securityToken"} <= record.parameters.keys()


async def test_nothing_is_sent_by_enter_and_the_request_is_shown_on_demand() -> None:
    lines = [*START, *choices(OAUTH2), *values(OAUTH2), "", "", "", "request", "curl", "command", "?", "quit"]
    held = await hold(lines)
    assert held.is_cancelled
    assert held.store.connections() == ()
    for words in (
        '"clientSecret": "{CLIENT_SECRET}"',
        "curl -sS -X POST",
        "aep-tui create",
        "submit sends the request",
    ):
        assert words in held.text


async def test_the_way_out_of_a_notice_comes_first() -> None:
    held = await hold([*START, *choices(BASIC)[:-1], "", "", *values(OAUTH2), "", "", "submit", ""])
    assert "1. Switch to OAuth 2 Client Credential" in held.text
    assert "Auth method is now OAuth 2 Client Credential." in held.text
    (record,) = held.store.connections()
    assert record.auth_spec_name == "OAuth2 Client Credential"


async def test_a_secret_comes_from_a_file_and_a_wrong_place_is_told(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text(f"{CANARY}\n", encoding="utf-8")
    given = values(ORACLE)
    held = await hold(
        [
            *START,
            *choices(ORACLE),
            *given[:2],
            "file:nowhere",
            "file:~nobody-of-this-name/secret",
            f"file:{secret}",
            "",
            "",
            "submit",
            "",
        ]
    )
    assert "The file nowhere cannot be read" in held.text
    assert f"Received, {len(CANARY)} characters." in held.text
    assert len(held.store.connections()) == 1


async def test_what_answers_say_to_each_other_is_told_and_asked_for_again() -> None:
    given = values(AWS_JWT)
    held = await hold([*START, *choices(AWS_JWT), given[0], "3MVG9other", *given[2:], given[0], "quit"])
    assert "About JWT token:" in held.text or "claim is not the client ID" in held.text


async def test_the_help_of_an_answer_says_where_it_is_found() -> None:
    held = await hold([*START, *choices(OAUTH2), "?", values(OAUTH2)[0], "?"])
    assert "My Domain" in held.text
    assert "For example" in held.text


@pytest.mark.parametrize(
    ("scenario_id", "words"),
    [
        ("wrong-credentials", "Error: The platform refused the request"),
        ("service-down", "Error: The platform could not answer"),
    ],
)
async def test_a_refusal_comes_back_to_the_review_with_every_answer(scenario_id: str, words: str) -> None:
    held = await hold([*whole(OAUTH2, scenario_id)[:-1], "quit"])
    assert words in held.text
    assert held.text.count("Check your answers.") == 2
    assert held.conversation.result is None
    assert held.store.connections() == ()


async def test_a_failed_test_leads_to_a_correction_or_keeps_the_connection() -> None:
    held = await hold([*whole(OAUTH2, "test-fails")[:-1], "keep", ""])
    assert held.conversation.result is not None
    assert held.conversation.result.test_passed is False
    assert "Warning: the base connection is enabled, but the platform's test of it failed." in held.text


async def test_a_correction_shows_what_it_sends_and_says_once_what_submit_does() -> None:
    kept = [""] * len(values(OAUTH2))
    held = await hold([*whole(OAUTH2, "test-fails")[:-1], "correct", *kept, "request", "curl", "<", "quit"])
    (record,) = held.store.connections()
    assert f"/connections/{record.id}" in held.text.partition("PATCH ")[2]
    assert "There is no curl command for replacing credentials" in held.text
    assert held.text.count("Submit replaces the credentials of connection") == 1
    assert len(held.store.connections()) == 1


async def test_a_token_that_has_ended_since_it_was_given_is_asked_for_again() -> None:
    ends_at = int(START_OF_CLOCK.timestamp()) + 2
    lines = [token(iss="3MVG9acme", exp=ends_at) if line == JWT else line for line in whole(AWS_JWT, "test-fails")]
    kept = [""] * len(AWS_JWT.values)
    held = await hold([*lines[:-1], "correct", *kept, "quit"])
    assert held.text.count("JWT token, typing is not shown") == 3
    assert "About JWT token:\nError: The token ended on 2026-11-22 at 12:00 UTC." in held.text


async def test_an_expired_token_is_asked_for_and_an_empty_line_stops_watching() -> None:
    held = await hold([*whole(OAUTH2, "expired-token")[:-1], "", ""])
    assert "Access token, typing is not shown" in held.text
    assert "Enter stops watching." in held.text
    assert "Ctrl+C stops waiting; what was sent cannot be unsent." in held.text
    assert held.conversation.result is not None
    assert (
        f"The connection exists: {held.conversation.result.connection_id}. Another token is needed only to" in held.text
    )
    assert held.conversation.result.state != ENABLED


async def test_a_connection_that_stays_initializing_is_spoken_of_at_most_every_30_seconds() -> None:
    held = await hold(whole(OAUTH2, "never-enabled"))
    reminders = [line for line in held.text.splitlines() if line.startswith("Still waiting, ")]
    assert 10 <= len(reminders) <= 20
    assert held.text.count("initializing,") == 1


@pytest.mark.parametrize("count", range(1, 13))
async def test_the_end_of_the_input_cancels_wherever_it_comes(count: int) -> None:
    held = await hold(whole(OAUTH2)[:count])
    assert held.is_cancelled
    assert held.store.connections() == ()


async def test_another_connection_begins_with_an_empty_draft() -> None:
    held = await hold([*whole(OAUTH2)[:-1], "new", *whole(ORACLE)[3:]])
    assert [record.auth_spec_name for record in held.store.connections()] == [
        "OAuth2 Client Credential",
        "Basic Authentication",
    ]


async def test_a_scenario_that_was_chosen_is_what_enter_keeps_when_the_first_questions_come_again() -> None:
    held = await hold(["practice", "wrong-credentials", "<", "", ""])
    assert held.text.count("Chosen: Wrong credentials") == 2


async def test_the_answers_are_saved_without_secrets_and_the_command_names_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "answers.toml").write_text("theirs", encoding="utf-8")
    lines = [*START, *choices(OAUTH2), *values(OAUTH2), "", "", "answers", "", "answers", "mine.toml", "command"]
    held = await hold([*lines, "submit", "?", "answers", "<", "command", ""])
    assert not held.is_cancelled
    assert "There is a file of this name already, and it stays as it is." in held.text
    assert held.text.count("Saved in mine.toml, without secrets.") == 1
    assert held.text.count("--answers mine.toml") == 2
    assert "answers saves the answers for it." in held.text
    assert (tmp_path / "answers.toml").read_text(encoding="utf-8") == "theirs"
    assert CANARY not in (tmp_path / "mine.toml").read_text(encoding="utf-8")
    assert read_answers_file(tmp_path / "mine.toml").parameters["clientId"] == dict(OAUTH2.values)["clientId"]


async def test_a_connection_that_nobody_knows_is_watched_to_the_end_and_the_exit_code_can_say_why() -> None:
    held = await hold(["practice", "", ""], watch_connection_id="no-such-connection")
    assert held.conversation.result is None
    assert isinstance(held.conversation.failure, NotFound)
    assert "no-such-connection" in held.text
