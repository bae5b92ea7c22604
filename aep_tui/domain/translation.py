"""Where every user-facing sentence passes through, so that a translation can replace it whole."""

from __future__ import annotations

import gettext
import os

_CATALOGUES = os.path.join(os.path.dirname(os.path.dirname(os.path.realpath(__file__))), "locale")
_translations = gettext.translation("aep_tui", localedir=_CATALOGUES, fallback=True)


def stay_english() -> None:
    """Leave every sentence as it is from now on: what scripts read is the same in every language."""
    global _translations
    _translations = gettext.NullTranslations()


def _(sentence: str) -> str:
    """Return `sentence` in the language of the environment (`LANGUAGE`, `LC_MESSAGES`, `LANG`).

    Sentences are whole: values are put in with `str.format` after the translation, never by joining pieces.
    """
    return _translations.gettext(sentence)


def plural(one: str, many: str, count: int) -> str:
    """Return the form of a sentence that fits `count`; the caller formats it."""
    return _translations.ngettext(one, many, count)
