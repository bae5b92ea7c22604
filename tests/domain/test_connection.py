from __future__ import annotations

import pytest

from aep_tui.domain.connection import ConnectionStatus


@pytest.mark.parametrize(
    ("state", "is_pending"),
    [
        *(
            (state, True)
            for state in (
                "initializing",
                "updating",
                "enabling",
                "disabling",
                "inProgress",
                "enabled-finalizing",
                "delete-finalizing",
            )
        ),
        *((state, False) for state in ("enabled", "disabled", "draft", "failed", "")),
    ],
)
def test_the_states_that_pass_by_themselves_are_those_of_the_documents(state: str, is_pending: bool) -> None:
    status = ConnectionStatus("c-1", state)
    assert status.is_pending is is_pending
    assert status.is_enabled is (state == "enabled")
