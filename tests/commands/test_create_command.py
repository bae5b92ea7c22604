"""The command that the wizard shows makes the same request as the wizard, byte for byte, when it is run as shown."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import MappingProxyType

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from aep_tui.commands.argument_parser import read_arguments
from aep_tui.commands.create import given_answers
from aep_tui.commands.launch_options import launch_from
from aep_tui.domain.catalog.catalog import load_catalog
from aep_tui.domain.create_command import create_command, secret_file_name
from aep_tui.domain.draft import Answer, Draft
from aep_tui.domain.secret import Secret
from aep_tui.domain.secrets import Secrets
from aep_tui.domain.source import ParameterKind
from aep_tui.domain.target import Mode, Target
from aep_tui.domain.wizard import Wizard
from aep_tui.pages.saved_answers import command_words, save_answers
from aep_tui.pages.unattended import prepared
from aep_tui.practice.organization import practice_target
from tests.kit.canary import CANARY
from tests.kit.examples import examples

TODAY = date(2026, 11, 25)
WIZARD = Wizard(load_catalog(), TODAY)
LIVE = Target(Mode.LIVE, organization_id="ACME@AdobeOrg", sandbox_name="prod", api_key="acme-key")
VALUES = {
    "environmentUrl": "https://acme.my.salesforce.com",
    "instanceUrl": "https://acme.my.salesforce.com",
    "apiVersion": "62.0",
    "host": "acme.custhelp.com",
    "endpoint": "https://www.zohoapis.eu",
    "accountsUrl": "https://accounts.zoho.eu",
}
TEXT = st.text(
    st.characters(blacklist_categories=["Cc", "Cf", "Cs", "Zl", "Zp", "Zs", "Co", "Cn"]), min_size=1, max_size=30
)
FILE_NAMES = ("", "answers.toml", "-answers", "my answers.toml")
METHODS = [(source, method) for source in WIZARD.catalog.sources for method in source.auth_methods]


@st.composite
def walks(draw: st.DrawFn) -> Wizard:
    """Return walks that have come to their review, with names and values of every kind."""
    source, method = draw(st.sampled_from(METHODS))
    answers: dict[str, Answer] = {}
    for parameter in method.parameters:
        if not parameter.is_required and draw(st.booleans()):
            continue
        if parameter.is_secret:
            answers[parameter.api_name] = Secret(CANARY)
        elif parameter.kind is ParameterKind.BOOLEAN:
            answers[parameter.api_name] = True
        else:
            answers[parameter.api_name] = VALUES.get(parameter.api_name) or draw(TEXT)
    draft = Draft(
        cloud=method.cloud,
        source_id=source.id,
        auth_method_id=method.id,
        answers=MappingProxyType(answers),
        name=draw(TEXT),
        description=draw(st.just("") | TEXT),
    )
    walk = replace(WIZARD, draft=draft)
    return walk.with_acknowledged(frozenset(notice.id for notice in walk.notices))


def words_of(command: str) -> list[str]:
    """Return the arguments as the shell hands them over."""
    script = f"aep-tui() {{ printf '%s\\0' \"$@\"; }}\n{command}\n"
    run = subprocess.run(["bash", "-c", script], capture_output=True, check=True, timeout=60)
    return run.stdout.decode().split("\0")[:-1]


NAMED_LIKE_AN_OPTION = WIZARD.with_draft(
    Draft(
        cloud=METHODS[0][1].cloud,
        source_id=METHODS[0][0].id,
        auth_method_id=METHODS[0][1].id,
        answers=MappingProxyType(
            {
                parameter.api_name: Secret(CANARY)
                if parameter.is_secret
                else VALUES.get(parameter.api_name, "--x=$(id)")
                for parameter in METHODS[0][1].parameters
                if parameter.kind is not ParameterKind.BOOLEAN
            }
        ),
        name="--live '\"!$HOME`id`\\",
    )
)


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
@settings(
    max_examples=examples(40),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.filter_too_much],
)
@given(walk=walks(), target=st.sampled_from([LIVE, practice_target(Secrets())]), file_name=st.sampled_from(FILE_NAMES))
@example(walk=NAMED_LIKE_AN_OPTION, target=LIVE, file_name="")
@example(walk=NAMED_LIKE_AN_OPTION, target=LIVE, file_name="$(id) 'it'.toml")
def test_what_is_shown_makes_the_same_request_when_it_is_run(walk: Wizard, target: Target, file_name: str) -> None:
    assume(walk.is_complete)  # else the form does not let it through
    saved = None
    if file_name:
        Path(file_name).unlink(missing_ok=True)
        saved = save_answers(walk, file_name)
        assert CANARY not in Path(file_name).read_text(encoding="utf-8")
    command = command_words(walk, target, saved).partition("\n\n")[0]
    assert CANARY not in command
    assert ("--answers" in command) is bool(file_name)
    assert ("--auth-method" in command) is not bool(file_name)
    request = walk.request()
    for name in request.secret_names:
        Path(secret_file_name(name)).write_text(f"{CANARY}\n", encoding="utf-8")
    options = read_arguments(words_of(command))
    launch = launch_from(options)
    ready = prepared(WIZARD, given_answers(options, launch), launch.secrets, launch.clock.now())
    assert ready.wizard.request().body_to_send() == request.body_to_send()
    shown = launch.first_target
    assert (shown.organization_id, shown.sandbox_name, shown.base_url) == (
        target.organization_id,
        target.sandbox_name,
        target.base_url,
    )


def test_it_is_short_and_an_option_a_line() -> None:
    walk = replace(NAMED_LIKE_AN_OPTION, draft=replace(NAMED_LIKE_AN_OPTION.draft, name="ACME"))
    lines = create_command(walk, LIVE).split(" \\\n    ")
    assert lines[0] == "aep-tui create"
    assert "--secret-file clientSecret=client-secret.txt" in lines
    assert "--confirm-sandbox prod" in lines
    assert not any(line.startswith(("--base-url", "--description")) for line in lines)


def test_a_file_that_no_longer_holds_the_answers_is_not_named() -> None:
    saved = save_answers(NAMED_LIKE_AN_OPTION, "answers.toml")
    changed = replace(NAMED_LIKE_AN_OPTION, draft=replace(NAMED_LIKE_AN_OPTION.draft, name="Another"))
    assert "--answers answers.toml" in command_words(NAMED_LIKE_AN_OPTION, LIVE, saved)
    words = command_words(changed, LIVE, saved)
    assert "--answers" not in words
    assert "--name Another" in words
