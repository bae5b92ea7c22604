"""A row of the list of existing connections in columns, as wide as the page allows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from aep_tui.domain.safe_text import without_control_characters
from aep_tui.domain.translation import _
from aep_tui.pages.connection_rows import Entry, SandboxNotRead
from aep_tui.pages.connection_words import attention_words, name_words
from aep_tui.pages.wrapping import cells

MARKED, SELECTED, ATTENTION = ">", "*", "!"
"""What stands before a name: the mark, the selection, and that somebody should look at it."""
_DAY: Final = len("2026-11-28")
_STATE: Final = len("initializing")
_WIDEST_SANDBOX: Final = 12
_MARKS: Final = 4


@dataclass(frozen=True, slots=True)
class Columns:
    """How wide each column is, in cells; 0 leaves it out."""

    name: int
    sandbox: int
    source: int
    method: int

    def line(self, *texts: str) -> str:
        """Return name, sandbox, source, method, state and day beside each other, each as wide as its column."""
        widths = (self.name, self.sandbox, self.source, self.method, _STATE, _DAY)
        return " ".join(_fitted(text, width) for text, width in zip(texts, widths, strict=True) if width)


def columns_of(width: int, sandbox_names: Sequence[str]) -> Columns:
    """Return the columns of a list that is `width` cells wide; several sandboxes are told apart in a column."""
    is_of_several = len(sandbox_names) > 1
    longest = max(cells(_("Sandbox")), *(cells(name) for name in sandbox_names)) if is_of_several else 0
    sandbox = min(_WIDEST_SANDBOX, longest)
    gaps = 5 if is_of_several else 4
    free = max(30, width - _MARKS - gaps - sandbox - _STATE - _DAY)
    source = min(20, free * 3 // 12)
    method = min(26, free * 4 // 12)
    return Columns(free - source - method, sandbox, source, method)


def head_line(columns: Columns) -> str:
    """Return the names of the columns."""
    names = (_("Name"), _("Sandbox"), _("Source"), _("Auth method"), _("State"), _("Changed"))
    return " " * _MARKS + columns.line(*names)


def entry_line(entry: Entry, columns: Columns, *, is_marked: bool, is_selected: bool) -> str:
    """Return a row without its line break; nothing in it steers a terminal."""
    mark = MARKED if is_marked else " "
    if isinstance(entry, SandboxNotRead):
        words = _("{name}: could not be read. {reason}")
        if entry.read:
            words = _("{name}: only the first {count} could be read. {reason}")
        text = words.format(name=entry.sandbox_name, count=entry.read, reason=entry.problem.message)
        return f"{mark} {ATTENTION} {without_control_characters(text)}"
    attention = ATTENTION if entry.attention else " "
    status = entry.status
    day = f"{status.updated_at:%Y-%m-%d}" if status.updated_at else ""
    source = entry.source or status.connection_spec_id
    facts = (name_words(status), entry.sandbox_name, source, entry.auth_method, status.state, day)
    selected = SELECTED if is_selected else " "
    return f"{mark}{selected}{attention} {columns.line(*facts)}"


def detail_lines(entry: Entry | None) -> tuple[str, str, str]:
    """Return what stands below the list about the marked row: the whole name, id and sandbox, and what to look at."""
    if entry is None:
        return "", "", ""
    if isinstance(entry, SandboxNotRead):
        head = _("Sandbox {name}").format(name=entry.sandbox_name)
        return head, entry.problem.message, entry.problem.next_step
    method = " · ".join(filter(None, (entry.source or entry.status.connection_spec_id, entry.auth_method)))
    facts = (entry.status.connection_id, _("sandbox {name}").format(name=entry.sandbox_name))
    head = " · ".join(filter(None, (name_words(entry.status), method)))
    return head, " · ".join(filter(None, facts)), attention_words(entry)


def _fitted(text: str, width: int) -> str:
    clean = without_control_characters(text)
    if clean.isascii():
        shown = clean if len(clean) <= width else clean[: width - 1] + "…"
        return f"{shown:<{width}}"
    if cells(clean) > width:
        while clean and cells(clean) > width - 1:
            clean = clean[: min(len(clean) - 1, width)]
        clean += "…"
    return clean + " " * (width - cells(clean))
