"""The face line by line: questions and answers in plain text, for screen readers, serial lines and dumb terminals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aep_tui.domain.door import door

if TYPE_CHECKING:
    from aep_tui.plain.existing_list import ExistingList as ExistingList
    from aep_tui.plain.existing_page import ExistingPage as ExistingPage

__getattr__ = door(
    __name__,
    {
        "ExistingList": "existing_list",
        "ExistingPage": "existing_page",
    },
)
