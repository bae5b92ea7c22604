"""Fills a form from text that people have: JSON, a `.env` file, a tutorial's request, broken JSON included.

Only names are told, never values. A placeholder ("{CLIENT_ID}", "xxxx") is recognised as one and fills nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from aep_tui.domain.connection_request import variable_name
from aep_tui.domain.pair_scanner import scan_pairs
from aep_tui.domain.rules.text import is_placeholder
from aep_tui.domain.safe_text import shortened, without_control_characters
from aep_tui.domain.source import AuthMethod
from aep_tui.domain.translation import _

LONGEST_READ: Final = 200_000
"""Longer texts are not read: no request is that long."""

_STRUCTURE = frozenset(
    {"name", "description", "auth", "specName", "params", "connectionSpec", "id", "version", "items", "type"}
)
_ADOBE_ENVIRONMENT = re.compile(
    r"(?im)^[ \t]*(?:export[ \t]+)?"
    r"(?:API_KEY|IMS|IMS_ORG|ORG_ID|SANDBOX_NAME|SCOPES|TECHNICAL_ACCOUNT_\w+|AEP_\w+|IMS_OAUTH_\w+)[ \t]*="
)
_OTHER_PLACEHOLDER = re.compile(r"\$?\{\{?\w+\}?\}|\$\w+|\$\(.*\)|\.{3}|…|(?i:your[ _-].*)|<.*>", re.ASCII)
_OUR_SHELL_VALUE = re.compile(r"""' "\$\(json_text "\$(\w+)"\)" '""")


@dataclass(frozen=True, slots=True)
class Snippet:
    """What was found in a text.

    Attributes:
        values: texts by API name, ready for the fields; a switch is "true" or "false".
        recognised: the API names in `values`, in the order of the text.
        placeholders: API names that were there with a placeholder; they fill nothing.
        unrecognised: keys that belong to no parameter, made harmless for a terminal.
        spec_name: `auth.specName`, "" when it is not there.
        connection_spec_id: `connectionSpec.id`, "" when it is not there.
        problem: why nothing could be read, in words, or "".
    """

    values: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}), repr=False)
    recognised: tuple[str, ...] = ()
    placeholders: tuple[str, ...] = ()
    unrecognised: tuple[str, ...] = ()
    spec_name: str = ""
    connection_spec_id: str = ""
    problem: str = ""


def read_snippet(text: str, auth_methods: Iterable[AuthMethod]) -> Snippet:
    """Return what `text` says for the parameters of these methods; total.

    Keys are API names ("clientId"), or those as variables ("CLIENT_ID"). Variables that Adobe's own files use for
    Adobe's credentials are left alone in a file that has Adobe's other variables.
    """
    if len(text) > LONGEST_READ:
        return Snippet(problem=_("The text is far too long for the values of one connection."))
    names = _names(auth_methods, may_be_variables=_ADOBE_ENVIRONMENT.search(text) is None)
    found = _Found(names)
    for section, key, value in _pairs(text):
        found.take(section, key, value)
    return found.snippet()


class _Found:
    """Collects pairs; the first value of a key counts."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names
        self._values: dict[str, str] = {}
        self._placeholders: dict[str, None] = {}
        self._unrecognised: dict[str, None] = {}
        self._spec_name = ""
        self._connection_spec_id = ""

    def take(self, section: str, key: str, value: str) -> None:
        name = self._names.get(key)
        if name is None:
            if key == "specName":
                self._spec_name = self._spec_name or value
            elif section == "connectionSpec" and key == "id":
                self._connection_spec_id = self._connection_spec_id or value
            elif section == "params" and key not in _STRUCTURE:
                self._unrecognised[shortened(without_control_characters(key), 40)] = None
        elif is_placeholder(value) or _OTHER_PLACEHOLDER.fullmatch(value):
            self._placeholders[name] = None
        elif value:
            self._values.setdefault(name, value)

    def snippet(self) -> Snippet:
        has_anything = self._values or self._placeholders
        return Snippet(
            values=MappingProxyType(self._values),
            recognised=tuple(self._values),
            placeholders=tuple(name for name in self._placeholders if name not in self._values),
            unrecognised=tuple(self._unrecognised),
            spec_name=shortened(without_control_characters(self._spec_name), 100),
            connection_spec_id=shortened(without_control_characters(self._connection_spec_id), 100),
            problem="" if has_anything else _("There is no value for a field of a connection in this text."),
        )


def _names(auth_methods: Iterable[AuthMethod], *, may_be_variables: bool) -> Mapping[str, str]:
    """Return the API name for each writing of it."""
    names: dict[str, str] = {}
    for method in auth_methods:
        for parameter in method.parameters:
            variable = variable_name(parameter.api_name)
            if may_be_variables and variable not in names:
                names[variable] = parameter.api_name
            names[parameter.api_name] = parameter.api_name
    return names


def _pairs(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield section, key and value; the section is "params" where parameters stand."""
    whole = _as_json(text)
    if whole is not None:
        yield from _walk(whole, "" if "auth" in whole or "items" in whole else "params")
        return
    pairs = list(scan_pairs(_without_shell(text)))
    section = "" if any(key == "params" for key, _value in pairs) else "params"
    for key, value in pairs:
        if value is None:
            section = key if key in {"params", "connectionSpec"} else section
        else:
            yield section, key, value


def _as_json(text: str) -> dict[str, object] | None:
    try:
        value = json.loads(text.strip().removeprefix("\ufeff"), parse_int=str, parse_float=str)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _walk(value: object, section: str) -> Iterator[tuple[str, str, str]]:
    # An own stack: what json reads may be nested deeper than a generator can follow.
    stack: list[tuple[object, str]] = [(value, section)]
    while stack:
        item, inside = stack.pop()
        if isinstance(item, list):
            stack.extend((entry, inside) for entry in reversed(item))
        elif isinstance(item, dict):
            for key, entry in item.items():
                if isinstance(entry, str | bool):
                    yield inside, key, str(entry).lower() if isinstance(entry, bool) else entry
            stack.extend((entry, key) for key, entry in reversed(item.items()) if isinstance(entry, dict | list))


def _without_shell(text: str) -> str:
    """Return a request body without what a shell command does to it."""
    text = _OUR_SHELL_VALUE.sub(r"{\1}", text)
    if re.search(r'\{\s*\\"', text):
        text = text.replace('\\"', '"').replace("\\\\", "\\")
    if "curl" in text:
        text = text.replace("'\\''", "'").replace("'\"'\"'", "'")
    return text
