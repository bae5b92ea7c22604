from __future__ import annotations

import pytest

from aep_tui.domain.auth_schema import auth_methods_of
from aep_tui.domain.secrets import Secrets
from aep_tui.pages.loaded_secret import loaded_secret
from tests.domain.forms import CLIENT_CREDENTIAL, parameter
from tests.kit.canary import CANARY


@pytest.mark.parametrize(("text", "is_odd"), [(f"\x1b[32m{CANARY}\x1b[0m", True), (f"{CANARY}\n", False)])
def test_control_characters_of_a_loaded_secret_are_told(text: str, is_odd: bool) -> None:
    words = loaded_secret(parameter(CLIENT_CREDENTIAL, "clientSecret"), text, Secrets()).words
    assert ("control characters" in words) is is_odd
    assert CANARY not in words


def test_a_short_secret_is_known_also_without_the_quotation_marks_around_it() -> None:
    secrets = Secrets()
    loaded = loaded_secret(parameter(CLIENT_CREDENTIAL, "clientSecret"), "'abc12'", secrets)
    assert loaded.cleaned is not None
    assert secrets.clean("it is abc12 or 'abc12'") == "it is «redacted:clientSecret» or '«redacted:clientSecret»'"


@pytest.mark.parametrize(
    ("described", "text", "words"),
    [
        ({"type": "string", "contentEncoding": "base64"}, "-----BEGIN", "Warning: The platform wants this as base64."),
        ({"type": "object", "properties": {"password": {}}}, "plain", "Warning: This is no JSON value"),
        ({"type": "string", "contentEncoding": "base64"}, "QUNNRQ==", ""),
    ],
)
def test_what_the_platform_describes_is_held_against_it_before_it_is_wrapped(
    described: dict[str, object], text: str, words: str
) -> None:
    (method,) = auth_methods_of([{"name": "Key", "spec": {"properties": {"privateKey": described}}}])
    loaded = loaded_secret(method.parameters[0], text, Secrets())
    assert words in loaded.words
    assert bool(words) == ("Warning" in loaded.words)
