"""Takes a typed web address apart without refusing anything, so that a rule can explain every part of it."""

from __future__ import annotations

import re

from aep_tui.domain.light_dataclass import dataclass

_SCHEME = re.compile(r"(?i)^([a-z][a-z0-9+.-]*)(?::/+|:\\+)")
_MISTYPED_SCHEME = re.compile(r"(?i)^(https?)(?://+|;/+|:(?![0-9]))")
_LABEL = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
_HOST_NAME = re.compile(rf"^(?:{_LABEL}\.)+[a-z](?:[a-z0-9-]{{0,61}}[a-z0-9])$")


@dataclass(frozen=True, slots=True)
class WebAddress:
    """The parts of a text that is meant as a web address.

    Attributes:
        scheme: in lower case, "" when there is none.
        is_scheme_mistyped: the signs between scheme and host are not "://", or the scheme is "https" misspelt.
        user: what stands before an "@", "" when nothing does.
        host: in lower case, without blanks and without what ends a sentence.
        port: the text after the colon, "" when there is none.
        rest: everything from the first slash, backslash, question mark or number sign on.
        has_final_mark: a full stop or another mark of a sentence stood behind the host.
        has_blanks, has_capitals: what was found in scheme and host and mended there.
    """

    scheme: str
    is_scheme_mistyped: bool
    user: str
    host: str
    port: str
    rest: str
    has_final_mark: bool
    has_blanks: bool
    has_capitals: bool

    @property
    def has_path(self) -> bool:
        """Whether more than a single slash follows the host."""
        return self.rest not in {"", "/"}

    @property
    def is_host_name(self) -> bool:
        """Whether the host is a name with at least one dot, and not a number address."""
        return _HOST_NAME.match(self.host) is not None and len(self.host) <= 253


def read_web_address(text: str) -> WebAddress:
    """Return the parts of `text`; total."""
    without_blanks = "".join(text.split())
    match = _SCHEME.match(without_blanks) or _MISTYPED_SCHEME.match(without_blanks)
    scheme = match[1] if match else ""
    is_misspelt = scheme.lower() not in {"http", "https"} and set(scheme.lower()) <= set("htps") and len(scheme) > 2
    remainder = without_blanks[match.end() :] if match else without_blanks.lstrip("/")
    end = next((index for index, character in enumerate(remainder) if character in "/\\?#"), len(remainder))
    authority, rest = remainder[:end], remainder[end:]
    user, _, host_and_port = authority.rpartition("@")
    host, _, port = host_and_port.partition(":")
    lowered = host.lower().rstrip(".,;!)")
    return WebAddress(
        scheme="https" if is_misspelt else scheme.lower(),
        is_scheme_mistyped=is_misspelt or (match is not None and match[0][len(scheme) :] != "://"),
        user=user,
        host=lowered,
        port=port,
        rest=rest,
        has_final_mark=lowered != host.lower(),
        has_blanks=without_blanks != text,
        has_capitals=host != host.lower() or scheme != scheme.lower(),
    )
