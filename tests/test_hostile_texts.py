"""Every reader of text that people paste or name: whatever it is given, it answers or refuses in our own words.

Work is counted in executed lines of the package and not in seconds, so that the figures are the same on any machine.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import aep_tui
from aep_tui.domain.jwt_claims import inspect_jwt
from aep_tui.domain.paste import read_paste
from aep_tui.domain.problem import Problem
from aep_tui.domain.rules.context import RuleContext
from aep_tui.domain.rules.web_address import read_web_address
from aep_tui.domain.secrets import Secrets
from aep_tui.domain.snippet import read_snippet
from aep_tui.domain.stand_in import stand_in
from aep_tui.domain.validation import findings_for_api_key, findings_for_organization_id, value_after_name
from aep_tui.settings.credential_files import read_credential_file
from aep_tui.signing.certificate import read_certificate
from aep_tui.signing.key_limits import demands_of
from aep_tui.signing.token import inspect_private_key
from tests.domain.forms import ALL, NOW
from tests.kit.canary import CANARY
from tests.kit.examples import examples

if TYPE_CHECKING:
    from _typeshed import TraceFunction as Tracer

PACKAGE = str(Path(aep_tui.__file__).parent)


def judged_in_every_field(text: str) -> None:
    from aep_tui.domain.validation import findings_for_text

    for method in ALL:
        for parameter in method.parameters:
            findings_for_text(RuleContext(parameter, method, NOW, {}), text)


TEXT_READERS: dict[str, Callable[[str], object]] = {
    "snippet": lambda text: read_snippet(text, ALL),
    "paste into a field": lambda text: read_paste(text, is_secret=False),
    "paste into a secret": lambda text: read_paste(text, is_secret=True),
    "token": inspect_jwt,
    "address": read_web_address,
    "stand-in": stand_in,
    "header line": value_after_name,
    "organization": findings_for_organization_id,
    "API key": findings_for_api_key,
    "fields": judged_in_every_field,
}
FILE_READERS: dict[str, Callable[[Path], object]] = {
    "credential file": lambda path: read_credential_file(path, Secrets()),
    "key": inspect_private_key,
    "certificate": read_certificate,
}
PIECES = (
    '"',
    "'",
    "\\",
    '\\"',
    "{",
    "}",
    '{"',
    "[",
    "]",
    ",",
    ":",
    "=",
    "==",
    "\n",
    " ",
    "\t",
    "\r",
    "/*",
    "*/",
    "//",
    "#",
    "“",
    "”",
    "clientId",
    "clientSecret=",
    '"clientSecret": "a',
    "params",
    "export ",
    "curl ",
    "{{vault:",
    "}}",
    "$(",
    "<a",
    ">",
    "-----BEGIN PRIVATE KEY-----",
    "-----END PRIVATE KEY-----",
    "\\n",
    "MIIE",
    "eyJ.",
    "https://",
    "x-api-key:",
    "\x1b[",
    "\0",
    "é",
    "\ufdd0",
    "AIO_ims_contexts_a_client__id=",
    "API_KEY=",
    '{"values": [',
    CANARY,
)
HOSTILE = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=40).map("".join)


@pytest.mark.parametrize("reader", TEXT_READERS.values(), ids=TEXT_READERS.keys())
@settings(max_examples=examples(50))
@given(text=HOSTILE)
def test_any_text_gets_an_answer(reader: Callable[[str], object], text: str) -> None:
    reader(text)


@given(text=HOSTILE)
def test_what_stays_wrapped_never_shows_a_value(text: str) -> None:
    for answer in (read_paste(text, is_secret=True), inspect_jwt(text)):
        assert CANARY not in repr(answer)


@pytest.mark.parametrize("reader", FILE_READERS.values(), ids=FILE_READERS.keys())
@settings(max_examples=examples(50))
@given(text=HOSTILE, encoding=st.sampled_from(["utf-8", "utf-16", "utf-16-be", "cp1252"]))
def test_any_file_is_read_or_refused_in_words(
    tmp_path: Path, reader: Callable[[Path], object], text: str, encoding: str
) -> None:
    file = tmp_path / "file"
    file.write_bytes(text.encode(encoding, "replace"))
    problem: Problem | None = None
    try:
        reader(file)
    except Problem as refusal:
        problem = refusal
    if problem is not None:
        assert problem.next_step
        assert CANARY not in f"{problem} {problem.next_step} {problem.__context__!r}"


class LineCount:
    """Counts the lines of the package that are executed."""

    def __init__(self) -> None:
        self.count = 0

    def of(self, action: Callable[[], object]) -> int:
        before = sys.gettrace()
        sys.settrace(self._called)
        try:
            action()
        finally:
            sys.settrace(before)
        return self.count

    def _called(self, frame: FrameType, _event: str, _argument: object) -> Tracer | None:
        return self._line if frame.f_code.co_filename.startswith(PACKAGE) else None

    def _line(self, _frame: FrameType, _event: str, _argument: object) -> Tracer | None:
        self.count += 1
        return self._line


@pytest.mark.parametrize(
    "piece", [*PIECES, '"a":"b"\n', "a=b\n", "'a':{", "a=\"'", '"a": "x" y" z', "a:\n", "clientId: a\n", "aaaa\n"]
)
def test_twice_the_text_is_at_most_twice_the_work(piece: str) -> None:
    short, long = (piece * (size // len(piece)) for size in (1_000, 2_000))
    for name in ("snippet", "paste into a secret", "token", "address", "header line"):
        reader = TEXT_READERS[name]
        reader(short)
        once, twice = LineCount().of(partial(reader, short)), LineCount().of(partial(reader, long))
        assert twice <= 2.2 * once + 200, name


@pytest.mark.parametrize(
    "piece", [b"\x30\x80", b"\x04\x02\x30\x00", b"\x02\x01\x01", b"\x24\x84\xff\xff\xff\xff", b"\0"]
)
def test_the_demands_of_a_key_are_found_in_one_pass(piece: bytes) -> None:
    once, twice = LineCount().of(lambda: demands_of(piece * 500)), LineCount().of(lambda: demands_of(piece * 1_000))
    assert twice <= 2.2 * once + 100
