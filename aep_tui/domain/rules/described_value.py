"""The rule for a value that only the platform describes: its descriptions hold mistakes, so what they say warns."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterator
from contextlib import suppress
from typing import Final

from aep_tui.domain.finding import Finding, error, warning
from aep_tui.domain.json_value import has_type, read_json
from aep_tui.domain.rules.context import RuleContext
from aep_tui.domain.rules.registry import rule
from aep_tui.domain.safe_text import shortened, without_control_characters
from aep_tui.domain.schema_limits import broken_limits
from aep_tui.domain.schema_pattern import fits
from aep_tui.domain.secret_names import is_secret_by_name
from aep_tui.domain.source import Parameter, ParameterKind, RuleName, ValueDescription
from aep_tui.domain.translation import _

_LONGEST_SHOWN: Final = 120
_TRUTHS: Final = {"true": "true", "yes": "true", "on": "true", "false": "false", "no": "false", "off": "false"}
_NUMBERS: Final = {("number",), ("integer",)}
_MOST_SHOWN: Final = 8
_MOST_LOOKED_AT: Final = 1_000


@rule(RuleName.DESCRIBED_VALUE, judges_blank=True, is_strict=False)
def judge_described_value(context: RuleContext, text: str) -> tuple[Finding, ...]:
    """Judge a text by what the platform says about its parameter."""
    return findings_by_description(context.parameter, text)


def findings_by_description(parameter: Parameter, text: str) -> tuple[Finding, ...]:
    """Return what the platform's description of a parameter says about a text, nothing for one of the catalog."""
    described = parameter.described
    if described is None:
        return ()
    if not text:
        words = _("The platform describes this as required. Left empty, it is not sent.")
        return (warning(words),) if described.is_required else ()
    if parameter.kind is ParameterKind.JSON:
        return tuple(_about_json(described, text, is_secret=parameter.is_secret))
    return tuple(_about_text(described, text))


def _about_json(described: ValueDescription, text: str, *, is_secret: bool) -> Iterator[Finding]:
    try:
        value = read_json(text)
    except ValueError:
        yield error(_words_without_json(described.types), "" if is_secret else _as_json(described.types, text))
        return
    if not has_type(value, described.types):
        yield warning(_("The platform describes another type of value: {types}.").format(types=_list(described.types)))
    if described.choices and text not in described.choices:
        yield _unusual_choice(described)
    yield from map(warning, broken_limits(described.limits, value))
    if not is_secret and _names_a_secret(value):
        yield warning(_("A name in this value sounds like a secret. What stands here is not hidden."))


def _words_without_json(types: tuple[str, ...]) -> str:
    if types == ("boolean",):
        return _("Write true or false.")
    if types in _NUMBERS:
        return _("This is no number. A text would have to stand in quotation marks.")
    return _('This is no JSON value, such as 22, true, {"a": 1} or ["a"]. A text stands in quotation marks.')


def _as_json(types: tuple[str, ...], text: str) -> str:
    """Return what is probably meant: the words for a truth, for a number nothing, otherwise the text as JSON has it."""
    if types == ("boolean",):
        return _TRUTHS.get(text.lower(), "")
    if types in _NUMBERS:
        return ""
    return json.dumps(text, ensure_ascii=False)


def _about_text(described: ValueDescription, text: str) -> Iterator[Finding]:
    if described.choices and text not in described.choices:
        yield _unusual_choice(described)
    if described.pattern and fits(described.pattern, text) is False:
        shown = shortened(without_control_characters(described.pattern), _LONGEST_SHOWN)
        if any(fits(described.pattern, example) is False for example in described.examples):
            words = _("The platform describes another form: {pattern} (it refuses its own example as well).")
        else:
            words = _("The platform describes another form: {pattern}")
        yield warning(words.format(pattern=shown))
    yield from map(warning, broken_limits(described.limits, text))
    if described.is_base64 and not _is_base64(text):
        yield warning(_("The platform wants this as base64. Nothing is encoded here: encode the file yourself."))


def _unusual_choice(described: ValueDescription) -> Finding:
    return warning(_("The platform describes other values: {values}.").format(values=_list(described.choices)))


def _list(texts: tuple[str, ...]) -> str:
    return ", ".join((*texts[:_MOST_SHOWN], *(("…",) if len(texts) > _MOST_SHOWN else ())))


def _is_base64(text: str) -> bool:
    with suppress(binascii.Error, ValueError):
        return bool(base64.b64decode("".join(text.split()), validate=True))
    return False


def _names_a_secret(value: object) -> bool:
    waiting = [value]
    for _count in range(_MOST_LOOKED_AT):
        if not waiting:
            return False
        part = waiting.pop()
        if isinstance(part, dict):
            if any(is_secret_by_name(name, is_anything_marked=True) for name in part):
                return True
            waiting += part.values()
        elif isinstance(part, list):
            waiting += part
    return True
