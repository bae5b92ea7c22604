"""The catalog as the program sees it, and the loader that reads it from its files."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable
from dataclasses import MISSING, field, fields, replace
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from aep_tui.domain.lifecycle import LifecycleNotice, NoticeKind
from aep_tui.domain.light_dataclass import dataclass
from aep_tui.domain.problem import CatalogProblem
from aep_tui.domain.source import (
    AuthMethod,
    CheckName,
    Cloud,
    HelperName,
    Login,
    NextStep,
    Parameter,
    ParameterKind,
    Prerequisite,
    RuleName,
    Source,
    Suggestion,
    SuggestionName,
    TokenRecipe,
)
from aep_tui.domain.translation import _

_Record = TypeVar("_Record")
_Name = TypeVar("_Name", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Documented:
    """What the files say.

    Attributes:
        sources: in the order of the list: a source with no retirement first, then by name.
        notices: in the order of the file.
    """

    sources: tuple[Source, ...]
    notices: tuple[LifecycleNotice, ...] = ()


@dataclass(frozen=True, slots=True)
class Catalog:
    """All sources and all notices.

    Attributes:
        documented: gives what the files say; those of the package are read when somebody asks for the first time,
            because the first page asks for none.
        others: sources that are not documented here and were read from the platform; no list shows them.
    """

    documented: Callable[[], Documented] = field(repr=False)
    others: tuple[Source, ...] = ()

    @property
    def sources(self) -> tuple[Source, ...]:
        """The documented sources."""
        return self.documented().sources

    @property
    def notices(self) -> tuple[LifecycleNotice, ...]:
        """What the documents announce."""
        return self.documented().notices

    def source(self, source_id: str) -> Source | None:
        """Return the source with this id, or None."""
        return next((source for source in (*self.sources, *self.others) if source.id == source_id), None)

    def source_by_connection_spec_id(self, connection_spec_id: str) -> Source | None:
        """Return the source with this `connectionSpec.id`, or None."""
        every = (*self.sources, *self.others)
        return next((source for source in every if source.connection_spec_id == connection_spec_id), None)

    def with_other(self, source: Source) -> Catalog:
        """Return the catalog with one more source that was read from the platform; what was read before is replaced."""
        return replace(self, others=(*(each for each in self.others if each.id != source.id), source))

    def notices_for(self, cloud: Cloud | None, source_id: str, auth_method_id: str) -> tuple[LifecycleNotice, ...]:
        """Return the notices that speak of this choice."""
        return tuple(notice for notice in self.notices if notice.concerns(cloud, source_id, auth_method_id))


@cache
def _of_the_package() -> Documented:
    return read_documents(Path(__file__).parent)


def load_catalog() -> Catalog:
    """Return the catalog that comes with the package; its files are read by the first use.

    Whoever uses it first may get a `CatalogProblem`, as from `read_documents`.
    """
    return Catalog(_of_the_package)


def catalog_of(sources: Iterable[Source]) -> Catalog:
    """Return a catalog of what is known already, without notices."""
    documented = Documented(tuple(sources))
    return Catalog(lambda: documented)


def read_documents(folder: Path) -> Documented:
    """Return what stands in `folder`: `sources/*.toml`, where a file's name is the source's id, and `lifecycle.toml`.

    Raises:
        CatalogProblem: a file is not TOML, or a key is missing, unknown or of the wrong kind.
    """
    notices = _read_notices(folder.joinpath("lifecycle.toml"))
    retired_ids = {notice.source_id for notice in notices if notice.kind is NoticeKind.RETIRED}
    sources = [_read_source(file) for file in folder.joinpath("sources").iterdir() if file.name.endswith(".toml")]
    sources.sort(key=lambda source: (source.id in retired_ids, source.label))
    return Documented(tuple(sources), notices)


def _read_source(file: Path) -> Source:
    table = _read_table(file)
    unavailable = table.pop("unavailable", {})
    return _record(
        Source,
        file.name,
        {
            **table,
            "id": file.name.removesuffix(".toml"),
            "auth_methods": tuple(
                _auth_method(method, f"{file.name}, auth_methods[{index}]")
                for index, method in enumerate(_tables(table, "auth_methods", file.name))
            ),
            "next_steps": tuple(
                _record(NextStep, f"{file.name}, next_steps[{index}]", step)
                for index, step in enumerate(_tables(table, "next_steps", file.name))
            ),
            "unavailable": tuple(
                (_one_of(Cloud, cloud, f"{file.name}, unavailable"), reason) for cloud, reason in unavailable.items()
            ),
        },
    )


def _auth_method(table: dict[str, Any], place: str) -> AuthMethod:
    parameters = _tables(table, "parameters", place)
    names = {str(parameter.get("api_name", "")) for parameter in parameters}
    return _record(
        AuthMethod,
        place,
        {
            **table,
            "cloud": _one_of(Cloud, table.get("cloud"), f"{place}, cloud"),
            "login": _one_of(Login, table["login"], f"{place}, login") if "login" in table else None,
            "reads": _reads(table, place, names),
            "token": _token_recipe(table["token"], f"{place}, token") if "token" in table else None,
            "prerequisites": tuple(
                _record(Prerequisite, f"{place}, prerequisites[{index}]", prerequisite)
                for index, prerequisite in enumerate(table.get("prerequisites", ()))
            ),
            "parameters": tuple(
                _parameter(parameter, f"{place}, parameters[{index}]", names)
                for index, parameter in enumerate(parameters)
            ),
        },
    )


def _parameter(table: dict[str, Any], place: str, names: set[str]) -> Parameter:
    return _record(
        Parameter,
        place,
        {
            **table,
            "reads": _reads(table, place, names),
            "where_to_find": str(table.get("where_to_find", "")).strip(),
            "blank_warning": str(table.get("blank_warning", "")).strip(),
            "kind": _one_of(ParameterKind, table.get("kind", "text"), f"{place}, kind"),
            "suggestions": _suggestions(table, "suggestions", place),
        },
    )


def _token_recipe(table: dict[str, Any], place: str) -> TokenRecipe:
    return _record(
        TokenRecipe,
        place,
        {
            **table,
            "audiences": _suggestions(table, "audiences", place),
            "app_steps": tuple(str(step) for step in table.get("app_steps", ())),
        },
    )


def _suggestions(table: dict[str, Any], key: str, place: str) -> tuple[Suggestion, ...]:
    return tuple(
        _record(Suggestion, f"{place}, {key}[{index}]", suggestion)
        for index, suggestion in enumerate(_tables(table, key, place))
    )


def _reads(table: dict[str, Any], place: str, names: set[str]) -> tuple[tuple[str, str], ...]:
    """Return the roles and the API names under `reads`, each of which the auth method has to declare."""
    reads = tuple((str(role), str(name)) for role, name in dict(table.get("reads", {})).items())
    for role, name in reads:
        if name not in names:
            raise _wrong(f"{place}, reads, {role}", _("{name} is no parameter of this method.").format(name=name))
    return reads


def _read_notices(file: Path) -> tuple[LifecycleNotice, ...]:
    return tuple(
        _notice(table, f"{file.name}, notices[{index}]")
        for index, table in enumerate(_tables(_read_table(file), "notices", file.name))
    )


def _notice(table: dict[str, Any], place: str) -> LifecycleNotice:
    effective_on = table.get("effective_on")
    if effective_on is not None and type(effective_on) is not date:
        raise _wrong(f"{place}, effective_on", _("A date such as 2026-01-01 is needed here."))
    return _record(
        LifecycleNotice,
        place,
        {
            **table,
            "effective_on": effective_on,
            "kind": _one_of(NoticeKind, table.get("kind"), f"{place}, kind"),
            "cloud": _one_of(Cloud, table["cloud"], f"{place}, cloud") if "cloud" in table else None,
        },
    )


def _read_table(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as reason:
        raise _wrong(file.name, str(reason)) from reason


def _tables(table: dict[str, Any], key: str, place: str) -> list[dict[str, Any]]:
    """Return the tables under `key`, none when the key is missing."""
    tables = table.get(key, [])
    if not isinstance(tables, list) or not all(isinstance(each, dict) for each in tables):
        raise _wrong(f"{place}, {key}", _("Tables are needed here, each under [[{key}]].").format(key=key))
    return tables


def _one_of(kind: type[_Name], value: object, place: str) -> _Name:
    names = {str(each): each for each in kind}
    if str(value) not in names:
        words = _("There is no {name} here. The names are: {names}.")
        raise _wrong(place, words.format(name=value, names=", ".join(names)))
    return names[str(value)]


_EXPECTED: dict[str, type] = {"str": str, "bool": bool}
_NAMES: dict[str, type[StrEnum]] = {
    "rule": RuleName,
    "suggests": SuggestionName,
    "audience_suggests": SuggestionName,
    "helper": HelperName,
    "check": CheckName,
}
"""What the values of these keys name, where they are not empty."""


def _record(kind: type[_Record], place: str, table: dict[str, Any]) -> _Record:
    """Return a dataclass made of `table`, or say which key is missing, unknown or of the wrong kind."""
    declared = {each.name: each for each in fields(kind)}  # type: ignore[arg-type]  # all records are dataclasses
    for key, value in table.items():
        if key not in declared:
            raise _wrong(f"{place}, {key}", _("This key is not known here."))
        expected = _EXPECTED.get(str(declared[key].type))
        if expected is not None and not isinstance(value, expected):
            raise _wrong(
                f"{place}, {key}", _("The value has the wrong kind; {kind} is needed.").format(kind=expected.__name__)
            )
        if value and key in _NAMES:
            _one_of(_NAMES[key], value, f"{place}, {key}")
    for key, known in declared.items():
        if key not in table and known.default is MISSING and known.default_factory is MISSING:
            raise _wrong(f"{place}, {key}", _("This key is missing."))
    return kind(**table)


def _wrong(place: str, reason: str) -> CatalogProblem:
    return CatalogProblem(
        _("The catalog is wrong"),
        _("{place}: {reason}").format(place=place, reason=reason),
        _("Mend the file in the catalog, or install the program again."),
    )
