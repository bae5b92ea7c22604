"""No text is slow to clean, whoever wrote it: what is counted here is work, not time."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from types import FrameType, ModuleType
from typing import Any

import pytest

from aep_tui.domain import redaction, secret_forms
from aep_tui.domain.secrets import Secrets
from tests.benchmarks.hostile_texts import PIECES, text_of
from tests.kit.canary import CANARY, knowing
from tests.kit.examples import examples

SHORT, LONG = examples(250_000), examples(1_000_000)


def calls_of(work: Callable[[], object]) -> int:
    """Return how many functions, of ours and built in, are called: each of them passes over its text once."""
    count = 0

    def note(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


def a_run() -> Secrets:
    return knowing({"clientSecret": CANARY, "password": "password", "accessToken": f"eyJ{'a' * 900}", "pin": "1234"})


@pytest.mark.parametrize("piece", PIECES)
def test_four_times_the_text_takes_at_most_four_times_the_calls(piece: str) -> None:
    secrets = a_run()
    short, long = text_of(piece, SHORT), text_of(piece, LONG)
    secrets.clean(text_of(piece, SHORT // 10))  # from here on every pattern is compiled
    few, many = calls_of(lambda: secrets.clean(short)), calls_of(lambda: secrets.clean(long))
    assert many <= 4.2 * few + 200
    assert many < 250_000


def test_a_loop_that_grows_with_the_square_would_be_seen() -> None:
    def square(text: str) -> None:
        for _each in text:
            for _other in text:
                text.find("x")

    assert calls_of(lambda: square("a" * 80)) > 10 * calls_of(lambda: square("a" * 20))


def patterns(*modules: ModuleType) -> Iterator[tuple[str, re.Pattern[str]]]:
    """Yield the patterns of our modules by their names: every text that is a constant of theirs alone is one."""
    for module in modules:
        for name, value in vars(module).items():
            if re.fullmatch(r"_[A-Z_]+", name) and isinstance(value, str):
                yield f"{module.__name__}.{name}", re.compile(value)


def goes_back(parsed: Iterable[tuple[object, Any]]) -> bool:
    """Return whether a parsed pattern has a repetition without an upper limit that gives back what it took."""
    for operation, argument in parsed:
        if str(operation) in {"MAX_REPEAT", "MIN_REPEAT"} and str(argument[1]) == "MAXREPEAT":
            return True
        parts = argument if isinstance(argument, tuple | list) else [argument]
        for part in parts:
            inner = part if isinstance(part, list) else [part]
            if any(goes_back(each) for each in inner if type(each).__name__ == "SubPattern"):
                return True
    return False


def parsed(pattern: str, flags: int = 0) -> Iterable[tuple[object, Any]]:
    from re import _parser  # type: ignore[attr-defined]  # the one way to look into a pattern

    return _parser.parse(pattern, flags)  # type: ignore[no-any-return]


def test_no_repetition_without_a_limit_gives_back_what_it_took() -> None:
    found = dict(patterns(redaction, secret_forms))
    assert len(found) > 5
    assert {name for name, pattern in found.items() if goes_back(parsed(pattern.pattern, pattern.flags))} == set()


@pytest.mark.parametrize("pattern", ["a+", "(?:a|b*)c", "x(y(z+?))", "(?:(?:a{2,}))"])
def test_a_repetition_that_gives_back_is_seen(pattern: str) -> None:
    assert goes_back(parsed(pattern))


@pytest.mark.parametrize("pattern", ["a++", "a{1,20}", "(?:a*+|b{0,3})"])
def test_a_repetition_that_gives_nothing_back_is_let_through(pattern: str) -> None:
    assert not goes_back(parsed(pattern))


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (redaction._SIGNED, "eyJ" * 1_000),
        (redaction._NAMED, "token" * 1_000),
        (redaction._NAMED, "secret-" * 1_000),
    ],
)
def test_what_only_begins_like_a_secret_is_passed_over_whole(pattern: str, text: str) -> None:
    assert len(list(re.finditer(pattern, text))) == 1
