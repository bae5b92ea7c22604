from __future__ import annotations

import ast
from functools import cache

from tests.architecture.sources import ROOT, source_files
from tests.architecture.syntax import nodes_of, tree_of

UNWRAP = "get_secret_value"
MAY_UNWRAP = {
    "aep_tui/domain/connection_change.py",  # the body of a change
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
    for node in nodes_of(tree_of(source)):
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


MAKES_A_SECRET = {"aep_tui/domain/secrets.py"}
"""`Secrets.hold`."""
FINDS_SECRETS = {"forms_of", "without_values", "redacted_by_name_and_shape"}
"""What cleans a text; whoever used it beside `Secrets` would not know every secret of the run."""


@cache
def names_in(source: str) -> frozenset[str]:
    """Return every name that `source` imports, calls or passes on; annotations and `isinstance` only name a type."""
    nodes = nodes_of(tree_of(source))
    annotations = {id(part) for node in nodes for note in _annotations(node) for part in ast.walk(note)}
    functions = [node.func for node in nodes if isinstance(node, ast.Call)]
    called = {each.id if isinstance(each, ast.Name) else getattr(each, "attr", "") for each in functions}
    used = {node.id for node in nodes if isinstance(node, ast.Name) and id(node) not in annotations}
    return frozenset(called | (used & FINDS_SECRETS))


def _annotations(node: ast.AST) -> list[ast.expr]:
    found = [getattr(node, "annotation", None), getattr(node, "returns", None)]
    return [each for each in found if isinstance(each, ast.expr)]


def test_only_the_secrets_of_the_run_make_a_secret_and_clean_a_text() -> None:
    names = {path.as_posix(): names_in((ROOT / path).read_text(encoding="utf-8")) for path in source_files("aep_tui")}
    assert {path for path, used in names.items() if "Secret" in used} == MAKES_A_SECRET
    cleaning = {path for path, used in names.items() if used & FINDS_SECRETS}
    assert cleaning == {"aep_tui/domain/secrets.py"}


def test_the_secrets_are_made_where_the_command_begins() -> None:
    texts = {path.as_posix(): (ROOT / path).read_text(encoding="utf-8") for path in source_files("aep_tui")}
    makers = {path for path, text in texts.items() if "Secrets" in names_in(text)}
    # The journal of somebody who only reads it has nothing to hide.
    assert {each for each in makers if not each.startswith("aep_tui/commands/")} == {"aep_tui/state/journal.py"}


def test_a_second_maker_of_a_secret_would_be_found() -> None:
    assert "Secret" in names_in("token = Secret(text)")
    assert "without_values" in names_in("clean = without_values")
    assert "Secret" not in names_in("def keep(secret: Secret) -> Secret: return secret")
