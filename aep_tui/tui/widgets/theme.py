"""The colours of the product; each is a help and never the only sign."""

from __future__ import annotations

from textual.theme import Theme

THEME = Theme(
    name="aep",
    primary="#5aa9e6",
    accent="#7fc8f8",
    foreground="#e6e6e6",
    background="#101418",
    surface="#1f2830",
    panel="#1f2830",
    warning="#ffd166",
    error="#ff7b7b",
    success="#8bd17c",
    dark=True,
    variables={
        "scrollbar-background": "#101418",
        "scrollbar-background-hover": "#101418",
        "scrollbar-background-active": "#101418",
    },
)
