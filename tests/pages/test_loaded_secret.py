from __future__ import annotations

import pytest

from aep_tui.domain.secrets import Secrets
from aep_tui.pages.loaded_secret import loaded_secret
from tests.domain.forms import CLIENT_CREDENTIAL, parameter
from tests.secrets import CANARY


@pytest.mark.parametrize(("text", "is_odd"), [(f"\x1b[32m{CANARY}\x1b[0m", True), (f"{CANARY}\n", False)])
def test_control_characters_of_a_loaded_secret_are_told(text: str, is_odd: bool) -> None:
    words = loaded_secret(parameter(CLIENT_CREDENTIAL, "clientSecret"), text, Secrets()).words
    assert ("control characters" in words) is is_odd
    assert CANARY not in words
