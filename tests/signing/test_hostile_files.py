from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aep_tui.domain.secret import Secret
from aep_tui.signing.certificate import read_certificate
from aep_tui.signing.problems import SigningProblem
from tests.kit.canary import CANARY
from tests.kit.examples import examples
from tests.signing.conftest import facts_of

hostile = settings(max_examples=examples(60))


def read_in_every_way(file: Path) -> None:
    for passphrase in (None, Secret(CANARY)):
        with contextlib.suppress(SigningProblem):
            facts_of(file, passphrase=passphrase)
    with contextlib.suppress(SigningProblem):
        read_certificate(file)


@hostile
@given(
    st.binary(max_size=200), st.sampled_from([b"", b"\x30\x82", b"-----BEGIN PRIVATE KEY-----\n", b"\xfe\xed\xfe\xed"])
)
def test_any_file_ends_in_words(tmp_path: Path, content: bytes, beginning: bytes) -> None:
    file = tmp_path / "file"
    file.write_bytes(beginning + content)
    read_in_every_way(file)


@hostile
@given(st.data())
def test_any_change_of_a_good_file_ends_in_words_or_in_a_key(folder: Path, tmp_path: Path, data: st.DataObject) -> None:
    names = ["pkcs1.pem", "pkcs8.der", "pkcs8-encrypted.pem", "pkcs1-encrypted.pem", "key.p12", "cert.der", "ssh"]
    content = bytearray((folder / data.draw(st.sampled_from(names))).read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place : place + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    file = tmp_path / "file"
    file.write_bytes(content)
    read_in_every_way(file)


def test_a_certificate_with_an_unknown_kind_of_key_has_words(folder: Path, tmp_path: Path) -> None:
    """Found by changing bytes at random: the identifier of RSA, 1.2.840.113549.1.1.1, became another one."""
    file = tmp_path / "cert.der"
    rsa = bytes.fromhex("06092a864886f70d010101")
    content = (folder / "cert.der").read_bytes()
    assert rsa in content
    file.write_bytes(content.replace(rsa, b"\x06\x09\x00" + rsa[3:]))
    with pytest.raises(SigningProblem):
        read_certificate(file)
