"""Manners in a terminal, keys in order, lean output, and the page that stood there before the app."""

from __future__ import annotations

from aep_tui.domain.door import door

TYPE_CHECKING = False  # from `typing` it would cost as much as all else up to the first paint
if TYPE_CHECKING:
    from aep_tui.tui.terminal.erasing import fills_with_background as fills_with_background

__getattr__ = door(__name__, {"fills_with_background": "erasing"})
