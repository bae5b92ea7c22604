from __future__ import annotations

import errno
import json
import os
import stat
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aep_tui.domain.draft import Draft
from aep_tui.domain.problem import SettingsProblem
from aep_tui.domain.secret import Secret
from aep_tui.domain.secrets import Secrets
from aep_tui.domain.source import Cloud
from aep_tui.domain.target import Mode, Target
from aep_tui.domain.wizard import Step
from aep_tui.state.draft_store import DraftStore, LeftDrafts, SavedDraft
from tests.kit.canary import CANARY
from tests.kit.clock import FakeClock
from tests.kit.examples import examples

NOW = datetime(2026, 11, 22, 1, 2, 3, tzinfo=UTC)
SECRETS = frozenset({"password", "securityToken"})
TARGET = Target(Mode.LIVE, "https://platform.adobe.io", "ACME@AdobeOrg", "dev", "key-1", Secret(CANARY))
DRAFT = Draft(
    cloud=Cloud.AZURE,
    source_id="salesforce",
    auth_method_id="basic-authentication",
    acknowledged_notice_ids=frozenset({"a", "b"}),
    answers={
        "environmentUrl": "https://acme.my.salesforce.com",
        "password": Secret(CANARY),
        "securityToken": CANARY,
        "undeclared": Secret(CANARY),
        "includeDeletedObjects": True,
    },
    name="ACME é\n",
    description='"quoted"',
)


def saved_by(store: DraftStore, draft: Draft = DRAFT, step: Step = Step.CREDENTIALS) -> DraftStore:
    store.save(draft, TARGET, step, secret_names=SECRETS, secrets=Secrets(), clock=FakeClock(NOW))
    return store


def save(draft: Draft = DRAFT) -> None:
    """Save as a window that is gone."""
    saved_by(DraftStore(), draft).close()


def newest() -> SavedDraft:
    found = DraftStore().left_by_others().newest
    assert found is not None
    return found


def draft_path(home: Path) -> Path:
    (path,) = (home / "state" / "aep-tui").glob("draft-*.json")
    return path


def test_everything_but_the_secrets_comes_back() -> None:
    save()
    saved = newest()
    assert saved.draft == Draft(
        cloud=DRAFT.cloud,
        source_id=DRAFT.source_id,
        auth_method_id=DRAFT.auth_method_id,
        acknowledged_notice_ids=DRAFT.acknowledged_notice_ids,
        answers={"environmentUrl": "https://acme.my.salesforce.com", "includeDeletedObjects": True},
        name=DRAFT.name,
        description=DRAFT.description,
    )
    assert saved.target == Target(Mode.LIVE, "https://platform.adobe.io", "ACME@AdobeOrg", "dev", "key-1")
    assert saved.asked_for_again == ("password", "securityToken", "undeclared")
    assert saved.saved_at == NOW
    assert saved.step is Step.CREDENTIALS


def test_an_empty_draft_can_be_saved_too() -> None:
    save(Draft())
    assert newest().draft == Draft()


def test_no_secret_reaches_the_private_file(home: Path) -> None:
    save()
    assert CANARY not in draft_path(home).read_text()
    assert stat.S_IMODE(draft_path(home).stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "text",
    [
        f"eyJhbGciOiJSUzI1NiJ9.{CANARY}.c2lnbmF0dXJl",
        f"Bearer {CANARY}",
        f"https://acme.my.salesforce.com?password={CANARY}",
        f"-----BEGIN PRIVATE KEY-----\n{CANARY}\n-----END PRIVATE KEY-----",
    ],
    ids=["token", "header", "address", "key"],
)
def test_a_secret_in_the_field_of_something_else_is_asked_for_again(text: str, home: Path) -> None:
    answers = {"clientId": text, "apiVersion": "62.0"}
    save(replace(DRAFT, answers=answers, name=text, description=text))
    assert CANARY not in draft_path(home).read_text()
    saved = newest()
    assert saved.draft == replace(DRAFT, answers={"apiVersion": "62.0"}, name="", description="")
    assert saved.asked_for_again == ("clientId",)


