"""Credential files, profiles and settings on the welcome page."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from aep_tui.domain.wizard import Step
from aep_tui.practice.organization import API_KEY, ORGANIZATION_ID
from aep_tui.settings.profile import Profile, SecretPlace
from aep_tui.settings.profiles import add_profile, load_profiles, profiles_path
from aep_tui.settings.setting import SettingName
from aep_tui.tui.dialogs.commands import commands_of
from aep_tui.tui.steps.checks import PreflightScreen
from aep_tui.tui.steps.welcome import WelcomeScreen
from tests.kit.canary import CANARY
from tests.kit.person import Person, flat, wizard
from tests.kit.platform import (
    Platform,
    enter,
    postman_environment,
    see_form,
    welcome,
)
from tests.kit.short_ways import go_to, push, put_in, text_in

pytestmark = pytest.mark.anyio


async def load(person: Person, path: Path) -> None:
    await person.press("f8")
    await person.see("Load a credential file")
    await person.paste(str(path))
    await person.press("enter")


async def test_a_credential_file_fills_the_form_and_says_what_it_lacks(platform: Platform) -> None:
    platform.set_target()
    file = platform.write("acme.json", postman_environment(API_KEY="other-key", ACCESS_TOKEN=f"Bearer {CANARY}"))
    async with platform.wizard() as person:
        await see_form(person)
        await enter(person, "organization", "TYPED@AdobeOrg")
        await enter(person, "client-secret", "typed-before")
        await load(person, file)
        form = await person.see("acme.json was read as: Postman environment.")
        assert "API key, access token (set)" in " ".join(form.split())
        assert "Not in it: organization, sandbox." in " ".join(form.split())
        assert text_in(person, "api-key") == "other-key"
        assert text_in(person, "organization") == "TYPED@AdobeOrg"
        assert "LIVE 127.0.0.1:" in form.splitlines()[1]
        assert " | TYPED@AdobeOrg | MAYBE PRODUCTION sandbox rehearsal" in form.splitlines()[1]
        assert text_in(person, "client-secret") == ""
        assert "from API_KEY in acme.json" in form
        assert person.focus == "next"


async def test_a_file_of_an_unknown_environment_asks_for_the_base_url(platform: Platform) -> None:
    platform.set_target()
    aepp = {"org_id": ORGANIZATION_ID, "client_id": API_KEY, "secret": CANARY, "environment": "support"}
    file = platform.write("acme.json", {**aepp, "sandbox-name": "dev", "scopes": "openid"})
    async with platform.wizard() as person:
        await see_form(person)
        await load(person, file)
        text = await person.see("enter the base URL")
        assert "base URL," not in flat(text), "it was not given"
        assert person.focus == "base-url"
        assert text_in(person, "base-url") == ""
        await push(person, "next")
        await person.see("Error: Enter the base URL.")
        await enter(person, "base-url", "platform-support.adobe.io")
        await person.press("enter", "f4")
        assert text_in(person, "base-url") == "https://platform-support.adobe.io"
    async with platform.wizard("--credentials", str(file)) as person:
        await see_form(person)
        assert text_in(person, "base-url") == platform.server.base_url, "the environment names one"


async def test_a_file_that_cannot_be_used_is_told_under_the_field(platform: Platform) -> None:
    platform.set_target()
    async with platform.wizard() as person:
        await see_form(person)
        for name, content, words in (
            ("broken.json", "{", "broken.json looks like JSON, but it is not complete or not correct in line 1."),
            (
                "of-another-type.json",
                '{"CLIENT_ID": 7, "CLIENT_SECRETS": ["%s"]}',
                "CLIENT_ID in of-another-type.json is not a text.",
            ),
            ("unknown.json", "nothing", "unknown.json is none of the files that this program reads."),
        ):
            await load(person, platform.write(name, content.replace("%s", CANARY)))
            await person.see(words)
            assert person.focus == "credential-file", name
            await person.press("escape")
            assert text_in(person, "api-key") == API_KEY, name


async def test_a_pipe_that_nobody_writes_to_can_be_left(platform: Platform) -> None:
    import os

    platform.set_target()
    pipe = platform.outside / "pipe"
    os.mkfifo(pipe)
    async with platform.wizard() as person:
        await see_form(person)
        await load(person, pipe)
        await person.see("The file is being read.")
        await person.press("escape")
        assert person.app.screen is welcome(person)
        pipe.open("w").close()


async def test_a_target_is_saved_without_its_secret_and_taken_again(platform: Platform) -> None:
    platform.set_target()
    async with platform.wizard() as person:
        await see_form(person)
        await enter(person, "access-token", CANARY)
        await person.press("f9")
        await person.see("Save this target")
        await person.paste("acme-dev")
        await person.press("enter")
        await person.see("Saved as acme-dev in")
        profile = load_profiles().profiles["acme-dev"]
        assert profile.values[SettingName.ORGANIZATION_ID] == ORGANIZATION_ID
        assert SettingName.SCOPES not in profile.values
        assert profile.secret_source.place is SecretPlace.ASK
        assert stat.S_IMODE(profiles_path().stat().st_mode) == 0o600
        await enter(person, "sandbox", "dev")
        await person.press("f9")
        await person.see("Save this target")
        await person.paste("acme-dev")
        await person.press("enter")
        await person.see("There is a profile acme-dev already.")
        await go_to(person, "replace")
        await person.press("space")
        await push(person, "save-target")
        await person.wait_until(
            lambda: load_profiles().profiles["acme-dev"].values[SettingName.SANDBOX_NAME] == "dev", "the new sandbox"
        )


async def test_a_profile_is_chosen_from_a_list(platform: Platform) -> None:
    platform.set_target(AEP_ACCESS_TOKEN=CANARY)
    async with platform.wizard() as person:
        await see_form(person)
        await person.press("f7")
        await person.see("There is no profile yet.")
        add_profile(Profile("acme", {SettingName.SANDBOX_NAME: "dev"}))
        add_profile(Profile("beta.eu", {SettingName.SANDBOX_NAME: "prod"}))
        await person.press("f7")
        await person.see("Choose a profile")
        await person.press("down", "enter")
        form = await person.see("The values of the profile beta.eu were taken.")
        assert text_in(person, "sandbox") == "prod"
        assert text_in(person, "api-key") == API_KEY
        assert "Access token (required)" in form


async def test_notes_about_the_settings_are_counted_and_shown(platform: Platform) -> None:
    platform.set_target()
    env_file = platform.write("acme.env", f"AEP_ACCESS_TOKEN={CANARY}\nthis is no assignment\n")
    env_file.chmod(0o644)
    async with platform.wizard("--env-file", str(env_file)) as person:
        await person.see("2 notes about your settings: F6")
        await person.press("f6")
        page = await person.see("Settings of live mode")
        assert "Warning: " in page
        assert "Note: " in page
        await person.press("f6")
        assert person.app.screen is welcome(person)


async def test_the_settings_page_names_values_and_origins(platform: Platform) -> None:
    platform.set_target(AEP_ACCESS_TOKEN=CANARY)
    async with platform.wizard("--api-key", "from-the-flag") as person:
        await see_form(person)
        await person.press("f6")
        page = await person.see("Settings of live mode")
        assert "from-the-flag" in page
        assert "flag --api-key" in page
        assert "is ignored: flag --api-key comes first." in flat(page)


async def test_keys_of_live_mode_say_so_in_a_rehearsal() -> None:
    async with wizard() as person:
        for key in ("f7", "f8", "f9"):
            await person.press(key)
            await person.see("This key is for live mode.")
        actions = {binding.action for binding in welcome(person).page_bindings()}
        assert actions == {"choose_sandbox", "show_settings"}
        await person.press("enter")
        await person.at(Step.TASK)
        await person.press("escape")
        page = await person.at(Step.WELCOME)
        assert "This key is for live mode." not in page, "what was said goes when the page is left"


async def test_the_commands_list_the_keys_of_live_mode(platform: Platform) -> None:
    platform.set_target()
    async with platform.wizard() as person:
        await see_form(person)
        screen = person.app.screen
        assert isinstance(screen, WelcomeScreen)
        names = {command.title for command in commands_of(screen, person.app.wardrobe.choose).choices}
        assert {"Choose a sandbox", "Choose a profile", "Load a credential file", "Save this target"} <= names


async def test_a_typed_token_does_not_go_to_a_host_that_an_env_file_brought(
    platform: Platform, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    platform.set_target()
    monkeypatch.delenv("AEP_BASE_URL")
    monkeypatch.chdir(tmp_path)
    Path(".env").write_text(f"AEP_BASE_URL={platform.server.base_url}\n")
    async with platform.wizard("--live") as person:
        await see_form(person)
        await enter(person, "access-token", CANARY)
        await push(person, "next")
        words = await person.see("A secret would go to a host")
        assert "AEP_BASE_URL in .env in the working directory" in " ".join(words.split())
        await person.press("escape")
        assert isinstance(person.app.screen, WelcomeScreen)
        await enter(person, "base-url", platform.server.base_url.replace("127.0.0.1", "localhost"))
        await push(person, "next")
        await person.wait_until(lambda: not isinstance(person.app.screen, WelcomeScreen), "the next page")


async def test_a_host_that_only_a_folder_names_is_typed_before_anything_goes_there(
    platform: Platform, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    platform.set(AEP_ORG_ID=ORGANIZATION_ID, AEP_SANDBOX_NAME="rehearsal", AEP_API_KEY=API_KEY, AEP_ACCESS_TOKEN=CANARY)
    Path(".env").write_text(f"AEP_BASE_URL={platform.server.base_url}\n", encoding="utf-8")
    host = platform.server.base_url.partition("://")[2]
    async with platform.wizard() as person:
        await see_form(person)
        await push(person, "next")
        asked = await person.see("Type the host to send secrets there")
        assert "may have come with the folder" in flat(asked)
        await put_in(person, "platform.adobe.io\n")
        assert f"Type {host} to go on" in flat(person.read())
        await person.press("escape")
        assert f"--confirm-host {host}" in flat(await person.see("A secret would go to a host"))
        await push(person, "next")
        await person.see("Type the host to send secrets there")
        assert platform.server.requests == 0
        await put_in(person, f"{host}\n")
        await person.wait_until(lambda: isinstance(person.app.screen, PreflightScreen), "the checks")
