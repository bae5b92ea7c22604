"""Sources as `GET /connectionSpecs` describes them: one list holds sources, destinations and the platform's own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from aep_tui.domain.auth_schema import auth_methods_of
from aep_tui.domain.json_value import json_object
from aep_tui.domain.problem import Problem
from aep_tui.domain.safe_text import one_line
from aep_tui.domain.source import AuthMethod, NextStep, Source
from aep_tui.domain.translation import _

_DESTINATION_PROVIDER_ID: Final = "14e34fac-d307-11e9-bb65-2a2ae2dbcce4"
"""Of every destination in published samples."""
_LONGEST: Final = 100
_KEY_OF_A_TRANSLATION = re.compile(r"[a-z]+[A-Z]\w*Label")
_ADOBE = re.compile(r"https?://(?:[\w-]+\.)*adobe\.com/[\w./#?=&-]*")


@dataclass(frozen=True, slots=True)
class DescribedSource:
    """An entry of the list.

    Attributes:
        source: everything that a form is made from.
        name: of the connection specification, a slug such as "azure-file-storage"; several may have one.
        category: in words, "" when it does not say.
        is_source: data can be read from it; destinations and the platform's own are none, but some are both.
        is_beta: the platform calls it beta or preview.
    """

    source: Source
    name: str
    category: str
    is_source: bool
    is_beta: bool

    @property
    def reason_unavailable(self) -> str:
        """Why no connection can be made of it here, "" when one can."""
        methods = self.source.auth_methods
        if not methods:
            return _("No credentials are described for it: there is nothing to fill in here.")
        return methods[0].unavailable if all(method.unavailable for method in methods) else ""

    def is_meant_by(self, text: str) -> bool:
        """Return whether every word of a search stands in its title, name, category or id."""
        about = " ".join((self.source.label, self.name, self.category, self.source.id)).lower()
        return all(word in about for word in text.lower().split())


class SourceUnknown(Problem):
    """Neither the catalog nor the platform knows a source."""

    def __init__(self, known: Iterable[str] = ()) -> None:
        """Take the ids that the catalog knows, where a person may have meant one of them."""
        next_step = _("Name it by its id in the catalog, or by the name or the id of its connection specification.")
        if names := ", ".join(known):
            next_step = _("Choose one of: {names}. Or name the connection specification of another by name or id.")
            next_step = next_step.format(names=names)
        super().__init__(
            _("Unknown source"),
            _("Neither this program nor the platform knows a source of this name in the sandbox."),
            next_step,
        )


def described_sources(items: Iterable[object]) -> tuple[DescribedSource, ...]:
    """Return the entries that have an id, each once, by title."""
    found: dict[str, DescribedSource] = {}
    for item in items:
        described = described_source(item)
        if described is not None:
            found.setdefault(described.source.id, described)
    return tuple(sorted(found.values(), key=lambda each: (each.source.label.lower(), each.source.id)))


def described_source(item: object) -> DescribedSource | None:
    """Return one entry, None for what has no id; total."""
    entry = json_object(item)
    spec_id = entry.get("id")
    if not isinstance(spec_id, str) or not re.fullmatch(r"[\w.-]{1,100}", spec_id, re.ASCII):
        return None
    attributes = json_object(entry.get("attributes"))
    source_spec = json_object(entry.get("sourceSpec"))
    shown = json_object(json_object(source_spec.get("attributes")).get("uiAttributes"))
    target_spec = json_object(entry.get("targetSpec"))
    target_shown = json_object(json_object(target_spec.get("attributes")).get("uiAttributes"))
    is_destination = (
        _is_true(attributes.get("isDestination"))
        or _is_true(target_shown.get("isDestination"))
        or entry.get("providerId") == _DESTINATION_PROVIDER_ID
    )
    is_source = _is_true(shown.get("isSource")) or _is_true(attributes.get("isSource"))
    is_source = is_source or (not is_destination and bool(source_spec))
    name = _text(entry.get("name"))
    title = title_of(name, attributes, shown) or spec_id
    version = entry.get("version")
    return DescribedSource(
        Source(
            id=spec_id,
            label=title,
            summary="",
            connection_spec_id=spec_id,
            connection_spec_version=_text(str(version)) if isinstance(version, str | float | int) else "",
            auth_methods=auth_methods_of(entry.get("authSpec")),
            next_steps=_documentation(shown, attributes),
            is_described_only=True,
        ),
        name,
        _category(attributes, shown),
        is_source,
        _is_true(shown.get("isBeta")) or _is_true(shown.get("isPreview")),
    )


def described_words(source: Source | None, method: AuthMethod | None) -> str:
    """Return what is said wherever a person fills in something for a source that only the platform describes.

    Args:
        source: that is chosen; of one of the catalog nothing is said.
        method: that is chosen or marked; what is strange about its description is told as well.
    """
    if source is None or not source.is_described_only:
        return ""
    words = _(
        "This program has no tutorial for {source} and gives no advice: you see what the platform itself describes."
    ).format(source=source.label)
    return "\n".join(part for part in (words, method.documentation if method is not None else "") if part)


def title_of(name: str, attributes: Mapping[str, object], shown: Mapping[str, object]) -> str:
    """Return the name for people; the key of a translation that only Adobe's own pages have is none.

    Args:
        name: of the connection specification, a slug.
        attributes: `attributes`.
        shown: `sourceSpec.attributes.uiAttributes`.
    """
    label = shown.get("label")
    said = label if isinstance(label, str) else json_object(label).get("text")
    candidates = (_text(said), _text(attributes.get("connectorName")))
    titles = [each for each in candidates if each and not _KEY_OF_A_TRANSLATION.fullmatch(each)]
    slug = name.replace("-", " ").strip()
    return next(iter(titles), slug[:1].upper() + slug[1:])


def _category(attributes: Mapping[str, object], shown: Mapping[str, object]) -> str:
    said = shown.get("category")
    text = _text(said if isinstance(said, str) else json_object(said).get("key")) or _text(attributes.get("category"))
    if text.isupper():
        return text
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text).capitalize()


def _documentation(*places: Mapping[str, object]) -> tuple[NextStep, ...]:
    addresses = (_text(place.get("documentationLink")) for place in places)
    address = next((each for each in addresses if _ADOBE.fullmatch(each)), "")
    if not address:
        return ()
    return (NextStep(_("What Adobe says about this source"), "https" + address[address.index("://") :]),)


def _is_true(value: object) -> bool:
    """Return whether a flag is set; one page prints it as the text "True"."""
    return value is True or (isinstance(value, str) and value.strip().lower() == "true")


def _text(value: object) -> str:
    return one_line(value, _LONGEST)