def test_nothing_saved_is_nothing_and_a_removed_draft_is_gone(home: Path) -> None:
    assert DraftStore().left_by_others() == LeftDrafts()
    store = saved_by(DraftStore())
    store.remove()
    store.remove()
    assert DraftStore().left_by_others() == LeftDrafts()
    assert not list((home / "state" / "aep-tui").glob("draft*"))
    saved_by(store).close()
    assert newest().draft.name == DRAFT.name, "the same answers, given anew, are saved anew"


def test_a_window_that_is_still_there_keeps_its_draft() -> None:
    ours = saved_by(DraftStore())
    assert DraftStore().left_by_others() == LeftDrafts()
    ours.close()
    assert newest().step is Step.CREDENTIALS


def test_two_windows_do_not_write_over_each_other() -> None:
    first, second = DraftStore(), DraftStore()
    saved_by(first, replace(DRAFT, name="first"))
    saved_by(second, replace(DRAFT, name="second"))
    first.close()
    assert newest().draft.name == "first"
    second.remove()
    assert newest().draft.name == "first"


def test_a_draft_that_is_taken_over_is_the_one_of_the_new_window(home: Path) -> None:
    save()
    store = DraftStore()
    store.take_over(newest())
    assert DraftStore().left_by_others() == LeftDrafts(), "another window does not offer it any more"
    saved_by(store, replace(DRAFT, name="changed"), Step.NAME)
    assert len(list((home / "state" / "aep-tui").glob("draft-*.json"))) == 1
    store.close()
    assert (newest().draft.name, newest().step) == ("changed", Step.NAME)


def test_who_takes_over_a_draft_lets_others_have_its_own() -> None:
    save()
    left = newest()
    ours = saved_by(DraftStore(), replace(DRAFT, name="ours"))
    ours.take_over(left)
    assert newest().draft.name == "ours"


def test_a_discarded_draft_is_gone_and_one_that_was_taken_meanwhile_stays() -> None:
    save()
    left = newest()
    taker = DraftStore()
    taker.take_over(left)
    DraftStore().discard(left)
    taker.close()
    assert newest().draft.name == DRAFT.name
    DraftStore().discard(left)
    assert DraftStore().left_by_others() == LeftDrafts()


def test_the_one_file_of_earlier_versions_is_still_offered(home: Path) -> None:
    save()
    document = json.loads(draft_path(home).read_text())
    del document["step"]
    draft_path(home).rename(draft_path(home).with_name("draft.json"))
    (home / "state" / "aep-tui" / "draft.json").write_text(json.dumps(document))
    assert newest().step is Step.CLOUD


def test_a_file_that_others_may_write_is_not_trusted(home: Path) -> None:
    store = saved_by(DraftStore())
    draft_path(home).chmod(0o666)
    with pytest.raises(SettingsProblem):
        saved_by(store, replace(DRAFT, name="other"))
    store.close()
    found = DraftStore().left_by_others()
    assert found.newest is None
    assert "Other users may write" in found.notes[0]


