from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import aep_tui
from aep_tui.domain.intent import Intent, IntentJournal, IntentOutcome, OutcomeKind
from aep_tui.domain.problem import SettingsProblem
from aep_tui.state.journal import Journal
from tests.secrets import CANARY

ROOT = str(Path(aep_tui.__path__[0]).parent)
NOW = datetime(2026, 11, 22, 1, 2, 3, 456789, tzinfo=UTC)
CREATED = IntentOutcome(OutcomeKind.CREATED, "c-1")


def intent(intent_id: str, **changes: object) -> Intent:
    values: dict[str, object] = {
        "id": intent_id,
        "started_at": NOW,
        "base_url": "https://platform.adobe.io",
        "organization_id": "ACME@AdobeOrg",
        "sandbox_name": "dev",
        "api_key": "key-1",
        "source_id": "salesforce",
        "auth_method_id": "basic-authentication",
        "connection_spec_id": "spec",
        "name": 'ACME "é"\n{}',
        "digest": "0" * 64,
        "not_before": NOW,
        "auth_spec_name": "Basic Authentication",
        "known_connection_ids": ("c-0",),
    }
    return Intent(**{**values, **changes})  # type: ignore[arg-type]  # a dictionary of all fields


def journal_path(home: Path) -> Path:
    return home / "state" / "aep-tui" / "journal.jsonl"


def test_it_is_the_journal_that_the_create_writes_to() -> None:
    journal: IntentJournal = Journal()
    journal.begin(intent("a"))


@pytest.mark.parametrize("known", [None, (), ("c-0", "c-1")])
def test_an_intent_comes_back_as_it_went_in_and_stays_open_until_its_outcome(known: tuple[str, ...] | None) -> None:
    wanted = intent("a", known_connection_ids=known)
    Journal().begin(wanted)
    assert Journal().open_intents() == (wanted,)
    Journal().finish("a", CREATED)
    assert Journal().open_intents() == ()
    [entry] = Journal().entries()
    assert (entry.intent, entry.outcome, entry.is_concluded) == (wanted, CREATED, False)


def test_an_intent_of_which_nobody_can_tell_stays_open_until_it_is_settled_or_concluded() -> None:
    journal = Journal()
    journal.begin(intent("a"))
    journal.begin(intent("b"))
    for name in "ab":
        journal.finish(name, IntentOutcome(OutcomeKind.CANNOT_TELL))
    assert [one.id for one in journal.open_intents()] == ["a", "b"]
    journal.finish("a", IntentOutcome(OutcomeKind.NOT_CREATED))
    journal.conclude("b")
    assert journal.open_intents() == ()


def test_a_created_connection_is_offered_for_watching_until_the_person_has_seen_its_end() -> None:
    journal = Journal()
    journal.begin(intent("a"))
    journal.finish("a", CREATED)
    assert [entry.outcome for entry in journal.unconcluded_connections()] == [CREATED]
    journal.conclude("a")
    assert journal.unconcluded_connections() == ()


def test_no_file_means_no_intents_and_asking_makes_none(home: Path) -> None:
    assert Journal().entries() == ()
    assert not journal_path(home).exists()


def test_the_file_is_private(home: Path) -> None:
    Journal().begin(intent("a"))
    assert stat.S_IMODE(journal_path(home).stat().st_mode) == 0o600


