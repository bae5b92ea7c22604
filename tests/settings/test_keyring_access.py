from __future__ import annotations

import sys
import threading
import types
from collections.abc import Callable

import pytest

from aep_tui.domain.problem import SettingsProblem
from aep_tui.settings.keyring_access import remove_from_keyring, secret_from_keyring, store_in_keyring
from aep_tui.settings.setting import SettingName
from tests.kit.canary import CANARY


class Backend:
    pass


class FakeKeyring(types.ModuleType):
    """Stands in for the optional package."""

    def __init__(self) -> None:
        super().__init__("keyring")
        self.entries: dict[tuple[str, str], str] = {}
        self.backend: object = Backend()
        self.before: Callable[[], object] = lambda: None

    def get_keyring(self) -> object:
        return self.backend

    def get_password(self, service: str, entry: str) -> str | None:
        self.before()
        return self.entries.get((service, entry))

    def set_password(self, service: str, entry: str, text: str) -> None:
        self.before()
        self.entries[service, entry] = text

    def delete_password(self, service: str, entry: str) -> None:
        del self.entries[service, entry]


@pytest.fixture
def keyring(monkeypatch: pytest.MonkeyPatch) -> FakeKeyring:
    fake = FakeKeyring()
    monkeypatch.setitem(sys.modules, "keyring", fake)
    return fake


def test_a_secret_goes_in_comes_out_and_goes_away(keyring: FakeKeyring) -> None:
    store_in_keyring("acme", SettingName.CLIENT_SECRET, CANARY)
    assert secret_from_keyring("acme", SettingName.CLIENT_SECRET) == CANARY
    with pytest.raises(SettingsProblem, match="no secret for the profile"):
        secret_from_keyring("acme", SettingName.ACCESS_TOKEN)
    remove_from_keyring("acme", SettingName.CLIENT_SECRET)
    remove_from_keyring("acme", SettingName.CLIENT_SECRET)
    assert keyring.entries == {}


def test_without_the_package_the_person_is_told_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)
    with pytest.raises(SettingsProblem, match="not installed") as refusal:
        secret_from_keyring("acme", SettingName.CLIENT_SECRET)
    assert "aep-tui[keyring]" in refusal.value.next_step


def test_a_keyring_that_hangs_is_given_up(keyring: FakeKeyring) -> None:
    release = threading.Event()
    keyring.before = release.wait
    try:
        with pytest.raises(SettingsProblem, match="did not answer"):
            secret_from_keyring("acme", SettingName.CLIENT_SECRET, time_limit=0.05)
    finally:
        release.set()


def test_a_keyring_that_fails_is_told_without_its_words(keyring: FakeKeyring) -> None:
    def fail() -> None:
        raise RuntimeError(CANARY)

    keyring.before = fail
    with pytest.raises(SettingsProblem, match="RuntimeError") as refusal:
        store_in_keyring("acme", SettingName.CLIENT_SECRET, CANARY)
    assert CANARY not in f"{refusal.value} {refusal.value.__context__!r}"


def test_a_backend_that_lacks_a_library_is_no_missing_keyring(keyring: FakeKeyring) -> None:
    def fail() -> None:
        raise ModuleNotFoundError("No module named 'secretstorage'", name="secretstorage")

    keyring.before = fail
    with pytest.raises(SettingsProblem, match="ModuleNotFoundError") as refusal:
        secret_from_keyring("acme", SettingName.CLIENT_SECRET)
    assert "aep-tui[keyring]" not in refusal.value.next_step


@pytest.mark.parametrize("module", ["keyrings.alt.file", "keyring.backends.fail", "keyring.backends.null"])
@pytest.mark.parametrize("is_chained", [False, True])
def test_a_keyring_that_keeps_secrets_in_clear_is_not_used(keyring: FakeKeyring, module: str, is_chained: bool) -> None:
    plain = type("Plaintext", (), {"__module__": module})()
    keyring.backend = type("Chain", (), {"backends": [plain]})() if is_chained else plain
    with pytest.raises(SettingsProblem, match="in clear or not at all"):
        store_in_keyring("acme", SettingName.CLIENT_SECRET, CANARY)
    assert keyring.entries == {}
