"""The draft: every answer that a person has given so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from types import MappingProxyType
from typing import TypeAlias

from aep_tui.domain.light_dataclass import dataclass
from aep_tui.domain.secret import Secret
from aep_tui.domain.source import Cloud

Answer: TypeAlias = "str | bool | Secret"
"""A text, a switch, or a secret."""


def _no_answers() -> Mapping[str, Answer]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Draft:
    """All answers of one walk through the wizard; frozen, changed by `dataclasses.replace`.

    Attributes:
        cloud: the chosen cloud.
        source_id: the chosen source, "" while there is none.
        auth_method_id: the chosen auth method, "" while there is none.
        acknowledged_notice_ids: notices that the person has ticked for exactly this choice.
        answers: the parameters by API name; secrets are Secret, switches bool, everything else text.
        name, description: of the connection.
    """

    cloud: Cloud | None = None
    source_id: str = ""
    auth_method_id: str = ""
    acknowledged_notice_ids: frozenset[str] = frozenset()
    answers: Mapping[str, Answer] = field(default_factory=_no_answers, repr=False)
    name: str = ""
    description: str = ""


def is_empty(answer: Answer | None) -> bool:
    """Return whether an answer counts as not given; a switch that is off counts as not given."""
    if answer is None or answer is False:
        return True
    if answer is True:
        return False
    return len(answer) == 0
