"""JSON values: one that a person types for a parameter that no form can hold, and those in answers of a server."""

from __future__ import annotations

import json
from typing import Final, NoReturn

LONGEST: Final = 100_000
"""Characters; no parameter is that long."""


def read_json(text: str) -> object:
    """Return the value of a JSON text, which can be sent as it is.

    Raises:
        ValueError: it is none: also a number without an end, a name that is there twice, half a character, and nesting
            that nobody can follow.
    """
    if len(text) > LONGEST:
        raise ValueError("too long")
    try:
        value = json.loads(text, object_pairs_hook=_once, parse_constant=_refuse)
        json.dumps(value, ensure_ascii=False, allow_nan=False).encode()
    except RecursionError:
        raise ValueError("nested too deeply") from None
    return value


def json_type(value: object) -> str:
    """Return the type of a value in the words of JSON Schema; a number without a fraction is an "integer"."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        return "integer"
    if isinstance(value, float):
        return "integer" if value.is_integer() else "number"
    if isinstance(value, str):
        return "string"
    return "array" if isinstance(value, list) else "object"


def has_type(value: object, wanted: tuple[str, ...]) -> bool:
    """Return whether a value has one of these types; every value has one of none."""
    found = json_type(value)
    return not wanted or found in wanted or (found == "integer" and "number" in wanted)


def json_object(value: object) -> dict[str, object]:
    """Return a value that is an object, an empty one for anything else."""
    return {str(key): each for key, each in value.items()} if isinstance(value, dict) else {}


def json_objects(value: object) -> list[dict[str, object]]:
    """Return the objects of a value that is a list, without what is none; an empty list for anything else."""
    return [json_object(each) for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name is there twice")
    return found


def _refuse(_constant: str) -> NoReturn:
    raise ValueError("no JSON")
