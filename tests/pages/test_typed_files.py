from __future__ import annotations

from pathlib import Path

import pytest

from aep_tui.pages.typed_files import absolute_path, secret_of, text_of


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize(
    ("content", "secret"), [(b"\xef\xbb\xbfvalue\r\n", "\ufeffvalue\n"), (b"value", "value"), (b"", "")]
)
def test_a_byte_order_mark_of_a_secret_stays_until_a_person_takes_it_away(
    content: bytes, secret: str, home: Path
) -> None:
    (home / "secret.txt").write_bytes(content)
    assert secret_of(" ~/secret.txt ") == secret
    assert text_of("~/secret.txt") == secret.removeprefix("\ufeff")


def test_a_new_file_goes_where_its_name_says(home: Path) -> None:
    assert absolute_path(" ~/new.pem") == home / "new.pem"
    assert absolute_path("new.pem") == Path.cwd() / "new.pem"
