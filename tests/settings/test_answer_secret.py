"""Where the secrets of a create without a person come from."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import pytest

from aep_tui.domain.clock import SystemClock
from aep_tui.domain.problem import SettingsProblem
from aep_tui.settings.answer_secret import AnswerPlace, AnswerSecret, forget_variables
from tests.kit.canary import CANARY


def read(place: AnswerPlace, where: str = "", environment: dict[str, str] | None = None) -> str:
    return AnswerSecret("clientSecret", place, where).read(SystemClock(), environment or {})


def hand_over(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))


@pytest.mark.parametrize(("content", "secret"), [("x\n", "x"), ("x\r\n", "x"), ("x", "x"), (" x \n\n", " x \n")])
def test_exactly_one_line_end_is_taken_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str, secret: str
) -> None:
    path = tmp_path / "secret"
    path.write_bytes(content.encode())
    assert read(AnswerPlace.FILE, str(path)) == secret
    hand_over(monkeypatch, content.encode())
    assert read(AnswerPlace.STANDARD_INPUT) == secret


def test_a_program_runs_without_a_shell() -> None:
    assert read(AnswerPlace.COMMAND, f"printf '%s' '{CANARY};$HOME'") == f"{CANARY};$HOME"


def test_a_variable_is_forgotten_so_that_no_child_inherits_it() -> None:
    environment = {"ACME": CANARY, "OTHER": "1"}
    secret = AnswerSecret("clientSecret", AnswerPlace.VARIABLE, "ACME")
    assert secret.read(SystemClock(), environment) == CANARY
    forget_variables((secret, AnswerSecret("x", AnswerPlace.FILE, "OTHER")), environment)
    assert environment == {"OTHER": "1"}


@pytest.mark.parametrize(
    ("place", "where", "words"),
    [
        (AnswerPlace.VARIABLE, "NOT_SET", "--secret-env. It gave nothing."),
        (AnswerPlace.STANDARD_INPUT, "", "--secret-stdin. It gave nothing."),
        (AnswerPlace.COMMAND, "printf 'x", "A quotation mark is not closed."),
        (AnswerPlace.COMMAND, f"sh -c 'echo {CANARY} >&2; exit 3'", "It ended with exit code 3."),
        (AnswerPlace.FILE, "nowhere", "nowhere"),
    ],
)
def test_a_place_that_gives_nothing_is_told_without_what_stands_there(
    monkeypatch: pytest.MonkeyPatch, place: AnswerPlace, where: str, words: str
) -> None:
    hand_over(monkeypatch, b"\n")
    with pytest.raises(SettingsProblem) as raised:
        read(place, where)
    assert words in raised.value.message
    assert CANARY not in f"{raised.value} {raised.value.next_step}"


def test_a_secret_is_not_typed_on_a_terminal_that_shows_it(monkeypatch: pytest.MonkeyPatch) -> None:
    master, slave = os.openpty()
    with open(master, "w") as keyboard, open(slave) as terminal:
        keyboard.write("x\n\x04")
        keyboard.flush()
        monkeypatch.setattr(sys, "stdin", terminal)
        with pytest.raises(SettingsProblem, match="Standard input is a terminal") as raised:
            read(AnswerPlace.STANDARD_INPUT)
    assert "pass show acme | aep-tui create" in raised.value.next_step


def test_standard_input_that_is_no_text_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    hand_over(monkeypatch, b"\xff\xfe\xfa\x80x")
    with pytest.raises(SettingsProblem, match="is no text"):
        read(AnswerPlace.STANDARD_INPUT)


def test_the_home_of_an_unknown_user_is_refused_in_words() -> None:
    with pytest.raises(SettingsProblem, match="No such file"):
        read(AnswerPlace.FILE, "~nobody-of-this-name/secret")
