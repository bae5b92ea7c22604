"""What was seen on the roads out of the program."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Final

from tests.canaries.forms import FORMS, found_in


class Road(StrEnum):
    """Where a secret could surface: the rows of the table."""

    SCREEN = "screen"
    SCROLLBACK = "scrollback (all bytes to the terminal)"
    STDOUT = "standard output"
    STDERR = "standard error"
    LOG = "log at level debug"
    JOURNAL = "journal"
    DRAFT = "kept answers"
    CRASH_REPORT = "crash report"
    FILES = "other files"
    CLIPBOARD = "clipboard"
    EXPORT = "request and result as plain text, curl, JSON"
    CHILDREN = "arguments and environment of children, own arguments"
    ECHO = "words of the server in errors and values"


_FILES: Final = {"*.log*": Road.LOG, "journal*": Road.JOURNAL, "draft*": Road.DRAFT, "crash-*": Road.CRASH_REPORT}


@dataclass(frozen=True, slots=True)
class Evidence:
    """What went a road.

    Attributes:
        road: which one.
        what: what it was, in words.
        data: the bytes.
    """

    road: Road
    what: str
    data: bytes


@dataclass(slots=True)
class Findings:
    """What was searched and what was found.

    Attributes:
        searched: bytes by road.
        hits: the pieces of evidence in which a form stands, by road and form.
        places: for each hit a line in words.
    """

    searched: Counter[Road] = field(default_factory=Counter)
    hits: Counter[tuple[Road, str]] = field(default_factory=Counter)
    places: list[str] = field(default_factory=list)

    def table(self) -> str:
        """Return roads by forms, with the bytes that were searched."""
        widest = max(len(road) for road in Road)
        lines = [" | ".join([" " * widest, *FORMS, "bytes searched"])]
        for road in Road:
            cells = [str(self.hits[road, form]).rjust(len(form)) for form in FORMS]
            lines.append(" | ".join([road.ljust(widest), *cells, str(self.searched[road]).rjust(14)]))
        return "\n".join(lines)


def searched(evidence: Iterable[Evidence]) -> Findings:
    """Search every piece of evidence for every form."""
    findings = Findings()
    for piece in evidence:
        findings.searched[piece.road] += len(piece.data)
        for form in sorted(found_in(piece.data)):
            findings.hits[piece.road, form] += 1
            findings.places.append(f"{piece.road}: {form}: {piece.what}")
    return findings


def not_travelled(findings: Findings) -> list[Road]:
    """Return the roads on which nothing was seen, so that nothing is known about them."""
    return [road for road in Road if not findings.searched[road]]


def files_below(folder: Path, ours: Iterable[Path] = ()) -> Iterator[Evidence]:
    """Yield what the program has left in the files of a folder.

    Args:
        folder: a home directory.
        ours: what the walk has put there itself.
    """
    own = set(ours)
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path not in own:
            road = next((road for pattern, road in _FILES.items() if path.match(pattern)), Road.FILES)
            yield Evidence(road, path.relative_to(folder).as_posix(), path.name.encode() + b"\n" + path.read_bytes())
