"""Files that a person names in a field: no face reads one itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from aep_tui import signing
from aep_tui.domain.secret import Secret
from aep_tui.domain.secrets import Secrets
from aep_tui.settings.credential_files import read_credential_file
from aep_tui.state.text_file import read_text_file, typed_path

if TYPE_CHECKING:
    from aep_tui.settings.credential_files.credential_file import CredentialFile
    from aep_tui.signing.token import KeyFacts, MintedToken, TokenClaims


@dataclass(frozen=True, slots=True)
class SigningKey:
    """What a token is signed with, as a person names it.

    Attributes:
        key_file: the path of the private key, as typed.
        certificate: that of the certificate, as typed; "" for none.
        passphrase: of the key; None when it needs none.
    """

    key_file: str
    certificate: str
    passphrase: Secret | None


def absolute_path(typed: str) -> Path:
    """Return where a new file goes that is named by `typed`; "~" is the home directory."""
    return typed_path(typed).absolute()


def text_of(typed: str) -> str:
    """Return the text of a file, without a byte-order mark.

    Raises:
        SettingsProblem: there is no such file, or it is no text.
    """
    return read_text_file(typed_path(typed)).text


def secret_of(typed: str) -> str:
    """Return the text of a file with a byte-order mark that it has: a person decides whether it goes.

    Raises:
        SettingsProblem: there is no such file, or it is no text.
    """
    file = read_text_file(typed_path(typed))
    return f"\ufeff{file.text}" if file.has_byte_order_mark else file.text


def credential_file_of(typed: str, secrets: Secrets) -> CredentialFile:
    """Return what stands in a credential file; its secrets are held by `secrets`.

    Raises:
        SettingsProblem: it cannot be read, or is in no known format.
    """
    return read_credential_file(typed_path(typed), secrets)


def key_facts_of(typed: str) -> KeyFacts:
    """Return what can be said of a private key without its passphrase.

    Raises:
        SigningProblem: the file is no private key that can be used; a `PassphraseNeededProblem` when it is encrypted.
    """
    return signing.inspect_private_key(typed_path(typed))


def check_certificate(typed: str) -> None:
    """Return when a file is a certificate.

    Raises:
        SigningProblem: it is none.
    """
    signing.read_certificate(typed_path(typed))


def token_signed_with(key: SigningKey, claims: TokenClaims, now: datetime, secrets: Secrets) -> MintedToken:
    """Return a signed token.

    Args:
        key: its file, and the certificate that has to belong to it.
        claims: what the token says.
        now: the instant at which it is issued.
        secrets: holds the token from then on.

    Raises:
        SigningProblem: the key or the certificate cannot be used, or they do not belong together.
    """
    return signing.mint(
        typed_path(key.key_file),
        claims,
        now=now,
        secrets=secrets,
        passphrase=key.passphrase,
        certificate_file=typed_path(key.certificate) if key.certificate else None,
    )
