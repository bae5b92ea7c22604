"""Reads the bytes of a key or certificate file, and tells what kind of file it is before anything is decrypted."""

from __future__ import annotations

import base64
import binascii
import json
import os
import re
import stat
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Final

from aep_tui.domain.translation import _
from aep_tui.signing.problems import DamagedKeyProblem, KeyFileProblem

LARGEST: Final = 256 * 1024
"""Key files have a few kilobytes; a PKCS#12 file with a long chain stays below this."""

_PEM_BEGIN = re.compile(rb"-----BEGIN ([A-Z0-9 ]{1,40})-----")


class KeyFileKind(StrEnum):
    """What a file is, as far as its outside says."""

    PKCS1 = "PKCS#1"
    PKCS8 = "PKCS#8"
    PKCS12 = "PKCS#12"
    EC = "EC private key"
    OPENSSH = "OpenSSH private key"
    CERTIFICATE = "certificate"
    PUBLIC_KEY = "public key"
    REQUEST = "certificate request"
    JAVA_KEYSTORE = "Java keystore"
    UNKNOWN = "unknown"


_KINDS_OF_LABELS: Final = {
    b"RSA PRIVATE KEY": KeyFileKind.PKCS1,
    b"PRIVATE KEY": KeyFileKind.PKCS8,
    b"ENCRYPTED PRIVATE KEY": KeyFileKind.PKCS8,
    b"EC PRIVATE KEY": KeyFileKind.EC,
    b"OPENSSH PRIVATE KEY": KeyFileKind.OPENSSH,
    b"CERTIFICATE": KeyFileKind.CERTIFICATE,
    b"TRUSTED CERTIFICATE": KeyFileKind.CERTIFICATE,
    b"PUBLIC KEY": KeyFileKind.PUBLIC_KEY,
    b"RSA PUBLIC KEY": KeyFileKind.PUBLIC_KEY,
    b"CERTIFICATE REQUEST": KeyFileKind.REQUEST,
    b"NEW CERTIFICATE REQUEST": KeyFileKind.REQUEST,
}
PRIVATE_KINDS: Final = frozenset(
    {KeyFileKind.PKCS1, KeyFileKind.PKCS8, KeyFileKind.PKCS12, KeyFileKind.EC, KeyFileKind.OPENSSH}
)


@dataclass(frozen=True, slots=True)
class KeyFile:
    """A file as it was read.

    Attributes:
        name: the file's name, for messages.
        kind: what it is.
        is_pem: text with BEGIN and END lines; otherwise DER.
        is_encrypted: a passphrase is needed; None when only opening it tells (PKCS#12).
        is_readable_by_others: the file mode lets other users of the machine read it.
        content: the PEM block or the whole file, never shown.
    """

    name: str
    kind: KeyFileKind
    is_pem: bool
    is_encrypted: bool | None
    is_readable_by_others: bool
    content: bytes = field(repr=False)


def read_key_file(path: Path, *, wanted: bytes = b"PRIVATE KEY") -> KeyFile:
    """Return what a file holds; of several PEM blocks the first one whose label ends in `wanted`.

    Raises:
        KeyFileProblem: not found, not a file, not readable, empty or too big.
        DamagedKeyProblem: it begins like a PEM or DER file and is cut off.
    """
    content, mode = _read(path)
    content = _with_plain_lines(content)
    others = bool(mode & (stat.S_IRGRP | stat.S_IROTH))
    labels = _PEM_BEGIN.findall(content)
    if labels:
        label = next((name for name in labels if name.endswith(wanted)), labels[0])
        block = _pem_block(path, content, label)
        is_encrypted = label == b"ENCRYPTED PRIVATE KEY" or b"Proc-Type: 4,ENCRYPTED" in block
        kind = _KINDS_OF_LABELS.get(label, KeyFileKind.UNKNOWN)
        return KeyFile(path.name, kind, True, is_encrypted, others, block)
    kind, is_encrypted_der = _kind_of_der(path, content)
    return KeyFile(path.name, kind, False, is_encrypted_der, others, content)


def _read(path: Path) -> tuple[bytes, int]:
    try:
        # Not blocking, so that a pipe that nobody writes to does not stop the program.
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    except (OSError, ValueError) as reason:
        raise _unreadable(path, reason) from None
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise KeyFileProblem(
                _("Not a file"),
                _("{name} is a directory or a device.").format(name=path),
                _("Choose the key file itself."),
            )
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            content = file.read(LARGEST + 1)
    except OSError as reason:
        raise _unreadable(path, reason) from None
    finally:
        os.close(descriptor)
    if not content or len(content) > LARGEST:
        raise KeyFileProblem(
            _("Not a key file"),
            _("{name} is empty.").format(name=path.name)
            if not content
            else _("{name} is too big for a key: more than 256 KB.").format(name=path.name),
            _("Choose another file."),
        )
    return content, status.st_mode


def _unreadable(path: Path, reason: OSError | ValueError) -> KeyFileProblem:
    if isinstance(reason, FileNotFoundError | NotADirectoryError):
        return KeyFileProblem(
            _("File not found"),
            _("There is no file {name}.").format(name=path),
            _("Check the folder and the spelling, or choose the file from the list."),
        )
    if isinstance(reason, PermissionError):
        return KeyFileProblem(
            _("File not readable"),
            _("You may not read {name}.").format(name=path),
            _("Ask its owner, or change its permissions so that only you can read it (chmod 600)."),
        )
    return KeyFileProblem(
        _("File not readable"), _("{name} cannot be opened.").format(name=path), _("Choose another file.")
    )


