"""The signs, names of keys and short words that stand on a page, without anything that draws them.

The first page is painted with them before anything is loaded, so nothing is imported here.
"""

from __future__ import annotations

from aep_tui.domain.translation import _

MARK, NO_MARK = "> ", "  "
"""Before the row of a list that has the focus, and before every other one."""
CHOSEN, NOT_CHOSEN = "(•)", "( )"
MORE_BELOW = _(" ↓ {count} more")
"""At the end of the last line of a list that is cut."""
ROWS_AROUND_THE_LIST = 14
"""Of the first page: two lines at the top, greeting, modes, two questions, what the marked scenario does, the button
and the keys."""
SEPARATOR = " | "
"""Between the parts of the target line."""
ENTER, TAB = "enter", "tab"
"""Stand among the ids of `key_words` for what these keys do; Enter comes before what the focus says."""
MOVE = _("Move")
"""What Tab does."""
SHORT = {
    "app.help": _("Help"),
    "app.commands": _("Commands"),
    "app.quit": _("Quit"),
    "welcome.sandboxes": _("Sandboxes"),
    "welcome.settings": _("Settings"),
    "list.up": _("Choose"),
    "list.down": _("Choose"),
}
"""What the keys of the first page do in a word or two, by their ids in the table of the keys."""

_FIRST_TO_GO = ("tab", "list.up", "page.page-down", "app.quit")
"""What is left out first where the line is too narrow for all: everybody tries these keys anyway."""
_LAST_TO_GO = frozenset({ENTER, "app.help", "app.commands"})
"""What leads to all the others is never left out."""
_NAMES = {
    "escape": _("Esc"),
    "slash": "/",
    "pageup": _("Page Up"),
    "pagedown": _("Page Down"),
    "enter": _("Enter"),
    "space": _("Space"),
    "tab": _("Tab"),
    "up": _("Up"),
    "down": _("Down"),
    "left": _("Left"),
    "right": _("Right"),
    "home": _("Home"),
    "end": _("End"),
    "delete": _("Delete"),
}


def key_name(key: str) -> str:
    """Return how people call a key, for example "Esc", "F5", "Ctrl+Q"."""
    return _NAMES.get(key) or "+".join(part.capitalize() for part in key.split("+"))


class Hint:
    """One key and what it does now.

    Attributes:
        id: in the table of the keys.
        key: as people call it.
        words: what it does.
    """

    __slots__ = ("id", "key", "words")

    def __init__(self, id: str, key: str, words: str) -> None:  # noqa: A002 - as the table says
        self.id = id
        self.key = key
        self.words = words


def button_face(label: str, *, has_focus: bool) -> str:
    """Return a button with its mark."""
    return f"{'>' if has_focus else ' '}[ {label} ]"


def line_text(hints: list[Hint], width: int) -> str:
    """Return the hints in one line of at most `width` cells; where it is narrow the less important ones go."""
    gap, parts = line_parts(hints, width)
    return gap.join(f"{keys} {words}" for keys, words in parts)


def line_parts(hints: list[Hint], width: int) -> tuple[str, list[tuple[str, str]]]:
    """Return what stands between the parts of such a line, and its parts: the keys and what they do."""
    shown = [hint for hint in hints if hint.words]
    while shown:
        parts = _joined(shown)
        for gap in ("   ", "  "):
            if sum(len(keys) + 1 + len(words) for keys, words in parts) + len(gap) * (len(parts) - 1) <= width:
                return gap, parts
        dispensable = [hint for name in _FIRST_TO_GO for hint in shown if hint.id == name]
        others = [hint for hint in reversed(shown) if hint.id not in _LAST_TO_GO and hint.key != key_name("escape")]
        gone = next(iter((*dispensable, *others)), shown[-1])
        shown = [hint for hint in shown if hint.id not in {gone.id, _other_of_pair(gone.id)}]
    return "", []


def _other_of_pair(key_id: str) -> str:
    """Return the id of the key that goes the other way: of Up and Down neither stands in a line alone."""
    page, dot, way = key_id.rpartition(".")
    return page + dot + {"up": "down", "down": "up"}.get(way, way)


def _joined(hints: list[Hint]) -> list[tuple[str, str]]:
    """Return a part for each thing that can be done; keys that do the same stand together."""
    keys: dict[str, list[str]] = {}
    for hint in hints:
        keys.setdefault(hint.words, []).append(hint.key)
    return [(", ".join(names), words) for words, names in keys.items()]
