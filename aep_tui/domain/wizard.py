"""The order of the steps, what may be skipped and what an earlier edit invalidates: a pure state machine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace
from datetime import UTC, date, datetime, time
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from aep_tui import domain
from aep_tui.domain.catalog.catalog import Catalog
from aep_tui.domain.draft import Answer, Draft, is_empty
from aep_tui.domain.first_words import WELCOME
from aep_tui.domain.lifecycle import LifecycleNotice
from aep_tui.domain.light_dataclass import dataclass
from aep_tui.domain.source import AuthMethod, Cloud, Parameter, Source
from aep_tui.domain.step_answer import (
    AnotherSourceWanted,
    AuthMethodAnswer,
    CloudAnswer,
    CredentialsAnswer,
    NameAnswer,
    NoticesAnswer,
    OtherSourceAnswer,
    SourceAnswer,
    StepAnswer,
    SwitchAuthMethod,
    TaskAnswer,
)
from aep_tui.domain.translation import _

if TYPE_CHECKING:
    from aep_tui.domain.connection_request import ConnectionRequest


class Step(StrEnum):
    """The pages: first those of the walk in their order, then those beside it; the value is the screen's name."""

    WELCOME = "welcome"
    TASK = "task"
    CLOUD = "cloud"
    SOURCE = "source"
    AUTH_METHOD = "auth-method"
    NOTICES = "notices"
    CREDENTIALS = "credentials"
    NAME = "name"
    REVIEW = "review"
    STATUS = "status"
    DONE = "done"
    CONNECTIONS = "connections"
    CONNECTION = "connection"
    MIGRATION = "migration"

    @property
    def label(self) -> str:
        """The step's name on the step line."""
        return {
            Step.WELCOME: WELCOME,
            Step.TASK: _("What to do"),
            Step.CLOUD: _("Cloud"),
            Step.SOURCE: _("Source"),
            Step.AUTH_METHOD: _("Auth method"),
            Step.NOTICES: _("Notices"),
            Step.CREDENTIALS: _("Credentials"),
            Step.NAME: _("Name and description"),
            Step.REVIEW: _("Review"),
            Step.STATUS: _("Submit and status"),
            Step.DONE: _("Done"),
            Step.CONNECTIONS: _("Existing connections"),
            Step.CONNECTION: _("Existing connection"),
            Step.MIGRATION: _("Migration"),
        }[self]

    @property
    def is_of_walk(self) -> bool:
        """Whether it is a step on the way to a new connection; the others stand beside that way."""
        return self not in {Step.CONNECTIONS, Step.CONNECTION, Step.MIGRATION}


