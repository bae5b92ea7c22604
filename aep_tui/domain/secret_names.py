"""Whether a parameter is a secret by its name: published schemas mark some secrets by nothing else."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

# As texts: the first page knows secrets and needs no name of one.
_ANYWHERE: Final = (
    r"pass|pwd|secret|token|key|credential|private|assertion|signature|certificate|connectionstring|sasuri|jwt|\bpin\b"
)
_WORDS: Final = r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+"
_SECRETS: Final = (
    "password",
    "passphrase",
    "passcode",
    "passwd",
    "secret",
    "token",
    "credential",
    "assertion",
    "signature",
    "certificate",
    "connectionstring",
    "sasuri",
    "sasurl",
    "jwt",
    "bearer",
    "keytab",
    "hmac",
    "cookie",
    "jaas",
    *(f"{kind}key" for kind in ("private", "ssh", "sas", "api", "account", "shared", "auth", "master", "encryption")),
)
_WHOLE_WORDS: Final = frozenset({"pass", "pwd", "pin", "pw", "sig", "pat", "sas", "otp", "pem", "pfx"})
_LAST_WORDS: Final = frozenset({"authorization"})
"""Alone or at the end they are the header of that name; "authorizationType" says something about it."""
_ABOUT_A_SECRET: Final = frozenset({"url", "uri", "endpoint", "field", "name", "type", "expiry", "expires", "method"})
"""As the last word of a name: what it names is where a secret comes from or how it is called, not the secret."""


@lru_cache(1_000)  # a list of ten thousand connections has a dozen names, each ten thousand times
def may_be_secret(name: str) -> bool:
    """Return whether a value of this name is hidden where the platform shows it: rather one too many."""
    return re.search(_ANYWHERE, name.lower()) is not None or is_secret_by_name(name, is_anything_marked=True)


def is_secret_by_name(name: str, *, is_anything_marked: bool) -> bool:
    """Return whether a form has to hide a parameter that its schema does not mark.

    Args:
        name: as in `auth.params`.
        is_anything_marked: whether the schema marks any secret; one that marks none means each `...Key` as well.
    """
    words = [word.lower() for word in re.findall(_WORDS, name)]
    joined = "".join(words)
    if joined.endswith(("sasuri", "sasurl")):
        return True
    if not words or words[-1] in _ABOUT_A_SECRET:
        return False
    if _WHOLE_WORDS & set(words) or any(each in joined for each in _SECRETS):
        return True
    if words[-1] in _LAST_WORDS:
        return True
    return words[-1] in {"key", "keys"} and not is_anything_marked
