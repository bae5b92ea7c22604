"""The rule "client-id": the id of an app at the source, which is no address."""

from __future__ import annotations

import re
from typing import Final

from aep_tui.domain.finding import Finding, warning
from aep_tui.domain.rules.context import RuleContext
from aep_tui.domain.rules.registry import rule
from aep_tui.domain.source import RuleName
from aep_tui.domain.translation import _

_ADDRESS: Final = re.compile(r"(?i)^(?:[a-z][a-z0-9+.-]*:/|www\.)|^[^\s@]+@[^\s@]+$")
"""A web address or a mail address; ids of apps have dots too, so a dot alone says nothing."""


@rule(RuleName.CLIENT_ID)
def judge_client_id(_context: RuleContext, text: str) -> tuple[Finding, ...]:
    """Return a warning about an address, most often meant for the field above, or about blanks that copying left."""
    if _ADDRESS.match(text):
        return (warning(_("This looks like an address. The client ID is a text of letters and digits from your app.")),)
    corrected = "".join(text.split())
    if corrected == text:
        return ()
    return (warning(_("There are blanks in the client ID. Take them out, unless they belong to it."), corrected),)
