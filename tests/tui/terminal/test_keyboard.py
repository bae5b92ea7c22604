from __future__ import annotations

import pytest

from tests.tui.terminal.keyboard import encode_key, encode_text, is_key

KITTY_AS_TEXTUAL_WANTS_IT = 1 | 8 | 16


@pytest.mark.parametrize(
    ("key", "legacy", "kitty"),
    [
        ("a", b"a", b"\x1b[97;;97u"),
        ("tab", b"\t", b"\x1b[9u"),
        ("shift+tab", b"\x1b[Z", b"\x1b[9;2u"),
        ("enter", b"\r", b"\x1b[13u"),
        ("escape", b"\x1b", b"\x1b[27u"),
        ("space", b" ", b"\x1b[32;;32u"),
        ("ctrl+q", b"\x11", b"\x1b[113;5u"),
        ("alt+x", b"\x1bx", b"\x1b[120;3u"),
        ("f1", b"\x1bOP", b"\x1bOP"),
        ("up", b"\x1b[A", b"\x1b[A"),
        ("ctrl+end", b"\x1b[1;5F", b"\x1b[1;5F"),
        ("shift+pageup", b"\x1b[5;2~", b"\x1b[5;2~"),
    ],
)
def test_a_key_is_encoded_as_terminals_do(key: str, legacy: bytes, kitty: bytes) -> None:
    assert encode_key(key) == legacy
    assert encode_key(key, KITTY_AS_TEXTUAL_WANTS_IT) == kitty


def test_a_text_is_typed_key_by_key() -> None:
    assert encode_text("a b") == b"a b"
    assert encode_text("a b", KITTY_AS_TEXTUAL_WANTS_IT) == b"\x1b[97;;97u\x1b[32;;32u\x1b[98;;98u"


@pytest.mark.parametrize("name", ["tab", "ctrl+q", "shift+f1", "f12", "space"])
def test_a_key_is_told_from_a_text(name: str) -> None:
    assert is_key(name)


@pytest.mark.parametrize("text", ["hello", "a", "1+1", "a+b", "+", "https://acme.my.salesforce.com", ""])
def test_a_text_is_told_from_a_key(text: str) -> None:
    assert not is_key(text)


@pytest.mark.parametrize("name", ["f13", "hyper+a", "ctrl+nothing"])
def test_an_unknown_key_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="unknown key"):
        encode_key(name)
