from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from aep_tui.domain.catalog.catalog import Catalog, Documented, load_catalog
from aep_tui.domain.draft import Answer, Draft, is_empty
from aep_tui.domain.secret import Secret
from aep_tui.domain.source import Cloud, Parameter, ParameterKind
from aep_tui.domain.step_answer import (
    AnotherSourceWanted,
    AuthMethodAnswer,
    CloudAnswer,
    CredentialsAnswer,
    NameAnswer,
    NoticesAnswer,
    SourceAnswer,
    StepAnswer,
    SwitchAuthMethod,
    Task,
    TaskAnswer,
)
from aep_tui.domain.wizard import Change, Step, Wizard
from tests.domain.tokens import CLIENT_ID, token
from tests.kit.canary import CANARY
from tests.kit.examples import examples

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
TODAY = NOW.date()
GOOD_TEXTS = {
    "environmentUrl": ["https://acme.my.salesforce.com", "https://acme--uat.sandbox.my.salesforce.com"],
    "instanceUrl": ["https://acme.my.salesforce.com"],
    "apiVersion": ["60.0", "52.0"],
    "host": ["https://acme.custhelp.com"],
    "endpoint": ["https://www.zohoapis.com"],
    "accountsUrl": ["https://accounts.zoho.com"],
}
BAD_TEXTS = {"environmentUrl": ["https://acme.lightning.force.com"], "apiVersion": ["52"], "accountsUrl": ["nonsense"]}


def answers_for(parameter: Parameter) -> st.SearchStrategy[Answer]:
    """Good, wrong and missing answers of the right kind."""
    if parameter.kind is ParameterKind.BOOLEAN:
        return st.booleans()
    if parameter.is_secret:
        return st.sampled_from([Secret(f"{CANARY}-{number}") for number in range(3)] + [Secret("")])
    good = GOOD_TEXTS.get(parameter.api_name, [f"acme {parameter.api_name} one", "two"])
    return st.sampled_from([*good, *good, *BAD_TEXTS.get(parameter.api_name, []), ""])


def plain(answer: Answer) -> str | bool:
    return answer if isinstance(answer, str | bool) else answer.get_secret_value()