def test_a_file_that_goes_while_it_is_looked_for_leaves_no_word(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save()
    monkeypatch.setattr("aep_tui.state.draft_store.read_private_file", lambda path: path.unlink())
    assert DraftStore().left_by_others() == LeftDrafts()


def test_a_place_that_cannot_be_looked_into_is_told(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(home / ("x" * 300)))
    found = DraftStore().left_by_others()
    assert found.newest is None
    assert len(found.notes) == 1
    assert found.notes[0].endswith("cannot be used: File name too long.")


_broken = st.sampled_from(["format", "saved_at", "target", "cloud", "answers", "name", "acknowledged_notice_ids"])
_rubbish = st.none() | st.integers() | st.text(max_size=5) | st.lists(st.integers(), max_size=2) | st.just({"a": None})


@settings(max_examples=examples(150))
@given(st.dictionaries(_broken, _rubbish, min_size=1), st.booleans())
def test_a_file_in_another_form_gives_a_note_and_never_a_traceback(
    home: Path, changes: dict[str, object], is_cut: bool
) -> None:
    for path in (home / "state" / "aep-tui").glob("draft*"):
        path.unlink()
    save()
    path = draft_path(home)
    document = json.loads(path.read_text())
    text = json.dumps(document | changes)
    path.write_text(text[: len(text) // 2] if is_cut else text)
    found = DraftStore().left_by_others()
    assert (found.newest is None) == bool(found.notes)


def test_where_the_place_cannot_lock_a_left_draft_can_be_taken_over_and_discarded(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def without_locks(_descriptor: int, _operation: int) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr("fcntl.flock", without_locks)
    saved_by(DraftStore())
    left = DraftStore().left_by_others().newest
    assert left is not None
    store = DraftStore()
    store.take_over(left)
    assert store.left_by_others().newest is None
    DraftStore().discard(left)
    assert not list((home / "state" / "aep-tui").glob("draft*"))


def test_the_same_answers_are_not_written_again_and_others_are() -> None:
    store = saved_by(DraftStore())
    later = FakeClock(NOW + timedelta(hours=1))
    store.save(DRAFT, TARGET, Step.CREDENTIALS, secret_names=SECRETS, secrets=Secrets(), clock=later)
    store.close()
    assert newest().saved_at == NOW
    store.save(DRAFT, TARGET, Step.NAME, secret_names=SECRETS, secrets=Secrets(), clock=later)
    store.close()
    assert newest().saved_at == NOW + timedelta(hours=1)


def test_of_several_drafts_that_were_left_the_youngest_is_offered() -> None:
    for hours, name in ((2, "second"), (3, "youngest"), (1, "oldest")):
        store = DraftStore()
        clock = FakeClock(NOW + timedelta(hours=hours))
        store.save(replace(DRAFT, name=name), TARGET, Step.NAME, secret_names=SECRETS, secrets=Secrets(), clock=clock)
        store.close()
    assert newest().draft.name == "youngest"


def test_looking_at_what_was_left_and_leaving_it_keeps_no_file_open() -> None:
    save()
    ours = saved_by(DraftStore())
    before = os.listdir("/proc/self/fd")
    left = newest()
    other = DraftStore()
    other.take_over(left)
    other.close()
    DraftStore().discard(left)
    assert DraftStore().left_by_others() == LeftDrafts()
    assert os.listdir("/proc/self/fd") == before
    ours.close()
    assert len(os.listdir("/proc/self/fd")) == len(before) - 1


def test_what_another_window_holds_is_left_to_it_and_kept_open_by_nobody_else(home: Path) -> None:
    ours = saved_by(DraftStore())
    before = os.listdir("/proc/self/fd")
    DraftStore().take_over(SavedDraft(DRAFT, TARGET, (), NOW, file_name=draft_path(home).name))
    assert os.listdir("/proc/self/fd") == before
    ours.close()
    assert newest().draft.name == DRAFT.name


def test_looking_and_forgetting_make_no_directory(home: Path) -> None:
    DraftStore().take_over(SavedDraft(DRAFT, TARGET, (), NOW))
    assert DraftStore().left_by_others() == LeftDrafts()
    DraftStore().remove()
    assert not (home / "state" / "aep-tui").exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"answers": {"apiVersion": 62.0}},
        {"answers": {"apiVersion": None}},
        {"answers": {"apiVersion": ["62.0"]}},
        {"acknowledged_notice_ids": "a"},
        {"acknowledged_notice_ids": {"a": "b"}},
        {"asked_for_again": "password"},
        {"saved_at": "2026-11-22T01:02:03"},
        {"format": 0},
        {"name": 1},
        {"step": "nowhere"},
        {"cloud": "nowhere"},
    ],
)
def test_a_value_of_another_kind_is_not_taken_for_an_answer(wrong: dict[str, object], home: Path) -> None:
    save()
    path = draft_path(home)
    path.write_text(json.dumps(json.loads(path.read_text()) | wrong))
    found = DraftStore().left_by_others()
    assert found.newest is None
    assert "in a form that this program does not know" in found.notes[0]
