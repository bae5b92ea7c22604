"""From each kind of access to an enabled connection, over real sockets."""

from __future__ import annotations

import logging
import sys

import pytest

from aep_tui.cli import main
from aep_tui.domain.wizard import Step
from aep_tui.practice.organization import API_KEY, ORGANIZATION_ID
from tests.kit.canary import CANARY
from tests.kit.journeys import OAUTH2
from tests.kit.person import Person, flat
from tests.kit.platform import Platform, enter, go_on_to_clouds, postman_environment, see_form, start

pytestmark = pytest.mark.anyio


async def go_on_to_enabled(person: Person) -> None:
    await start(person)
    await person.to_status(OAUTH2)
    await see_enabled(person)


async def see_enabled(person: Person) -> None:
    await person.see("OK: the connection is enabled.")
    (kept,) = person.store.connections()
    assert (kept.organization_id, kept.sandbox_name) == (ORGANIZATION_ID, "rehearsal")


async def test_with_a_pasted_token(platform: Platform) -> None:
    platform.set_target()
    async with platform.wizard() as person:
        form = await see_form(person)
        assert "Access token (required)" in form
        await enter(person, "access-token", f"Bearer {CANARY}")
        await start(person)
        await person.press("enter")
        await person.at(Step.SOURCE)
        await person.press("enter")
        await person.at(Step.AUTH_METHOD)
        await person.press("enter")
        await person.at(Step.CREDENTIALS)
        await person.fill_in(OAUTH2)
        await person.button("next")
        await person.at(Step.NAME)
        await person.button("next")
        await person.at(Step.REVIEW)
        await person.submit()
        await see_enabled(person)


async def test_with_a_typed_client_secret_and_nothing_in_the_environment(platform: Platform) -> None:
    platform.set(AEP_IMS_HOST=platform.server.base_url)
    async with platform.wizard("--live") as person:
        await see_form(person)
        for field_id, text in (
            ("organization", ORGANIZATION_ID),
            ("sandbox", "rehearsal"),
            ("api-key", API_KEY),
            ("client-secret", CANARY),
            ("base-url", platform.server.base_url),
        ):
            await enter(person, field_id, text)
        await go_on_to_enabled(person)


async def test_with_client_credentials_from_the_environment(platform: Platform) -> None:
    platform.set_target(AEP_CLIENT_SECRET=CANARY)
    async with platform.wizard() as person:
        form = await see_form(person)
        assert "Client secret (optional)  from environment variable AEP_CLIENT_SECRET" in form
        assert "Access token (optional)" in form
        await go_on_to_enabled(person)


async def test_with_a_postman_file(platform: Platform) -> None:
    platform.set(AEP_BASE_URL=platform.server.base_url)
    file = platform.write(
        "acme.postman_environment.json",
        postman_environment(
            CLIENT_SECRET=CANARY,
            API_KEY=API_KEY,
            IMS_ORG=ORGANIZATION_ID,
            SANDBOX_NAME="rehearsal",
            IMS=platform.server.base_url,
        ),
    )
    async with platform.wizard("--live") as person:
        await see_form(person)
        await person.press("f8")
        await person.see("Load a credential file")
        await person.paste(str(file))
        await person.press("enter")
        form = await person.see("was read as: Postman environment.")
        assert "client secret (set)" in form
        await go_on_to_enabled(person)


async def test_with_a_profile_whose_secret_a_program_prints(platform: Platform) -> None:
    vault, environment = platform.write("vault", CANARY), platform.outside / "environment-of-the-program"
    program = platform.write(
        "print_secret.py",
        "import os, pathlib, sys\n"
        "pathlib.Path(sys.argv[2]).write_text(repr(dict(os.environ)))\n"
        "print(pathlib.Path(sys.argv[1]).read_text())\n",
    )
    target = ["--org-id", ORGANIZATION_ID, "--sandbox-name", "rehearsal", "--api-key", API_KEY]
    hosts = ["--base-url", platform.server.base_url, "--ims-host", platform.server.base_url]
    command = ["--secret-command", f"{sys.executable} {program} {vault} {environment}"]
    assert main(["profile", "add", "acme", *target, *hosts, *command]) == 0
    platform.set(AEP_ACCESS_TOKEN=CANARY, AEP_CLIENT_SECRET=CANARY)
    async with platform.wizard("--profile", "acme") as person:
        form = await see_form(person)
        assert "Client secret (optional)  from profile acme, command" in form
        assert not environment.exists()
        await go_on_to_enabled(person)
    assert CANARY not in environment.read_text()
    assert "PATH" in environment.read_text()


@pytest.mark.parametrize("is_known", [True, False])
async def test_watching_asks_nothing_that_is_known_and_opens_the_status(platform: Platform, is_known: bool) -> None:
    platform.set_target(**({"AEP_CLIENT_SECRET": CANARY} if is_known else {}))
    async with platform.wizard("watch", "4cb0c374-d3bb-4557-b139-5712880adc55") as person:
        if is_known:
            await person.at(Step.STATUS)
            assert "come back later with: aep-tui watch ID" in flat(await person.press("f1"))
        else:
            assert "Access token (required)" in await see_form(person)
            focused = person.app.focused
            assert focused is not None
            assert focused.id == "access-token"


async def test_one_token_serves_a_whole_start_with_a_typed_sandbox(
    platform: Platform, caplog: pytest.LogCaptureFixture
) -> None:
    """The look at the sandbox, the checks and the session ask the identity service once."""
    caplog.set_level(logging.DEBUG, logger="aep_tui")
    platform.set_target(AEP_CLIENT_SECRET=CANARY)
    async with platform.wizard() as person:
        await see_form(person)
        await go_on_to_clouds(person, after_checks=True)
        await person.to_status(OAUTH2)
        await see_enabled(person)
    said = [record.getMessage() for record in caplog.records]
    assert len([each for each in said if "/ims/token/v3: HTTP 200" in each]) == 1
    assert len([each for each in said if "/sandbox-management/: HTTP 200" in each]) > 1
