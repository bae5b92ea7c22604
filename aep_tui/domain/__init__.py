"""The words of the product as frozen models and pure functions: nothing here does input or output."""

from __future__ import annotations

from aep_tui.domain.door import door

TYPE_CHECKING = False  # from `typing` it would cost as much as all else up to the first paint
if TYPE_CHECKING:
    from aep_tui.domain.connection_request import build_connection_request as build_connection_request
    from aep_tui.domain.paste import bearer_prefix_removed as bearer_prefix_removed
    from aep_tui.domain.paste import read_paste as read_paste
    from aep_tui.domain.validation import answers_with_errors as answers_with_errors
    from aep_tui.domain.validation import findings_for_description as findings_for_description
    from aep_tui.domain.validation import findings_for_name as findings_for_name
    from aep_tui.domain.waiting import wait as wait

__getattr__ = door(
    __name__,
    {
        "answers_with_errors": "validation",
        "bearer_prefix_removed": "paste",
        "build_connection_request": "connection_request",
        "findings_for_description": "validation",
        "findings_for_name": "validation",
        "read_paste": "paste",
        "wait": "waiting",
    },
)