def _with_plain_lines(content: bytes) -> bytes:
    """Return a PEM text the way tools write it, whatever carried it here; other content as it is.

    Copying pads lines with blanks, a variable or a JSON file writes a line end as backslash and n, PowerShell writes
    UTF-16. OpenSSL and the cryptography library take some of these and not others.
    """
    text = _as_one_byte_text(content)
    if b"-----BEGIN " not in text:
        return content
    if text.lstrip().startswith(b"{"):
        text = _pem_inside_json(text) or text
    text = text.replace(b"\\r", b"").replace(b"\\n", b"\n").replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return b"\n".join(line.strip(b" \t") for line in text.split(b"\n"))


def _as_one_byte_text(content: bytes) -> bytes:
    """Return UTF-16, with or without its mark, as UTF-8; other content as it is."""
    for mark, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        # Each of the two byte orders contains the other one, shifted by a byte.
        if content.startswith(mark) or content.find("-----BEGIN ".encode(encoding)) % 2 == 0:
            return content.removeprefix(mark).decode(encoding, "replace").encode()
    return content


def _pem_inside_json(text: bytes) -> bytes:
    """Return the first text of a JSON document that holds a PEM block with a private key, or any PEM block, or b""."""
    try:
        stack: list[object] = [json.loads(text)]
    except (ValueError, RecursionError):
        return b""
    found: list[str] = []
    while stack:
        item = stack.pop()
        if isinstance(item, dict):
            stack.extend(item.values())
        elif isinstance(item, list):
            stack.extend(item)
        elif isinstance(item, str) and "-----BEGIN " in item:
            found.append(item)
    best = next((one for one in found if "PRIVATE KEY-----" in one), next(iter(found), ""))
    return best.encode(errors="replace")


def _pem_block(path: Path, content: bytes, label: bytes) -> bytes:
    """Return the block with this label; of an encrypted one it is checked that nothing is missing.

    A damaged plain block is found when it is opened. An encrypted one could not be told from a wrong passphrase then.
    """
    beginning, ending = b"-----BEGIN " + label + b"-----", b"-----END " + label + b"-----"
    start = content.index(beginning) + len(beginning)
    end = content.find(ending, start)
    if end < 0:
        raise damaged(path.name)
    body = content[start:end]
    if b"Proc-Type" in body or b"OPENSSH" in label:
        return beginning + body + ending + b"\n"
    characters = b"".join(body.split())
    if label.startswith(b"ENCRYPTED"):
        try:
            der = base64.b64decode(characters, validate=True)
        except binascii.Error:
            raise damaged(path.name) from None
        if (_der_length(der) or 0) > len(der):
            raise damaged(path.name)
    lines = [characters[at : at + 64] for at in range(0, len(characters), 64)]
    return b"\n".join([beginning, *lines, ending, b""])


def _kind_of_der(path: Path, content: bytes) -> tuple[KeyFileKind, bool | None]:
    """Return the kind of a binary file by its first fields (RFC 7292, RFC 5958, RFC 8017, RFC 5280)."""
    if content.startswith((b"\xfe\xed\xfe\xed", b"\xce\xce\xce\xce")):
        return KeyFileKind.JAVA_KEYSTORE, None
    length = _der_length(content)
    if length is None:
        return KeyFileKind.UNKNOWN, None
    inner = content[_header_length(content) :]
    if inner.startswith(b"\x02\x01\x03"):
        kind: tuple[KeyFileKind, bool | None] = (KeyFileKind.PKCS12, None)
    elif inner.startswith(b"\x02\x01\x00\x30"):
        kind = (KeyFileKind.PKCS8, False)
    elif inner.startswith(b"\x02\x01\x00\x02"):
        kind = (KeyFileKind.PKCS1, False)
    elif inner.startswith(b"\x02\x01\x01\x04"):
        kind = (KeyFileKind.EC, False)
    elif inner[:1] == b"\x30" and inner[_header_length(inner) :].startswith(
        b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x05"
    ):
        kind = (KeyFileKind.PKCS8, True)
    elif inner[:1] == b"\x30" and inner[_header_length(inner) :].startswith(b"\xa0\x03\x02\x01"):
        kind = (KeyFileKind.CERTIFICATE, False)
    else:
        return KeyFileKind.UNKNOWN, None
    if length > len(content):
        raise damaged(path.name)
    return kind


def _header_length(der: bytes) -> int:
    return 2 + (der[1] & 0x7F) if len(der) > 1 and der[1] & 0x80 else 2


def _der_length(der: bytes) -> int | None:
    """Return how long a DER sequence says it is, header included; None when it is none."""
    if len(der) < 4 or der[0] != 0x30:
        return None
    if not der[1] & 0x80:
        return 2 + der[1]
    count = der[1] & 0x7F
    return (
        None if not 1 <= count <= 4 or len(der) < 2 + count else 2 + count + int.from_bytes(der[2 : 2 + count], "big")
    )


def damaged(name: str) -> DamagedKeyProblem:
    """Return the problem of a file that is cut off or damaged."""
    return DamagedKeyProblem(
        _("The file is damaged"),
        _("{name} begins like a key or certificate, but part of it is missing or changed.").format(name=name),
        _("Copy the file again, whole, with its BEGIN and END lines."),
    )
