from __future__ import annotations

import errno
import json
import os
import re
import stat
from pathlib import Path

import pytest
from pydantic import BaseModel, RootModel, SecretStr, ValidationError

from aep_tui.domain.problem import Problem, SettingsProblem
from aep_tui.domain.secrets import Secrets
from aep_tui.domain.target import checked_base_url
from aep_tui.state import crash_report
from aep_tui.state.crash_report import crash_words, write_crash_report
from tests.kit.canary import CANARY, knowing


def crashed(secret: str = CANARY) -> Exception:
    """Raise with the secret in locals, in the source line, in the message and in the cause."""
    try:
        try:
            params = {"clientSecret": secret}
            raise KeyError(secret)
        except KeyError as cause:
            raise RuntimeError(f"the server said {params}\x1b]52;evil") from cause
    except RuntimeError as error:
        return error


def report_of(error: BaseException, secrets: Secrets | None = None, **context: str) -> tuple[Path, str]:
    path = write_crash_report(error, secrets or Secrets(), context=context)
    assert path is not None
    return path, path.read_text()


def test_the_report_says_where_it_happened_and_nothing_of_what_was_typed(home: Path) -> None:
    _, text = report_of(crashed(), knowing({"clientSecret": CANARY}), screen=f"Credentials {CANARY}")
    assert CANARY not in text
    assert "error: builtins.RuntimeError" in text
    assert "caused by: builtins.KeyError" in text
    assert "\n  at test_crash_report.py:" in text, "what lies elsewhere is its name alone"
    assert "crashed" in text
    assert "params =" not in text
    assert "\x1b" not in text
    assert "screen: Credentials" in text
    assert str(home) not in text


def test_the_report_is_private_and_stands_in_the_private_state_directory(home: Path) -> None:
    path, _ = report_of(crashed(), knowing({"clientSecret": CANARY}))
    assert path.is_relative_to(home / "state")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_versions_and_terminal_are_told_and_nothing_else_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("TMUX", f"/tmp/{CANARY},1,0")
    monkeypatch.setenv("UNRELATED", CANARY)
    _, text = report_of(ValueError("x"))
    assert "TERM 'xterm-256color'" in text
    assert "TMUX set" in text
    assert "textual 8" in text
    assert CANARY not in text


def test_the_text_of_a_validation_error_is_left_out_because_it_quotes_its_input() -> None:
    class Model(BaseModel):
        token: SecretStr
        count: int

    with pytest.raises(ValidationError) as refusal:
        Model.model_validate({"token": [CANARY], "count": CANARY})
    assert CANARY not in report_of(refusal.value)[1]


def test_the_error_that_ended_a_worker_is_told() -> None:
    class WorkerFailed(Exception):
        def __init__(self, error: Exception) -> None:
            self.error = error

    _, text = report_of(WorkerFailed(ValueError(CANARY)))
    assert "in the worker: builtins.ValueError" in text
    assert CANARY not in text


def test_every_error_of_a_group_is_told() -> None:
    _, text = report_of(ExceptionGroup("both", [ValueError("one"), TypeError("two")]))
    assert "in the group: builtins.ValueError" in text
    assert "in the group: builtins.TypeError" in text