def test_each_line_is_on_the_disk_before_the_call_returns(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    seen: list[int] = []
    fsync = os.fsync

    def counting(descriptor: int) -> None:
        fsync(descriptor)
        seen.append(journal_path(home).stat().st_size)

    monkeypatch.setattr("os.fsync", counting)
    Journal().begin(intent("a"))
    assert seen[-1] == journal_path(home).stat().st_size > 0


def test_a_disk_that_takes_nothing_is_told_before_anything_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    journal = Journal()

    def full(descriptor: int, content: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.write", full)
    with pytest.raises(SettingsProblem, match="No space left") as refusal:
        journal.begin(intent("a"))
    assert "nothing is sent" in refusal.value.next_step


@pytest.mark.parametrize("cut", range(1, 40, 3))
def test_a_line_that_was_cut_off_is_passed_over_and_does_not_swallow_the_next_one(home: Path, cut: int) -> None:
    journal = Journal()
    journal.begin(intent("a"))
    journal.begin(intent("b"))
    path = journal_path(home)
    path.write_bytes(path.read_bytes()[:-cut])
    complete = {1: ["a", "b"]}.get(cut, ["a"])
    assert [one.id for one in journal.open_intents()] == complete
    journal.begin(intent("c"))
    journal.finish("a", CREATED)
    assert [one.id for one in journal.open_intents()] == [*complete[1:], "c"]


def test_a_secret_in_an_explanation_does_not_reach_the_file(home: Path) -> None:
    journal = Journal()
    journal.begin(intent("a"))
    journal.finish("a", IntentOutcome(OutcomeKind.NOT_CREATED, "", f'the server said {{"password": "{CANARY}"}}'))
    assert CANARY not in journal_path(home).read_text()
    [entry] = journal.entries()
    assert entry.outcome is not None
    assert "the server said" in entry.outcome.explanation


def test_a_long_journal_is_read_from_its_end(home: Path) -> None:
    journal = Journal()
    journal.begin(intent("old"))
    with journal_path(home).open("a") as stream:
        stream.write(("x" * 1000 + "\n") * 1100)
    journal.begin(intent("new"))
    assert [one.id for one in journal.open_intents()] == ["new"]


def test_a_journal_behind_a_symbolic_link_is_refused(home: Path, tmp_path: Path) -> None:
    journal = Journal()
    journal_path(home).symlink_to(tmp_path / "elsewhere")
    for work in (lambda: journal.begin(intent("a")), journal.entries):
        with pytest.raises(SettingsProblem, match="symbolic link"):
            work()
    assert not (tmp_path / "elsewhere").exists()


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.binary(max_size=40)
        | st.sampled_from(
            [
                b'{"event": "begin", "intent": 5}',
                b'{"event": "begin", "intent": {"id": "x"}}',
                b'{"event": "finish", "id": ["good"], "kind": []}',
                b'{"event": "finish", "id": "good", "kind": "created", "connection_id": 5}',
                b'{"event": "conclude", "id": null}',
                b"[" * 2000,
                b"null",
            ]
        ),
        max_size=5,
    )
)
def test_no_line_of_rubbish_hides_a_good_one(home: Path, rubbish: list[bytes]) -> None:
    path = journal_path(home)
    path.unlink(missing_ok=True)
    journal = Journal()
    path.touch(0o600)
    path.write_bytes(b"".join(line + b"\n" for line in rubbish))
    journal.begin(intent("good"))
    with path.open("ab") as stream:
        stream.write(b"".join(b"\n" + line for line in rubbish))
    assert [one.id for one in journal.open_intents()] == ["good"]


def test_writers_side_by_side_lose_no_line(home: Path) -> None:
    program = (
        "import sys\n"
        "from tests.state.test_journal import intent\n"
        "from aep_tui.state.journal import Journal\n"
        "for number in range(20): Journal().begin(intent(f'{sys.argv[1]}-{number}'))\n"
    )
    writers = [
        subprocess.Popen([sys.executable, "-c", program, name], env=os.environ | {"PYTHONPATH": ROOT}) for name in "ab"
    ]
    assert [writer.wait(60) for writer in writers] == [0, 0]
    assert {one.id for one in Journal().open_intents()} == {f"{name}-{number}" for name in "ab" for number in range(20)}


def test_a_process_that_is_killed_after_begin_leaves_an_open_intent() -> None:
    program = (
        "import os, signal\n"
        "from tests.state.test_journal import intent\n"
        "from aep_tui.state.journal import Journal\n"
        "Journal().begin(intent('killed')); os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], env=os.environ | {"PYTHONPATH": ROOT}, check=False)
    assert done.returncode == -signal.SIGKILL
    assert [one.id for one in Journal().open_intents()] == ["killed"]
