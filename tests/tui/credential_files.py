"""Key files of the person, and the places where the key, the passphrase and the token may never surface."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from aep_tui.domain.secret import Secret
from aep_tui.signing.key_pair import self_signed_certificate
from tests.kit.canary import CANARY
from tests.kit.clock import FakeClock
from tests.kit.person import Person


def write_key(folder: Path, key: rsa.RSAPrivateKey, *, passphrase: str = "", name: str = "key.pem") -> Path:
    """Write a key, encrypted when there is a passphrase."""
    encryption: serialization.KeySerializationEncryption = serialization.NoEncryption()
    if passphrase:
        encryption = serialization.BestAvailableEncryption(passphrase.encode())
    path = folder / name
    path.write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, encryption))
    path.chmod(0o600)
    return path


def write_certificate(folder: Path, key: rsa.RSAPrivateKey, name: str = "cert.pem") -> Path:
    """Write a certificate of the key."""
    path = folder / name
    certificate = self_signed_certificate(key, FakeClock().now())
    path.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    return path


def token_of(person: Person) -> str:
    """The token that the answers hold, in clear."""
    kept = person.app.state.wizard.draft.answers["jwtToken"]
    assert isinstance(kept, Secret)
    return kept.get_secret_value()


def assert_nothing_surfaced(person: Person, key_file: Path, *tokens: str, folder: Path) -> None:
    """No screen, notification, clipboard, argument list or new file has key, passphrase, token, or a part of them."""
    body = [line for line in key_file.read_text(encoding="ascii").splitlines() if "-----" not in line]
    places = [*person.screens, *person.notifications, person.app.clipboard]
    places.append(Path("/proc/self/cmdline").read_text(encoding="utf-8", errors="replace"))
    flat = ["".join(place.split()) for place in places]
    for secret in _forms(CANARY, *body, *tokens):
        assert not [place for place in flat if secret in place]
    for path in folder.rglob("*"):
        if path.is_file():
            content = path.read_text(encoding="utf-8", errors="replace")
            assert not [secret for secret in _forms(CANARY, *tokens) if secret in content]
            assert path == key_file or not [line for line in body if line in content]


def _forms(*secrets: str) -> Iterator[str]:
    for secret in secrets:
        parts = secret.split(".") if secret.count(".") == 2 else [secret]
        for part in {secret, *parts[1:]} if len(parts) == 3 else {secret}:
            yield part
            yield base64.b64encode(part.encode()).decode().rstrip("=")
