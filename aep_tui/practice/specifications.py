"""The connection specifications of the practice service, made from the catalog."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from aep_tui.domain.catalog.catalog import Catalog
from aep_tui.domain.lifecycle import NoticeKind, NoticePhase
from aep_tui.domain.source import AuthMethod, Cloud, Parameter, ParameterKind, Source
from aep_tui.practice.answers import JsonObject
from aep_tui.practice.other_sources import NO_SOURCES, OTHER_SOURCES, WITHOUT_CONNECTIONS, OtherSource, other_source

_PROVIDER_ID: Final = "0ed90a81-07f4-4586-8190-b40eccef1c5a"
"""`providerId` of the Salesforce specification (old revision of the Salesforce tutorial)."""


@dataclass(frozen=True, slots=True)
class Specifications:
    """What the platform offers today.

    Attributes:
        catalog: the documented sources.
        today: the day on which lifecycle notices are judged.
        hides_what_is_retired: retired sources and deprecated auth methods are not offered.
    """

    catalog: Catalog
    today: date
    hides_what_is_retired: bool = False

    def sources(self) -> tuple[Source, ...]:
        """Return the sources that are offered."""
        return tuple(source for source in self.catalog.sources if not self._is_gone(source, None))

    def source(self, connection_spec_id: str) -> Source | None:
        """Return the offered source with this `connectionSpec.id`, or None."""
        return next((source for source in self.sources() if source.connection_spec_id == connection_spec_id), None)

    @staticmethod
    def other_source(connection_spec_id: object) -> OtherSource | None:
        """Return the source outside the catalog with this `connectionSpec.id`, or None."""
        return other_source(connection_spec_id) if isinstance(connection_spec_id, str) else None

    def auth_methods(self, source: Source, clouds: frozenset[Cloud]) -> tuple[AuthMethod, ...]:
        """Return the auth methods that `source` offers in a sandbox on `clouds`."""
        return tuple(
            method for method in source.auth_methods if method.cloud in clouds and not self._is_gone(source, method)
        )

    def auth_method(self, source: Source, clouds: frozenset[Cloud], spec_name: str) -> AuthMethod | None:
        """Return the auth method with this `auth.specName`, or None."""
        return next((method for method in self.auth_methods(source, clouds) if method.spec_name == spec_name), None)

    def as_items(self, clouds: frozenset[Cloud]) -> list[JsonObject]:
        """Return every offered specification as `GET /connectionSpecs` shows it."""
        others = (source.as_item() for source in (*OTHER_SOURCES, *WITHOUT_CONNECTIONS))
        return [*(self._as_item(source, clouds) for source in self.sources()), *others, *NO_SOURCES]

    def _is_gone(self, source: Source, method: AuthMethod | None) -> bool:
        if not self.hides_what_is_retired:
            return False
        kind, method_id = (NoticeKind.DEPRECATED, method.id) if method else (NoticeKind.RETIRED, "")
        return any(
            notice.kind is kind
            and notice.source_id == source.id
            and notice.auth_method_id == method_id
            and notice.phase(self.today) is NoticePhase.AFTER
            for notice in self.catalog.notices
        )

    def _as_item(self, source: Source, clouds: frozenset[Cloud]) -> JsonObject:
        return {
            "id": source.connection_spec_id,
            "name": source.id,
            "providerId": _PROVIDER_ID,
            "version": source.connection_spec_version,
            "authSpec": [_auth_spec(source, method) for method in self.auth_methods(source, clouds)],
            "attributes": {"category": "CRM", "connectorName": source.label, "isSource": True},
            "permissionsInfo": {
                "manage": [{"@type": "lowLevel", "name": "EnterpriseSource", "permissions": ["write"]}],
                "view": [{"@type": "lowLevel", "name": "EnterpriseSource", "permissions": ["read"]}],
            },
        }


def _auth_spec(source: Source, method: AuthMethod) -> JsonObject:
    return {
        "name": method.spec_name,
        "type": method.spec_name.replace(" ", "_"),
        "spec": {
            "$schema": "http://json-schema.org/draft-07/schema#",
            "type": "object",
            "description": f"Defines auth params required for connecting to {source.id}.",
            "properties": {parameter.api_name: _property(parameter) for parameter in method.parameters},
            "required": [parameter.api_name for parameter in method.parameters if parameter.is_required],
        },
    }


def _property(parameter: Parameter) -> JsonObject:
    described: JsonObject = {
        "type": "boolean" if parameter.kind is ParameterKind.BOOLEAN else "string",
        "description": parameter.help,
    }
    return {**described, "format": "password"} if parameter.is_secret else described
