"""The questions that are one choice from a list: the task, cloud, source and auth method, without a face."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Protocol

from aep_tui.domain.described_source import described_words
from aep_tui.domain.lifecycle import NoticeKind
from aep_tui.domain.sandbox import cloud_of_region
from aep_tui.domain.source import Cloud
from aep_tui.domain.step_answer import (
    AnotherSourceWanted,
    AuthMethodAnswer,
    CloudAnswer,
    SourceAnswer,
    StepAnswer,
    Task,
    TaskAnswer,
)
from aep_tui.domain.target import Mode
from aep_tui.domain.translation import _
from aep_tui.domain.wizard import Step
from aep_tui.pages.choice_row import ChoiceRow, Tone
from aep_tui.pages.frame import Frame

ANOTHER_SOURCE: Final = "another-source"
"""The id of the row that opens the platform's own list."""


class StepChoices(Protocol):
    """What a step asks, lets choose from, and says about it.

    Attributes:
        question: what is asked.
        help_text: what a person has to know to answer.
    """

    question: str
    help_text: str

    def rows(self, frame: Frame) -> Iterable[ChoiceRow]:
        """Return the rows."""

    def answer_of(self, choice_id: str) -> StepAnswer:
        """Return the answer that a row stands for."""

    def chosen_id(self, frame: Frame) -> str:
        """Return the id of the row that is chosen already, or of the one to recommend."""

    def remark(self, frame: Frame, choice_id: str) -> str:
        """Return what is to be known about a choice while it is marked, or ""."""


class TaskChoices:
    """What can be done with the target; what was left open stands there only when something was."""

    question = _("What do you want to do?")
    help_text = _(
        "Create: the next pages ask for cloud, source, auth method and credentials, show the request, and send it once "
        "you submit it.\n\n"
        "Look at existing connections: the list of one or several sandboxes, searchable, and a page for each "
        "connection. Looking sends nothing but questions.\n\n"
        "What was left open: an earlier run ended before it knew what became of a connection, or before all answers "
        "were given. Look at that first, so that nothing is created twice."
    )

    def rows(self, frame: Frame) -> Iterable[ChoiceRow]:
        """Return what can be done."""
        yield ChoiceRow(
            Task.CREATE.value,
            _("Create a connection"),
            detail=_("Answer some questions, read the request, submit it once."),
        )
        yield ChoiceRow(
            Task.CONNECTIONS.value,
            _("Look at existing connections"),
            detail=_("Find them, and see what each is, whether it works and what uses it."),
        )
        if frame.left_open:
            yield ChoiceRow(
                Task.LEFT_OPEN.value,
                _("Go on with what was left open"),
                _("not finished"),
                frame.left_open,
                tone=Tone.WARNING,
            )

    def answer_of(self, choice_id: str) -> TaskAnswer:
        """Return the answer that a row stands for."""
        return TaskAnswer(Task(choice_id))

    def chosen_id(self, frame: Frame) -> str:
        """Return the list when that was chosen before; else what was left open, before anything new; else a create."""
        if frame.task is Task.CONNECTIONS:
            return frame.task.value
        return (Task.LEFT_OPEN if frame.left_open else Task.CREATE).value

    def remark(self, _frame: Frame, _choice_id: str) -> str:
        """Return nothing: the rows say it all."""
        return ""


class CloudChoices:
    """Both clouds; one of limited availability says so."""

    question = _("Which cloud does your organization's Experience Platform run on?")
    help_text = _(
        "This is the cloud under Adobe Experience Platform itself, not the one your source runs on.\n\n"
        "AWS is for a limited number of customers. If you do not know, ask your Adobe contact or your Experience "
        "Platform administrator: the sandbox list of the platform names a region, and VA6 is the AWS region.\n\n"
        "The choice decides which sources and auth methods are documented for you."
    )

    def rows(self, frame: Frame) -> Iterable[ChoiceRow]:
        """Return both clouds; a cloud of limited availability says so."""
        wizard = frame.wizard
        for cloud in Cloud:
            badges = [notice.badge(wizard.today) for notice in wizard.catalog.notices_for(cloud, "", "")]
            sources = [source.label for source in wizard.catalog.sources if source.auth_methods_on(cloud)]
            detail = _("Documented sources: {sources}.").format(sources=", ".join(sources))
            yield ChoiceRow(cloud.value, cloud.label, badge=", ".join(badges), detail=detail, tone=Tone.WARNING)

    def answer_of(self, choice_id: str) -> CloudAnswer:
        """Return the answer that a row stands for."""
        return CloudAnswer(Cloud(choice_id))

    def chosen_id(self, frame: Frame) -> str:
        """Return the cloud that is chosen already, otherwise the sandbox region's, otherwise Azure."""
        return (frame.wizard.draft.cloud or _cloud_of_sandbox(frame) or Cloud.AZURE).value

    def remark(self, frame: Frame, choice_id: str) -> str:
        """Return the notice about a cloud: for information, without a question."""
        if not choice_id:
            return ""
        wizard = frame.wizard
        notices = (
            "\n".join(part for part in (notice.wording(wizard.today), notice.way_out, notice.address) if part)
            for notice in wizard.catalog.notices_for(Cloud(choice_id), "", "")
        )
        return "\n\n".join(part for part in (_region_remark(frame), *notices) if part)


