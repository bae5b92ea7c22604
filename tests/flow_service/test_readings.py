"""What a server may echo or make up in an answer that looks good."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import httpx
import pytest

from aep_tui.domain.connection import CreatedConnection
from aep_tui.domain.intent import OutcomeKind
from aep_tui.domain.secret import Secret
from aep_tui.domain.secrets import Secrets
from aep_tui.domain.target import ClientCredential
from aep_tui.flow_service.answer import answer_of
from aep_tui.flow_service.errors import PlatformError, UnreadableAnswer
from aep_tui.flow_service.ims import ImsAuthentication
from aep_tui.flow_service.reading_only import TOKEN_PATH
from aep_tui.flow_service.readings import changed_connection
from aep_tui.session.creation import create_once
from aep_tui.session.outcome import CannotTell, Created, CreationOutcome
from tests.flow_service.helpers import (
    CONNECTION_ID,
    SPEC_ID,
    TOKEN,
    Answers,
    Handler,
    a_replacement,
    a_request,
    a_service,
    a_target,
    answer,
    everything_said_by,
    item,
)
from tests.kit.canary import CANARY, knowing
from tests.kit.clock import FakeClock
from tests.kit.wire import a_wire
from tests.session.fault_schedules import Journal
from tests.session.made_up_platform import a_list, listed

pytestmark = pytest.mark.anyio

SECRET = f"{CANARY}-of-the-source"
KNOWN = knowing({"clientSecret": SECRET, "accessToken": TOKEN})


async def create(handler: Handler, journal: Journal) -> CreationOutcome:
    async with a_service(handler) as service:
        return await create_once(
            service,
            a_request(secret=SECRET),
            journal,
            FakeClock(),
            target=a_target(),
            source_id="salesforce",
            auth_method_id="oauth2",
        )


async def test_location_and_request_id_of_a_good_answer_hold_no_secret() -> None:
    good = answer(201, {"id": "new"}, Location=f"/x?t={TOKEN}&s={SECRET}", x_request_id=f"{SECRET} {'x' * 200}")
    async with a_service(Answers(good), secrets=KNOWN) as service:
        created = await service.create(a_request(secret=SECRET))
    assert created.connection_id == "new"
    assert created.location == "/x?t=«redacted:accessToken»&s=«redacted:clientSecret»"
    assert created.request_id.startswith("«redacted:clientSecret» xxx")
    assert len(created.request_id) == 80
    assert CANARY not in repr(created)


@pytest.mark.parametrize("secret", [TOKEN, SECRET, SECRET.upper(), f"a-{SECRET}-b"])
@pytest.mark.parametrize("field", ["id", "etag"])
async def test_an_id_or_etag_that_holds_a_secret_is_no_answer_and_reaches_no_journal(field: str, secret: str) -> None:
    journal = Journal()
    echo = answer(201, {"id": "new", "etag": '"1"', field: secret})
    outcome = await create(Answers(a_list(), echo, a_list(listed()), a_list(listed())), journal)
    assert isinstance(outcome, Created)
    assert (outcome.connection.connection_id, bool(outcome.found_words)) == ("new", True)
    assert secret not in repr(journal.outcomes) + repr(outcome)


async def test_when_the_list_echoes_the_secret_as_well_nobody_can_tell() -> None:
    journal = Journal()

    def platform(request: httpx.Request) -> httpx.Response:
        if request.method == "POST":
            return answer(201, {"id": SECRET})
        return a_list(listed(SECRET)) if journal.intents else a_list()

    outcome = await create(platform, journal)
    assert isinstance(outcome, CannotTell)
    assert [each.kind for each in journal.outcomes.values()] == [OutcomeKind.CANNOT_TELL]
    assert CANARY not in everything_said_by(outcome.error) + repr(outcome) + repr(journal.outcomes)


def _echoing_item(secret: str) -> dict[str, object]:
    return item(
        secret,
        name=f"named {secret}",
        version=secret,
        createdClient=secret,
        sandboxName=secret,
        connectionSpec={"id": secret},
        auth={"specName": secret, "params": {"note": f"a {secret}", secret: "b", "list": [secret]}},
    )


@pytest.mark.parametrize("change", [str, str.upper])
async def test_what_is_read_after_a_create_holds_none_of_its_secrets(change: Callable[[str], str]) -> None:
    secrets = [change(SECRET), change(TOKEN)]
    answers = Answers(
        answer(201, {"id": CONNECTION_ID}),
        answer(200, {"items": [_echoing_item(secrets[0])]}),
        answer(200, {"items": [_echoing_item(secrets[1])]}),
        answer(200, {"items": [{**_echoing_item(" ".join(secrets)), "connectionSpec": {}}]}),
    )
    async with a_service(answers, secrets=KNOWN) as service:
        await service.create(a_request(secret=SECRET))
        seen = [await service.connection_status(CONNECTION_ID) for _time in range(2)]
        found = await service.find_connections(connection_spec_id=SPEC_ID)
    said = repr([seen, found])
    assert len(found.connections) == 1
    assert "«redacted:clientSecret»" in said
    assert "«redacted:accessToken»" in said
    assert not any(secret in said for secret in secrets)


async def test_what_is_read_before_a_create_holds_none_of_its_secrets() -> None:
    async with a_service(Answers(answer(200, {"items": [_echoing_item(SECRET)]})), secrets=KNOWN) as service:
        assert SECRET not in repr(await service.connection_status(CONNECTION_ID))


async def test_error_texts_of_later_requests_hold_no_secret_of_earlier_ones() -> None:
    refusal = answer(400, {"message": f"words {SECRET} {TOKEN}"})
    answers = Answers(answer(201, {"id": CONNECTION_ID}), refusal)
    async with a_service(answers, secrets=KNOWN) as service:
        await service.create(a_request(secret=SECRET))
        service.replace_access_token(Secret("another-token"))
        with pytest.raises(PlatformError) as caught:
            await service.connection_status(CONNECTION_ID)
    assert caught.value.server_said == "words «redacted:clientSecret» «redacted:accessToken»"


async def test_sandboxes_and_auth_specifications_hold_no_token() -> None:
    sandboxes = {"sandboxes": [{"name": "dev", "title": TOKEN, "region": TOKEN, "type": TOKEN, "state": TOKEN}]}
    specification = {"items": [{"authSpec": [{"name": f"x {TOKEN}"}]}]}
    async with a_service(Answers(answer(200, sandboxes), answer(200, specification))) as service:
        said = repr([await service.sandboxes(), await service.auth_spec_names(SPEC_ID)])
    assert "'dev'" in said
    assert TOKEN not in said


async def test_a_name_that_holds_the_value_of_a_secret_is_still_found_by_that_name() -> None:
    request = a_request(name="Salesforce of ACME", secret="salesforce")
    named = listed(name="Salesforce of ACME", auth={"specName": request.auth_spec_name})
    secrets = knowing({"clientSecret": "salesforce"})
    async with a_service(Answers(answer(200, {"items": [named]})), secrets=secrets) as service:
        service.keep_readable(request)
        found = await service.find_connections(connection_spec_id=SPEC_ID, name=request.name)
    assert [(status.name, status.connection_spec_id) for status in found.connections] == [
        ("Salesforce of ACME", SPEC_ID)
    ]


async def test_a_token_that_is_obtained_for_the_very_request_is_removed_from_its_answer() -> None:
    given = iter([f"{CANARY}-first", f"{CANARY}-second"])

    def identity(request: httpx.Request) -> httpx.Response:
        assert request.url.path == TOKEN_PATH
        return answer(200, {"access_token": next(given), "expires_in": 86_399})

    def platform(request: httpx.Request) -> httpx.Response:
        if request.headers["authorization"].endswith("first"):
            return answer(401, {"error_code": "401013", "message": "x"})
        return answer(200, {"items": [item(f"{CANARY}-second {CANARY}-first")]})

    secrets = Secrets()
    credential = ClientCredential(Secret("another-secret"))
    authentication = ImsAuthentication("acme-key", credential, a_wire(answers=identity, secrets=secrets))
    async with a_service(platform, authentication=authentication, secrets=secrets) as service:
        status = await service.connection_status(CONNECTION_ID)
    assert status.state == "«redacted:accessToken» «redacted:accessToken»"


@pytest.mark.parametrize("other", [{"id": "another"}, {"id": f"{CONNECTION_ID}0"}])
async def test_an_item_of_another_connection_is_not_taken(other: dict[str, object]) -> None:
    async with a_service(Answers(answer(200, {"items": [{"state": "enabled", **other}]}))) as service:
        with pytest.raises(UnreadableAnswer, match="another connection"):
            await service.connection_status(CONNECTION_ID)


async def test_of_several_items_the_one_that_was_asked_for_is_taken() -> None:
    items = [item("failed", id="another"), {"state": "no id"}, item("enabled", id=CONNECTION_ID.upper())]
    async with a_service(Answers(answer(200, {"items": items}), answer(200, {"items": items[:2]}))) as service:
        assert (await service.connection_status(CONNECTION_ID)).state == "enabled"
        without_id = await service.connection_status(CONNECTION_ID)
    assert (without_id.connection_id, without_id.state) == (CONNECTION_ID, "no id")


async def test_the_answer_to_a_change_has_to_be_about_the_same_connection() -> None:
    answers = Answers(answer(200, {"id": "another", "etag": '"2"'}), answer(200, {"id": CONNECTION_ID, "etag": '"2"'}))
    async with a_service(answers) as service:
        with pytest.raises(UnreadableAnswer, match="another connection"):
            await service.change_connection(*a_replacement(CONNECTION_ID, '"1"'))
        changed = await service.change_connection(*a_replacement(CONNECTION_ID, '"1"'))
    assert changed == CreatedConnection(CONNECTION_ID, '"2"', status=200)


@pytest.mark.parametrize("status", [202, 203, 206, 207])
async def test_a_status_that_does_not_say_created_is_looked_into(status: int) -> None:
    looks = [a_list(listed("found")) for _look in range(2)]
    outcome = await create(Answers(a_list(), answer(status, {"id": "said"}), *looks), Journal())
    assert isinstance(outcome, Created)
    assert (outcome.connection.connection_id, bool(outcome.found_words)) == ("found", True)


@pytest.mark.parametrize("status", [200, 201])
async def test_created_says_the_status_of_the_answer(status: int) -> None:
    outcome = await create(Answers(a_list(), answer(status, {"id": "new"})), Journal())
    assert isinstance(outcome, Created)
    assert (outcome.connection.status, bool(outcome.found_words)) == (status, False)


@pytest.mark.parametrize("bad", ["x" * 201, "a b", " a", "a/b", "a\\b", "ä", "a\n", "a\x1b[31m", "", "\u202e"])
async def test_what_cannot_be_an_id_is_no_answer(bad: str) -> None:
    async with a_service(Answers(answer(201, {"id": bad}))) as service:
        with pytest.raises(UnreadableAnswer):
            await service.create(a_request())


@pytest.mark.parametrize("good", ["x" * 200, CONNECTION_ID, "a.b_c~d:e"])
async def test_other_ids_are_taken_as_they_are(good: str) -> None:
    async with a_service(Answers(answer(201, {"id": good}))) as service:
        assert (await service.create(a_request())).connection_id == good


@pytest.mark.parametrize(
    ("given", "shown"), [("", ""), (" \n", ""), ("x" * 101, "x" * 99 + "…"), ("x" * 100, "x" * 100)]
)
async def test_a_state_is_short_or_empty(given: str, shown: str) -> None:
    async with a_service(Answers(answer(200, {"items": [item(given)]}))) as service:
        assert (await service.connection_status(CONNECTION_ID)).state == shown


async def test_a_deep_or_numeric_echo_is_read_without_a_crash() -> None:
    number = int(re.sub(r"\D", "", SECRET) + "12345678")
    deep: object = number
    for _level in range(200):
        deep = [deep]
    body = json.dumps({"items": [item(version=number, createdAt=number, deep=deep)]}).encode()
    secrets = knowing({"clientSecret": str(number)})
    async with a_service(Answers(httpx.Response(200, content=body)), secrets=secrets) as service:
        assert str(number) not in repr(await service.connection_status(CONNECTION_ID))


@pytest.mark.parametrize("status", [201, 202, 203, 207])
def test_only_200_says_that_a_change_is_made(status: int) -> None:
    body = b'{"id": "a-1", "etag": "v2"}'
    assert changed_connection(answer_of(200, {}, body, None), "a-1").etag == "v2"
    with pytest.raises(UnreadableAnswer, match="does not say that the connection was changed"):
        changed_connection(answer_of(status, {}, body, None), "a-1")
