"""Mints the signed token that Salesforce on AWS asks for (`jwtToken`), without openssl, keytool and Java.

Header and claims are those of Adobe's page on the Salesforce source: `{"alg":"RS256"}`; `iss` the client id, `sub` the
Salesforce user name, `aud` the login address, `exp` the end in seconds (the page's table says milliseconds; its code
and Salesforce say seconds).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

from aep_tui.domain.rules.salesforce_jwt import corrected_audience
from aep_tui.domain.secret import Secret
from aep_tui.domain.secrets import Secrets
from aep_tui.domain.translation import _
from aep_tui.signing.certificate import CertificateFacts, read_certificate
from aep_tui.signing.key_file import KeyFileKind, read_key_file
from aep_tui.signing.private_key import fingerprint, open_private_key
from aep_tui.signing.problems import ClaimsProblem

DEFAULT_LIFETIME: Final = timedelta(seconds=4 * 2_629_746)
"""Four months of 2 629 746 seconds: what Adobe's published code takes (about 121 days and 17 hours)."""
PRODUCTION_AUDIENCE: Final = "https://login.salesforce.com"
SANDBOX_AUDIENCE: Final = "https://test.salesforce.com"


@dataclass(frozen=True, slots=True)
class TokenClaims:
    """What the token says.

    Attributes:
        issuer: `iss`, the client id (consumer key) of the app in Salesforce.
        subject: `sub`, the Salesforce user name.
        audience: `aud`, "https://login.salesforce.com", "https://test.salesforce.com" or a My Domain address.
        expires_at: `exp`, an aware instant; fractions of a second are dropped.
    """

    issuer: str
    subject: str
    audience: str
    expires_at: datetime

    def as_payload(self) -> Mapping[str, str | int]:
        """Return the claims as they are signed, `exp` in seconds since 1970."""
        return {
            "iss": self.issuer,
            "sub": self.subject,
            "aud": self.audience,
            "exp": int(self.expires_at.timestamp()),
        }


@dataclass(frozen=True, slots=True)
class KeyFacts:
    """What may be shown of a private key.

    Attributes:
        file_name: of the key file.
        kind: PKCS#1, PKCS#8 or PKCS#12.
        bits: the length of the RSA key.
        fingerprint: SHA-256 of its public key.
        is_readable_by_others: other users of the machine can read the file.
        certificate: of the file to compare with; None when there was none.
    """

    file_name: str
    kind: KeyFileKind
    bits: int
    fingerprint: str
    is_readable_by_others: bool
    certificate: CertificateFacts | None = None

    @property
    def matches_certificate(self) -> bool | None:
        """Whether key and certificate belong together; None when there is no certificate."""
        return None if self.certificate is None else self.certificate.belongs_to(self.fingerprint)


@dataclass(frozen=True, slots=True)
class MintedToken:
    """A signed token and what may be shown about it.

    Attributes:
        token: for the field `jwtToken`.
        claims: what it says.
        key: what it was signed with.
    """

    token: Secret = field(repr=False)
    claims: TokenClaims
    key: KeyFacts


def default_expiry(now: datetime) -> datetime:
    """Return the end that Adobe's published code would choose: four months from `now`."""
    return (now + DEFAULT_LIFETIME).replace(microsecond=0)


def mint(
    key_file: Path,
    claims: TokenClaims,
    *,
    now: datetime,
    secrets: Secrets,
    passphrase: Secret | None = None,
    certificate_file: Path | None = None,
) -> MintedToken:
    """Return a token signed with RS256 by the key of a file; the key is not kept.

    Args:
        key_file: PEM (PKCS#1 or PKCS#8) or DER or PKCS#12, encrypted or not; RSA, 2048 bits or more.
        claims: what the token says.
        now: the current instant, aware.
        secrets: of this run; they hold the token.
        passphrase: of the key file; ignored when the key is not encrypted.
        certificate_file: a certificate to compare with.

    Raises:
        ClaimsProblem: a claim is empty, or the end is not in the future.
        SigningProblem: key or certificate cannot be used; see `open_private_key` and `read_certificate`.
    """
    check_claims(claims, now)
    key, facts = _open(key_file, passphrase, certificate_file)
    # The tutorial's header has "alg" alone; the library would add "typ".
    signed = jwt.encode(dict(claims.as_payload()), key, algorithm="RS256", headers={"typ": None})
    return MintedToken(secrets.hold(signed, "jwtToken"), claims, facts)


def inspect_private_key(key_file: Path) -> KeyFacts:
    """Return what may be shown of a key file that is not encrypted before a token is made.

    Raises:
        SigningProblem: as `mint`.
    """
    return _open(key_file, None, None)[1]


def _open(
    key_file: Path, passphrase: Secret | None, certificate_file: Path | None
) -> tuple[rsa.RSAPrivateKey, KeyFacts]:
    certificate = read_certificate(certificate_file) if certificate_file else None
    file = read_key_file(key_file)
    key = open_private_key(file, passphrase)
    shown = fingerprint(key.public_key())
    return key, KeyFacts(file.name, file.kind, key.key_size, shown, file.is_readable_by_others, certificate)


def check_claims(claims: TokenClaims, now: datetime) -> None:
    """Raise a problem when a claim is empty, the audience has a wrong form, or the end is not in the future.

    Raises:
        ClaimsProblem: with the words for the first such claim.
    """
    missing = {
        "iss": (claims.issuer, _("Enter the client ID first: it becomes the token's issuer.")),
        "sub": (claims.subject, _("Enter the Salesforce user name: the connection reads the data in its name.")),
        "aud": (claims.audience, _("Choose the login address: production, sandbox or your My Domain address.")),
    }
    for name, (value, next_step) in missing.items():
        if not value.strip():
            raise ClaimsProblem(
                _("A claim is missing"), _('The token needs a value for "{name}".').format(name=name), next_step
            )
    if exact := corrected_audience(claims.audience):
        raise ClaimsProblem(
            _("The login address has another form"),
            _("Salesforce compares the whole text of the address, and this is not the one of its server."),
            _("Write {audience} as the login address.").format(audience=exact),
        )
    if claims.expires_at.astimezone(UTC) <= now:
        raise ClaimsProblem(
            _("The token would have ended already"),
            _("The end that was chosen is not in the future."),
            _("Choose a later day."),
        )
