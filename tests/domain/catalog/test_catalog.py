from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from enum import StrEnum
from pathlib import Path

import pytest

import aep_tui.domain.catalog.catalog as catalog_module
from aep_tui.domain.catalog.catalog import Catalog, load_catalog, read_documents
from aep_tui.domain.lifecycle import NoticeKind
from aep_tui.domain.problem import CatalogProblem
from aep_tui.domain.rules.registry import rule_names, suggestion_names
from aep_tui.domain.source import CheckName, Cloud, HelperName, RuleName, SuggestionName
from aep_tui.domain.wizard import Wizard
from aep_tui.session.source_checks import CHECKS
from aep_tui.tui.dialogs.helpers import HELPERS
from tests.domain.catalog.tutorials import ALL, TutorialRequest

PACKAGED = Path(catalog_module.__file__).parent

SIXTH_SOURCE = """
label = "ACME Warehouse"
summary = "Rows of a made-up database"
connection_spec_id = "00000000-0000-0000-0000-000000000006"
connection_spec_version = "1.0"

[unavailable]
aws = "ACME Warehouse is documented on Azure only."

[[auth_methods]]
id = "key-authentication"
cloud = "azure"
label = "Key"
spec_name = "Key Authentication"
summary = "A key."

[[auth_methods.parameters]]
api_name = "key"
label = "Key"
help = "The key."
example = "a long text"
where_to_find = "On the page of keys."
is_required = true
is_secret = true
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the catalog that a test may spoil."""
    copy = tmp_path / "catalog"
    shutil.copytree(PACKAGED, copy, ignore=shutil.ignore_patterns("__pycache__", "*.py"))
    return copy


def change(path: Path, pattern: str, replacement: str) -> None:
    """Replace the first match in a file, which must have one."""
    text = path.read_text(encoding="utf-8")
    changed, count = re.subn(pattern, replacement, text, count=1, flags=re.MULTILINE)
    assert count == 1
    path.write_text(changed, encoding="utf-8")


@pytest.mark.parametrize("sample", ALL, ids=[sample.id for sample in ALL])
def test_every_tutorial_has_its_auth_method(sample: TutorialRequest) -> None:
    source = load_catalog().source(sample.source_id)
    assert source is not None
    method = source.auth_method(Cloud(sample.cloud), sample.auth_method_id)
    assert method is not None
    assert method.spec_name == sample.body["auth"]["specName"]
    assert source.connection_spec_id == sample.body["connectionSpec"]["id"]
    required = {parameter.api_name for parameter in method.parameters if parameter.is_required}
    optional = {parameter.api_name for parameter in method.parameters} - required
    assert required == set(sample.body["auth"]["params"]) - optional


def test_the_optional_parameters_are_those_of_the_tutorials() -> None:
    optional = {
        (source.id, method.id, parameter.api_name)
        for source in load_catalog().sources
        for method in source.auth_methods
        for parameter in method.parameters
        if not parameter.is_required
    }
    assert optional == {
        ("salesforce", "basic-authentication", "environmentUrl"),
        ("salesforce", "basic-authentication", "apiVersion"),
        ("salesforce", "oauth2-client-credential", "includeDeletedObjects"),
    }


def test_what_can_open_an_account_is_a_secret_and_nothing_else_is() -> None:
    secrets = {
        parameter.api_name
        for source in load_catalog().sources
        for method in source.auth_methods
        for parameter in method.parameters
        if parameter.is_secret
    }
    assert secrets == {"password", "securityToken", "clientSecret", "jwtToken", "accessToken", "refreshToken"}


def test_every_parameter_helps_the_person_who_has_to_fill_it_in() -> None:
    for source in load_catalog().sources:
        for method in source.auth_methods:
            for parameter in method.parameters:
                words = (parameter.label, parameter.help, parameter.example, parameter.where_to_find)
                assert all(words), (source.id, method.id, parameter.api_name)


def test_what_is_said_of_a_parameter_names_no_key_of_the_screen() -> None:
    # Line by line the same words are said, and there is no such key there.
    for source in load_catalog().sources:
        for method in source.auth_methods:
            for entry in method.parameters:
                assert not re.search(r"\bF\d", f"{entry.help} {entry.where_to_find} {entry.example}"), entry.api_name


def test_label_and_help_of_a_field_stand_in_one_line_at_80_columns() -> None:
    lines = {
        f"{parameter.label} (required)  {parameter.help}"
        for source in load_catalog().sources
        for method in source.auth_methods
        for parameter in method.parameters
    }
    # Of 80 cells a scroll bar, two blanks of the page, the bar of the focus and the blank behind it take five.
    assert [line for line in lines if len(line) > 75] == []


def test_sources_without_a_retirement_come_first() -> None:
    assert [source.id for source in load_catalog().sources] == ["salesforce", "oracle-service-cloud", "zoho-crm"]


