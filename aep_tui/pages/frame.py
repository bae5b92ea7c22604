"""What a step knows when it is shown, whichever face shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import TYPE_CHECKING

from aep_tui.domain.clock import Clock
from aep_tui.domain.light_dataclass import dataclass
from aep_tui.domain.secrets import Secrets
from aep_tui.domain.target import Target
from aep_tui.domain.wizard import Wizard

if TYPE_CHECKING:
    from aep_tui.domain.sandbox import Sandbox
    from aep_tui.domain.step_answer import Task


@dataclass(frozen=True, slots=True)
class Frame:
    """What a step knows when it is shown.

    Attributes:
        wizard: the answers so far.
        target: where the request will go.
        message: what an earlier change discarded, or "".
        sandbox: what the platform says about the target's sandbox, or None while nobody knows.
        sandboxes: those that the page is about when they are several, in the place of the target's; else ().
        offered_auth_spec_names: what the platform was seen to offer now, by `connectionSpec.id`; what was not seen
            is not in it.
        corrected_id: the connection whose credentials Submit would replace, "" when it would create one.
        changing: what is done to which existing connection, "" on the way to a new one.
        left_open: what earlier runs left open here, in a few words; "" for nothing.
        task: what the person has chosen to do last, None before that.
        clock: tells how long a pasted access token still lives.
        secrets: of this run; the fields of secrets need them.
        is_pairing: others are known to see this terminal.
        may_reveal: whether a secret may be shown for some seconds while it is typed; `--no-reveal` forbids it.
    """

    wizard: Wizard
    target: Target
    clock: Clock
    secrets: Secrets
    message: str = ""
    sandbox: Sandbox | None = None
    offered_auth_spec_names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    corrected_id: str = ""
    may_reveal: bool = True
    is_pairing: bool = False
    changing: str = ""
    left_open: str = ""
    task: Task | None = None
    sandboxes: tuple[Sandbox, ...] = ()
