"""The sources that the catalog does not know: which are listed, and which one a script means."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import cast

import pytest

from aep_tui.domain.catalog.catalog import load_catalog
from aep_tui.domain.described_source import DescribedSource, described_source
from aep_tui.domain.problem import Problem
from aep_tui.flow_service.paging import Reads
from aep_tui.flow_service.source_descriptions import descriptions_named
from aep_tui.session.sources_of_platform import SourcesOfPlatform
from tests.session.existing import Organization

pytestmark = pytest.mark.anyio

WAREHOUSE_ID = "c0ffee00-3d5b-4f0a-9a51-2f6d5c1f7a44"


async def test_the_list_holds_no_destination_and_nothing_that_the_catalog_knows() -> None:
    organization = Organization("everything-fine")
    async with organization.opened("rehearsal") as (sandbox,):
        found = await sandbox.sources.other(load_catalog())
    assert [each.source.label for each in found] == [
        "ACME Ads",
        "Acme loyalty",
        "ACME Warehouse",
        "Amazon S3",
        "Azure File Storage",
        "Data Landing Zone",
        "MySQL",
        "Sftp",
    ]
    assert [each.source.label for each in found if each.reason_unavailable] == ["ACME Ads", "Data Landing Zone"]
    assert [method for method, _sandbox, _path in organization.requests] == ["GET"]


async def test_a_form_is_read_by_the_id_of_the_specification() -> None:
    async with Organization("everything-fine").opened("rehearsal") as (sandbox,):
        source = await sandbox.sources.described(WAREHOUSE_ID)
        with pytest.raises(Problem, match="Unknown source"):
            await sandbox.sources.described("nowhere")
    assert source.auth_methods[0].spec_name == "Key Authentication"
    assert [each.api_name for each in source.auth_methods[0].parameters if each.is_secret] == [
        "proxy",
        "apiToken",
        "password",
        "certificate",
    ]


@pytest.mark.parametrize("text", ["acme-warehouse", WAREHOUSE_ID])
async def test_a_script_names_a_source_by_name_or_id(text: str) -> None:
    organization = Organization("everything-fine")
    async with organization.opened("rehearsal") as (sandbox,):
        assert (await sandbox.sources.meant(text)).id == WAREHOUSE_ID
    assert len(organization.requests) == (2 if text == WAREHOUSE_ID else 1), (
        "the id is asked for when no name was found"
    )


async def test_of_several_sources_with_one_name_the_ids_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    async with Organization("everything-fine").opened("rehearsal") as (sandbox,):
        (known,) = await descriptions_named(sandbox.service, "acme-warehouse")

        async def twice(*_parts: object) -> tuple[DescribedSource, ...]:
            return known, replace(known, source=replace(known.source, id="another"))

        monkeypatch.setattr("aep_tui.session.sources_of_platform.descriptions_named", twice)
        with pytest.raises(Problem) as caught:
            await sandbox.sources.meant("acme-warehouse")
    assert caught.value.title == "Several sources have this name"
    assert f"2 sources of this name: {WAREHOUSE_ID}, another." in caught.value.message


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("nothing", "Unknown source"),
        ("Amazon S3", "Unknown source"),  # the destination's name
        ("4fce964d-3f37-408f-9778-e597338a21ee", "That is no source"),
        ("acme-ads", "This source cannot be connected here"),
        ("data-landing-zone", "This source cannot be connected here"),
        ("../connections", "Unknown source"),
    ],
)
async def test_what_cannot_be_connected_says_why(text: str, title: str) -> None:
    async with Organization("everything-fine").opened("rehearsal") as (sandbox,):
        with pytest.raises(Problem) as caught:
            await sandbox.sources.meant(text)
    assert caught.value.title == title


@pytest.fixture
def platform(monkeypatch: pytest.MonkeyPatch) -> Callable[..., SourcesOfPlatform]:
    """Return what asks a platform that offers just these entries."""

    def offers(*entries: DescribedSource, by_id: DescribedSource | None = None) -> SourcesOfPlatform:
        async def descriptions_named(_service: object, _name: str) -> tuple[DescribedSource, ...]:
            return entries

        async def description_of(_service: object, _spec_id: str) -> DescribedSource | None:
            return by_id

        for each in (descriptions_named, description_of):
            monkeypatch.setattr(f"aep_tui.session.sources_of_platform.{each.__name__}", each)
        return SourcesOfPlatform(cast(Reads, None))

    return offers


def an_entry(spec_id: str, ui: dict[str, object]) -> DescribedSource:
    method = {"name": "Basic", "spec": {"properties": {"host": {"type": "string"}}}}
    shown = {"attributes": {"uiAttributes": ui}}
    found = described_source({"id": spec_id, "name": "acme", "sourceSpec": shown, "authSpec": [method]})
    assert found is not None
    return found


async def test_a_name_that_several_sources_have_means_none(platform: Callable[..., SourcesOfPlatform]) -> None:
    one, two, target = an_entry("1", {}), an_entry("2", {}), an_entry("3", {})
    target = replace(target, is_source=False)
    with pytest.raises(Problem, match="Several sources have this name") as several:
        await platform(one, target, two).meant("acme")
    assert "2 sources of this name: 1, 2." in several.value.message
    assert await platform(one, target).meant("acme") == one.source


async def test_only_the_form_of_an_id_is_asked_for_by_id(platform: Callable[..., SourcesOfPlatform]) -> None:
    one = an_entry(WAREHOUSE_ID, {})
    assert await platform(by_id=one).meant(WAREHOUSE_ID) == one.source
    for text in ("acme", f"{WAREHOUSE_ID}/x", f"x{WAREHOUSE_ID}"):
        with pytest.raises(Problem, match="Unknown source"):
            await platform(by_id=one).meant(text)
    other = an_entry("2", {})
    assert await platform(other, by_id=one).meant(WAREHOUSE_ID) == other.source, "a name comes before an id"
