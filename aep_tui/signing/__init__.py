"""Keys, certificates and signed tokens: the only room that imports cryptography and PyJWT.

Loaded when a person asks for a token or a key pair, never at the start. A key and a passphrase live only inside one
call; what comes out is the token, wrapped, and facts that may be shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from aep_tui.domain.door import door

if TYPE_CHECKING:
    from aep_tui.signing.certificate import read_certificate as read_certificate
    from aep_tui.signing.key_pair import make_key_pair as make_key_pair
    from aep_tui.signing.token import default_expiry as default_expiry
    from aep_tui.signing.token import inspect_private_key as inspect_private_key
    from aep_tui.signing.token import mint as mint

__getattr__ = door(
    __name__,
    {
        "read_certificate": "certificate",
        "make_key_pair": "key_pair",
        "default_expiry": "token",
        "inspect_private_key": "token",
        "mint": "token",
    },
)
