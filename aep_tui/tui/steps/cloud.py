"""The question which cloud Experience Platform runs on."""

from __future__ import annotations

from collections.abc import Iterable

from aep_tui.domain.sandbox import cloud_of_region
from aep_tui.domain.source import Cloud
from aep_tui.domain.step_answer import CloudAnswer
from aep_tui.domain.target import Mode
from aep_tui.domain.translation import _
from aep_tui.domain.wizard import Step
from aep_tui.tui.steps.choice_step import ChoiceStepScreen
from aep_tui.tui.steps.step import Frame
from aep_tui.tui.widgets.choice_list import ChoiceRow


class CloudChoices:
    """Both clouds; one of limited availability says so."""

    def rows(self, frame: Frame) -> Iterable[ChoiceRow]:
        """Return both clouds; a cloud of limited availability says so."""
        wizard = frame.wizard
        for cloud in Cloud:
            badges = [notice.badge(wizard.today) for notice in wizard.catalog.notices_for(cloud, "", "")]
            sources = [source.label for source in wizard.catalog.sources if source.auth_methods_on(cloud)]
            detail = _("Documented sources: {sources}.").format(sources=", ".join(sources))
            yield ChoiceRow(cloud.value, cloud.label, badge=", ".join(badges), detail=detail)

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


class CloudScreen(ChoiceStepScreen):
    """The cloud decides which sources and auth methods are documented."""

    step = Step.CLOUD
    list_id = "cloud"
    question = _("Which cloud does your organization's Experience Platform run on?")
    help_text = _(
        "This is the cloud under Adobe Experience Platform itself, not the one your source runs on.\n\n"
        "AWS is for a limited number of customers. If you do not know, ask your Adobe contact or your Experience "
        "Platform administrator: the sandbox list of the platform names a region, and VA6 is the AWS region.\n\n"
        "The choice decides which sources and auth methods are documented for you."
    )
    choices = CloudChoices()


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
