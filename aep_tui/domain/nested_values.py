"""Objects and lists that a pasted request has for parameters that are typed as JSON."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator

from aep_tui.domain.found_pair import Doubt, FoundPair
from aep_tui.domain.json_value import read_json


def nested_pairs(text: str, names: Collection[str]) -> Iterator[FoundPair]:
    """Yield a pair for each of these names that has an object or a list in the text.

    Only a text that is JSON throughout says for certain where such a value ends; in any other the name is told.

    Args:
        text: that was pasted or read.
        names: API names of the parameters that are typed as JSON.
    """
    if not names:
        return
    try:
        document = read_json(text.strip())
    except ValueError:
        for name in names:
            rest = text.partition(f'"{name}"')[2].lstrip().removeprefix(":").lstrip()
            if rest[:1] in {"{", "["}:
                yield FoundPair(name, doubt=Doubt.NESTED, section="params")
        return
    parameters = _parameters_of(document)
    for name in names:
        value = parameters.get(name)
        if isinstance(value, dict | list):
            yield FoundPair(name, json.dumps(value, ensure_ascii=False), section="params")


def _parameters_of(document: object) -> dict[str, object]:
    """Return `auth.params` of a request, or what stands at its top."""
    for key in ("auth", "params"):
        if isinstance(document, dict) and isinstance(document.get(key), dict):
            document = document[key]
    return document if isinstance(document, dict) else {}
