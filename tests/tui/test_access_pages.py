"""The welcome page in live mode: what it asks for, what it says, and the pages over it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from aep_tui.domain.sandbox import Sandbox
from aep_tui.domain.target import Mode
from aep_tui.domain.wizard import Step
from aep_tui.pages.sandboxes import listed_sandboxes_question, sandboxes_question
from aep_tui.practice.organization import API_KEY, WRONG_CLIENT_SECRET
from aep_tui.practice.request_kind import RequestKind
from aep_tui.practice.scenarios import scenario_by_id
from aep_tui.settings.profile import Profile, SecretPlace, SecretSource
from aep_tui.settings.profiles import add_profile
from aep_tui.settings.setting import SettingName
from aep_tui.tui.dialogs.asking import ChoiceModal
from aep_tui.tui.steps.checks import PreflightScreen
from tests.domain.tokens import token
from tests.kit.canary import CANARY
from tests.kit.faults import FAULTS
from tests.kit.journeys import OAUTH2
from tests.kit.person import wizard
from tests.kit.platform import (
    Platform,
    enter,
    go_on_to_clouds,
    platform_of,
    see_form,
    start,
    welcome,
)
from tests.kit.short_ways import go_to, push, text_in

pytestmark = pytest.mark.anyio


# --- signing in ---------------------------------------------------------------------------------------------------


async def test_a_token_or_a_client_secret_is_asked_for_when_neither_is_known(platform: Platform) -> None:
    platform.set_target()
    async with platform.wizard() as person:
        await see_form(person)
        await push(person, "next")
        await person.see("Error: Paste an access token, or enter the client secret below.")
        assert person.focus == "access-token"
        await enter(person, "client-secret", "two words")
        await push(person, "next")
        await person.see("A client secret has no blanks in it")


async def test_the_whole_form_stands_on_the_smallest_screen(platform: Platform) -> None:
    platform.set_target(AEP_CLIENT_SECRET=CANARY)
    async with platform.wizard() as person:
        form = await see_form(person)
        for words in ("Organization ID", "Sandbox", "API key", "Access token", "Client secret", "Base URL", "Start"):
            assert words in form
        assert "F2 Commands" in form.splitlines()[-1]


async def test_a_secret_that_does_not_come_is_told_in_the_form(platform: Platform) -> None:
    secret = SecretSource(SecretPlace.COMMAND, command=("false",))
    add_profile(Profile("acme", {SettingName.API_KEY: API_KEY}, secret))
    platform.set_target()
    async with platform.wizard("--profile", "acme") as person:
        await see_form(person)
        await push(person, "next")
        words = await person.see("Error: The secret could not be fetched")
        assert "false did not give the secret" in words
        assert person.app.screen is welcome(person)
        await enter(person, "access-token", CANARY)
        await go_on_to_clouds(person)


async def test_the_page_stays_usable_while_a_program_takes_its_time(platform: Platform) -> None:
    gate = platform.write("wait.sh", 'while [ ! -e "$0.go" ]; do sleep 0.02; done; cat "$0.secret"\n')
    platform.write("wait.sh.secret", CANARY)
    add_profile(Profile("acme", {}, SecretSource(SecretPlace.COMMAND, command=("sh", str(gate)))))
    platform.set_target()
    async with platform.wizard("--profile", "acme") as person:
        await see_form(person)
        await push(person, "next")
        await person.see("The client secret is fetched from: profile acme, command.")
        await enter(person, "sandbox", "dev")
        assert text_in(person, "sandbox") == "dev"
        platform.write("wait.sh.go", "")
        await person.wait_until(lambda: isinstance(person.app.screen, PreflightScreen), "the checks")
        assert person.app.state.target.sandbox_name == "rehearsal"


async def test_the_target_line_counts_the_life_of_a_pasted_token(platform: Platform) -> None:
    platform.set_target()
    now = platform.clock.now()
    hour = int((now + timedelta(hours=3, minutes=12, seconds=30)).timestamp())
    async with platform.wizard() as person:
        await see_form(person)
        await enter(person, "access-token", token(exp=hour))
        assert "token 3 h 12 min" in (await go_on_to_clouds(person)).splitlines()[1]
        await platform.clock.sleep(2 * 3600)
        await person.press("enter")
        assert "token 1 h 12 min" in (await person.at(Step.SOURCE)).splitlines()[1]


async def test_an_expired_token_is_doubted_once(platform: Platform) -> None:
    platform.set_target()
    async with platform.wizard() as person:
        await see_form(person)
        await enter(person, "access-token", token(exp=int(platform.clock.now().timestamp()) - 60))
        await push(person, "next")
        await person.see("Warning: the access token says that it has expired.")
        assert "token expired" in (await go_on_to_clouds(person)).splitlines()[1]


async def test_developer_logging_forbids_live_mode_and_not_the_rehearsal(monkeypatch: pytest.MonkeyPatch) -> None:
    async with wizard() as person:
        monkeypatch.setenv("TEXTUAL_LOG", "/dev/null")
        await person.press("down")
        words = await person.see("Error: Developer logging is on")
        assert "TEXTUAL_LOG" in words
        assert "Organization ID" not in words
        await push(person, "next")
        assert person.app.screen is welcome(person)
        await go_to(person, "mode")
        await person.press("up")
        assert "Developer logging" not in person.read()
        await person.press("enter")
        await person.at(Step.TASK)
        assert person.app.state.target.mode is Mode.PRACTICE


# --- sandboxes ----------------------------------------------------------------------------------------------------


async def test_a_sandbox_is_chosen_from_the_list_of_the_platform(platform: Platform) -> None:
    platform.set_target(AEP_CLIENT_SECRET=CANARY)
    async with platform.wizard() as person:
        await see_form(person)
        await go_to(person, "sandbox")
        await person.press("down")
        shown = await person.see("Choose a sandbox")
        assert "prod       [PRODUCTION]   VA7, Azure  Production · default" in shown
        assert "VA6, AWS    Development on AWS" in shown
        assert "> (•) rehearsal" in shown
        await person.press("up", "enter")
        await person.wait_until(lambda: text_in(person, "sandbox") == "aws-dev", "the chosen sandbox")
        await go_on_to_clouds(person)
        assert person.app.state.sandbox == Sandbox(
            "aws-dev", "Development on AWS", "development", "VA6", "active", is_default=False
        )


async def test_a_typed_sandbox_is_looked_up_after_start(platform: Platform, monkeypatch: pytest.MonkeyPatch) -> None:
    platform.set_target(AEP_ACCESS_TOKEN=CANARY)
    async with platform.wizard("--sandbox-name", "prod") as person:
        await see_form(person)
        await start(person)
        assert person.app.state.sandbox is not None
        assert person.app.state.sandbox.is_production


async def test_a_list_that_cannot_be_read_leaves_free_entry(platform: Platform) -> None:
    platform.set_target(AEP_CLIENT_SECRET=WRONG_CLIENT_SECRET)
    async with platform.wizard() as person:
        await see_form(person)
        await person.press("f3")
        words = await person.see("The name of the sandbox can be typed as well.")
        assert "Error: Adobe's identity service gave no access token" in words
        await go_on_to_clouds(person)
        assert person.app.state.sandbox is None


async def test_a_list_needs_the_other_values_first(platform: Platform) -> None:
    platform.set_target()
    async with platform.wizard() as person:
        await see_form(person)
        await person.press("f3")
        await person.see("The platform lists its sandboxes once the other values are there.")
        assert person.focus == "access-token"


async def test_a_wait_for_the_list_is_told(platform: Platform) -> None:
    platform.set_target(AEP_ACCESS_TOKEN=CANARY)
    platform.server.faults.put(RequestKind.SANDBOXES, FAULTS["503-before-commit"])
    platform.clock.hold()
    async with platform.wizard() as person:
        await see_form(person)
        await person.press("f3")
        await person.see("(2 of 4)")
        platform.clock.release()
        await person.see("Choose a sandbox")
        await person.press("escape")
        assert text_in(person, "sandbox") == "rehearsal"


async def test_a_rehearsal_has_sandboxes_too() -> None:
    async with wizard() as person:
        await person.press("f3")
        await person.see("prod       [PRODUCTION]")
        await person.press("home", "enter")
        await person.see("sandbox prod")
        await person.press("enter")
        await person.at(Step.TASK)
        assert person.app.state.target.sandbox_name == "prod"
        assert person.app.state.sandbox is not None
        assert person.app.state.sandbox.is_production


async def test_a_hostile_list_of_sandboxes_reaches_the_terminal_as_harmless_text() -> None:
    hostile = Sandbox("dev\x1b[2J", "one that cannot be sent")
    loud = Sandbox("qa", "\x1b]0;owned\x07[red]title" + "x" * 500, "dev\nelopment", "\x9b31mVA7", "\u202egone")
    async with wizard() as person:
        person.app.push_screen(ChoiceModal(sandboxes_question((hostile, loud), "qa")))
        shown = await person.see("Choose a sandbox")
        assert "> (•) qa" in shown
        assert "dev\x1b" not in shown
        assert not [character for character in shown if ord(character) < 32 and character != "\n"]
        assert "\u202e" not in shown
        assert "[red]title" in shown
        await person.press("escape")
        await person.at(Step.WELCOME)


async def test_a_new_token_while_watching_is_the_one_of_the_target_line(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    scenario = scenario_by_id("expired-token")
    assert scenario is not None
    with platform_of(tmp_path_factory.mktemp("outside"), monkeypatch, scenario) as platform:
        platform.set_target(AEP_ACCESS_TOKEN=CANARY)
        new_token = token(exp=int(platform.clock.now().timestamp()) + 48 * 3600)
        async with platform.wizard() as person:
            await see_form(person)
            await start(person)
            await person.to_status(OAUTH2)
            await person.see("A new access token is needed")
            await person.paste(new_token)
            await person.press("enter")
            shown = await person.see("OK: the connection is enabled.")
            assert "token 47 h" in shown.splitlines()[1]


async def test_space_takes_a_sandbox_into_the_list_where_the_key_line_says_so() -> None:
    answers: list[str | None] = []
    async with wizard() as person:
        question = listed_sandboxes_question((Sandbox("qa"), Sandbox("dev")), ("qa",), "")
        await person.app.push_screen(ChoiceModal(question), answers.append)
        assert "Space Select" not in await person.see("Which sandboxes? (2)"), "on the row that ends the selecting"
        await person.press("space")
        assert answers == []
        await person.press("down", "down")
        assert "Space Select" in person.read()
        await person.press("space")
        assert answers == ["dev"]
