"""What the entries of the platform's list are: sources, destinations, both, and what is for nobody."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aep_tui.domain.catalog.catalog import load_catalog
from aep_tui.domain.described_source import (
    DescribedSource,
    described_source,
    described_sources,
    described_words,
    title_of,
)
from aep_tui.domain.safe_text import without_control_characters

SPEC_OF_A_HOST = {"properties": {"host": {"type": "string"}}}
OF_DESTINATIONS = "14e34fac-d307-11e9-bb65-2a2ae2dbcce4"
TARGET = {"attributes": {"uiAttributes": {"isDestination": True}}}
SPEC = {"name": "Basic Authentication", "spec": SPEC_OF_A_HOST}


def entry(ui: dict[str, Any] | None = None, **more: object) -> dict[str, Any]:
    shown = {"sourceSpec": {"attributes": {"uiAttributes": ui}}} if ui is not None else {}
    return {"id": "one", "name": "azure-file-storage", "version": "1.0", "authSpec": [SPEC], **shown, **more}


def described(ui: dict[str, Any] | None = None, **more: object) -> DescribedSource:
    found = described_source(entry(ui, **more))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("item", "is_source"),
    [
        (entry({"isSource": True}), True),
        (entry(attributes={"isSource": "True"}), True),
        (entry({"isSource": True}, attributes={"isDestination": True}), True),
        (entry({}), True),
        (entry(), False),
        (entry(providerId=OF_DESTINATIONS), False),
        (entry({}, providerId=OF_DESTINATIONS), False),
        (entry({}, attributes={"isDestination": True}), False),
        (entry(targetSpec=TARGET), False),
        (entry({}, targetSpec=TARGET), False),
        (entry(targetSpec={"name": "x"}), False),
        (entry({}, targetSpec={"name": "x"}), True),
    ],
)
def test_one_list_holds_sources_and_destinations(item: object, is_source: bool) -> None:
    found = described_source(item)
    assert found is not None
    assert found.is_source is is_source


@pytest.mark.parametrize(
    ("ui", "attributes", "title"),
    [
        ({"label": {"text": "Azure Files"}}, {}, "Azure Files"),
        ({"label": "Azure Files"}, {}, "Azure Files"),
        ({"label": {"key": "azureFileStorageLabel"}}, {"connectorName": "Azure File Storage"}, "Azure File Storage"),
        ({"label": "azureFileStorageLabel"}, {}, "Azure file storage"),
        ({"label": {"text": "A\x1b[31m\u202eB"}}, {}, "A�[31m�B"),
    ],
)
def test_the_title_is_never_the_key_of_a_translation(ui: dict[str, Any], attributes: object, title: str) -> None:
    assert described(ui, attributes=attributes).source.label == title


@pytest.mark.parametrize(
    ("ui", "attributes", "category"),
    [
        ({"category": {"key": "cloudStorage"}}, {}, "Cloud storage"),
        ({}, {"category": "Cloud Storage"}, "Cloud storage"),
        ({}, {"category": "CRM"}, "CRM"),
        ({}, {}, ""),
    ],
)
def test_categories_of_every_spelling_are_one(ui: dict[str, Any], attributes: object, category: str) -> None:
    assert described(ui, attributes=attributes).category == category


def test_no_credentials_to_ask_for_and_a_browser_are_reasons() -> None:
    assert "No credentials are described" in described({"isSource": True}, authSpec=[]).reason_unavailable
    browser = {"name": "OAuth2 Authorization Code", "spec": SPEC["spec"]}
    assert "needs a browser" in described({"isSource": True}, authSpec=[browser]).reason_unavailable
    assert described({"isSource": True}, authSpec=[browser, SPEC]).reason_unavailable == ""


def test_only_an_address_of_adobe_is_named_and_as_https() -> None:
    link = described({"documentationLink": "http://www.adobe.com/go/sources-sftp-en"}).source.next_steps
    assert [each.address for each in link] == ["https://www.adobe.com/go/sources-sftp-en"]
    assert described({"documentationLink": "https://adobe.com.evil.example/go"}).source.next_steps == ()


def test_a_version_is_sent_as_it_is_written() -> None:
    assert described({}, version="1.0").source.connection_spec_version == "1.0"
    assert described({}, version=1.0).source.connection_spec_version == "1.0"
    assert described({}, version=None).source.connection_spec_version == ""


def test_a_search_finds_by_title_name_category_and_id() -> None:
    found = described({"category": "crm"}, attributes={"connectorName": "ACME Files"})
    assert all(found.is_meant_by(text) for text in ("", "acme", "FILES acme", "azure-file", "crm", "one"))
    assert not found.is_meant_by("acme mysql")


def test_an_entry_without_an_id_is_none_and_ids_are_there_once() -> None:
    assert described_sources([entry(), entry(), {"name": "x"}, 7, {"id": "a b"}]) == (described(),)


@pytest.mark.parametrize(
    ("ui", "is_beta"),
    [
        ({"isBeta": True}, True),
        ({"isPreview": True}, True),
        ({"isBeta": "true"}, True),
        ({"isBeta": " True "}, True),
        ({"isBeta": "no"}, False),
        ({"isBeta": 1}, False),
        ({}, False),
    ],
)
def test_what_is_not_finished_is_told(ui: dict[str, Any], is_beta: bool) -> None:
    assert described(ui).is_beta is is_beta


@pytest.mark.parametrize(
    ("spec_id", "is_there"), [("a" * 100, True), ("a" * 101, False), ("", False), ("a/b", False), ("\u00e4", False)]
)
def test_only_what_can_stand_in_an_address_is_an_id(spec_id: str, is_there: bool) -> None:
    assert (described_source(entry(id=spec_id)) is not None) is is_there
    assert described_source(entry(id=7)) is None


def test_a_source_is_called_by_its_slug_or_its_id_where_nobody_has_a_title_and_a_title_has_an_end() -> None:
    assert title_of("azure-file-storage", {}, {}) == "Azure file storage"
    assert described(name=None).source.label == "one"
    assert described({"label": "x" * 101}).source.label == "x" * 99 + "\u2026"
    assert described({"label": "x" * 100}).source.label == "x" * 100
    assert described({"label": ["x"]}).source.label == "Azure file storage"


def test_sources_stand_in_the_order_of_their_titles_whatever_the_case() -> None:
    items = [entry({"label": label}, id=spec_id) for label, spec_id in (("b", "1"), ("C", "2"), ("a", "4"), ("A", "3"))]
    assert [each.source.id for each in described_sources(items)] == ["3", "4", "1", "2"]


def test_of_a_source_that_only_the_platform_describes_a_person_is_told_so() -> None:
    source = described(
        {"label": "ACME Files"}, authSpec=[{**SPEC, "spec": {**SPEC_OF_A_HOST, "required": ["x"]}}]
    ).source
    words = (
        "This program has no tutorial for ACME Files and gives no advice: you see what the platform itself describes."
    )
    assert described_words(source, None) == words
    assert described_words(source, described().source.auth_methods[0]) == words, "nothing is strange about it"
    assert described_words(source, source.auth_methods[0]) == (
        f"{words}\nCalled required, but not described: x. Left empty, it is not sent."
    )
    known = load_catalog().sources[0]
    assert described_words(known, known.auth_methods[0]) == ""
    assert described_words(None, None) == ""


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "name", "attributes", "sourceSpec", "uiAttributes", "label", "text", "authSpec"])
            | st.text(max_size=6),
            inner,
            max_size=5,
        )
    ),
    max_leaves=20,
)


@given(st.lists(_JSON, max_size=4), _JSON)
def test_whatever_comes_is_read(items: list[object], part: object) -> None:
    found = described_sources([*items, entry(part if isinstance(part, dict) else None, attributes=part, authSpec=part)])
    assert all(
        each.source.label and without_control_characters(each.source.label) == each.source.label for each in found
    )
