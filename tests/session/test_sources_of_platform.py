"""The sources that the catalog does not know: which are listed, and which one a script means."""

from __future__ import annotations

import pytest

from aep_tui.domain.catalog.catalog import load_catalog
from aep_tui.domain.problem import Problem
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
    assert any(WAREHOUSE_ID in path for _method, _sandbox, path in organization.requests) is (text == WAREHOUSE_ID)


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
