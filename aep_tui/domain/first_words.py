"""Words of the product that stand on the first page, which is painted before anything is loaded.

So this imports nothing that costs something, not even `enum`: the enumerations of the domain take their values here.
"""

from __future__ import annotations

from aep_tui.domain.translation import _

WELCOME = _("Welcome")
"""The name of the first step."""
PRACTICE = "practice"
"""The mode of a rehearsal; in capitals it stands on the target line."""
PAIRING_VARIABLE = "AEP_PAIRING"
"""Says that others see this terminal."""