class AnyWalk(RuleBasedStateMachine):
    """Any walk of answers, edits, Backs and switches, beside a simple picture of what should be remembered."""

    def __init__(self) -> None:
        super().__init__()
        self.wizard = Wizard(load_catalog(), TODAY)
        self.answers: dict[str, Answer] = {}
        self.acknowledged: set[str] = set()
        self.name = ""
        self.description = ""

    @initialize(cloud=st.sampled_from(Cloud))
    def begin(self, cloud: Cloud) -> None:
        self.choose(self.wizard.with_answer(CloudAnswer(cloud)))

    @rule(cloud=st.sampled_from(Cloud))
    def choose_cloud(self, cloud: Cloud) -> None:
        self.choose(self.wizard.with_answer(CloudAnswer(cloud)))
        assert self.wizard.draft.cloud is cloud

    @rule(data=st.data())
    def choose_source(self, data: st.DataObject) -> None:
        cloud = self.wizard.draft.cloud
        assert cloud is not None
        offered = [s.id for s in self.wizard.catalog.sources if not s.reason_unavailable_on(cloud)]
        source_id = data.draw(st.sampled_from(offered))
        self.choose(self.wizard.with_answer(SourceAnswer(source_id)))
        assert self.wizard.draft.source_id == source_id

    @precondition(lambda self: self.wizard.source is not None)
    @rule(data=st.data())
    def choose_auth_method(self, data: st.DataObject) -> None:
        source, cloud = self.wizard.source, self.wizard.draft.cloud
        assert source is not None
        assert cloud is not None
        method_id = data.draw(st.sampled_from([method.id for method in source.auth_methods_on(cloud)]))
        self.choose(self.wizard.with_answer(AuthMethodAnswer(method_id)))
        assert self.wizard.draft.auth_method_id == method_id

    @precondition(lambda self: any(notice.switch_to_auth_method_id for notice in self.wizard.notices))
    @rule()
    def take_the_way_out_of_a_notice(self) -> None:
        before = {name: plain(answer) for name, answer in self.wizard.draft.answers.items()}
        change = self.wizard.with_answer(SwitchAuthMethod("oauth2-client-credential"))
        self.choose(change)
        assert change.goes_back_to is Step.AUTH_METHOD
        assert not self.wizard.notices
        for kept in {"environmentUrl", "apiVersion"} & set(before):
            assert self.wizard.draft.answers[kept] == before[kept]

    @precondition(lambda self: bool(self.wizard.notices))
    @rule(data=st.data())
    def tick_notices(self, data: st.DataObject) -> None:
        ticked = frozenset(n.id for n in self.wizard.notices if data.draw(st.booleans()))
        self.wizard = self.wizard.with_answer(NoticesAnswer(ticked)).wizard
        self.acknowledged = set(ticked)

    @precondition(lambda self: self.wizard.auth_method is not None)
    @rule(data=st.data(), is_complete=st.booleans())
    def fill_in_credentials(self, data: st.DataObject, is_complete: bool) -> None:
        method = self.wizard.auth_method
        assert method is not None
        answers: dict[str, Answer] = {}
        for parameter in method.parameters:
            answer = data.draw(answers_for(parameter))
            if is_complete and parameter.is_required and is_empty(answer):
                answer = Secret(CANARY) if parameter.is_secret else GOOD_TEXTS.get(parameter.api_name, ["acme"])[0]
            answers[parameter.api_name] = answer
        self.wizard = self.wizard.with_answer(CredentialsAnswer(answers)).wizard
        self.answers = answers

    @rule(name=st.sampled_from(["ACME", "", "default"]), description=st.sampled_from(["", "EMEA"]))
    def name_it(self, name: str, description: str) -> None:
        if name == "default":
            name = self.wizard.source.default_name if self.wizard.source else "ACME"
        self.wizard = self.wizard.with_answer(NameAnswer(name, description)).wizard
        self.name, self.description = name, description

    @rule(step=st.sampled_from([Step.NOTICES, Step.CREDENTIALS, Step.NAME]))
    def go_back_and_forth(self, step: Step) -> None:
        """Back hands over what stands in the fields, and nothing is forgotten by it."""
        draft = self.wizard.draft
        shown: dict[Step, StepAnswer] = {
            Step.NOTICES: NoticesAnswer(draft.acknowledged_notice_ids),
            Step.CREDENTIALS: CredentialsAnswer(draft.answers),
            Step.NAME: NameAnswer(draft.name, draft.description),
        }
        if step is Step.CREDENTIALS and self.wizard.auth_method is None:
            return
        self.wizard = self.wizard.with_answer(shown[step]).wizard
        assert self.wizard.draft == draft

    def choose(self, change: Change) -> None:
        """Take a choice, forget in the picture what no longer applies, and compare what was named."""
        before, after = self.wizard, change.wizard
        draft, source = after.draft, after.source
        is_same_source = draft.source_id == before.draft.source_id and source is not None
        asked_for: set[str] = set()
        if is_same_source and source is not None and draft.cloud is not None:
            methods = (after.auth_method,) if after.auth_method else source.auth_methods_on(draft.cloud)
            asked_for = {parameter.api_name for method in methods for parameter in method.parameters}
        expected = []
        if before.source is not None and source is None:
            expected.append(f"source {before.source.label}")
        if before.auth_method is not None and after.auth_method is None:
            expected.append(f"auth method {before.auth_method.label}")
        for api_name in [name for name in self.answers if name not in asked_for]:
            if not is_empty(self.answers.pop(api_name)):
                expected.append(label_of(before, api_name))
        default_name = before.source.default_name if before.source and not is_same_source else ""
        if self.name and self.name == default_name:
            self.name = ""
            expected.append("name")
        about = load_catalog().notices_for(draft.cloud, draft.source_id, draft.auth_method_id)
        self.acknowledged &= {notice.id for notice in about}
        assert list(change.discarded) == expected
        self.wizard = after

    @invariant()
    def everything_that_applies_is_remembered_and_nothing_else(self) -> None:
        draft = self.wizard.draft
        assert {k: plain(v) for k, v in draft.answers.items()} == {k: plain(v) for k, v in self.answers.items()}
        assert set(draft.acknowledged_notice_ids) == self.acknowledged
        assert (draft.name, draft.description) == (self.name, self.description)

    @invariant()
    def a_chosen_method_exists_on_the_chosen_cloud(self) -> None:
        draft = self.wizard.draft
        assert bool(draft.auth_method_id) == (self.wizard.auth_method is not None)
        if self.wizard.source is not None and draft.cloud is not None:
            assert not self.wizard.source.reason_unavailable_on(draft.cloud)

    @invariant()
    def a_request_is_built_of_present_answers_or_not_at_all(self) -> None:
        unanswered = self.wizard.first_unanswered_before(Step.REVIEW, NOW)
        if unanswered is not None:
            with pytest.raises(ValueError, match=unanswered.value):
                self.wizard.request()
            return
        method = self.wizard.auth_method
        assert method is not None
        assert {notice.id for notice in self.wizard.notices} <= self.acknowledged
        body = json.loads(self.wizard.request().body_to_send())
        sent = body["auth"]["params"]
        assert sent == {name: plain(answer) for name, answer in self.answers.items() if not is_empty(answer)}
        assert set(sent) <= {parameter.api_name for parameter in method.parameters}
        assert {parameter.api_name for parameter in method.parameters if parameter.is_required} <= set(sent)
        assert sent.get("apiVersion") != "52"
        assert body["auth"]["specName"] == method.spec_name
        assert body["name"] == self.name
        assert CANARY not in repr(self.wizard)

    @invariant()
    def editing_returns_to_the_review_exactly_when_all_is_answered(self) -> None:
        expected = self.wizard.first_unanswered_before(Step.REVIEW, NOW) or Step.REVIEW
        assert self.wizard.next_step(Step.CLOUD, NOW, is_edit=True) is expected
        assert (expected is Step.REVIEW) == all(
            self.wizard.is_answered(step, NOW) for step in self.wizard.steps()[: self.wizard.steps().index(Step.REVIEW)]
        )


