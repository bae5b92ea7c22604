"""Fills a form from text that people have: JSON, a `.env` file, a tutorial's request, broken JSON included.

Only names are told, never values. A placeholder ("{CLIENT_ID}", "xxxx") is recognised as one and fills nothing. A value
is taken whole or not at all: where its end is not certain, its name is told with the reason.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Final

from aep_tui.domain.almost_json import pairs_of, parsed, pieces_of
from aep_tui.domain.connection_request import variable_name
from aep_tui.domain.found_pair import Doubt, FoundPair, Remark
from aep_tui.domain.nested_values import nested_pairs
from aep_tui.domain.pair_scanner import scan_pairs
from aep_tui.domain.paste import has_terminal_codes, terminal_codes_words
from aep_tui.domain.safe_text import shortened, without_control_characters
from aep_tui.domain.source import AuthMethod, ParameterKind
from aep_tui.domain.stand_in import stand_in
from aep_tui.domain.translation import _

LONGEST_READ: Final = 200_000
"""Longer texts are not read: no request is that long."""

_JSON: Final = ParameterKind.JSON
_STRUCTURE = frozenset(
    {"name", "description", "auth", "specName", "params", "connectionSpec", "id", "version", "items", "type"}
)
_ADOBE_ENVIRONMENT = re.compile(
    r"(?im)^[ \t]*(?:export[ \t]+)?"
    r"(?:API_KEY|IMS|IMS_ORG|ORG_ID|SANDBOX_NAME|SCOPES|TECHNICAL_ACCOUNT_\w+|AEP_\w+|IMS_OAUTH_\w+)[ \t]*="
)
_TYPOGRAPHIC = re.compile(r"[“”„«‘‚][A-Za-z_][\w.-]{0,99}[“”»’‘]\s*:|[=:][ \t]*[“„«]")
_AS_PLAIN_QUOTES = {ord(mark): "'" if mark in "‘’‚" else '"' for mark in "“”„«»‘’‚"}
_MADE_BY_TYPOGRAPHY = re.compile("['–—…‹›]")
_ESCAPED_KEY = re.compile(r'\\"[A-Za-z_][\w.-]{0,99}\\"\s*:')
_PLAIN_KEY = re.compile(r'"[A-Za-z_][\w.-]{0,99}"\s*:')
_SHELL_APOSTROPHE = re.compile(r"""'B(?:\\B'|"B'B")B'""".replace("B", r"(?:\n[ \t]*)?"))
_OUR_SHELL_VALUE = re.compile(r"""' "\$\(json_text "\$(\w+)"\)" '""")


@dataclass(frozen=True, slots=True)
class Snippet:
    """What was found in a text.

    Attributes:
        values: texts by API name, ready for the fields; a switch is "true" or "false".
        recognised: the API names in `values`, in the order of the text.
        placeholders: API names that were there with a placeholder; they fill nothing.
        refused: API names whose values are not taken, because it is not certain where they end.
        unrecognised: keys that belong to no parameter, made harmless for a terminal.
        spec_name: `auth.specName`, "" when it is not there.
        connection_spec_id: `connectionSpec.id`, "" when it is not there.
        notes: why values were refused, and what was done to others, in sentences with names only.
        problem: why nothing could be read, in words, or "".
    """

    values: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}), repr=False)
    recognised: tuple[str, ...] = ()
    placeholders: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    unrecognised: tuple[str, ...] = ()
    spec_name: str = ""
    connection_spec_id: str = ""
    notes: tuple[str, ...] = ()
    problem: str = ""


def read_snippet(text: str, auth_methods: Iterable[AuthMethod]) -> Snippet:
    """Return what `text` says for the parameters of these methods; total.

    Keys are API names ("clientId"), or those as variables ("CLIENT_ID"). Variables that Adobe's own files use for
    Adobe's credentials are left alone in a file that has Adobe's other variables.
    """
    if len(text) > LONGEST_READ:
        return Snippet(problem=_("The text is far too long for the values of one connection."))
    if has_terminal_codes(text):
        return Snippet(problem=terminal_codes_words())
    methods = tuple(auth_methods)
    names = _names(methods, may_be_variables=_ADOBE_ENVIRONMENT.search(text) is None)
    typed_as_json = {each.api_name for method in methods for each in method.parameters if each.kind is _JSON}
    found = _Found(names)
    for pair in (*_pairs(text.removeprefix("\ufeff"), names), *nested_pairs(text, typed_as_json)):
        found.take(pair)
    return found.snippet()


