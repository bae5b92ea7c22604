from __future__ import annotations

import pytest

from aep_tui.domain.toml_text import MOST_LEVELS, toml_table

MANY = MOST_LEVELS + 1


@pytest.mark.parametrize(
    "text",
    [
        f"first = 1\n{'.'.join(['a'] * MANY)} = 1\n",
        f"\t{' . '.join(['a'] * MANY)} = 1\n",
        f"[{'.'.join(['a'] * MANY)}]\n",
        f"[[ {'.'.join(['a'] * MANY)} ]]\n",
        f"table = {{ first = 1, {'.'.join(['a'] * MANY)} = 1 }}\n",
        ".".join(['"a\\".b"', "'c.d'"] * MANY) + " = 1\n",
        ".".join(["a"] * 16_000) + " = 1\n",
    ],
)
def test_a_key_of_more_parts_than_anybody_needs_is_not_read(text: str) -> None:
    with pytest.raises(ValueError, match="too many parts"):
        toml_table(text)


@pytest.mark.parametrize(
    "text", [f"{'.'.join(['a'] * MOST_LEVELS)} = 1\n", f'text = "{"a." * MANY}"\n', f"# {'a.' * MANY}\n", "a.b.c = 1\n"]
)
def test_what_a_person_writes_is_read(text: str) -> None:
    assert isinstance(toml_table(text), dict)
