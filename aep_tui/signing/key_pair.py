"""Makes a key pair: a private key that stays here and a certificate that goes to Salesforce."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from aep_tui.domain.secret import Secret
from aep_tui.domain.translation import _
from aep_tui.signing.certificate import facts_of
from aep_tui.signing.private_key import encryption_for, fingerprint
from aep_tui.signing.problems import KeyPairProblem

KEY_BITS: Final = 4096
"""As in the tutorial's openssl command."""
CERTIFICATE_LIFETIME: Final = timedelta(days=3650)
"""As in the tutorial's openssl command."""
_PRIVATE: Final = 0o600


@dataclass(frozen=True, slots=True)
class KeyPair:
    """What was written.

    Attributes:
        key_file, certificate_file: both readable by their owner only.
        key_fingerprint: SHA-256 of the public key.
        certificate_fingerprint: SHA-256 of the certificate, as Salesforce and openssl show it.
        ends_at: the end of the certificate's validity.
    """

    key_file: Path
    certificate_file: Path
    key_fingerprint: str
    certificate_fingerprint: str
    ends_at: datetime


def make_key_pair(
    key_file: Path,
    certificate_file: Path,
    *,
    now: datetime,
    passphrase: Secret | None = None,
    bits: int = KEY_BITS,
) -> KeyPair:
    """Write a new RSA key (PEM, PKCS#8) and a self-signed certificate; never over an existing file.

    Takes a few seconds for 4096 bits: call it in a thread.

    Args:
        key_file: where the private key goes, with the mode 0600.
        certificate_file: where the certificate goes, with the mode 0600 too.
        now: the current instant, aware: the begin of the certificate.
        passphrase: encrypts the key file when it is not empty.
        bits: the length of the key.

    Raises:
        KeyPairProblem: a file exists already or cannot be written; then neither file is left behind.
    """
    for path in (key_file, certificate_file):
        if os.path.lexists(path):
            raise _exists(path)
    key = rsa.generate_private_key(public_exponent=65537, key_size=bits)
    certificate = self_signed_certificate(key, now)
    try:
        encryption = encryption_for(passphrase)
        private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, encryption)
    except ValueError:
        raise KeyPairProblem(
            _("The passphrase is too long"),
            _("A key file takes a passphrase of at most 1 023 bytes."),
            _("Choose a shorter one."),
        ) from None
    _write_new(key_file, private)
    try:
        _write_new(certificate_file, certificate.public_bytes(serialization.Encoding.PEM))
    except KeyPairProblem:
        key_file.unlink(missing_ok=True)
        raise
    facts = facts_of(certificate)
    return KeyPair(key_file, certificate_file, fingerprint(key.public_key()), facts.fingerprint, facts.ends_at)


def self_signed_certificate(key: rsa.RSAPrivateKey, now: datetime) -> x509.Certificate:
    """Return a certificate for `key`, signed by itself, valid from `now` for `CERTIFICATE_LIFETIME`."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "aep-tui")])
    begin = now.replace(microsecond=0)
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begin)
        .not_valid_after(begin + CERTIFICATE_LIFETIME)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )


def _write_new(path: Path, content: bytes) -> None:
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, _PRIVATE)
    except FileExistsError:
        raise _exists(path) from None
    except (OSError, ValueError):
        raise _not_writable(path) from None
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        # A half-written key would be taken for a whole one later.
        path.unlink(missing_ok=True)
        raise _not_writable(path) from None


def _exists(path: Path) -> KeyPairProblem:
    return KeyPairProblem(
        _("The file exists already"),
        _("There is something called {name} already; it was not touched.").format(name=path),
        _("Choose another name or folder."),
    )


def _not_writable(path: Path) -> KeyPairProblem:
    return KeyPairProblem(
        _("The file cannot be written"),
        _("{name} cannot be written.").format(name=path),
        _("Choose a folder that exists and that you may write to, with room on its disk."),
    )