@pytest.mark.parametrize("source_id", ["oracle-service-cloud", "zoho-crm"])
def test_sources_of_azure_say_why_aws_does_not_offer_them(source_id: str) -> None:
    source = load_catalog().source(source_id)
    assert source is not None
    assert "Azure only" in source.reason_unavailable_on(Cloud.AWS)
    assert source.reason_unavailable_on(Cloud.AZURE) == ""
    assert source.auth_methods_on(Cloud.AWS) == ()


def test_a_sixth_source_is_one_file_and_no_code(folder: Path) -> None:
    (folder / "sources" / "acme-warehouse.toml").write_text(SIXTH_SOURCE, encoding="utf-8")
    documented = read_documents(folder)
    catalog = Catalog(lambda: documented)
    source = catalog.source("acme-warehouse")
    assert source is not None
    assert catalog.source_by_connection_spec_id("00000000-0000-0000-0000-000000000006") is source
    assert source.reason_unavailable_on(Cloud.AWS) == "ACME Warehouse is documented on Azure only."
    wizard = Wizard(catalog, date(2026, 11, 22)).with_cloud(Cloud.AZURE).wizard.with_source("acme-warehouse").wizard
    wizard = wizard.with_auth_method("key-authentication").wizard
    assert wizard.auth_method is not None
    assert [parameter.api_name for parameter in wizard.auth_method.parameters] == ["key"]


def _broken_toml(folder: Path) -> None:
    (folder / "sources" / "salesforce.toml").write_text("label = ", encoding="utf-8")


def _not_utf8(folder: Path) -> None:
    (folder / "sources" / "salesforce.toml").write_bytes(b"label = '\xff'")


def _unknown_key(folder: Path) -> None:
    change(folder / "sources" / "zoho-crm.toml", r"^summary = ", 'sumary = "x"\nsummary = ')


def _unknown_parameter_key(folder: Path) -> None:
    change(folder / "sources" / "zoho-crm.toml", r"^is_required = ", 'requird = "x"\nis_required = ')


def _wrong_kind(folder: Path) -> None:
    change(folder / "sources" / "zoho-crm.toml", r"^is_required = true", 'is_required = "yes"')


def _missing_key(folder: Path) -> None:
    change(folder / "sources" / "oracle-service-cloud.toml", r"^connection_spec_id = .*$", "")


def _missing_method_key(folder: Path) -> None:
    change(folder / "sources" / "oracle-service-cloud.toml", r"^spec_name = .*$", "")


def _unknown_cloud(folder: Path) -> None:
    change(folder / "sources" / "oracle-service-cloud.toml", r'^cloud = "azure"', 'cloud = "gcp"')


def _unknown_login(folder: Path) -> None:
    change(folder / "sources" / "salesforce.toml", r'^login = "user-name"', 'login = "soap"')


def _unknown_cloud_of_the_reason(folder: Path) -> None:
    change(folder / "sources" / "oracle-service-cloud.toml", r"^aws = ", "gcp = ")


def _date_as_text(folder: Path) -> None:
    change(folder / "lifecycle.toml", r"^effective_on = 2026-02-01", 'effective_on = "2026-01-01"')


def _unknown_notice_kind(folder: Path) -> None:
    change(folder / "lifecycle.toml", r'^kind = "retired"', 'kind = "gone"')


def _methods_as_text(folder: Path) -> None:
    (folder / "sources" / "salesforce.toml").write_text('label = "x"\nauth_methods = "none"\n', encoding="utf-8")


def _parameters_as_texts(folder: Path) -> None:
    text = 'label = "x"\n[[auth_methods]]\ncloud = "azure"\nparameters = ["endpoint"]\n'
    (folder / "sources" / "zoho-crm.toml").write_text(text, encoding="utf-8")


def _notices_as_table(folder: Path) -> None:
    (folder / "lifecycle.toml").write_text("[notices]\nid = 1\n", encoding="utf-8")


@pytest.mark.parametrize(
    ("file_name", "line", "key", "names"),
    [
        ("zoho-crm.toml", 'rule = "zoho-endpoint"', "auth_methods[0], parameters[0], rule", RuleName),
        ("zoho-crm.toml", 'suggests = "zoho-endpoint"', "auth_methods[0], parameters[0], suggests", SuggestionName),
        ("salesforce.toml", 'helper = "mint-jwt"', "auth_methods[2], parameters[0], helper", HelperName),
        ("salesforce.toml", 'check = "salesforce-login"', "auth_methods[0], check", CheckName),
        (
            "salesforce.toml",
            'audience_suggests = "salesforce-audience"',
            "auth_methods[2], token, audience_suggests",
            SuggestionName,
        ),
    ],
)
def test_a_name_that_nothing_has_is_told_with_the_names_that_there_are(
    folder: Path, file_name: str, line: str, key: str, names: type[StrEnum]
) -> None:
    file = folder / "sources" / file_name
    text = file.read_text(encoding="utf-8")
    assert f"{line}\n" in text
    file.write_text(text.replace(line, line.removesuffix('"') + 's"', 1), encoding="utf-8")
    with pytest.raises(CatalogProblem) as problem:
        read_documents(folder)
    unknown = line.split('"')[1] + "s"
    assert problem.value.message.startswith(f"{file_name}, {key}: There is no {unknown} here.")
    assert problem.value.message.endswith(f" {', '.join(names)}.")


