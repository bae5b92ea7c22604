from __future__ import annotations

import ast

from tests.architecture.sources import ROOT, source_files

UNWRAP = "get_secret_value"
MAY_UNWRAP = {
    "aep_tui/domain/connection_request.py",  # the body of the request
    "aep_tui/domain/secret.py",  # where it is
    "aep_tui/domain/token_end.py",  # what a token says about itself
    "aep_tui/flow_service/authentication.py",  # the bearer token
    "aep_tui/flow_service/ims.py",  # the client secret that a token is asked for with
    "aep_tui/flow_service/salesforce_login.py",  # the client secret of the login that the person wants checked
    "aep_tui/signing/private_key.py",  # the passphrase that opens or encrypts a key file
}


def unwraps(source: str) -> bool:
    """Return whether `source` takes a secret out of its wrapping, by whatever spelling."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Attribute(attr=name) | ast.Name(id=name) if name in (UNWRAP, "_in_clear"):
                return True
            case ast.Constant(value=str(text)) if text.strip() in (UNWRAP, "_in_clear"):
                return True
    return False


def test_secrets_are_taken_out_of_their_wrapping_for_sending_only() -> None:
    found = {path.as_posix() for path in source_files("aep_tui") if unwraps((ROOT / path).read_text(encoding="utf-8"))}
    assert found == MAY_UNWRAP


def test_every_spelling_of_taking_a_secret_out_is_found() -> None:
    assert unwraps("value = secret.get_secret_value()")
    assert unwraps("take = Secret.get_secret_value")
    assert unwraps("getattr(secret, 'get_secret_value')()")
    assert unwraps("secret._in_clear")
    assert not unwraps("'''Nobody calls get_secret_value here.'''")
