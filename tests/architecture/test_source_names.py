"""No screen names a source, a vendor or a parameter: the catalog says what there is."""

from __future__ import annotations

import ast
import re

from aep_tui.domain.catalog.catalog import load_catalog
from tests.architecture.sources import ROOT, source_files
from tests.architecture.syntax import nodes_of, tree_of

VENDORS = re.compile(r"salesforce|zoho|oracle", re.IGNORECASE)
API_NAMES = frozenset(
    parameter.api_name
    for source in load_catalog().sources
    for method in source.auth_methods
    for parameter in method.parameters
)


def named_in(source: str) -> set[str]:
    """Return the vendors that a file names anywhere, and the API names that stand in its texts."""
    found = {match.lower() for match in VENDORS.findall(source)}
    for node in nodes_of(tree_of(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            words = set(re.findall(r"\w+", node.value))
            found |= {name for name in API_NAMES if name == node.value or (not name.islower() and name in words)}
    return found


def test_no_page_and_no_face_names_a_source_or_a_parameter() -> None:
    files = list(source_files("aep_tui/tui", "aep_tui/plain", "aep_tui/pages"))
    assert len(files) > 50
    found = {path.as_posix(): named_in((ROOT / path).read_text(encoding="utf-8")) for path in files}
    assert {path: names for path, names in found.items() if names} == {}


def test_every_way_to_name_one_is_found() -> None:
    assert named_in("field('clientId')") == {"clientId"}
    assert named_in("'the clientId of the app'") == {"clientId"}
    assert named_in("field('host')") == {"host"}
    assert named_in("# ask Salesforce") == {"salesforce"}
    assert named_in("'the host of the proxy'") == set()
