"""The question how Experience Platform logs in to the source."""

from __future__ import annotations

from collections.abc import Iterable

from aep_tui.domain.step_answer import AuthMethodAnswer
from aep_tui.domain.translation import _
from aep_tui.domain.wizard import Step
from aep_tui.tui.steps.choice_step import ChoiceStepScreen
from aep_tui.tui.steps.step import Frame
from aep_tui.tui.widgets.choice_list import ChoiceRow


class AuthMethodChoices:
    """The documented auth methods; a method that stands alone is still shown, chosen."""

    def rows(self, frame: Frame) -> Iterable[ChoiceRow]:
        """Return the methods with a recommendation or a warning."""
        wizard = frame.wizard
        source = wizard.source
        if source is None or wizard.draft.cloud is None:
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
            if method.is_recommended and len(methods) > 1:
                badges.append(_("recommended"))
            yield ChoiceRow(method.id, method.label, ", ".join(badges), method.summary)

    def answer_of(self, choice_id: str) -> AuthMethodAnswer:
        """Return the answer that a row stands for."""
        return AuthMethodAnswer(choice_id)

    def chosen_id(self, frame: Frame) -> str:
        """Return the method that is chosen already, otherwise the recommended one."""
        wizard = frame.wizard
        if wizard.auth_method is not None:
            return wizard.auth_method.id
        methods = wizard.source.auth_methods_on(wizard.draft.cloud) if wizard.source and wizard.draft.cloud else ()
        return next((method.id for method in methods if method.is_recommended), methods[0].id if methods else "")

    def remark(self, frame: Frame, choice_id: str) -> str:
        """Return what has happened to a method while it is marked."""
        wizard = frame.wizard
        return "\n\n".join(
            f"{notice.wording(wizard.today)}\n{notice.way_out}"
            for notice in wizard.catalog.notices_for(None, wizard.draft.source_id, choice_id)
            if notice.auth_method_id
        )


class AuthMethodScreen(ChoiceStepScreen):
    """The page of the question."""

    step = Step.AUTH_METHOD
    list_id = "auth-method"
    question = _("How should Experience Platform log in to the source?")
    help_text = _(
        "The auth method becomes auth.specName in the request. Which ones exist depends on the source and on the "
        "cloud.\n\nA method that is marked as deprecated can still be tried, but Adobe asks you to use the "
        "recommended one."
    )
    choices = AuthMethodChoices()
