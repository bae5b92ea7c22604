"""Key files in the forms in which they arrive: never refused when the cryptography library would take the key."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aep_tui.domain.secret import Secret
from aep_tui.signing.certificate import read_certificate
from aep_tui.signing.key_limits import LARGEST_ENCRYPTED, LARGEST_NUMBER, MOST_ROUNDS, demands_of
from aep_tui.signing.problems import (
    DamagedKeyProblem,
    PassphraseNeededProblem,
    SigningProblem,
    UnsuitableKeyProblem,
    WrongPassphraseProblem,
)
from aep_tui.signing.token import inspect_private_key
from tests.kit.canary import CANARY
from tests.signing.conftest import facts_of

FORMS: dict[str, Callable[[bytes], bytes]] = {
    "written line ends": lambda pem: pem.replace(b"\n", b"\\n"),
    "written line ends in quotation marks": lambda pem: b'PRIVATE_KEY="' + pem.replace(b"\n", b"\\n") + b'"\n',
    "written Windows line ends": lambda pem: pem.replace(b"\n", b"\\r\\n"),
    "blanks at the line ends": lambda pem: pem.replace(b"\n", b"  \n"),
    "indented": lambda pem: b"key: |\n  " + pem.replace(b"\n", b"\n  "),
    "carriage returns": lambda pem: pem.replace(b"\n", b"\r"),
    "one line": lambda pem: pem.replace(b"\n", b" "),
    "UTF-16": lambda pem: pem.decode().encode("utf-16"),
    "UTF-16 of PowerShell": lambda pem: pem.decode().replace("\n", "\r\n").encode("utf-16-le"),
    "UTF-16, the other way round": lambda pem: pem.decode().encode("utf-16-be"),
    "JSON": lambda pem: json.dumps({"type": "service", "private_key": pem.decode()}).encode(),
    "JSON with a broken letter": lambda pem: json.dumps({"note": "\ud800", "key": f"\ud800\n{pem.decode()}"}).encode(),
    "what begins like JSON": lambda pem: b"{ key: |\n" + pem + b"}",
    "a list in the JSON of PHP": lambda pem: json.dumps({"keys": [[pem.decode()]]}).replace("/", "\\/").encode(),
    "JSON inside JSON": lambda pem: json.dumps({"a": [{"cert": "-----BEGIN X-----"}, {"key": pem.decode()}]}).encode(),
}


@cache
def fingerprint_of(file: Path) -> str:
    """Return it; a key is the same for each form, and opening one takes 40 ms."""
    return facts_of(file, passphrase=Secret(CANARY)).fingerprint


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS.keys())
@pytest.mark.parametrize("name", ["pkcs1.pem", "pkcs8.pem", "pkcs8-encrypted.pem"])
def test_each_form_holds_the_same_key(folder: Path, tmp_path: Path, name: str, form: Callable[[bytes], bytes]) -> None:
    passphrase = Secret(CANARY)
    file = tmp_path / name
    file.write_bytes(form((folder / name).read_bytes()))
    assert facts_of(file, passphrase=passphrase).fingerprint == fingerprint_of(folder / name)


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS.keys())
def test_each_form_holds_the_same_certificate(folder: Path, tmp_path: Path, form: Callable[[bytes], bytes]) -> None:
    file = tmp_path / "cert.pem"
    file.write_bytes(form((folder / "cert.pem").read_bytes()))
    assert read_certificate(file) == read_certificate(folder / "cert.pem")


def test_a_key_that_is_cut_off_inside_json_is_damaged(folder: Path, tmp_path: Path) -> None:
    pem = (folder / "pkcs8.pem").read_text()
    file = tmp_path / "key.json"
    file.write_text(json.dumps({"private_key": pem[:300] + pem[400:]}))
    with pytest.raises(DamagedKeyProblem):
        inspect_private_key(file)


def der(tag: int, *contents: bytes) -> bytes:
    content = b"".join(contents)
    size = len(content).to_bytes(4, "big")
    return bytes([tag, 0x84]) + size + content


def number(value: int) -> bytes:
    return der(0x02, value.to_bytes(value.bit_length() // 8 + 1, "big"))


PBES2 = bytes.fromhex("06092a864886f70d01050d")
PBKDF2 = bytes.fromhex("06092a864886f70d01050c")


def encrypted_key(rounds: int, encrypted: bytes = b"x" * 1200) -> bytes:
    function = der(0x30, PBKDF2, der(0x30, der(0x04, b"saltsalt"), number(rounds)))
    scheme = der(0x30, bytes.fromhex("060960864801650304012a"), der(0x04, b"0" * 16))
    return der(0x30, der(0x30, PBES2, der(0x30, function, scheme)), der(0x04, encrypted))


@pytest.mark.parametrize("is_pem", [False, True])
def test_a_file_with_too_many_rounds_is_not_opened(tmp_path: Path, is_pem: bool) -> None:
    content = encrypted_key(MOST_ROUNDS + 1)
    if is_pem:
        armoured = base64.encodebytes(content)
        content = b"-----BEGIN ENCRYPTED PRIVATE KEY-----\n" + armoured + b"-----END ENCRYPTED PRIVATE KEY-----\n"
    file = tmp_path / "slow"
    file.write_bytes(content)
    with pytest.raises(UnsuitableKeyProblem, match="10000001 rounds"):
        facts_of(file, passphrase=Secret(CANARY))


def test_a_key_with_a_huge_modulus_is_not_opened(tmp_path: Path) -> None:
    file = tmp_path / "huge"
    huge = (1 << 65_536) - 1
    file.write_bytes(der(0x30, b"\x02\x01\x00", number(huge), *(number(3) for _ in range(7))))
    with pytest.raises(UnsuitableKeyProblem, match="16384 bits"):
        inspect_private_key(file)


NUMBER_OF_4096_BYTES = bytes.fromhex("02821000")
HEADERS = b"Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00112233445566778899AABBCCDDEEFF\n\n"


def traditional(content: bytes) -> bytes:
    lines = HEADERS + base64.encodebytes(content)
    return b"-----BEGIN RSA PRIVATE KEY-----\n" + lines + b"-----END RSA PRIVATE KEY-----\n"


@pytest.mark.parametrize(
    "content",
    [
        traditional(NUMBER_OF_4096_BYTES + b"x" * 1196),
        traditional(b"\x04\x00\x02\x04\xff\xff\xff\xff" + b"x" * 1192),
        encrypted_key(2048, encrypted=b"\x30\x80" + NUMBER_OF_4096_BYTES + b"x" * 1194),
    ],
    ids=["a large number", "many rounds", "an open length"],
)
def test_what_is_encrypted_is_never_read_as_numbers(tmp_path: Path, content: bytes) -> None:
    """Encrypted bytes say anything: of keys in the traditional form one in sixty was refused as too large."""
    file = tmp_path / "key"
    file.write_bytes(content)
    with pytest.raises(PassphraseNeededProblem):
        inspect_private_key(file)
    with pytest.raises(WrongPassphraseProblem):
        facts_of(file, passphrase=Secret(CANARY))


@pytest.mark.parametrize("digits", [0, 2, 16, 30, 31])
@pytest.mark.parametrize("cipher", ["AES-128-CBC", "AES-256-CBC"])
def test_an_encrypted_key_without_all_of_its_first_block_is_damaged(tmp_path: Path, cipher: str, digits: int) -> None:
    """Found by changing bytes at random: with 16 to 30 digits the cryptography library panics."""
    header = f"DEK-Info: {cipher},{'00112233445566778899AABBCCDDEEFF'[:digits]}".encode()
    file = tmp_path / "key"
    file.write_bytes(traditional(b"x" * 1200).replace(HEADERS.splitlines()[1], header))
    for passphrase in (None, Secret(CANARY)):
        with pytest.raises(DamagedKeyProblem):
            facts_of(file, passphrase=passphrase)


@pytest.mark.parametrize(
    "header",
    [
        "DEK-Info: AES-256-CBC,00112233445566778899AABBCCDDEEFF\nDEK-Info: AES-256-CBC,0011223344556677",
        "DEK-Info: AES-256-CBC,0011223344556677\nDEK-Info: AES-256-CBC,00112233445566778899AABBCCDDEEFF",
        "DEK-Info: \x0cAES-256-CBC,0011223344556677",
        "DEK-Info:\x0b AES-256-CBC,0011223344556677",
        "DEK-Info: AES-256-CBC,0011223344556677" + " " * 16,
        "DEK-Info: AES-256-CBC,0011223344556677" + "\u00a0" * 8,
    ],
)
def test_a_shortened_first_block_is_found_in_every_form_that_the_library_reads(tmp_path: Path, header: str) -> None:
    file = tmp_path / "key"
    file.write_bytes(traditional(b"x" * 1200).replace(HEADERS.splitlines()[1], header.encode()))
    with pytest.raises(DamagedKeyProblem):
        facts_of(file, passphrase=Secret(CANARY))


def test_a_key_that_only_says_that_it_is_encrypted_is_still_measured(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_bytes(traditional(der(0x30, b"\x02\x01\x00", number(1 << 65_536))))
    with pytest.raises(UnsuitableKeyProblem, match="16384 bits"):
        facts_of(file, passphrase=Secret(CANARY))


def test_an_encrypted_key_larger_than_any_is_not_opened(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_bytes(traditional(b"x" * LARGEST_ENCRYPTED))
    with pytest.raises(PassphraseNeededProblem):
        inspect_private_key(file)
    file.write_bytes(traditional(b"x" * (LARGEST_ENCRYPTED + 1)))
    with pytest.raises(UnsuitableKeyProblem, match="16384 bits"):
        inspect_private_key(file)
    assert not demands_of(der(0x04, b"x" * LARGEST_ENCRYPTED)).is_too_large
    assert demands_of(der(0x04, b"x" * (LARGEST_ENCRYPTED + 1))).is_too_large


def test_the_rounds_are_found_in_every_container() -> None:
    assert demands_of(encrypted_key(2048)).rounds == 2048
    assert demands_of(der(0x30, number(3), der(0x04, encrypted_key(600_000)))).rounds == 600_000
    mac = der(0x30, der(0x30, der(0x30), der(0x04, b"digest")), der(0x04, b"0\x02salt"), number(77))
    assert demands_of(der(0x30, number(3), mac)).rounds == 77
    open_length = b"\x30\x80" + encrypted_key(99) + b"\0\0"
    assert demands_of(open_length).rounds == 99


def test_usual_keys_ask_for_nothing_unusual(folder: Path) -> None:
    for name in ("pkcs1.der", "pkcs8.der", "pkcs8-encrypted.der", "key.p12", "encrypted.p12"):
        demands = demands_of((folder / name).read_bytes())
        assert demands.rounds <= 1_000_000, name
        assert not demands.is_too_large, name
    assert demands_of(number(1 << (8 * LARGEST_NUMBER + 8))).is_too_large


@given(st.binary(max_size=400))
def test_any_bytes_have_demands(content: bytes) -> None:
    assert demands_of(content).rounds >= 0


def test_the_words_never_quote_the_file(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "key.json"
    file.write_text(json.dumps({"private_key": f"-----BEGIN PRIVATE KEY-----\n{CANARY}\n-----END PRIVATE KEY-----"}))
    with pytest.raises(SigningProblem) as problem:
        inspect_private_key(file)
    assert CANARY not in f"{problem.value!r} {problem.value.next_step}"
