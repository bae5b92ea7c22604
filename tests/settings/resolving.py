"""The settings as the commands have them resolved, with a clock at hand."""

from __future__ import annotations

from functools import partial

from aep_tui.domain.clock import SystemClock
from aep_tui.settings.environment import resolve as _resolve

resolve = partial(_resolve, clock=SystemClock())
