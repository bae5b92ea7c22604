"""The certificate that was uploaded to Salesforce, to see whether the key belongs to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa

from aep_tui.domain.translation import _
from aep_tui.signing.key_file import KeyFileKind, read_key_file
from aep_tui.signing.private_key import fingerprint
from aep_tui.signing.problems import CertificateProblem


@dataclass(frozen=True, slots=True)
class CertificateFacts:
    """What may be shown of a certificate.

    Attributes:
        fingerprint: SHA-256 of the certificate, as `openssl x509 -fingerprint -sha256` prints it.
        key_fingerprint: that of its public key; "" when it is no RSA key.
        ends_at: the end of its validity, aware, in UTC.
    """

    fingerprint: str
    key_fingerprint: str
    ends_at: datetime

    def belongs_to(self, key_fingerprint: str) -> bool:
        """Return whether the certificate was made for the key with this fingerprint."""
        return bool(self.key_fingerprint) and self.key_fingerprint == key_fingerprint


def read_certificate(path: Path) -> CertificateFacts:
    """Return the facts of a certificate file, PEM or DER.

    Raises:
        KeyFileProblem, DamagedKeyProblem: as `read_key_file`.
        CertificateProblem: the file holds something else.
    """
    file = read_key_file(path, wanted=b"CERTIFICATE")
    if file.kind is not KeyFileKind.CERTIFICATE:
        raise _not_a_certificate(path)
    load = x509.load_pem_x509_certificate if file.is_pem else x509.load_der_x509_certificate
    try:
        return facts_of(load(file.content))
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise _not_a_certificate(path) from None


def facts_of(certificate: x509.Certificate) -> CertificateFacts:
    """Return the facts of a certificate.

    Raises:
        ValueError, UnsupportedAlgorithm: its key or its dates cannot be read.
    """
    key = certificate.public_key()
    return CertificateFacts(
        fingerprint=certificate.fingerprint(hashes.SHA256()).hex(":").upper(),
        key_fingerprint=fingerprint(key) if isinstance(key, rsa.RSAPublicKey) else "",
        ends_at=certificate.not_valid_after_utc,
    )


def _not_a_certificate(path: Path) -> CertificateProblem:
    return CertificateProblem(
        _("Not a certificate"),
        _("{name} is not a certificate that can be read.").format(name=path.name),
        _("Choose the file that you uploaded to Salesforce, for example cert.pem, or leave this out."),
    )
