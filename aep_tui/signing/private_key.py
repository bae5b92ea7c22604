"""Opens a private key for RS256 and says in words why it cannot."""

from __future__ import annotations

import base64
import binascii
from typing import Final

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.hazmat.primitives.serialization import pkcs12

from aep_tui.domain.secret import Secret
from aep_tui.domain.translation import _
from aep_tui.signing.key_file import PRIVATE_KINDS, KeyFile, KeyFileKind, damaged
from aep_tui.signing.key_limits import LARGEST_ENCRYPTED, MOST_ROUNDS, demands_of, is_structure
from aep_tui.signing.problems import (
    NotAPrivateKeyProblem,
    PassphraseNeededProblem,
    UnsuitableKeyProblem,
    WrongPassphraseProblem,
)

SMALLEST_BITS: Final = 2048
"""RS256 asks for at least this (RFC 7518, section 3.3)."""
_TRADITIONAL_KINDS: Final = frozenset({KeyFileKind.PKCS1, KeyFileKind.EC})
_HEXADECIMAL: Final = b"0123456789abcdefABCDEF"
_DIGITS_OF_A_BLOCK: Final = 32
"""What AES encrypts at once has 16 bytes."""


def open_private_key(file: KeyFile, passphrase: Secret | None) -> rsa.RSAPrivateKey:
    """Return the RSA key of a file; the caller lets go of it when the token is signed.

    Raises:
        NotAPrivateKeyProblem: the file is something else.
        PassphraseNeededProblem: it is encrypted, and there is no passphrase.
        WrongPassphraseProblem: the passphrase does not open it.
        DamagedKeyProblem: its inside cannot be read.
        UnsuitableKeyProblem: no RSA key, fewer than 2048 bits, or an encryption that is not known here.
    """
    if file.kind not in PRIVATE_KINDS:
        raise _not_a_private_key(file)
    if file.kind is KeyFileKind.OPENSSH:
        raise UnsuitableKeyProblem(
            _("An SSH key"),
            _("{name} is a key in OpenSSH's own format.").format(name=file.name),
            _("Convert a copy of it with: ssh-keygen -p -m PEM -f COPY. Or make a new key pair here."),
        )
    _refuse_slow(file)
    secret = _bytes(passphrase)
    key = _open_pkcs12(file, secret) if file.kind is KeyFileKind.PKCS12 else _open_plain(file, secret)
    if not isinstance(key, rsa.RSAPrivateKey):
        raise UnsuitableKeyProblem(
            _("Not an RSA key"),
            _("{name} holds a key of another kind. Salesforce takes RS256 only, which needs an RSA key.").format(
                name=file.name
            ),
            _("Choose the RSA key that belongs to the certificate in Salesforce, or make a new key pair here."),
        )
    if key.key_size < SMALLEST_BITS:
        raise UnsuitableKeyProblem(
            _("The key is too short"),
            _("{name} is an RSA key of {bits} bits; 2048 or more are needed.").format(
                name=file.name, bits=key.key_size
            ),
            _("Make a new key pair here, and upload its certificate to Salesforce."),
        )
    return key


def fingerprint(key: rsa.RSAPublicKey) -> str:
    """Return the SHA-256 of a public key (SubjectPublicKeyInfo, DER) as pairs of hexadecimal digits with colons."""
    digest = hashes.Hash(hashes.SHA256())
    digest.update(key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo))
    return digest.finalize().hex(":").upper()


def encryption_for(passphrase: Secret | None) -> serialization.KeySerializationEncryption:
    """Return how a new key file is encrypted: not at all without a passphrase."""
    secret = _bytes(passphrase)
    return serialization.BestAvailableEncryption(secret) if secret else serialization.NoEncryption()


def _bytes(passphrase: Secret | None) -> bytes | None:
    text = "" if passphrase is None else passphrase.get_secret_value()
    # A broken character must not end in an exception that quotes the passphrase.
    return text.encode("utf-8", "surrogatepass") if text else None


