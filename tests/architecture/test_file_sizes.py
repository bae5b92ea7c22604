from __future__ import annotations

from tests.architecture.sources import ROOT, source_files

MOST_LINES = 400


def test_no_file_is_too_long_to_read() -> None:
    lines = {
        path: len((ROOT / path).read_text(encoding="utf-8").splitlines())
        for path in source_files("aep_tui", "tests", suffixes=(".py", ".tcss"))
    }
    assert len(lines) > 20
    assert {str(path): count for path, count in lines.items() if count > MOST_LINES} == {}
