"""What is typed into a secret field is known to the secrets of the run, from the first keys on."""

from __future__ import annotations

import pytest

from aep_tui.domain.secret import Secret
from aep_tui.domain.secrets import Secrets
from aep_tui.pages.field_words import FieldWords
from aep_tui.tui.widgets.field import Field, anything
from tests.kit.canary import CANARY
from tests.tui.widgets.test_widgets import bench

pytestmark = pytest.mark.anyio


async def test_each_key_of_a_secret_is_known_at_once_and_what_is_deleted_is_forgotten() -> None:
    secrets = Secrets()
    field = Field("password", FieldWords("Password"), anything, is_required=True, secrets=secrets)
    async with bench(field) as pilot:
        field.input.focus()
        for count, character in enumerate(CANARY, 1):
            field.input.insert_text_at_cursor(character)
            assert (CANARY[:count] in secrets.clean(f"x {CANARY[:count]}.")) is (count < 4)
        field.input.value = ""
        await pilot.pause()
        assert secrets.clean(CANARY) == CANARY


async def test_an_answer_is_held_and_stays_known_when_the_field_is_emptied() -> None:
    secrets = Secrets()
    field = Field("password", FieldWords("Password"), anything, is_required=True, secrets=secrets)
    async with bench(field):
        field.input.value = CANARY
        answer = field.answer
        assert isinstance(answer, Secret)
        assert answer.get_secret_value() == CANARY
        field.input.value = ""
        assert secrets.clean(CANARY) == "«redacted:password»"


async def test_a_readable_field_tells_nobody() -> None:
    field = Field("name", FieldWords("Name"), anything, is_required=True)
    async with bench(field):
        field.input.value = CANARY
        assert field.answer == CANARY
        assert not field.input.is_secret