def test_each_name_that_a_file_may_say_stands_for_something_and_nothing_else_does() -> None:
    assert rule_names() == set(RuleName)
    assert suggestion_names() == set(SuggestionName)
    assert set(HelperName) == set(HELPERS)
    assert set(CHECKS) == set(CheckName)


@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        (_broken_toml, ["salesforce.toml"]),
        (_not_utf8, ["salesforce.toml"]),
        (_unknown_key, ["zoho-crm.toml", "sumary", "not known"]),
        (_unknown_parameter_key, ["zoho-crm.toml", "auth_methods[0]", "parameters[0]", "requird", "not known"]),
        (_wrong_kind, ["zoho-crm.toml", "auth_methods[0]", "is_required", "bool is needed"]),
        (_missing_key, ["oracle-service-cloud.toml", "connection_spec_id", "missing"]),
        (_missing_method_key, ["oracle-service-cloud.toml", "auth_methods[0]", "spec_name", "missing"]),
        (_unknown_cloud, ["oracle-service-cloud.toml", "auth_methods[0]", "cloud", "gcp"]),
        (_unknown_login, ["salesforce.toml", "auth_methods[1]", "login", "soap"]),
        (_unknown_cloud_of_the_reason, ["oracle-service-cloud.toml", "unavailable", "gcp"]),
        (_methods_as_text, ["salesforce.toml, auth_methods", "Tables are needed"]),
        (_parameters_as_texts, ["zoho-crm.toml, auth_methods[0], parameters", "Tables are needed"]),
        (_notices_as_table, ["lifecycle.toml, notices", "Tables are needed"]),
        (_date_as_text, ["lifecycle.toml", "notices[0]", "effective_on", "date"]),
        (_unknown_notice_kind, ["lifecycle.toml", "notices[1]", "kind", "gone"]),
    ],
)
def test_a_wrong_file_is_named_with_its_key(folder: Path, spoil: Callable[[Path], None], expected: list[str]) -> None:
    spoil(folder)
    with pytest.raises(CatalogProblem) as problem:
        read_documents(folder)
    assert [word for word in expected if word not in problem.value.message] == []


def test_every_notice_names_something_of_the_catalog_and_its_way_out_exists() -> None:
    catalog = load_catalog()
    for notice in catalog.notices:
        source = catalog.source(notice.source_id)
        assert bool(notice.source_id) == (source is not None), notice.id
        for method_id in filter(None, (notice.auth_method_id, notice.switch_to_auth_method_id)):
            assert source is not None
            assert any(method.id == method_id for method in source.auth_methods), notice.id
        assert notice.statement_source
        assert notice.way_out
    assert {notice.kind for notice in catalog.notices} == set(NoticeKind)


def test_everything_that_the_catalog_names_exists_and_has_what_it_reads() -> None:
    methods = [method for source in load_catalog().sources for method in source.auth_methods]
    parameters = [parameter for method in methods for parameter in method.parameters]
    assert {parameter.rule for parameter in parameters} - {""} == rule_names() - {"described-value"}
    recipes = [method.token for method in methods if method.token is not None]
    named = {parameter.suggests for parameter in parameters} | {recipe.audience_suggests for recipe in recipes}
    assert named - {""} == suggestion_names()
    assert {parameter.helper for parameter in parameters} - {""} == set(HELPERS)
    assert {method.check for method in methods} - {""} == set(CHECKS)
    for method in methods:
        assert any(parameter.helper == "mint-jwt" for parameter in method.parameters) is (method.token is not None)


def test_a_field_that_is_read_has_to_be_declared(folder: Path) -> None:
    change(folder / "sources" / "zoho-crm.toml", r'accounts_url = "accountsUrl"', 'accounts_url = "accountUrl"')
    with pytest.raises(CatalogProblem) as problem:
        read_documents(folder)
    assert "accounts_url: accountUrl is no parameter of this method" in problem.value.message


def test_a_source_that_was_read_from_the_platform_is_found_like_a_documented_one() -> None:
    other = replace(load_catalog().sources[0], id="acme", connection_spec_id="acme-spec")
    catalog = load_catalog().with_other(other)
    assert catalog.source("acme") is other
    assert catalog.source_by_connection_spec_id("acme-spec") is other
    assert load_catalog().source_by_connection_spec_id("acme-spec") is None
