"""The sources that the platform offers and our catalog does not know: found, and read when a form is needed."""

from __future__ import annotations

import re

from aep_tui.domain.catalog.catalog import Catalog
from aep_tui.domain.described_source import DescribedSource, SourceUnknown
from aep_tui.domain.problem import Problem
from aep_tui.domain.source import Source
from aep_tui.domain.translation import _
from aep_tui.flow_service.paging import Reads
from aep_tui.flow_service.source_descriptions import all_descriptions, description_of, descriptions_named

_SPEC_ID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


class SourcesOfPlatform:
    """Asks one sandbox for them."""

    def __init__(self, service: Reads) -> None:
        self._service = service

    async def other(self, catalog: Catalog) -> tuple[DescribedSource, ...]:
        """Return the sources that are offered and that `catalog` does not know, by title; no destinations.

        Raises:
            PlatformError: the list could not be read.
        """
        known = {source.connection_spec_id for source in catalog.sources}
        every = await all_descriptions(self._service)
        return tuple(each for each in every if each.is_source and each.source.id not in known)

    async def described(self, spec_id: str) -> Source:
        """Return the source with this `connectionSpec.id`, with a form for each of its auth methods.

        Raises:
            SourceUnknown: the platform does not offer it.
            PlatformError: it could not be asked.
        """
        found = await description_of(self._service, spec_id)
        if found is None:
            raise SourceUnknown
        return found.source

    async def meant(self, text: str) -> Source:
        """Return the source that a script means, by the id or the name of its connection specification.

        Raises:
            SourceUnknown: there is none.
            Problem: there are several, no connection can be made of it here, or nobody could be asked.
        """
        named = tuple(each for each in await descriptions_named(self._service, text) if each.is_source)
        if len(named) > 1:
            raise Problem(
                _("Several sources have this name"),
                _("The platform offers {count} sources of this name: {ids}.").format(
                    count=len(named), ids=", ".join(each.source.id for each in named)
                ),
                _("Name the one that is meant by the id of its connection specification."),
            )
        # What is no id of a specification may be anything, and an address is written into the log.
        by_id = await description_of(self._service, text) if not named and _SPEC_ID.fullmatch(text) else None
        found = named[0] if named else by_id
        if found is None:
            raise SourceUnknown
        if not found.is_source:
            raise Problem(
                _("That is no source"),
                _("The platform offers {title} as a destination or for itself, and not as a source.").format(
                    title=found.source.label
                ),
                _("Choose a source."),
            )
        if found.reason_unavailable:
            raise Problem(
                _("This source cannot be connected here"), found.reason_unavailable, _("Choose another source.")
            )
        return found.source