def _refuse_slow(file: KeyFile) -> None:
    """Raise UnsuitableKeyProblem for a file that would take minutes to open, DamagedKeyProblem for broken Base64."""
    der = file.content
    if file.is_pem:
        body = b"".join(line for line in der.splitlines() if b"-----" not in line and b":" not in line)
        try:
            der = base64.b64decode(body)
        except binascii.Error:
            raise damaged(file.name) from None
    # In the traditional form all the bytes are encrypted, and say nothing of numbers or rounds.
    is_all_encrypted = file.is_encrypted and file.kind in _TRADITIONAL_KINDS and not is_structure(der, 0, len(der))
    demands = demands_of(b"" if is_all_encrypted else der)
    if demands.rounds > MOST_ROUNDS:
        raise UnsuitableKeyProblem(
            _("The key takes too long to open"),
            _("{name} asks for {count} rounds of its passphrase; at most {most} are run here.").format(
                name=file.name, count=demands.rounds, most=MOST_ROUNDS
            ),
            _("Convert it with: openssl pkcs8 -topk8 -v2 aes-256-cbc -in FILE -out NEW_FILE."),
        )
    if demands.is_too_large or (file.kind is not KeyFileKind.PKCS12 and len(der) > LARGEST_ENCRYPTED):
        raise UnsuitableKeyProblem(
            _("The key is too large"),
            _("{name} holds an RSA key of more than 16384 bits, which no service takes.").format(name=file.name),
            _("Choose another key, or make a new key pair here; 2048 bits are enough."),
        )


def _open_plain(file: KeyFile, secret: bytes | None) -> PrivateKeyTypes:
    if _lacks_digits(file.content):
        # The library does not refuse it: it panics, which is no exception and would end the program.
        raise damaged(file.name)
    if file.is_encrypted and secret is None:
        raise _passphrase_needed(file)
    load = serialization.load_pem_private_key if file.is_pem else serialization.load_der_private_key
    try:
        return load(file.content, secret if file.is_encrypted else None)
    except UnsupportedAlgorithm:
        raise _unknown_encryption(file) from None
    except (ValueError, TypeError):
        # The text of the library's exception may quote the file, so it goes no further.
        raise (_wrong_passphrase(file) if file.is_encrypted else damaged(file.name)) from None


def _lacks_digits(content: bytes) -> bool:
    """Return whether a line `DEK-Info: AES-256-CBC,00112233...` is too short to hold the first block of AES.

    The library takes blanks of every kind away, and goes by the last such line; here each one counts.
    """
    for text in content.split(b"DEK-Info")[1:]:
        cipher, _comma, rest = text.partition(b",")
        line = b"".join(rest.splitlines()[:1])
        if b"AES-" in cipher and sum(map(_HEXADECIMAL.__contains__, line)) < _DIGITS_OF_A_BLOCK:
            return True
    return False


def _open_pkcs12(file: KeyFile, secret: bytes | None) -> PrivateKeyTypes:
    try:
        key, _certificate, _others = pkcs12.load_key_and_certificates(file.content, secret)
    except UnsupportedAlgorithm:
        raise _unknown_encryption(file) from None
    except (ValueError, TypeError):
        raise (_passphrase_needed(file) if secret is None else _wrong_passphrase(file)) from None
    if key is None:
        raise NotAPrivateKeyProblem(
            _("No private key in it"),
            _("{name} holds certificates and no private key.").format(name=file.name),
            _("Export it again together with its private key."),
        )
    return key


def _not_a_private_key(file: KeyFile) -> NotAPrivateKeyProblem:
    messages = {
        KeyFileKind.CERTIFICATE: _("{name} is a certificate. It goes to Salesforce; the token is signed with the key."),
        KeyFileKind.PUBLIC_KEY: _("{name} is a public key. The token is signed with the private one."),
        KeyFileKind.REQUEST: _("{name} is a certificate request. The token is signed with the private key."),
        KeyFileKind.JAVA_KEYSTORE: _("{name} is a Java keystore, which is not needed here."),
    }
    return NotAPrivateKeyProblem(
        _("Not a private key"),
        messages.get(file.kind, _("{name} is not a private key in a form that is known here.")).format(name=file.name),
        _("Choose the private key: a PEM file such as key.pem, or a PKCS#12 file (.p12, .pfx)."),
    )


def _passphrase_needed(file: KeyFile) -> PassphraseNeededProblem:
    return PassphraseNeededProblem(
        _("The key has a passphrase"),
        _("{name} is encrypted.").format(name=file.name),
        _("Enter the passphrase that was chosen when the file was made."),
    )


def _wrong_passphrase(file: KeyFile) -> WrongPassphraseProblem:
    return WrongPassphraseProblem(
        _("Wrong passphrase"),
        _("The passphrase does not open {name}, or the file is damaged.").format(name=file.name),
        _("Type it again, or paste it: capitals and blanks count."),
    )


def _unknown_encryption(file: KeyFile) -> UnsuitableKeyProblem:
    return UnsuitableKeyProblem(
        _("An encryption that is not known here"),
        _("{name} is encrypted in a way that this program cannot open.").format(name=file.name),
        _("Convert it with: openssl pkcs8 -topk8 -v2 aes-256-cbc -in FILE -out NEW_FILE."),
    )