def label_of(wizard: Wizard, api_name: str) -> str:
    assert wizard.source is not None
    methods = [wizard.auth_method] if wizard.auth_method else list(wizard.source.auth_methods)
    labels = [found.label for method in methods if (found := method.parameter(api_name))]
    return labels[0]


TestAnyWalk = AnyWalk.TestCase
TestAnyWalk.settings = settings(max_examples=examples(60), stateful_step_count=25)


def walked(cloud: Cloud, source_id: str, auth_method_id: str) -> Wizard:
    wizard = Wizard(load_catalog(), TODAY).with_cloud(cloud).wizard
    return wizard.with_source(source_id).wizard.with_auth_method(auth_method_id).wizard


def test_the_step_count_is_the_same_for_every_choice() -> None:
    uncounted = {Step.WELCOME, Step.TASK, Step.CONNECTIONS, Step.CONNECTION, Step.MIGRATION}
    positions = [Wizard.position(step) for step in Step if step not in {Step.NOTICES, *uncounted}]
    assert positions == [(number, 8) for number in range(1, 9)]
    assert {Wizard.position(step) for step in uncounted} == {(0, 8)}
    assert Wizard.position(Step.NOTICES) == Wizard.position(Step.AUTH_METHOD)


def test_the_notices_are_a_step_only_where_there_are_some() -> None:
    with_notice = walked(Cloud.AZURE, "salesforce", "basic-authentication")
    without = walked(Cloud.AZURE, "salesforce", "oauth2-client-credential")
    assert Step.NOTICES in with_notice.steps()
    assert Step.NOTICES not in without.steps()
    assert Step.NOTICES in Wizard(load_catalog(), TODAY).steps()
    begins = (Step.WELCOME, Step.TASK, Step.AUTH_METHOD, Step.REVIEW, Step.DONE)
    assert [without.next_step(step, NOW) for step in begins] == [
        Step.TASK,
        Step.CLOUD,
        Step.CREDENTIALS,
        Step.STATUS,
        Step.DONE,
    ]


def test_from_azure_to_aws_the_clients_id_and_secret_stay() -> None:
    wizard = walked(Cloud.AZURE, "salesforce", "oauth2-client-credential").with_answers(
        {
            "environmentUrl": "https://acme.my.salesforce.com",
            "clientId": "acme",
            "clientSecret": Secret(CANARY),
            "apiVersion": "60.0",
            "includeDeletedObjects": False,
        }
    )
    change = wizard.with_cloud(Cloud.AWS)
    assert change.discarded == ("auth method OAuth 2 Client Credential", "Environment URL", "API version")
    assert set(change.wizard.draft.answers) == {"clientId", "clientSecret"}


def test_a_retired_sources_acknowledgement_goes_with_the_source() -> None:
    wizard = walked(Cloud.AZURE, "zoho-crm", "basic-authentication").with_acknowledged(frozenset({"zoho-crm-retired"}))
    assert wizard.is_answered(Step.NOTICES, NOW)
    back = wizard.with_source("oracle-service-cloud").wizard.with_source("zoho-crm").wizard
    assert not back.with_auth_method("basic-authentication").wizard.is_answered(Step.NOTICES, NOW)


@pytest.mark.parametrize("step", Step)
def test_every_step_has_a_label(step: Step) -> None:
    assert step.label


@pytest.mark.parametrize(("name", "discarded"), [("", ()), ("ACME", ()), (None, ("name",))])
def test_a_name_that_was_the_source_s_own_goes_with_the_source(name: str | None, discarded: tuple[str, ...]) -> None:
    wizard = Wizard(load_catalog(), TODAY).with_cloud(Cloud.AZURE).wizard.with_source("salesforce").wizard
    assert wizard.source is not None
    named = wizard.with_name(wizard.source.default_name if name is None else name, "")
    change = named.with_source("zoho-crm")
    assert change.discarded == discarded
    assert change.wizard.draft.name == (name or "")
    assert named.with_source("salesforce").wizard.draft.name == named.draft.name


