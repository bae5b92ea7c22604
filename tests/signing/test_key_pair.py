from __future__ import annotations

import errno
import os
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from aep_tui.domain.secret import Secret
from aep_tui.signing import problems
from aep_tui.signing.certificate import read_certificate
from aep_tui.signing.key_pair import CERTIFICATE_LIFETIME, KeyPair, make_key_pair
from aep_tui.signing.token import inspect_private_key
from tests.kit.canary import CANARY
from tests.signing.conftest import NOW, facts_of


def make(folder: Path, passphrase: str = "", bits: int = 2048) -> KeyPair:
    return make_key_pair(folder / "key.pem", folder / "cert.pem", now=NOW, passphrase=Secret(passphrase), bits=bits)


def test_the_pair_belongs_together_and_signs(tmp_path: Path) -> None:
    pair = make(tmp_path)
    facts = facts_of(pair.key_file, certificate_file=pair.certificate_file)
    assert facts.matches_certificate is True
    assert facts.fingerprint == pair.key_fingerprint
    certificate = read_certificate(pair.certificate_file)
    assert certificate.fingerprint == pair.certificate_fingerprint
    assert certificate.ends_at == pair.ends_at == NOW + CERTIFICATE_LIFETIME
    assert inspect_private_key(pair.key_file) == replace(facts, certificate=None)


@pytest.fixture
def asked_bits(monkeypatch: pytest.MonkeyPatch, key: rsa.RSAPrivateKey) -> list[int]:
    """Take a key that is there, where it need not be a new one: finding its primes is what takes long."""
    bits: list[int] = []

    def take(*, public_exponent: int, key_size: int) -> rsa.RSAPrivateKey:
        bits.append(key_size)
        assert public_exponent == 65537
        return key

    monkeypatch.setattr(rsa, "generate_private_key", take)
    return bits


def test_the_size_is_that_which_was_asked_for_and_each_pair_is_another(tmp_path: Path) -> None:
    pairs = []
    for bits in (2048, 2056):
        (folder := tmp_path / str(bits)).mkdir()
        pairs.append(make(folder, bits=bits))
        assert inspect_private_key(pairs[-1].key_file).bits == bits
    assert len({pair.key_fingerprint for pair in pairs}) == 2


def test_the_default_is_4096_bits_as_in_the_tutorial(tmp_path: Path, asked_bits: list[int]) -> None:
    make_key_pair(tmp_path / "key.pem", tmp_path / "cert.pem", now=NOW)
    assert asked_bits == [4096]


@pytest.mark.usefixtures("asked_bits")
@pytest.mark.skipif(not shutil.which("openssl"), reason="openssl is not on this machine")
def test_openssl_accepts_the_certificate_as_self_signed(tmp_path: Path) -> None:
    pair = make(tmp_path)
    done = subprocess.run(
        ["openssl", "verify", "-CAfile", pair.certificate_file, "-no_check_time", pair.certificate_file],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.endswith(": OK\n"), done.stderr


@pytest.mark.usefixtures("asked_bits")
def test_both_files_are_for_their_owner_only_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        pair = make(tmp_path)
    finally:
        os.umask(before)
    assert {path.stat().st_mode & 0o777 for path in (pair.key_file, pair.certificate_file)} == {0o600}


@pytest.mark.usefixtures("asked_bits")
def test_a_passphrase_encrypts_the_key_and_stands_nowhere(tmp_path: Path) -> None:
    pair = make(tmp_path, passphrase=CANARY)
    assert b"ENCRYPTED" in pair.key_file.read_bytes()
    assert facts_of(pair.key_file, passphrase=Secret(CANARY)).fingerprint == pair.key_fingerprint
    with pytest.raises(problems.PassphraseNeededProblem):
        inspect_private_key(pair.key_file)
    assert not any(CANARY.encode() in path.read_bytes() for path in tmp_path.iterdir())
    assert CANARY not in repr(pair)


@pytest.mark.usefixtures("asked_bits")
@pytest.mark.parametrize("taken", ["key.pem", "cert.pem"])
@pytest.mark.parametrize("kind", ["file", "folder", "dangling link"])
def test_nothing_is_ever_overwritten_and_nothing_is_left_behind(tmp_path: Path, taken: str, kind: str) -> None:
    path = tmp_path / taken
    if kind == "file":
        path.write_text("precious")
    elif kind == "folder":
        path.mkdir()
    else:
        path.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(problems.KeyPairProblem, match="already"):
        make(tmp_path)
    assert [entry.name for entry in tmp_path.iterdir()] == [taken]
    if kind == "file":
        assert path.read_text() == "precious"


@pytest.mark.usefixtures("asked_bits")
def test_a_certificate_that_cannot_be_written_takes_the_key_back(tmp_path: Path) -> None:
    with pytest.raises(problems.KeyPairProblem, match="cannot be written"):
        make_key_pair(tmp_path / "key.pem", tmp_path / "nowhere" / "cert.pem", now=NOW, bits=2048)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("asked_bits")
def test_a_key_that_could_not_be_written_whole_is_not_left_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(problems.KeyPairProblem, match=r"key\.pem cannot be written"):
        make(tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("asked_bits")
def test_one_name_for_both_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(problems.KeyPairProblem):
        make_key_pair(tmp_path / "key.pem", tmp_path / "key.pem", now=NOW, bits=2048)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("asked_bits")
def test_a_passphrase_that_is_too_long_or_broken_has_words_or_works(tmp_path: Path) -> None:
    with pytest.raises(problems.KeyPairProblem, match="too long"):
        make(tmp_path, passphrase=CANARY * 50)
    assert list(tmp_path.iterdir()) == []
    pair = make(tmp_path, passphrase=f"{CANARY}\ud800")
    with pytest.raises(problems.WrongPassphraseProblem):
        facts_of(pair.key_file, passphrase=Secret(f"{CANARY}\ud801"))
