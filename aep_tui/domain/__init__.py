"""The words of the product as frozen models and pure functions: nothing here does input or output."""

from __future__ import annotations

from aep_tui.domain.door import door

TYPE_CHECKING = False  # from `typing` it would cost as much as all else up to the first paint
if TYPE_CHECKING:
    from aep_tui.domain.waiting import wait as wait

__getattr__ = door(
    __name__,
    {
        "wait": "waiting",
    },
)
