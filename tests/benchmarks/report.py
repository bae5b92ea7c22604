"""The figures of a benchmark as a Markdown table: medians, and their ratio to the baseline."""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from tests.benchmarks.measure import Answer, Idle, Start


@dataclass
class Figures:
    """All that was measured of one program."""

    starts: list[Start] = field(default_factory=list)
    keys: dict[str, list[Answer]] = field(default_factory=lambda: defaultdict(list))
    steps: dict[str, list[Answer]] = field(default_factory=lambda: defaultdict(list))
    idles: dict[str, list[Idle]] = field(default_factory=lambda: defaultdict(list))
    help_seconds: list[float] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table.

    Attributes:
        label: what, and in which unit.
        own, others: the figures of the program and of the baseline; empty when not measured.
        digits: after the decimal point.
    """

    label: str
    own: Sequence[float]
    others: Sequence[float]
    digits: int = 0

    def cells(self) -> tuple[str, str, str, str]:
        """Return label, own median, the others' median and the ratio."""
        own, others = _median(self.own), _median(self.others)
        ratio = f"{own / others:.2f}" if own is not None and others else "-"
        return self.label, self._number(own), self._number(others), ratio

    def _number(self, value: float | None) -> str:
        return "-" if value is None else f"{value:.{self.digits}f}"


def table(own: Figures, others: Figures, heading: str, baseline: str) -> str:
    """Return the table of `own` figures beside the `others`."""
    lines = [
        ("", heading, baseline, "ratio"),
        ("---", "--:", "--:", "--:"),
        *(row.cells() for row in rows(own, others)),
    ]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


def rows(own: Figures, others: Figures) -> Iterator[Row]:
    """Yield what was measured. Every step stands beside all steps of the baseline, which are alike."""
    mine, theirs = own.starts, others.starts
    yield Row(
        "start: first paint, s", [s.first_paint_seconds for s in mine], [s.first_paint_seconds for s in theirs], 3
    )
    yield Row("start: settled, s", [s.seconds for s in mine], [s.seconds for s in theirs], 3)
    yield Row("start: bytes", [s.written_bytes for s in mine], [s.written_bytes for s in theirs])
    yield Row("start: processor, s", [s.processor_seconds for s in mine], [s.processor_seconds for s in theirs], 3)
    yield Row("memory: RSS, MB", [s.rss / 2**20 for s in mine], [s.rss / 2**20 for s in theirs], 1)
    yield Row("memory: PSS, MB", [s.pss / 2**20 for s in mine], [s.pss / 2**20 for s in theirs], 1)
    own_help, bare_interpreter = ([seconds * 1000 for seconds in each.help_seconds] for each in (own, others))
    yield Row("`--help`, ms (beside the bare interpreter)", own_help, bare_interpreter)
    for key, answers in own.keys.items():
        yield from _answer_rows(f"key {key}", answers, others.keys.get(key, []))
    all_steps = [answer for answers in others.steps.values() for answer in answers]
    for step, answers in own.steps.items():
        yield from _answer_rows(f"step: {step}", answers, all_steps)
    all_idles = [idle for idles in others.idles.values() for idle in idles]
    for page, idles in own.idles.items():
        yield Row(f"idle: {page}, bytes", [i.written_bytes for i in idles], [i.written_bytes for i in all_idles])
        processor, others_processor = ([i.processor_seconds * 1000 for i in group] for group in (idles, all_idles))
        yield Row(f"idle: {page}, processor ms", processor, others_processor, 1)


def _answer_rows(label: str, own: Iterable[Answer], others: Iterable[Answer]) -> Iterator[Row]:
    """Yield time and bytes of those answers that came; a key that changes nothing says nothing about either."""
    mine, theirs = ([answer for answer in answers if answer.written_bytes] for answers in (own, others))
    yield Row(f"{label}, ms", [a.seconds * 1000 for a in mine], [a.seconds * 1000 for a in theirs], 1)
    yield Row(f"{label}, bytes", [a.written_bytes for a in mine], [a.written_bytes for a in theirs])


def _median(values: Sequence[float]) -> float | None:
    return statistics.median(values) if values else None
