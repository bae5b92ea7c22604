"""Key files in every form, made once."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization as s
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12

from aep_tui.domain.secret import Secret
from aep_tui.domain.secrets import Secrets
from aep_tui.signing.key_pair import self_signed_certificate
from aep_tui.signing.token import PRODUCTION_AUDIENCE, KeyFacts, TokenClaims, default_expiry, mint
from tests.kit.canary import CANARY

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
CLAIMS = TokenClaims("3MVG9-client", "integration@acme.com", PRODUCTION_AUDIENCE, default_expiry(NOW))
PASSPHRASE = CANARY.encode()


def facts_of(key_file: Path, *, passphrase: Secret | None = None, certificate_file: Path | None = None) -> KeyFacts:
    """Sign with a key, and return what is told about it."""
    minted = mint(
        key_file, CLAIMS, now=NOW, secrets=Secrets(), passphrase=passphrase, certificate_file=certificate_file
    )
    return minted.key


@pytest.fixture(scope="session")
def key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@pytest.fixture(scope="session")
def other_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory, key: rsa.RSAPrivateKey, other_key: rsa.RSAPrivateKey) -> Path:
    """A folder of files whose names say what they are."""
    place = tmp_path_factory.mktemp("keys")
    none, some = s.NoEncryption(), s.BestAvailableEncryption(PASSPHRASE)
    pem, der = s.Encoding.PEM, s.Encoding.DER
    traditional, pkcs8 = s.PrivateFormat.TraditionalOpenSSL, s.PrivateFormat.PKCS8
    certificate = self_signed_certificate(key, NOW)
    chain = certificate.public_bytes(pem)
    public = key.public_key()
    files = {
        "pkcs1.pem": key.private_bytes(pem, traditional, none),
        "pkcs1-encrypted.pem": key.private_bytes(pem, traditional, some),
        "pkcs8.pem": key.private_bytes(pem, pkcs8, none),
        "pkcs8-encrypted.pem": key.private_bytes(pem, pkcs8, some),
        "pkcs1.der": key.private_bytes(der, traditional, none),
        "pkcs8.der": key.private_bytes(der, pkcs8, none),
        "pkcs8-encrypted.der": key.private_bytes(der, pkcs8, some),
        "bundle.pem": b"Bag Attributes\n" + chain + b"\n" + key.private_bytes(pem, pkcs8, none),
        "windows.pem": b"\xef\xbb\xbf" + key.private_bytes(pem, pkcs8, none).replace(b"\n", b"\r\n"),
        "chain.p12": pkcs12.serialize_key_and_certificates(b"acme", key, certificate, [certificate] * 24, none),
        "encrypted-chain.p12": pkcs12.serialize_key_and_certificates(
            b"acme", key, certificate, [certificate] * 24, some
        ),
        "key.p12": pkcs12.serialize_key_and_certificates(b"acme", key, certificate, None, none),
        "encrypted.p12": pkcs12.serialize_key_and_certificates(b"acme", key, certificate, None, some),
        "certificates.p12": pkcs12.serialize_key_and_certificates(b"acme", None, certificate, None, none),
        "cert.pem": chain,
        "cert.der": certificate.public_bytes(der),
        "other-cert.pem": self_signed_certificate(other_key, NOW).public_bytes(pem),
        "public.pem": public.public_bytes(pem, s.PublicFormat.SubjectPublicKeyInfo),
        "ssh": key.private_bytes(pem, s.PrivateFormat.OpenSSH, none),
        "small.pem": rsa.generate_private_key(public_exponent=65537, key_size=1024).private_bytes(pem, pkcs8, none),
        "ec-pkcs8.pem": ec.generate_private_key(ec.SECP256R1()).private_bytes(pem, pkcs8, none),
        "ec-sec1.der": ec.generate_private_key(ec.SECP256R1()).private_bytes(der, traditional, none),
        "ec-sec1.pem": ec.generate_private_key(ec.SECP256R1()).private_bytes(pem, traditional, none),
        "keystore.jks": b"\xfe\xed\xfe\xed\x00\x00\x00\x02" + b"x" * 100,
        "notes.txt": b"the key is in the other folder\n",
        "empty.pem": b"",
        "huge.pem": b"-" * (256 * 1024 + 1),
    }
    whole = files["pkcs8.pem"]
    files["no-end.pem"] = whole[: len(whole) // 2]
    lines = whole.splitlines(keepends=True)
    files["lines-missing.pem"] = b"".join(lines[:10] + lines[12:])
    files["changed.pem"] = b"".join([lines[0], b"!!" + lines[1][2:], *lines[2:]])
    files["truncated.p12"] = files["key.p12"][:-40]
    files["truncated.der"] = files["pkcs8.der"][:-40]
    for name, content in files.items():
        (place / name).write_bytes(content)
        (place / name).chmod(0o600)
    return place
