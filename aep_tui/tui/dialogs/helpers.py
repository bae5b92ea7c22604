"""The table of the helpers: pages that make the value of a parameter; the catalog names them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from aep_tui.domain.source import HelperName, Parameter
from aep_tui.domain.translation import _
from aep_tui.tui import dialogs
from aep_tui.tui.dialogs.helper_page import HelperContext, HelperResult

if TYPE_CHECKING:
    from aep_tui.tui.dialogs.form_page import FormPage


@dataclass(frozen=True, slots=True)
class _Helper:
    words: str
    page: Callable[[HelperContext], FormPage[HelperResult]]


def _mint_page(context: HelperContext) -> FormPage[HelperResult]:
    return dialogs.MintTokenPage(context)


HELPERS: Final[Mapping[str, _Helper]] = {
    HelperName.MINT_JWT: _Helper(_("Make the {label} from a private key"), _mint_page),
}
"""By the name that stands in `Parameter.helper`."""


def helper_words(parameter: Parameter) -> str:
    """Return what the helper of a parameter does, "" without a known one."""
    helper = HELPERS.get(parameter.helper)
    return helper.words.format(label=parameter.label) if helper is not None else ""


def helper_page(context: HelperContext) -> FormPage[HelperResult] | None:
    """Return the page of the helper that the parameter names, or None without a known one."""
    helper = HELPERS.get(context.parameter.helper)
    return helper.page(context) if helper is not None else None
