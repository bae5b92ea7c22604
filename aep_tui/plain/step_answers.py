"""The notices, the credentials and the name, line by line."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from aep_tui.domain.described_source import described_words
from aep_tui.domain.draft import Answer, is_empty
from aep_tui.domain.finding import Finding
from aep_tui.domain.rules.context import RuleContext
from aep_tui.domain.source import AuthMethod, Parameter, ParameterKind
from aep_tui.domain.step_answer import CredentialsAnswer, NameAnswer, NoticesAnswer, SwitchAuthMethod
from aep_tui.domain.translation import _
from aep_tui.domain.validation import answers_with_errors, findings_for, findings_for_text
from aep_tui.domain.wizard import Step
from aep_tui.pages.choice_row import ChoiceRow
from aep_tui.pages.field_words import FieldWords
from aep_tui.pages.name_questions import QUESTION, name_questions
from aep_tui.pages.notices_view import ACKNOWLEDGEMENT, notice_lines, switch_words, way_out
from aep_tui.plain.prompts import ask_secret, ask_text, ask_yes_or_no, choose, write_findings
from aep_tui.plain.talk import GoBack, Talk

if TYPE_CHECKING:
    from aep_tui.pages.flows import Flows
    from aep_tui.pages.frame import Frame
    from aep_tui.plain.line_navigator import LineNavigator
    from aep_tui.settings.launch import Launch

_GO_ON, _SWITCH, _BACK = "go-on", "switch", "back"


class StepAnswers:
    """Asks for one answer after the other; back goes to the answer before, and from the first to the page before."""

    def __init__(self, talk: Talk, navigator: LineNavigator, flows: Flows, launch: Launch) -> None:
        self._talk = talk
        self._navigator = navigator
        self._flows = flows
        self._launch = launch

    async def notices(self, frame: Frame) -> None:
        """Say what Adobe has announced; the way out comes before going on all the same."""
        for notice in frame.wizard.notices:
            self._talk.say("\n".join(notice_lines(notice, frame.wizard.today)))
        switch = way_out(frame.wizard)
        rows = [ChoiceRow(_BACK, _("Back")), ChoiceRow(_GO_ON, ACKNOWLEDGEMENT)]
        if switch is not None:
            rows.insert(0, ChoiceRow(_SWITCH, switch_words(switch)))
        try:
            chosen = await choose(self._talk, rows, rows[0].id, "")
        except GoBack:
            chosen = _BACK
        if chosen == _BACK:
            await self._flows.walk.go_back(NoticesAnswer(frame.wizard.draft.acknowledged_notice_ids))
        elif chosen == _SWITCH and switch is not None:
            await self._flows.walk.answer(Step.NOTICES, SwitchAuthMethod(switch[0]))
        else:
            ids = frozenset(notice.id for notice in frame.wizard.notices)
            await self._flows.walk.answer(Step.NOTICES, NoticesAnswer(ids))

    async def credentials(self, frame: Frame) -> None:
        """Ask for each parameter, or only for the one that the person wants to change."""
        method = frame.wizard.auth_method
        if method is None:
            await self._flows.walk.go_back(None)
            return
        words = described_words(frame.wizard.source, method)
        if words:
            self._talk.say(words)
        answers = dict(frame.wizard.draft.answers)
        wanted = self._navigator.field_id
        parameters = [each for each in method.parameters if wanted in {"", each.api_name}]
        index = 0
        while index < len(parameters):
            try:
                answers[parameters[index].api_name] = await self._answer(frame, method, parameters[index], answers)
                self._flows.walk.keep(CredentialsAnswer(MappingProxyType(dict(answers))))
                index += 1
            except GoBack:
                if index == 0:
                    self._navigator.field_id = ""
                    await self._flows.walk.go_back(CredentialsAnswer(answers))
                    return
                index -= 1
            if index == len(parameters):
                wrong = answers_with_errors(method, answers, frame.clock.now())
                parameters = [each for each in method.parameters if each.api_name in wrong]
                index = 0
                self._write_what_is_wrong(frame, method, answers, parameters)
        self._navigator.field_id = ""
        await self._flows.walk.answer(Step.CREDENTIALS, CredentialsAnswer(answers))

    async def name(self, frame: Frame) -> None:
        """Ask for name and description, or only for the one that the person wants to change."""
        self._talk.say(QUESTION)
        wanted = self._navigator.field_id
        questions = name_questions(frame.wizard)
        texts = {each.id: each.answer for each in questions}
        if wanted not in texts:
            wanted = ""
        asked = [each for each in questions if wanted in {"", each.id}]
        index = 0
        while index < len(asked):
            each = asked[index]
            try:
                texts[each.id] = await ask_text(
                    self._talk, each.words, each.judge, is_required=each.is_required, answer=texts[each.id]
                )
                index += 1
            except GoBack:
                if index == 0:
                    self._navigator.field_id = ""
                    await self._flows.walk.go_back(NameAnswer(texts["name"], texts["description"]))
                    return
                index -= 1
        self._navigator.field_id = ""
        await self._flows.walk.answer(Step.NAME, NameAnswer(texts["name"], texts["description"]))

    async def _answer(
        self, frame: Frame, method: AuthMethod, parameter: Parameter, answers: Mapping[str, Answer]
    ) -> Answer:
        words = FieldWords(parameter.label, parameter.help, parameter.example, _help_of(parameter))
        before = answers.get(parameter.api_name)

        def judge(text: str) -> tuple[Finding, ...]:
            return findings_for_text(_context(frame, method, parameter, answers), text)

        if parameter.kind is ParameterKind.BOOLEAN:
            return await ask_yes_or_no(self._talk, words, answer=before is True)
        if not parameter.is_secret:
            plain = before if isinstance(before, str) else ""
            return await ask_text(self._talk, words, judge, is_required=parameter.is_called_required, answer=plain)
        is_set = before is not None and not is_empty(before)
        text = await ask_secret(self._talk, words, judge, is_required=parameter.is_called_required, is_set=is_set)
        if text is None:
            return before if before is not None else ""
        if not text:
            return ""
        # As in the form: what a helper page makes has no blanks around it.
        return self._launch.secrets.hold(text.strip() if parameter.helper else text, parameter.api_name)

    def _write_what_is_wrong(
        self, frame: Frame, method: AuthMethod, answers: Mapping[str, Answer], parameters: list[Parameter]
    ) -> None:
        """Say what the answers say to each other, before those that are wrong are asked for again."""
        for parameter in parameters:
            self._talk.say(_("About {label}:").format(label=parameter.label))
            context = _context(frame, method, parameter, answers)
            found = findings_for(context, answers.get(parameter.api_name))
            write_findings(self._talk, found)


def _help_of(parameter: Parameter) -> str:
    values = "\n".join(f"{each.value}: {each.label}" for each in parameter.suggestions)
    return "\n".join(part for part in (parameter.where_to_find, values) if part)


def _context(frame: Frame, method: AuthMethod, parameter: Parameter, answers: Mapping[str, Answer]) -> RuleContext:
    return RuleContext(parameter, method, frame.clock.now(), answers)
