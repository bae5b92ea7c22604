"""The limits of a JSON schema (draft-07, §6.2 to 6.5), read from a foreign one and held against a value; they warn."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal, DecimalException
from typing import Final, TypeAlias

from aep_tui.domain.translation import _, plural

Limit: TypeAlias = "tuple[str, int | float]"
"""A keyword and its number; `uniqueItems` has 1."""

_COUNTS: Final = ("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties")
_NUMBERS: Final = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf")
_PAIRS: Final = (("minLength", "maxLength"), ("minItems", "maxItems"), ("minProperties", "maxProperties"))
_SMALLEST: Final = ("minimum", "exclusiveMinimum")
_LARGEST: Final = ("maximum", "exclusiveMaximum")


def limits_of(schema: Mapping[str, object]) -> tuple[Limit, ...]:
    """Return the limits that a schema names; total.

    What is no number is left out, and two limits that no value can keep are left out both: published schemas hold
    mistakes. `exclusiveMinimum: true`, as draft-04 has it, makes `minimum` exclusive.
    """
    found: dict[str, int | float] = {}
    for keyword in _COUNTS:
        count = schema.get(keyword)
        if _is_number(count) and isinstance(count, int | float) and count >= 0 and count == int(count):
            found[keyword] = int(count)
    for keyword in _NUMBERS:
        number = schema.get(keyword)
        if _is_number(number) and isinstance(number, int | float):
            found[keyword] = number
    for inclusive, exclusive in zip((_SMALLEST[0], _LARGEST[0]), (_SMALLEST[1], _LARGEST[1]), strict=True):
        if schema.get(exclusive) is True and inclusive in found:
            found[exclusive] = found.pop(inclusive)
    if "multipleOf" in found and found["multipleOf"] <= 0:
        del found["multipleOf"]
    pairs = (*_PAIRS, *((small, large) for small in _SMALLEST for large in _LARGEST))
    for least, most in pairs:
        if least in found and most in found and found[least] > found[most]:
            del found[least], found[most]
    if schema.get("uniqueItems") is True:
        found["uniqueItems"] = 1
    return tuple(found.items())


def broken_limits(limits: tuple[Limit, ...], value: object) -> Iterator[str]:
    """Yield a sentence about each limit that a value does not keep; none repeats the value or says how long it is."""
    for keyword, limit in limits:
        if keyword in _IS_KEPT and not _IS_KEPT[keyword](value, limit):
            yield _words(keyword, limit)


def _words(keyword: str, limit: int | float) -> str:
    count = int(limit) if keyword in _COUNTS else 0
    sentences = {
        "minLength": plural(
            "The platform describes at least {limit} character.",
            "The platform describes at least {limit} characters.",
            count,
        ),
        "maxLength": plural(
            "The platform describes at most {limit} character.",
            "The platform describes at most {limit} characters.",
            count,
        ),
        "minItems": plural(
            "The platform describes a list of at least {limit} entry.",
            "The platform describes a list of at least {limit} entries.",
            count,
        ),
        "maxItems": plural(
            "The platform describes a list of at most {limit} entry.",
            "The platform describes a list of at most {limit} entries.",
            count,
        ),
        "minProperties": plural(
            "The platform describes an object of at least {limit} name.",
            "The platform describes an object of at least {limit} names.",
            count,
        ),
        "maxProperties": plural(
            "The platform describes an object of at most {limit} name.",
            "The platform describes an object of at most {limit} names.",
            count,
        ),
        "minimum": _("The platform describes a number of at least {limit}."),
        "maximum": _("The platform describes a number of at most {limit}."),
        "exclusiveMinimum": _("The platform describes a number above {limit}."),
        "exclusiveMaximum": _("The platform describes a number below {limit}."),
        "multipleOf": _("The platform describes a multiple of {limit}."),
        "uniqueItems": _("The platform describes a list in which nothing stands twice."),
    }
    return sentences[keyword].format(limit=int(limit) if limit == int(limit) else limit)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e15


def _of_length(kind: type, keeps: Callable[[int, float], bool]) -> Callable[[object, float], bool]:
    return lambda value, limit: not isinstance(value, kind) or keeps(len(value), limit)  # type: ignore[arg-type]  # sized


def _of_number(keeps: Callable[[float, float], bool]) -> Callable[[object, float], bool]:
    return lambda value, limit: isinstance(value, bool) or not isinstance(value, int | float) or keeps(value, limit)


def _is_multiple(value: float, limit: float) -> bool:
    try:
        return Decimal(str(value)) % Decimal(str(limit)) == 0
    except DecimalException:
        return True  # the two are too far apart to tell


def _is_without_twins(value: object, _limit: float) -> bool:
    if not isinstance(value, list):
        return True
    return len({json.dumps(each, sort_keys=True) for each in value}) == len(value)


_IS_KEPT: Final[Mapping[str, Callable[[object, float], bool]]] = {
    "minLength": _of_length(str, lambda found, limit: found >= limit),
    "maxLength": _of_length(str, lambda found, limit: found <= limit),
    "minItems": _of_length(list, lambda found, limit: found >= limit),
    "maxItems": _of_length(list, lambda found, limit: found <= limit),
    "minProperties": _of_length(dict, lambda found, limit: found >= limit),
    "maxProperties": _of_length(dict, lambda found, limit: found <= limit),
    "minimum": _of_number(lambda found, limit: found >= limit),
    "maximum": _of_number(lambda found, limit: found <= limit),
    "exclusiveMinimum": _of_number(lambda found, limit: found > limit),
    "exclusiveMaximum": _of_number(lambda found, limit: found < limit),
    "multipleOf": _of_number(_is_multiple),
    "uniqueItems": _is_without_twins,
}
