from __future__ import annotations

import json
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aep_tui.domain.draft import Draft
from aep_tui.domain.problem import SettingsProblem
from aep_tui.domain.secret import Secret
from aep_tui.domain.source import Cloud
from aep_tui.domain.target import Mode, Target
from aep_tui.state.draft_store import LoadedDraft, load_draft, remove_draft, save_draft
from tests.kit.clock import FakeClock
from tests.secrets import CANARY

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


def save(draft: Draft = DRAFT) -> None:
    save_draft(draft, TARGET, secret_names=SECRETS, clock=FakeClock(NOW))


def draft_path(home: Path) -> Path:
    return home / "state" / "aep-tui" / "draft.json"


def test_everything_but_the_secrets_comes_back() -> None:
    save()
    saved = load_draft().saved
    assert saved is not None
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


def test_an_empty_draft_can_be_saved_too() -> None:
    save(Draft())
    saved = load_draft().saved
    assert saved is not None
    assert saved.draft == Draft()


def test_no_secret_reaches_the_private_file(home: Path) -> None:
    save()
    assert CANARY not in draft_path(home).read_text()
    assert stat.S_IMODE(draft_path(home).stat().st_mode) == 0o600


def test_nothing_saved_is_nothing_and_a_removed_draft_is_gone() -> None:
    assert load_draft() == LoadedDraft()
    save()
    remove_draft()
    remove_draft()
    assert load_draft() == LoadedDraft()


def test_a_file_that_others_may_write_is_not_trusted(home: Path) -> None:
    save()
    draft_path(home).chmod(0o666)
    assert load_draft().saved is None
    assert "Other users may write" in load_draft().note
    with pytest.raises(SettingsProblem):
        save()


_broken = st.sampled_from(["format", "saved_at", "target", "cloud", "answers", "name", "acknowledged_notice_ids"])
_rubbish = st.none() | st.integers() | st.text(max_size=5) | st.lists(st.integers(), max_size=2) | st.just({"a": None})


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(_broken, _rubbish, min_size=1), st.booleans())
def test_a_file_in_another_form_gives_a_note_and_never_a_traceback(
    home: Path, changes: dict[str, object], is_cut: bool
) -> None:
    save()
    document = json.loads(draft_path(home).read_text())
    text = json.dumps(document | changes)
    draft_path(home).write_text(text[: len(text) // 2] if is_cut else text)
    loaded = load_draft()
    assert (loaded.saved is None) == bool(loaded.note)
    if is_cut or "format" in changes:
        assert loaded.note
