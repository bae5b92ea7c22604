"""The settings as the commands have them resolved, with a clock at hand."""

from __future__ import annotations

from functools import partial

from aep_tui.domain.clock import SystemClock
from aep_tui.domain.secrets import Secrets
from aep_tui.settings.resolution import resolve as _resolve

SECRETS = Secrets()
"""Of these tests; they know every secret that was found."""

resolve = partial(_resolve, clock=SystemClock(), secrets=SECRETS)
