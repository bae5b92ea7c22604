"""The shown screen as SVG that needs no network and is the same in every run."""

from __future__ import annotations

import re
from typing import Any, Final

from textual.app import App

_FONT_FACE: Final = re.compile(r"[ \t]*@font-face \{.*?\n[ \t]*\}\n", re.DOTALL)
_FONT_FAMILY: Final = "font-family: Fira Code, monospace;"
_LOCAL_FONTS: Final = 'font-family: "Fira Code", "DejaVu Sans Mono", Menlo, Consolas, monospace;'
_TRAILING_BLANKS: Final = re.compile(r"[ \t]+$", re.MULTILINE)


def picture_of(app: App[Any]) -> str:
    """Return the SVG of the shown screen.

    Textual's own picture loads its font from the network; ours names fonts that may be there. Every character has its
    place in the SVG, so that another font shifts nothing.
    """
    svg = app.export_screenshot(title="aep-tui", simplify=True)
    svg = _FONT_FACE.sub("", svg).replace(_FONT_FAMILY, _LOCAL_FONTS)
    return _TRAILING_BLANKS.sub("", svg).rstrip("\n") + "\n"