class SourceChoices:
    """All sources of the catalog; those that the cloud does not offer stay visible, with the reason."""

    question = _("Which source do you want to connect?")
    help_text = _(
        "A source is the system your data comes from. A base connection holds the credentials for one account of it; "
        "one base connection per account is enough, and it can serve many dataflows.\n\n"
        "A source whose deprecation Adobe has announced can still be tried: the platform has the last word. The "
        "next steps say what Adobe has announced and ask whether you want to go on."
    )

    def rows(self, frame: Frame) -> Iterable[ChoiceRow]:
        """Return the sources with what has happened to them."""
        wizard = frame.wizard
        for source in wizard.catalog.sources:
            badges = [
                notice.badge(wizard.today)
                for notice in wizard.catalog.notices_for(None, source.id, "")
                if notice.kind is NoticeKind.RETIRED
            ]
            reason = source.reason_unavailable_on(wizard.draft.cloud) if wizard.draft.cloud else ""
            yield ChoiceRow(source.id, source.label, ", ".join(badges), source.summary, reason, Tone.WARNING)
        detail = _("What else your platform offers, to search in; read from it when opened.")
        if wizard.source is not None and wizard.source.is_described_only:
            detail = _("Chosen: {source}.").format(source=wizard.source.label)
        yield ChoiceRow(ANOTHER_SOURCE, _("Another source..."), detail=detail)

    def answer_of(self, choice_id: str) -> SourceAnswer | AnotherSourceWanted:
        """Return the answer that a row stands for."""
        return AnotherSourceWanted() if choice_id == ANOTHER_SOURCE else SourceAnswer(choice_id)

    def chosen_id(self, frame: Frame) -> str:
        """Return the source that is chosen already."""
        source = frame.wizard.source
        return ANOTHER_SOURCE if source is not None and source.is_described_only else frame.wizard.draft.source_id

    def remark(self, _frame: Frame, _choice_id: str) -> str:
        """Return nothing: the rows say it all."""
        return ""


class AuthMethodChoices:
    """The documented auth methods; a method that stands alone is still shown, chosen."""

    question = _("How should Experience Platform log in to the source?")
    help_text = _(
        "The auth method becomes auth.specName in the request. Which ones exist depends on the source and on the "
        "cloud.\n\nA method that is marked as deprecated can still be tried, but Adobe asks you to use the "
        "recommended one."
    )

    def rows(self, frame: Frame) -> Iterable[ChoiceRow]:
        """Return the methods with a recommendation or a warning."""
        wizard = frame.wizard
        source = wizard.source
        if source is None:
            return
        methods = source.auth_methods_on(wizard.draft.cloud)
        for method in methods:
            badges = [
                badge
                for notice in wizard.catalog.notices_for(None, source.id, method.id)
                if notice.auth_method_id and (badge := notice.badge(wizard.today))
            ]
            offered = frame.offered_auth_spec_names.get(source.connection_spec_id)
            if offered is not None and method.spec_name not in offered:
                badges.append(_("the platform does not offer it now"))
            tone = Tone.WARNING if badges else Tone.GOOD
            if method.is_recommended and len(methods) > 1:
                badges.append(_("recommended"))
            yield ChoiceRow(method.id, method.label, ", ".join(badges), method.summary, method.unavailable, tone)

    def answer_of(self, choice_id: str) -> AuthMethodAnswer:
        """Return the answer that a row stands for."""
        return AuthMethodAnswer(choice_id)

    def chosen_id(self, frame: Frame) -> str:
        """Return the method that is chosen already, otherwise the recommended one."""
        wizard = frame.wizard
        if wizard.auth_method is not None:
            return wizard.auth_method.id
        every = wizard.source.auth_methods_on(wizard.draft.cloud) if wizard.source else ()
        methods = [method for method in every if not method.unavailable]
        return next((method.id for method in methods if method.is_recommended), methods[0].id if methods else "")

    def remark(self, frame: Frame, choice_id: str) -> str:
        """Return what has happened to a method while it is marked, or what is known of it at all."""
        wizard = frame.wizard
        if wizard.source is not None and wizard.source.is_described_only:
            marked = wizard.source.auth_method(wizard.draft.cloud, choice_id)
            return described_words(wizard.source, marked)
        return "\n\n".join(
            f"{notice.wording(wizard.today)}\n{notice.way_out}"
            for notice in wizard.catalog.notices_for(None, wizard.draft.source_id, choice_id)
            if notice.auth_method_id
        )


CHOICES_OF_STEPS: dict[Step, StepChoices] = {
    Step.TASK: TaskChoices(),
    Step.CLOUD: CloudChoices(),
    Step.SOURCE: SourceChoices(),
    Step.AUTH_METHOD: AuthMethodChoices(),
}
"""The steps that are one choice, and what they ask."""


def _cloud_of_sandbox(frame: Frame) -> Cloud | None:
    return cloud_of_region(frame.sandbox.region) if frame.sandbox else None


def _region_remark(frame: Frame) -> str:
    """Return what the sandbox's region says about the cloud."""
    sandbox, cloud = frame.sandbox, _cloud_of_sandbox(frame)
    if sandbox is None or not sandbox.region or frame.target.mode is Mode.PRACTICE:
        return ""
    if cloud is None:
        return _("The region of sandbox {sandbox} is {region}, which no document names.").format(
            sandbox=sandbox.name, region=sandbox.region
        )
    return _("Sandbox {sandbox} is in region {region}, which is {cloud}.").format(
        sandbox=sandbox.name, region=sandbox.region, cloud=cloud.label
    )
