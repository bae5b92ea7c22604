"""Where every user-facing sentence passes through, so that a translation can replace it whole.

As long as the package has no catalogue nothing is loaded that reads one: the words of the first page pass here too.
"""

from __future__ import annotations

import os

TYPE_CHECKING = False  # from `typing` it would cost as much as all else up to the first paint
if TYPE_CHECKING:
    from gettext import NullTranslations

_CATALOGUES = os.path.join(os.path.dirname(os.path.dirname(os.path.realpath(__file__))), "locale")
_translations: NullTranslations | None = None
if os.path.isdir(_CATALOGUES):
    import gettext

    _translations = gettext.translation("aep_tui", localedir=_CATALOGUES, fallback=True)


def stay_english() -> None:
    """Leave every sentence as it is from now on: what scripts read is the same in every language."""
    global _translations
    _translations = None


def _(sentence: str) -> str:
    """Return `sentence` in the language of the environment (`LANGUAGE`, `LC_MESSAGES`, `LANG`).

    Sentences are whole: values are put in with `str.format` after the translation, never by joining pieces.
    """
    return sentence if _translations is None else _translations.gettext(sentence)


def plural(one: str, many: str, count: int) -> str:
    """Return the form of a sentence that fits `count`; the caller formats it."""
    if _translations is None:
        return one if count == 1 else many
    return _translations.ngettext(one, many, count)