@dataclass(frozen=True, slots=True)
class Wizard:
    """One walk through the wizard: the draft, and what follows from it.

    Attributes:
        catalog: the documented sources and notices.
        today: the day on which the walk began, which the notices are read on; what may end is judged by the instant.
        draft: the answers so far.
    """

    catalog: Catalog = field(repr=False)
    today: date
    draft: Draft = field(default_factory=Draft)

    @property
    def source(self) -> Source | None:
        """The chosen source."""
        # The first page has none, and is not to wait for the catalog.
        return self.catalog.source(self.draft.source_id) if self.draft.source_id else None

    @property
    def auth_method(self) -> AuthMethod | None:
        """The chosen auth method on the chosen cloud."""
        if self.source is None:
            return None
        return self.source.auth_method(self.draft.cloud, self.draft.auth_method_id)

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """What the chosen auth method asks for, nothing before one is chosen."""
        return self.auth_method.parameters if self.auth_method is not None else ()

    @property
    def notices(self) -> tuple[LifecycleNotice, ...]:
        """The notices about the present choice that a person has to acknowledge."""
        return tuple(
            notice
            for notice in self.catalog.notices_for(self.draft.cloud, self.draft.source_id, self.draft.auth_method_id)
            if notice.needs_acknowledgement
        )

    def steps(self) -> tuple[Step, ...]:
        """Return the steps of this walk; the notices step is left out when the chosen method has none."""
        has_no_notices = self.auth_method is not None and not self.notices
        return tuple(step for step in Step if step.is_of_walk and not (step is Step.NOTICES and has_no_notices))

    @staticmethod
    def position(step: Step) -> tuple[int, int]:
        """Return the number of `step` and the count of steps; pages before the first answer or beside them are 0.

        The notices are no step of their own: they ask about the chosen auth method and share its number, so that the
        count is the same for every choice and at all times.
        """
        uncounted = {Step.WELCOME, Step.TASK, Step.NOTICES}
        numbered = [each for each in Step if each.is_of_walk and each not in uncounted]
        counted = Step.AUTH_METHOD if step is Step.NOTICES else step
        return numbered.index(counted) + 1 if counted in numbered else 0, len(numbered)

    @property
    def is_complete(self) -> bool:
        """Whether the answers make a request, also when a token among them has ended since the walk began."""
        return self._unanswered_at_the_start is None

    @property
    def _unanswered_at_the_start(self) -> Step | None:
        return self.first_unanswered_before(Step.REVIEW, datetime.combine(self.today, time.min, UTC))

    def is_answered(self, step: Step, now: datetime) -> bool:
        """Return whether the answers of `step` are complete and, at the instant `now`, without an error."""
        draft = self.draft
        match step:
            case Step.CLOUD:
                # Of a source that only the platform describes, no document says anything about clouds.
                return draft.cloud is not None or (self.source is not None and self.source.is_described_only)
            case Step.SOURCE:
                return (
                    self.source is not None
                    and self.is_answered(Step.CLOUD, now)
                    and not self.source.reason_unavailable_on(draft.cloud)
                )
            case Step.AUTH_METHOD:
                return self.auth_method is not None
            case Step.NOTICES:
                return all(notice.id in draft.acknowledged_notice_ids for notice in self.notices)
            case Step.CREDENTIALS:
                method = self.auth_method
                return method is not None and not domain.answers_with_errors(method, draft.answers, now)
            case Step.NAME:
                findings = (*domain.findings_for_name(draft.name), *domain.findings_for_description(draft.description))
                return not any(finding.is_error for finding in findings)
            case _:
                return True

    def first_unanswered_before(self, step: Step, now: datetime) -> Step | None:
        """Return the first step before `step` whose answers are missing or wrong at the instant `now`, or None."""
        steps = self.steps()
        return next((earlier for earlier in steps[: steps.index(step)] if not self.is_answered(earlier, now)), None)

    def next_step(self, after: Step, now: datetime, *, is_edit: bool = False) -> Step:
        """Return the step to show after `after` at the instant `now`.

        With `is_edit` (the person came from the review to change one answer) that is the review again, unless the
        change left another step without a valid answer.
        """
        if is_edit:
            return self.first_unanswered_before(Step.REVIEW, now) or Step.REVIEW
        later = [step for step in self.steps() if list(Step).index(step) > list(Step).index(after)]
        return later[0] if later else after

    def with_answer(self, answer: StepAnswer) -> Change:
        """Return the wizard with what the page of a step collected."""
        match answer:
            case TaskAnswer():
                return Change(self)
            case CloudAnswer(cloud):
                return self.with_cloud(cloud)
            case SourceAnswer(source_id):
                return self.with_source(source_id)
            case AnotherSourceWanted():
                return Change(self)
            case OtherSourceAnswer(source):
                return replace(self, catalog=self.catalog.with_other(source)).with_source(source.id)
            case AuthMethodAnswer(auth_method_id):
                return self.with_auth_method(auth_method_id)
            case SwitchAuthMethod(auth_method_id):
                return replace(self.with_auth_method(auth_method_id), goes_back_to=Step.AUTH_METHOD)
            case NoticesAnswer(notice_ids):
                return Change(self.with_acknowledged(notice_ids))
            case CredentialsAnswer(answers):
                return Change(self.with_answers(answers))
            case NameAnswer(name, description):
                return Change(self.with_name(name, description))

    def with_cloud(self, cloud: Cloud) -> Change:
        """Return the wizard with this cloud; a source that it does not offer and all that depends on it goes."""
        source_id = self.draft.source_id
        if self.source is not None and self.source.reason_unavailable_on(cloud):
            source_id = ""
        return self._with_choice(cloud, source_id, self.draft.auth_method_id)

    def with_source(self, source_id: str) -> Change:
        """Return the wizard with this source; the answers to another source's questions go."""
        return self._with_choice(self.draft.cloud, source_id, self.draft.auth_method_id)

    def with_auth_method(self, auth_method_id: str) -> Change:
        """Return the wizard with this auth method; answers that it does not ask for go."""
        return self._with_choice(self.draft.cloud, self.draft.source_id, auth_method_id)

    def with_acknowledged(self, notice_ids: frozenset[str]) -> Wizard:
        """Return the wizard with these notices ticked."""
        return replace(self, draft=replace(self.draft, acknowledged_notice_ids=notice_ids))

    def with_answers(self, answers: Mapping[str, Answer]) -> Wizard:
        """Return the wizard with these answers; those that the auth method does not ask for are not taken."""
        method = self.auth_method
        known = {
            api_name: answer
            for api_name, answer in answers.items()
            if method is not None and method.parameter(api_name)
        }
        return replace(self, draft=replace(self.draft, answers=MappingProxyType(known)))

    def with_name(self, name: str, description: str) -> Wizard:
        """Return the wizard with this name and description."""
        return replace(self, draft=replace(self.draft, name=name, description=description))

    def with_draft(self, draft: Draft) -> Wizard:
        """Return the wizard with a saved draft; a choice that the catalog no longer offers is left out."""
        resumed = replace(self, draft=replace(draft, answers=MappingProxyType({})))
        if resumed.auth_method is None:
            return replace(self, draft=replace(Draft(), name=draft.name, description=draft.description))
        return resumed.with_answers(draft.answers)

    def request(self) -> ConnectionRequest:
        """Return the request that the answers make.

        Raises:
            ValueError: a step before the review is not answered; the review is not reachable then.
        """
        unanswered = self._unanswered_at_the_start
        if unanswered is not None or self.source is None or self.auth_method is None:
            raise ValueError(f"not answered: {unanswered}")
        return domain.build_connection_request(self.draft, self.source, self.auth_method)

    def _with_choice(self, cloud: Cloud | None, source_id: str, auth_method_id: str) -> Change:
        before = self.draft
        source = self.catalog.source(source_id)
        method = source.auth_method(cloud, auth_method_id) if source is not None else None
        is_same_source = source_id == before.source_id and source is not None
        if not is_same_source:
            method = None
        answers = _answers_that_apply(before.answers, source if is_same_source else None, cloud, method)
        chosen_method_id = method.id if method is not None else ""
        name = before.name
        if self.source is not None and not is_same_source and name == self.source.default_name:
            name = ""
        concerned = {notice.id for notice in self.catalog.notices_for(cloud, source_id, chosen_method_id)}
        draft = replace(
            before,
            cloud=cloud,
            source_id=source_id,
            auth_method_id=chosen_method_id,
            answers=MappingProxyType(answers),
            acknowledged_notice_ids=before.acknowledged_notice_ids & concerned,
            name=name,
        )
        return Change(replace(self, draft=draft), self._discarded(draft))

    def _discarded(self, draft: Draft) -> tuple[str, ...]:
        """Return the labels of what `draft` no longer holds."""
        labels = []
        if self.source is not None and not draft.source_id:
            labels.append(_("source {source}").format(source=self.source.label))
        if self.auth_method is not None and not draft.auth_method_id:
            labels.append(_("auth method {auth_method}").format(auth_method=self.auth_method.label))
        for api_name, answer in self.draft.answers.items():
            if api_name not in draft.answers and not is_empty(answer):
                labels.append(self._label_of(api_name))
        if self.draft.name and not draft.name:
            labels.append(_("name"))
        return tuple(labels)

    def _label_of(self, api_name: str) -> str:
        methods = self.source.auth_methods if self.source is not None else ()
        chosen = (self.auth_method,) if self.auth_method is not None else methods
        found = (method.parameter(api_name) for method in chosen)
        return next((parameter.label for parameter in found if parameter is not None), api_name)


@dataclass(frozen=True, slots=True)
class Change:
    """What a choice led to.

    Attributes:
        wizard: with the choice.
        discarded: labels of the answers that the choice took away.
        goes_back_to: the earlier step that the choice belongs to, when it was made on a later one.
    """

    wizard: Wizard
    discarded: tuple[str, ...] = ()
    goes_back_to: Step | None = None


def _answers_that_apply(
    answers: Mapping[str, Answer], source: Source | None, cloud: Cloud | None, method: AuthMethod | None
) -> dict[str, Answer]:
    """Return the answers that are still asked for: same source and same API name means same meaning."""
    if source is None:
        return {}
    methods = (method,) if method is not None else source.auth_methods_on(cloud)
    asked_for = {parameter.api_name for candidate in methods for parameter in candidate.parameters}
    return {api_name: answer for api_name, answer in answers.items() if api_name in asked_for}
