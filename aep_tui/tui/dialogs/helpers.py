"""The table of the helpers: pages that make the value of a parameter; the catalog names them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, MutableMapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from aep_tui.domain.clock import Clock
from aep_tui.domain.draft import Answer
from aep_tui.domain.secret import Secret
from aep_tui.domain.source import AuthMethod, Parameter, Source
from aep_tui.domain.translation import _

if TYPE_CHECKING:
    from aep_tui.tui.dialogs.form_page import FormPage


@dataclass(frozen=True, slots=True)
class HelperContext:
    """What a helper starts from.

    Attributes:
        source, method, parameter: whose value it makes.
        answers: the form as it stands.
        clock: the time.
        typed_before: what was typed on the page when it was open the last time, by field; never a secret. The page
            puts there what is typed now.
    """

    source: Source
    method: AuthMethod
    parameter: Parameter
    answers: Mapping[str, Answer]
    clock: Clock
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


@dataclass(frozen=True, slots=True)
class _Helper:
    words: str
    page: Callable[[HelperContext], FormPage[HelperResult]]


def _mint_page(context: HelperContext) -> FormPage[HelperResult]:
    from aep_tui.tui.dialogs.mint_token import MintTokenPage

    return MintTokenPage(context)


_HELPERS: Final[Mapping[str, _Helper]] = {
    "mint-jwt": _Helper(_("Make the {label} from a private key"), _mint_page),
}

HELPER_NAMES: Final = frozenset(_HELPERS)
"""What `Parameter.helper` may name."""


def helper_words(parameter: Parameter) -> str:
    """Return what the helper of a parameter does, "" without a known one."""
    helper = _HELPERS.get(parameter.helper)
    return helper.words.format(label=parameter.label) if helper is not None else ""


def helper_page(context: HelperContext) -> FormPage[HelperResult] | None:
    """Return the page of the helper that the parameter names, or None without a known one."""
    helper = _HELPERS.get(context.parameter.helper)
    return helper.page(context) if helper is not None else None