class _Found:
    """Collects pairs; a name with two values is refused."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names
        self._values: dict[str, str] = {}
        self._placeholders: dict[str, None] = {}
        self._doubts: dict[str, Doubt] = {}
        self._commented: dict[str, None] = {}
        self._remarks: dict[str, Remark] = {}
        self._unrecognised: dict[str, None] = {}
        self._spec_name = ""
        self._connection_spec_id = ""

    def take(self, pair: FoundPair) -> None:
        name, value = self._names.get(pair.key), pair.value or ""
        if name is None:
            if pair.key == "specName":
                self._spec_name = self._spec_name or value
            elif pair.section == "connectionSpec" and pair.key == "id":
                self._connection_spec_id = self._connection_spec_id or value
            elif pair.section == "params" and pair.key not in _STRUCTURE and value:
                self._unrecognised[shortened(without_control_characters(pair.key), 40)] = None
        elif pair.doubt is Doubt.COMMENTED:
            self._commented[name] = None
        elif pair.doubt:
            self._doubts.setdefault(name, pair.doubt)
        elif stand_in(value):
            self._placeholders[name] = None
        elif any(unicodedata.category(character) == "Cc" and character != "\t" for character in value):
            self._doubts.setdefault(name, Doubt.CONTROL_CHARACTERS)
        elif value:
            if self._values.setdefault(name, value) != value:
                self._doubts.setdefault(name, Doubt.CONTRADICTED)
            if pair.remark:
                self._remarks[name] = pair.remark

    def snippet(self) -> Snippet:
        for name in self._commented:
            if name not in self._values and name not in self._placeholders:
                self._doubts.setdefault(name, Doubt.COMMENTED)
        values = {name: value for name, value in self._values.items() if name not in self._doubts}
        has_anything = values or self._placeholders or self._doubts
        return Snippet(
            values=MappingProxyType(values),
            recognised=tuple(values),
            placeholders=tuple(name for name in self._placeholders if name not in values and name not in self._doubts),
            refused=tuple(self._doubts),
            unrecognised=tuple(self._unrecognised),
            spec_name=shortened(without_control_characters(self._spec_name), 100),
            connection_spec_id=shortened(without_control_characters(self._connection_spec_id), 100),
            notes=tuple(self._notes(values)),
            problem="" if has_anything else _("There is no value for a field of a connection in this text."),
        )

    def _notes(self, values: Mapping[str, str]) -> Iterator[str]:
        for doubt in Doubt:
            if names := [name for name, why in self._doubts.items() if why is doubt]:
                yield _doubt_words()[doubt].format(names=", ".join(names))
        for remark in Remark:
            if names := [name for name, what in self._remarks.items() if what is remark and name in values]:
                yield _remark_words()[remark].format(names=", ".join(names))


def _doubt_words() -> Mapping[Doubt, str]:
    """Return the sentence for each reason to refuse a value."""
    return {
        Doubt.WRAPPED: _(
            "Not taken, because there is a line break in the value: {names}. "
            "A terminal wraps long lines. Copy it from where it stands on one line."
        ),
        Doubt.SHARED_LINE: _(
            "Not taken, because other values stand on the same line: {names}. Write one assignment a line."
        ),
        Doubt.UNCLEAR_END: _(
            "Not taken, because it is not clear where the value ends: {names}. "
            "Check the quotation marks around it, or type it into its field."
        ),
        Doubt.RESHAPED: _(
            "Not taken, because a word processor may have changed dashes or quotation marks in the value: {names}. "
            "Copy it again from its source."
        ),
        Doubt.CONTROL_CHARACTERS: _(
            "Not taken, because there are line breaks or control characters in the value: {names}. Copy it again."
        ),
        Doubt.COMMENTED: _("Not taken, because the text has it in a comment only: {names}."),
        Doubt.NESTED: _("Not taken, because it is an object or a list: {names}. Type it into its field as JSON."),
        Doubt.CONTRADICTED: _("Not taken, because the text has more than one value: {names}. Keep only one of them."),
    }


def _remark_words() -> Mapping[Remark, str]:
    """Return the sentence for each thing that was done to a value."""
    return {
        Remark.JOINED: _("Lines of a signed token were joined: {names}."),
        Remark.COMMENT_REMOVED: _("What follows a # was left out as a comment: {names}."),
        Remark.UNCLOSED: _("The closing quotation mark is missing, so check where the value ends: {names}."),
        Remark.TYPOGRAPHIC: _("The quotation marks are typographic; they were read as plain ones: {names}."),
    }


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


def _pairs(text: str, names: Mapping[str, str]) -> Iterator[FoundPair]:
    """Yield the pairs of a text, each with its section; the section is "params" where parameters stand."""
    whole = parsed(text.strip())
    if whole is not None:
        yield from pairs_of(whole, _top_section(whole))
        return
    text = _without_shell(text.replace("\r\n", "\n").replace("\r", "\n"))
    is_typographic = _TYPOGRAPHIC.search(text) is not None
    for pair in _pairs_of_pieces(text.translate(_AS_PLAIN_QUOTES) if is_typographic else text, names):
        yield _after_typography(pair) if is_typographic else pair


def _pairs_of_pieces(text: str, names: Mapping[str, str]) -> Iterator[FoundPair]:
    pieces = list(pieces_of(text, names))
    for piece in pieces:
        if piece.document is not None:
            yield from pairs_of(piece.document, _top_section(piece.document))
            continue
        pairs = list(scan_pairs(piece.text, names))
        section = "" if len(pieces) > 1 or any(pair.key == "params" for pair in pairs) else "params"
        for pair in pairs:
            if pair.value is None and pair.key in {"params", "connectionSpec"}:
                section = pair.key
            else:
                yield replace(pair, section=section)


def _top_section(document: Mapping[str, object]) -> str:
    return "" if "auth" in document or "items" in document else "params"


def _after_typography(pair: FoundPair) -> FoundPair:
    """Return a pair of a text whose quotation marks a word processor has set."""
    if pair.value is None:
        return pair
    if _MADE_BY_TYPOGRAPHY.search(pair.value):
        return replace(pair, value=None, doubt=Doubt.RESHAPED)
    return replace(pair, remark=Remark.TYPOGRAPHIC)


def _without_shell(text: str) -> str:
    """Return a request body without what a shell command does to it."""
    text = _OUR_SHELL_VALUE.sub(r"{\1}", text)
    if _ESCAPED_KEY.search(text) and not _PLAIN_KEY.search(text):
        text = re.sub(r'\\([\\"$`])', r"\1", text)
    if "curl" in text:
        text = _SHELL_APOSTROPHE.sub(lambda match: "'\n" if "\n" in match[0] else "'", text)
    return text