def test_a_state_directory_that_cannot_be_used_leads_to_a_temporary_one(
    home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (home / "state").symlink_to(home)
    (home / "aep-tui").symlink_to(tmp_path)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    path, _ = report_of(crashed(), knowing({"clientSecret": CANARY}))
    assert path.is_relative_to(tmp_path)
    assert not path.is_relative_to(home)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_where_nothing_can_be_written_there_is_no_report_and_no_second_error(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "state").write_text("a file in the way")
    monkeypatch.setattr("tempfile.tempdir", str(home / "missing"))
    assert write_crash_report(crashed(), Secrets(), context={}) is None


def test_a_place_that_takes_no_file_leads_to_the_next_one(
    home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(crash_report, "_directories", lambda: iter((tmp_path / "nowhere", home)))
    path = write_crash_report(ValueError("x"), Secrets())
    assert path is not None
    assert path.parent == home


def test_a_report_that_fails_itself_hides_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken(Secrets):
        def clean(self, text: str) -> str:
            raise RuntimeError(text)

    assert write_crash_report(ValueError("x"), Broken()) is None


def test_an_error_without_a_text_is_reported_all_the_same() -> None:
    class Broken(Exception):
        def __str__(self) -> str:
            raise ValueError(CANARY)

    assert "Broken" in report_of(Broken())[1]


@pytest.mark.parametrize(
    "error", [RuntimeError(CANARY), MemoryError(CANARY), KeyError(CANARY), Exception(CANARY[::-1])]
)
def test_the_text_of_an_unexpected_error_is_left_out_although_nobody_knows_its_secret(error: Exception) -> None:
    text = report_of(ExceptionGroup("both", [error]))[1]
    assert CANARY not in text
    assert CANARY[::-1] not in text
    assert "left out" in text


def test_the_words_of_our_own_problems_and_of_the_system_are_told() -> None:
    assert "No space left on device" in report_of(OSError(errno.ENOSPC, CANARY))[1]
    assert CANARY not in report_of(OSError(errno.ENOSPC, CANARY))[1]
    assert "The disk: is full" in report_of(Problem("The disk", "is full"))[1]


def test_what_was_handled_meanwhile_is_told_unless_it_was_set_aside() -> None:
    def fail(*, aside: bool) -> Exception:
        try:
            try:
                raise KeyError("first")
            except KeyError:
                if aside:
                    raise ValueError("second") from None
                raise ValueError("second")  # noqa: B904 - what is tried here
        except ValueError as error:
            return error

    assert "while handling: builtins.KeyError" in report_of(fail(aside=False))[1]
    assert "KeyError" not in report_of(fail(aside=True))[1]


def test_a_long_chain_is_told_eight_errors_deep_and_a_circle_once() -> None:
    first = error = ValueError()
    for _number in range(20):
        error.__cause__ = ValueError()
        error = error.__cause__
    assert report_of(first)[1].count("builtins.ValueError") == 8
    one, other = TypeError(), KeyError()
    one.__cause__, other.__cause__ = other, one
    text = report_of(one)[1]
    assert (text.count("TypeError"), text.count("builtins.KeyError")) == (1, 1)


def test_places_are_named_from_the_package_on_whoevers_home_it_lies_in() -> None:
    with pytest.raises(Problem) as ours:
        checked_base_url("")
    assert "\n  at aep_tui/domain/target.py:" in report_of(ours.value)[1]
    with pytest.raises(ValidationError) as librarys:
        RootModel[int].model_validate("x")
    assert "\n  at pydantic/main.py:" in report_of(librarys.value)[1]
    with pytest.raises(ValueError, match="Expecting value") as standard:
        json.loads("x")
    assert re.search(r"\n  at \d\.\d+/json/decoder\.py:", report_of(standard.value)[1])


def test_the_terminal_is_described_by_what_it_says_of_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TERM", "COLORTERM", "TMUX"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.setenv("LINES", "33")
    text = report_of(ValueError("x"))[1]
    assert "TERM 'not set'" in text
    assert "COLORTERM 'not set'" in text
    assert "TMUX not set" in text
    assert "size 120x33" in text
    monkeypatch.setenv("TERM", "x" * 41)
    assert f"TERM '{'x' * 40}'" in report_of(ValueError("x"))[1]


def test_what_a_person_reads_names_the_kind_the_report_and_what_to_do_first(home: Path) -> None:
    words = crash_words(ValueError(CANARY), Secrets())
    first, second, third = words.split("\n")
    assert first == "aep-tui: an unexpected failure (ValueError) ended the program."
    assert second.startswith("A report without your values is in ")
    assert third.startswith("If a request was on its way, look for the connection on the platform")
    assert CANARY not in words


def test_a_problem_has_words_of_its_own_and_no_report(home: Path) -> None:
    problem = SettingsProblem("A title", "What happened.", "What to do.")
    assert crash_words(problem, Secrets()) == "aep-tui: A title. What happened. What to do."
    assert not list(home.rglob("crash*"))
    assert "(NoneType)" in crash_words(None, Secrets())
    assert "A report" not in crash_words(None, Secrets())


def test_a_secret_of_the_run_is_in_no_last_words() -> None:
    secrets = Secrets()
    secrets.hold(CANARY, "password")
    assert CANARY not in crash_words(SettingsProblem("A title", f"It said {CANARY}."), secrets)


def test_a_terminal_that_tells_no_size_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_terminal(*_descriptor: int) -> os.terminal_size:
        raise OSError(errno.ENOTTY, "no terminal")

    for name in ("COLUMNS", "LINES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("os.get_terminal_size", no_terminal)
    assert "\nsize 0x0\n" in report_of(ValueError("x"))[1]
