"""What a page that makes the value of a parameter starts from, and what it gives back."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass, field

from aep_tui.domain.clock import Clock
from aep_tui.domain.draft import Answer
from aep_tui.domain.secret import Secret
from aep_tui.domain.secrets import Secrets
from aep_tui.domain.source import AuthMethod, Parameter, Source


@dataclass(frozen=True, slots=True)
class HelperContext:
    """What a helper starts from.

    Attributes:
        source, method, parameter: whose value it makes.
        answers: the form as it stands.
        clock: the time.
        secrets: of this run; they hold what is made.
        typed_before: what was typed on the page when it was open the last time, by field; never a secret. The page
            puts there what is typed now.
    """

    source: Source
    method: AuthMethod
    parameter: Parameter
    answers: Mapping[str, Answer]
    clock: Clock
    secrets: Secrets
    typed_before: MutableMapping[str, str] = field(default_factory=dict)

    def read(self, role: str) -> str:
        """Return the text in the field that the parameter reads as `role`, "" without one."""
        answer = self.answers.get(self.parameter.read_name(role))
        return answer.strip() if isinstance(answer, str) else ""


@dataclass(frozen=True, slots=True)
class HelperResult:
    """What goes back into the form.

    Attributes:
        secret: for the field of the parameter.
        words: what may be said of it.
        texts: for other fields, by API name.
    """

    secret: Secret
    words: str
    texts: Mapping[str, str]