def test_what_is_discarded_is_named_in_words_although_no_method_is_chosen_any_more() -> None:
    wizard = walked(Cloud.AZURE, "salesforce", "oauth2-client-credential").with_answers({"clientId": "acme"})
    there_and_back = wizard.with_cloud(Cloud.AWS).wizard.with_cloud(Cloud.AZURE).wizard
    assert there_and_back.with_source("zoho-crm").discarded == ("Client ID",)


def test_a_discarded_answer_is_named_as_the_chosen_method_names_it() -> None:
    catalog = load_catalog()
    salesforce = catalog.source("salesforce")
    assert salesforce is not None
    chosen = salesforce.auth_method(Cloud.AWS, "oauth2-jwt-token-credential")
    assert chosen is not None
    renamed = replace(
        chosen,
        parameters=tuple(
            replace(each, label="Consumer key") if each.api_name == "clientId" else each for each in chosen.parameters
        ),
    )
    methods = tuple(renamed if method is chosen else method for method in salesforce.auth_methods)
    sources = tuple(replace(each, auth_methods=methods) if each is salesforce else each for each in catalog.sources)
    wizard = Wizard(Catalog(lambda: Documented(sources, catalog.notices)), TODAY).with_cloud(Cloud.AWS).wizard
    wizard = wizard.with_source("salesforce").wizard.with_auth_method("oauth2-jwt-token-credential").wizard
    change = wizard.with_answers({"clientId": "acme"}).with_source("zoho-crm")
    assert "Consumer key" in change.discarded
    assert "Client ID" not in change.discarded


@pytest.mark.parametrize("answer", [TaskAnswer(Task.CREATE), AnotherSourceWanted()])
def test_what_is_no_answer_of_a_draft_changes_nothing(answer: StepAnswer) -> None:
    wizard = walked(Cloud.AZURE, "salesforce", "oauth2-client-credential")
    assert wizard.with_answer(answer) == Change(wizard)


def test_before_the_first_answer_no_choice_is_answered() -> None:
    wizard = Wizard(load_catalog(), TODAY)
    chosen = (Step.CLOUD, Step.SOURCE, Step.AUTH_METHOD, Step.CREDENTIALS, Step.NAME)
    assert not any(wizard.is_answered(step, NOW) for step in chosen)
    assert wizard.is_answered(Step.NOTICES, NOW)


@pytest.mark.parametrize(
    ("name", "description", "is_answered"),
    [("ACME", "", True), ("ACME", "one\ntwo", True), ("A\tB", "", False), ("ACME", "\x1b", False), (" ", "", False)],
)
def test_a_name_or_description_with_an_error_is_no_answer(name: str, description: str, is_answered: bool) -> None:
    wizard = Wizard(load_catalog(), TODAY).with_name(name, description)
    assert wizard.is_answered(Step.NAME, NOW) is is_answered


def test_what_is_asked_for_is_known_once_an_auth_method_is_chosen() -> None:
    wizard = walked(Cloud.AZURE, "salesforce", "oauth2-client-credential")
    assert wizard.auth_method is not None
    assert wizard.parameters == wizard.auth_method.parameters != ()
    assert wizard.with_cloud(Cloud.AWS).wizard.parameters == Wizard(load_catalog(), TODAY).parameters == ()


def test_an_answer_of_which_no_source_is_known_is_named_as_it_is() -> None:
    wizard = replace(Wizard(load_catalog(), TODAY), draft=Draft(answers={"clientId": "acme"}))
    assert wizard.with_source("zoho-crm").discarded == ("clientId",)


def test_an_auth_method_of_the_same_name_is_not_taken_over_to_another_source() -> None:
    wizard = walked(Cloud.AZURE, "salesforce", "basic-authentication")
    change = wizard.with_source("zoho-crm")
    assert change.wizard.draft.auth_method_id == ""
    assert change.discarded[0].startswith("auth method ")


@pytest.mark.parametrize("minutes_left", [-60, 0, 60])
def test_a_token_that_has_ended_today_is_no_answer_but_stays_what_was_walked(minutes_left: int) -> None:
    ends_at = int(NOW.timestamp()) + 60 * minutes_left
    walk = walked(Cloud.AWS, "salesforce", "oauth2-jwt-token-credential").with_name("ACME", "")
    walk = walk.with_acknowledged(frozenset(notice.id for notice in walk.notices)).with_answers(
        {
            "clientId": CLIENT_ID,
            "clientSecret": Secret(CANARY),
            "instanceUrl": "https://acme.my.salesforce.com",
            "jwtToken": Secret(token(exp=ends_at)),
        }
    )
    assert walk.is_answered(Step.CREDENTIALS, NOW) is (minutes_left > 0)
    wanted = Step.REVIEW if minutes_left > 0 else Step.CREDENTIALS
    assert walk.next_step(Step.NAME, NOW, is_edit=True) is wanted
    # The pages about what was created go on showing it.
    assert walk.is_complete
    assert walk.request().name == "ACME"
