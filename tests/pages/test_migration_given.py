"""What is given for a migration, and whose it is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from aep_tui.domain.migration_plan import MigrationPlan, MigrationRow
from aep_tui.domain.migration_record import MigrationRecord, RowRecord, Stage
from aep_tui.domain.secrets import Secrets
from aep_tui.pages.migration_given import Given, asked_parameters
from aep_tui.pages.unattended import AnswersIncomplete
from aep_tui.session.migration_run import needs_credentials
from tests.kit.canary import CANARY
from tests.tui.migration.made_up import METHODS, PLAN

ACME, EMEA = "acme.my.salesforce.com", "acme-emea.my.salesforce.com"


def row(name: str, host: str, **parameters: str) -> MigrationRow:
    return replace(
        PLAN.rows[0], connection_id=name, group=f"https://{host}", parameters=tuple(sorted(parameters.items()))
    )


def given(*rows: MigrationRow, done: tuple[str, ...] = ()) -> tuple[Given, MigrationPlan]:
    plan = replace(PLAN, rows=rows)
    record = MigrationRecord({name: RowRecord(Stage.DONE) for name in done})
    return Given(plan, record, needs_credentials(plan, record), METHODS), plan


def test_what_is_given_for_an_organization_that_is_done_is_left_aside() -> None:
    answers, _plan = given(row("a", ACME), row("b", EMEA), done=("a",))
    answers.take({f"{ACME}:clientId": "old", f"{EMEA}:clientId": " new "}, {}, Secrets())
    credentials = answers.credentials()
    assert {group: dict(each.new) for group, each in credentials.items()} == {f"https://{EMEA}": {"clientId": "new"}}


def test_a_secret_without_a_group_is_that_of_the_only_one_that_is_left() -> None:
    answers, _plan = given(row("a", ACME), row("b", EMEA), done=("a",))
    answers.take({}, {"clientSecret": CANARY}, Secrets())
    assert "clientSecret" in answers.credentials()[f"https://{EMEA}"].new
    both, _plan = given(row("a", ACME), row("b", EMEA))
    with pytest.raises(AnswersIncomplete, match=f"{ACME}:clientSecret, {EMEA}:clientSecret"):
        both.take({}, {"clientSecret": CANARY}, Secrets())


def test_old_secrets_are_not_put_back_where_they_would_be_those_of_another_user() -> None:
    same, _plan = given(
        row("a", ACME, username="anna"), row("b", ACME, username="anna"), row("c", EMEA, username="ben")
    )
    same.refuse_mixed_users()
    mixed, _plan = given(row("a", ACME, username="anna"), row("b", ACME, username="ben"))
    with pytest.raises(AnswersIncomplete, match=f"The connections of {ACME} have different users") as refusal:
        mixed.refuse_mixed_users()
    assert [each.option for each in refusal.value.complaints] == ["--put-back"]


def test_a_form_asks_for_what_not_all_connections_have_and_for_nothing_optional_that_one_of_them_has() -> None:
    def names(*rows: MigrationRow) -> set[str]:
        return {each.api_name for each in asked_parameters(METHODS, f"https://{ACME}", rows)}

    optional = {each.api_name for each in METHODS.new.parameters if not each.is_required and not each.is_secret}
    assert "apiVersion" in names(row("a", ACME, apiVersion="60.0"), row("b", ACME))
    assert "apiVersion" not in names(row("a", ACME, apiVersion="60.0"), row("b", ACME, apiVersion="61.0"))
    assert optional <= names(row("a", ACME), row("b", ACME))
    assert not optional & names(row("a", ACME, **dict.fromkeys(optional, "true")), row("b", ACME))
