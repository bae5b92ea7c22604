"""The sources that the platform offers and our catalog does not know: found, and read when a form is needed."""

from __future__ import annotations

from aep_tui.domain.catalog.catalog import Catalog
from aep_tui.domain.described_source import DescribedSource
from aep_tui.domain.problem import Problem
from aep_tui.domain.source import Source
from aep_tui.domain.translation import _
from aep_tui.flow_service.paging import Reads
from aep_tui.flow_service.source_descriptions import all_descriptions, description_of, descriptions_named


async def other_sources(service: Reads, catalog: Catalog) -> tuple[DescribedSource, ...]:
    """Return the sources that are offered and that the catalog does not know, by title; no destinations.

    Args:
        service: asks the platform.
        catalog: the sources that we know by heart.

    Raises:
        PlatformError: the list could not be read.
    """
    known = {source.connection_spec_id for source in catalog.sources}
    return tuple(each for each in await all_descriptions(service) if each.is_source and each.source.id not in known)


async def described_source_of(service: Reads, spec_id: str) -> Source:
    """Return the source with this `connectionSpec.id`, with a form for each of its auth methods.

    Args:
        service: asks the platform.
        spec_id: of a connection, or one that was noted earlier.

    Raises:
        Problem: the platform does not offer it, or could not be asked.
    """
    found = await description_of(service, spec_id)
    if found is None:
        raise not_offered()
    return found.source


async def find_described_source(service: Reads, text: str) -> Source:
    """Return the source that a script means, by the id or the name of its connection specification.

    Args:
        service: asks the platform.
        text: the id or the name.

    Raises:
        Problem: there is none, there are several, no connection can be made of it here, or nobody could be asked.
    """
    named = tuple(each for each in await descriptions_named(service, text) if each.is_source)
    if len(named) > 1:
        raise Problem(
            _("Several sources have this name"),
            _("The platform offers {count} sources of this name: {ids}.").format(
                count=len(named), ids=", ".join(each.source.id for each in named)
            ),
            _("Name the one that is meant by the id of its connection specification."),
        )
    found = named[0] if named else await description_of(service, text)
    if found is None:
        raise not_offered()
    if not found.is_source:
        raise Problem(
            _("That is no source"),
            _("The platform offers {title} as a destination or for itself, and not as a source.").format(
                title=found.source.label
            ),
            _("Choose a source."),
        )
    if found.reason_unavailable:
        raise Problem(_("This source cannot be connected here"), found.reason_unavailable, _("Choose another source."))
    return found.source


def not_offered() -> Problem:
    """Return the problem that neither the catalog nor the platform knows a source."""
    return Problem(
        _("Unknown source"),
        _("Neither this program nor the platform knows a source of this name in the sandbox."),
        _("Name it by its id in the catalog, or by the name or the id of its connection specification."),
    )
