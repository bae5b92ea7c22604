"""Reads an `authSpec` of the platform, which is a JSON schema, into the auth method that every form is made from.

Published ones hold mistakes, and anything at all may come: whatever cannot be read becomes a plain field, a field for a
JSON value, or a sentence about what is left out. A pattern or a `required` never blocks.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from aep_tui.domain.connection_request import variable_name
from aep_tui.domain.json_value import json_object, json_objects
from aep_tui.domain.redaction import MARK
from aep_tui.domain.safe_text import one_line, shortened, without_control_characters
from aep_tui.domain.schema_limits import limits_of
from aep_tui.domain.secret_names import is_secret_by_name
from aep_tui.domain.source import AuthMethod, Parameter, ParameterKind, RuleName, Suggestion, ValueDescription
from aep_tui.domain.translation import _, plural

_API_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_-]{0,63}")
_NOT_FOR_FIELDS: Final = frozenset(
    {"actions", "back", "body", "checklist", "close", "fill", "helper", "message", "next", "remark", "reveal"}
)
"""Ids that a page of fields has itself."""
_BROWSER_SIGN_IN = re.compile(r"authori[sz]\w{0,20}.?code", re.IGNORECASE)
"""No document says how such a specification is called; the grant is called so in the Destination SDK."""
_TYPES: Final = frozenset({"string", "number", "integer", "boolean", "object", "array", "null"})
_MOST_PARAMETERS: Final = 60
_MOST_METHODS: Final = 20
_MOST_CHOICES: Final = 100
_LONGEST_LABEL: Final = 60
_LONGEST_HELP: Final = 160
_LONGEST_DESCRIPTION: Final = 1_500
_LONGEST_VALUE: Final = 200
_LONGEST_PATTERN: Final = 500
_MOST_LOOKED_AT: Final = 500
"""Parts of a nested schema that are searched for secrets; one that has more is a secret."""


def auth_methods_of(auth_specs: object) -> tuple[AuthMethod, ...]:
    """Return a method for each entry of `authSpec`; entries without a name cannot be asked for and are left out.

    Two entries may have one name (Azure Event Hubs); each is a method, and the request says the same name for both.
    """
    methods: list[AuthMethod] = []
    taken: set[str] = set()
    for auth_spec in json_objects(auth_specs)[:_MOST_METHODS]:
        name = auth_spec.get("name")
        if not isinstance(name, str) or not one_line(name, _LONGEST_VALUE) or name != without_control_characters(name):
            continue
        method_id = _id(name)
        while method_id in taken:
            method_id += "-2"
        taken.add(method_id)
        methods.append(auth_method_of(auth_spec, method_id))
    return tuple(methods)


def auth_method_of(auth_spec: Mapping[str, object], method_id: str) -> AuthMethod:
    """Return the auth method that an entry of `authSpec` describes; total.

    Args:
        auth_spec: the entry, with a name.
        method_id: the option id.
    """
    name = str(auth_spec.get("name", ""))
    schema = json_object(auth_spec.get("spec"))
    reading = _Reading.of(schema)
    parameters = tuple(reading.parameters())
    label = one_line(name, _LONGEST_LABEL)
    names = ", ".join(parameter.label for parameter in parameters)
    unavailable = ""
    if any(_BROWSER_SIGN_IN.search(str(auth_spec.get(key, ""))[:_LONGEST_VALUE]) for key in ("name", "type")):
        unavailable = _("The sign-in needs a browser: make it in the platform's own pages.")
    elif not parameters:
        unavailable = _("Nothing to fill in is described: make it in the platform's own pages.")
    return AuthMethod(
        id=method_id,
        cloud=None,
        label=label,
        spec_name=name,
        summary=_("Asks for: {names}.").format(names=shortened(names, _LONGEST_VALUE)),
        parameters=parameters,
        documentation=" ".join(
            part for part in (one_line(schema.get("description"), _LONGEST_HELP), *reading.remarks()) if part
        ),
        unavailable=unavailable,
    )


@dataclass(frozen=True, slots=True)
class _Reading:
    """One schema, sorted into what a form can ask for and what it cannot."""

    properties: Mapping[str, Mapping[str, object]]
    required: frozenset[str]
    undescribed: tuple[str, ...]
    hidden: tuple[str, ...]
    left_out: int
    is_anything_marked: bool

    @staticmethod
    def of(schema: Mapping[str, object]) -> _Reading:
        described = {name: json_object(each) for name, each in json_object(schema.get("properties")).items()}
        listed = schema.get("required")
        required = [name for name in listed if isinstance(name, str)] if isinstance(listed, list) else []
        hidden = tuple(name for name, each in described.items() if json_object(each.get("uiAttributes")).get("hidden"))
        shown = {name: each for name, each in described.items() if name not in hidden}
        # Published specifications require names that they do not describe: a field for each, so that it can be given.
        undescribed = tuple(name for name in dict.fromkeys(required) if name not in described)
        names = _usable([*shown, *undescribed])
        return _Reading(
            properties={name: shown.get(name, {}) for name in names},
            required=frozenset(required),
            undescribed=tuple(name for name in undescribed if name in names),
            hidden=hidden,
            left_out=len(shown) + len(undescribed) - len(names),
            is_anything_marked=any(_is_marked(each) for each in described.values()),
        )

    def parameters(self) -> Iterator[Parameter]:
        """Yield the parameters: as the platform orders them, those that it does not describe last."""
        for name, described in self.properties.items():
            yield _parameter(
                name,
                described,
                is_required=name in self.required,
                is_undescribed=name in self.undescribed,
                is_anything_marked=self.is_anything_marked,
            )

    def remarks(self) -> Iterator[str]:
        """Yield what a person has to know of what is left out or strange."""
        if self.undescribed:
            # As beside an empty field: the platform demands it, and nothing here blocks.
            yield plural(
                "Called required, but not described: {names}. Left empty, it is not sent.",
                "Called required, but not described: {names}. Left empty, they are not sent.",
                len(self.undescribed),
            ).format(names=_names(self.undescribed))
        if self.hidden:
            yield _("Not asked for, because the platform hides it: {names}.").format(names=_names(self.hidden))
        if self.left_out:
            yield plural(
                "{count} parameter has a name that no field can have, and is left out.",
                "{count} parameters have names that no field can have, and are left out.",
                self.left_out,
            ).format(count=self.left_out)


def _usable(names: list[str]) -> list[str]:
    """Return the names that a field, an option and a variable of a shell can have, each once."""
    found: dict[str, str] = {}
    for name in names:
        if _API_NAME.fullmatch(name) and name not in _NOT_FOR_FIELDS and len(found) < _MOST_PARAMETERS:
            found.setdefault(variable_name(name), name)
    return list(found.values())


def _parameter(
    name: str, schema: Mapping[str, object], *, is_required: bool, is_undescribed: bool, is_anything_marked: bool
) -> Parameter:
    types = _types(schema)
    is_json = bool(types) and types != ("string",)
    is_json = is_json or (not types and any(key in schema for key in ("properties", "items", "anyOf", "allOf")))
    choices = _choices(schema)
    is_json = is_json or (bool(choices) and not all(isinstance(each.value, str) for each in choices))
    is_json = is_json or (not choices and "oneOf" in schema)
    is_secret = (
        _is_marked(schema)
        or is_secret_by_name(name, is_anything_marked=is_anything_marked)
        or (is_json and _holds_a_secret(name, schema))
    )
    pattern = schema.get("pattern")
    pattern = pattern if isinstance(pattern, str) and len(pattern) <= _LONGEST_PATTERN else ""
    examples = _examples(schema)
    described = ValueDescription(
        is_required=is_required,
        types=types,
        pattern=pattern,
        choices=tuple(_json_or_text(each.value, is_json=is_json) for each in choices),
        is_base64=schema.get("contentEncoding") == "base64",
        examples=examples,
        limits=limits_of(schema),
    )
    suggestions = tuple(Suggestion(_json_or_text(each.value, is_json=is_json), each.label) for each in choices)
    if types == ("boolean",) and not suggestions:
        suggestions = (Suggestion("true", _("yes")), Suggestion("false", _("no")))
    default = "" if is_secret else _default(schema, is_json=is_json)
    usual = [each.value for each in suggestions if not is_secret]
    description = one_line(schema.get("description"), _LONGEST_DESCRIPTION)
    parts = tuple(json_object(schema.get("properties")))
    facts = list(_facts(described, default, parts, is_json=is_json, is_undescribed=is_undescribed))
    return Parameter(
        api_name=name,
        label=one_line(schema.get("title"), _LONGEST_LABEL) or name,
        help=" ".join(part for part in (shortened(description, _LONGEST_HELP), *facts) if part),
        example=next((each for each in (*examples, default, *usual) if each), ""),
        where_to_find="\n\n".join(part for part in (description, _tooltip(schema), _no_advice()) if part),
        is_required=False,
        is_secret=is_secret,
        kind=ParameterKind.JSON if is_json else ParameterKind.TEXT,
        rule=RuleName.DESCRIBED_VALUE,
        is_long=is_secret or is_json,
        suggestions=() if is_secret else suggestions,
        described=described,
    )


def _no_advice() -> str:
    return _("This is all that the platform says about it; this program has no tutorial for this source.")


def _facts(
    described: ValueDescription, default: str, parts: tuple[str, ...], *, is_json: bool, is_undescribed: bool
) -> Iterator[str]:
    """Yield what belongs beside the field, a sentence each."""
    if is_undescribed:
        yield _("The platform does not describe it.")
    words = {
        "number": _("A number."),
        "integer": _("A whole number."),
        "boolean": _("true or false."),
        "object": _("A JSON object: {...}"),
        "array": _("A JSON list: [...]"),
    }
    if is_json and parts:
        yield _("A JSON object {{...}} with: {names}.").format(names=_names(parts))
    elif is_json:
        yield words.get(described.types[0], _("A JSON value.")) if len(described.types) == 1 else _("A JSON value.")
    if described.is_base64:
        yield _("Wanted as base64; nothing is encoded here.")
    if default:
        yield _("Default: {value}").format(value=default)


def _default(schema: Mapping[str, object], *, is_json: bool) -> str:
    value = schema.get("default")
    is_shown = value is not None and not isinstance(value, dict | list) and not _is_infinite(value)
    return _json_or_text(value, is_json=is_json) if is_shown else ""


@dataclass(frozen=True, slots=True)
class _Choice:
    value: object
    label: str


def _choices(schema: Mapping[str, object]) -> tuple[_Choice, ...]:
    """Return what the schema lets choose from: `enum`, or `oneOf` entries that are each one value."""
    listed = schema.get("enum")
    if isinstance(listed, list):
        values = [each for each in listed[:_MOST_CHOICES] if not isinstance(each, dict | list)]
        return tuple(_Choice(each, "") for each in values if _is_sendable(each)) if len(values) == len(listed) else ()
    ways = schema.get("oneOf")
    if isinstance(ways, list) and ways and all(isinstance(each, dict) and "const" in each for each in ways):
        values = [each["const"] for each in ways[:_MOST_CHOICES]]
        if not any(isinstance(each, dict | list) for each in values):
            return tuple(
                _Choice(each["const"], one_line(each.get("title"), _LONGEST_LABEL))
                for each in ways[:_MOST_CHOICES]
                if _is_sendable(each["const"])
            )
    return ()


def _is_sendable(value: object) -> bool:
    if isinstance(value, str):
        return 0 < len(value) <= _LONGEST_VALUE and value.isprintable()
    return not _is_infinite(value)


def _is_infinite(value: object) -> bool:
    """Return whether a value is one of those that JSON cannot say and that answers hold all the same: NaN, Infinity."""
    return isinstance(value, float) and not math.isfinite(value)


def _types(schema: Mapping[str, object]) -> tuple[str, ...]:
    said = schema.get("type")
    listed = said if isinstance(said, list) else [said]
    return tuple(dict.fromkeys(each for each in listed if isinstance(each, str) and each in _TYPES and each != "null"))


def _examples(schema: Mapping[str, object]) -> tuple[str, ...]:
    listed = schema.get("examples")
    found = [*(listed if isinstance(listed, list) else []), schema.get("example")]
    return tuple(text for each in found[:10] if isinstance(each, str) and (text := one_line(each, _LONGEST_VALUE)))


def _is_marked(schema: Mapping[str, object]) -> bool:
    """Return whether the schema itself says that the value is a secret.

    `format: password` is the only mark in published schemas. Where that very word was a secret of this run, it has been
    taken out of the answer.
    """
    mark = schema.get("format")
    return isinstance(mark, str) and (mark.strip().lower() == "password" or MARK in mark)


def _holds_a_secret(name: str, schema: Mapping[str, object]) -> bool:
    """Return whether a part of a nested schema is a secret, or it has too many parts to tell.

    What overrides the names of fields holds names, even under `clientSecret` (Adobe's SDK: requestParameterOverride).
    """
    waiting: list[tuple[object, bool]] = [(schema, _is_about_names(name))]
    looked_at = 0
    while waiting:
        part, is_about_names = waiting.pop()
        looked_at += 1
        if looked_at > _MOST_LOOKED_AT:
            return True
        if isinstance(part, list):
            waiting += ((each, is_about_names) for each in part)
        if not isinstance(part, dict):
            continue
        if _is_marked(part):
            return True
        for name, each in json_object(part.get("properties")).items():
            if not is_about_names and is_secret_by_name(name, is_anything_marked=True):
                return True
            waiting.append((each, is_about_names or _is_about_names(name)))
        waiting += (
            (part[key], is_about_names)
            for key in ("items", "additionalProperties", "oneOf", "anyOf", "allOf", "if", "then", "else", "not")
            if key in part
        )
    return False


def _is_about_names(name: str) -> bool:
    return "override" in name.lower()


def _tooltip(schema: Mapping[str, object]) -> str:
    address = json_object(json_object(schema.get("uiAttributes")).get("tooltip")).get("fallbackUrl")
    text = one_line(address, _LONGEST_VALUE)
    return text if text.startswith("https://") else ""


def _json_or_text(value: object, *, is_json: bool) -> str:
    """Return a value as it is typed into its field."""
    if isinstance(value, str) and not is_json:
        return one_line(value, _LONGEST_VALUE)
    return one_line(json.dumps(value, ensure_ascii=False), _LONGEST_VALUE)


def _names(names: tuple[str, ...]) -> str:
    return shortened(", ".join(one_line(name, _LONGEST_LABEL) for name in names), _LONGEST_VALUE)


def _id(name: str) -> str:
    """Return an option id for a name, such as "basic-authentication"."""
    words = re.findall(r"[a-z0-9]+", name.lower())
    return "-".join(words)[:_LONGEST_LABEL] or "method"
