"""Reads a small text file that somebody else wrote."""

from __future__ import annotations

import codecs
import os
import select
import stat
from dataclasses import field
from pathlib import Path

from aep_tui.domain.light_dataclass import dataclass
from aep_tui.domain.problem import SettingsProblem
from aep_tui.domain.safe_text import shortened, without_control_characters
from aep_tui.domain.translation import _

SECONDS_FOR_A_PIPE = 15.0
"""A password manager may ask the person something first."""

LARGEST_FILE = 128 * 1024
"""Bytes; the longest credential file of Adobe's tools has about 10 KB."""


@dataclass(frozen=True, slots=True)
class TextFile:
    """The text of a file.

    Attributes:
        text: decoded, without byte order mark, line ends as a single line feed.
        is_readable_by_others: the group or everybody may read the file.
        has_byte_order_mark: it begins with the one of UTF-8.
    """

    text: str = field(repr=False)
    is_readable_by_others: bool
    has_byte_order_mark: bool


def read_text_file(path: Path, may_be_pipe: bool = False, seconds_for_a_pipe: float = SECONDS_FOR_A_PIPE) -> TextFile:
    """Return the text of `path`.

    Args:
        path: the file; symbolic links are followed, since the person named the file.
        may_be_pipe: take a pipe as well, so that `--credentials <(pass show adobe)` works.
        seconds_for_a_pipe: how long to wait for each piece that comes through a pipe.

    Raises:
        SettingsProblem: there is no such file, it cannot be read, it is too long or it is no text.
    """
    try:
        # Not blocking: a pipe that nobody writes to must not hang the start.
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    except OSError as error:
        raise _unreadable(path, reason_of(error)) from None
    except ValueError:
        raise SettingsProblem(
            _("A file cannot be read"), _("The name of the file contains a null character."), _("Name another file.")
        ) from None
    try:
        status = os.fstat(descriptor)
        if not (stat.S_ISREG(status.st_mode) or (may_be_pipe and stat.S_ISFIFO(status.st_mode))):
            raise _unreadable(path, _("It is not a file."))
        if stat.S_ISFIFO(status.st_mode):
            content = _content_of_pipe(path, descriptor, seconds_for_a_pipe)
        else:
            with os.fdopen(descriptor, "rb", closefd=False) as stream:
                content = stream.read(LARGEST_FILE + 1)
    except OSError as error:
        raise _unreadable(path, reason_of(error)) from None
    finally:
        os.close(descriptor)
    if len(content) > LARGEST_FILE:
        raise _unreadable(path, _("It is longer than a file with settings can be."))
    text = decoded(content)
    if text is None:
        raise SettingsProblem(
            _("A file cannot be read"),
            _("The file {path} cannot be read: It is not a text in UTF-8.").format(path=shown_path(path)),
            _("Save it as UTF-8 in your editor; a program or an archive is no settings file."),
        )
    is_readable_by_others = stat.S_ISREG(status.st_mode) and bool(status.st_mode & 0o077)
    return TextFile(text, is_readable_by_others, content.startswith(codecs.BOM_UTF8))


def _content_of_pipe(path: Path, descriptor: int, seconds: float) -> bytes:
    """Return what comes through a pipe until its writer closes it.

    Raises:
        SettingsProblem: nothing came for `seconds`.
    """
    content = b""
    while len(content) <= LARGEST_FILE:
        # A pipe without a writer is never ready, and one whose writer has gone always is.
        if not select.select([descriptor], [], [], seconds)[0]:
            raise _unreadable(path, _("It is a pipe, and nobody has written to it."))
        piece = os.read(descriptor, 64 * 1024)
        if not piece:
            break
        content += piece
    return content


def decoded(content: bytes) -> str | None:
    """Return UTF-8 or UTF-16 as text with a line feed as line end, or None for anything else.

    A comment line may be in any encoding. Returns instead of raising, because a UnicodeDecodeError carries the whole
    content with it.
    """
    encoding = _utf_16(content)
    try:
        text = content.decode(encoding) if encoding else _decoded_utf_8(content)
    except UnicodeDecodeError:
        return None
    text = text.removeprefix("\ufeff")
    return None if "\0" in text else text.replace("\r\n", "\n").replace("\r", "\n")


def _utf_16(content: bytes) -> str:
    """Return the name of the UTF-16 that a text is in, by its mark or by the zero bytes of plain letters, or ""."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    for encoding, zeros in (("utf-16-le", content[1::2]), ("utf-16-be", content[::2])):
        if len(content) >= 4 and len(content) % 2 == 0 and zeros.count(0) * 10 >= len(zeros) * 9:
            return encoding
    return ""


def _decoded_utf_8(content: bytes) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError:
        lines = content.splitlines(keepends=True)
    return "".join(line.decode(errors="replace" if line.lstrip().startswith(b"#") else "strict") for line in lines)


def _unreadable(path: Path, reason: str) -> SettingsProblem:
    return SettingsProblem(
        _("A file cannot be read"),
        _("The file {path} cannot be read: {reason}").format(path=shown_path(path), reason=reason),
        _("Check the name and the permissions of the file."),
    )


def typed_path(text: str) -> Path:
    """Return a path that a person typed into a field, as `with_home` does."""
    return with_home(Path(text.strip()))


def with_home(path: Path) -> Path:
    """Return a path in which "~" is the home directory; that of an unknown user stays as it was typed."""
    try:
        return path.expanduser()
    except RuntimeError:  # "~nobody"
        return path


def reason_of(error: OSError) -> str:
    """Return what the system says about a file, as the end of a sentence that another sentence follows."""
    return f"{error.strerror or type(error).__name__}."


def shown_path(path: Path) -> str:
    """Return a path for a message: no control characters, at most 200 characters."""
    return shortened(without_control_characters(str(path)), 200)
