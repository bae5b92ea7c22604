from __future__ import annotations

import pytest

from aep_tui.domain.background_work import in_background

pytestmark = pytest.mark.anyio


def fail() -> None:
    raise LookupError("nothing there")


async def test_what_the_work_returns_comes_back() -> None:
    assert await in_background(lambda: 7) == 7


async def test_what_the_work_raises_is_raised_where_it_was_waited_for() -> None:
    with pytest.raises(LookupError, match="nothing there"):
        await in_background(fail)
