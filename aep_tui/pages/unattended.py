"""A create without a person: the answers are given beforehand, and what is missing or wrong is named all at once.

The rules are those of the form: the same wizard takes the answers, and the same findings judge them.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from aep_tui.domain.draft import Answer
from aep_tui.domain.finding import Finding
from aep_tui.domain.problem import Problem
from aep_tui.domain.rules.context import RuleContext
from aep_tui.domain.secrets import Secrets
from aep_tui.domain.source import AuthMethod, Cloud, Parameter, ParameterKind, Source
from aep_tui.domain.translation import _
from aep_tui.domain.validation import findings_for_description, findings_for_name, findings_for_text, findings_of_form
from aep_tui.domain.wizard import Wizard


@dataclass(frozen=True, slots=True)
class GivenAnswers:
    """What was given for the questions of the wizard, as text; "" where nothing was given.

    Attributes:
        cloud, source, auth_method: ids.
        name, description: of the connection.
        acknowledge: ids of the notices that were read.
        parameters: what is no secret, by API name; a switch is "true" or "false".
        secrets: secrets in clear, by API name.
        unread_secrets: why the place of a secret gives nothing, by API name.
    """

    cloud: str = ""
    source: str = ""
    auth_method: str = ""
    name: str = ""
    description: str = ""
    acknowledge: tuple[str, ...] = ()
    parameters: Mapping[str, str] = field(default_factory=dict)
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)
    unread_secrets: Mapping[str, Problem] = field(default_factory=dict, repr=False)

    def about_unread_secrets(self) -> tuple[Complaint, ...]:
        """Return a complaint about each place that gives nothing."""
        return tuple(Complaint(_secret_option(name), problem.advice) for name, problem in self.unread_secrets.items())


@dataclass(frozen=True, slots=True)
class Complaint:
    """One thing that is missing or wrong.

    Attributes:
        option: what gives it, for example "--set host=VALUE".
        words: what is wrong.
    """

    option: str
    words: str


class AnswersIncomplete(Problem):
    """Something is missing or wrong, and nobody can be asked; nothing was sent.

    Attributes:
        complaints: all of it.
    """

    def __init__(self, complaints: tuple[Complaint, ...]) -> None:
        super().__init__(
            _("The answers are not complete"),
            _("Nothing was sent. {complaints}").format(
                complaints=" ".join(f"{each.option}: {each.words}" for each in complaints)
            ),
            _("Give what is missing, and start again."),
        )
        self.complaints = complaints


@dataclass(frozen=True, slots=True)
class Prepared:
    """A walk that has come to its review.

    Attributes:
        wizard: with every answer.
        remarks: what was taken because nothing was said, and the warnings of the form; a sentence each.
    """

    wizard: Wizard
    remarks: tuple[str, ...]


def prepared(wizard: Wizard, given: GivenAnswers, secrets: Secrets, now: datetime) -> Prepared:
    """Return the walk with the answers that were given.

    Args:
        wizard: a walk that has not begun.
        given: the answers.
        secrets: of this run; they hold those among the answers.
        now: the instant, aware; a token may have ended.

    Raises:
        AnswersIncomplete: an answer is missing, wrong, or for nothing that is asked; every one of them is named.
    """
    remarks: list[str] = []
    source = wizard.catalog.source(given.source)
    if source is None:
        ids = tuple(each.id for each in wizard.catalog.sources)
        unknown = _unknown("--source ID", given.source, ids)
        others = _("Another source is named by the id or the name of its connection specification.")
        unknown = replace(unknown, words=f"{unknown.words} {others}")
        raise AnswersIncomplete((unknown, *about_name(given)))
    try:
        method = _method(source, given, remarks)
    except AnswersIncomplete as incomplete:
        raise AnswersIncomplete((*incomplete.complaints, *about_name(given))) from None
    cloud = method.cloud or (Cloud(given.cloud) if given.cloud else None)
    walk = wizard.with_cloud(cloud).wizard if cloud is not None else wizard
    walk = walk.with_source(source.id).wizard.with_auth_method(method.id).wizard
    complaints = [*unknown_parameters(method, given), *about_name(given)]
    answers: dict[str, Answer] = {}
    for parameter in method.parameters:
        answer, wrong = answer_given(parameter, given, secrets)
        complaints += wrong
        if answer is not None:
            answers[parameter.api_name] = answer
    walk = walk.with_answers(answers).with_name(given.name.strip(), given.description.strip())
    told = {each.option for each in complaints}
    complaints += [each for each in about_parameters(walk, method, given, remarks, now) if each.option not in told]
    complaints += _about_notices(walk, given)
    if complaints:
        raise AnswersIncomplete(tuple(complaints))
    return Prepared(walk.with_acknowledged(frozenset(notice.id for notice in walk.notices)), tuple(remarks))


def option_of(parameter: Parameter) -> str:
    """Return the option that gives a parameter, with a word for its value."""
    if parameter.is_secret:
        return _secret_option(parameter.api_name)
    value = "true" if parameter.kind is ParameterKind.BOOLEAN else "VALUE"
    return f"--set {parameter.api_name}={value}"


def _secret_option(api_name: str) -> str:
    return f"--secret-file {api_name}=FILE"


def _method(source: Source, given: GivenAnswers, remarks: list[str]) -> AuthMethod:
    """Return the auth method; what leaves no choice need not be said."""
    documented = tuple(method.cloud for method in source.auth_methods if method.cloud is not None)
    clouds = tuple(dict.fromkeys(cloud.value for cloud in documented)) or tuple(Cloud)
    if given.cloud and given.cloud not in clouds:
        if given.cloud in set(Cloud):
            reason = source.reason_unavailable_on(Cloud(given.cloud))
            raise AnswersIncomplete((Complaint("--cloud ID", reason or _about_choice(clouds)),))
        raise AnswersIncomplete((_unknown("--cloud ID", given.cloud, clouds),))
    offered = [method for method in source.auth_methods if not given.cloud or _is_on(method, given.cloud)]
    ids = tuple(method.id for method in offered if not method.unavailable)
    chosen = [method for method in offered if _is_meant(method, source, given.auth_method)]
    elsewhere = [
        method.cloud.label for method in source.auth_methods if method.cloud and method.id == given.auth_method
    ]
    if given.auth_method and not chosen and elsewhere:
        words = _("It is documented on {clouds} only. {choice}")
        words = words.format(clouds=", ".join(elsewhere), choice=_about_choice(ids))
        raise AnswersIncomplete((Complaint("--auth-method ID", words),))
    if given.auth_method and not chosen:
        raise AnswersIncomplete((_unknown("--auth-method ID", given.auth_method, ids),))
    if len({method.id for method in chosen}) != 1:
        raise AnswersIncomplete((Complaint("--auth-method ID", _about_choice(ids)),))
    if len(chosen) > 1:
        raise AnswersIncomplete((Complaint("--cloud ID", _about_choice(clouds)),))
    (method,) = chosen
    if method.unavailable:
        raise AnswersIncomplete((Complaint("--auth-method ID", method.unavailable),))
    if not given.auth_method:
        words = _("Auth method: {label}, the only one.")
        if any(each.unavailable for each in source.auth_methods):
            words = _("Auth method: {label}, the only one that can be used here.")
        remarks.append(words.format(label=method.label))
    if not given.cloud and method.cloud is not None:
        remarks.append(_("Cloud: {label}, where this auth method is documented.").format(label=method.cloud.label))
    return method


def _is_on(method: AuthMethod, cloud: str) -> bool:
    return method.cloud is None or method.cloud.value == cloud


def _is_meant(method: AuthMethod, source: Source, given: str) -> bool:
    """Return whether a method may be the one that was given; of a source of the platform, people know its own name."""
    if not given:
        return not method.unavailable
    return method.id == given or (source.is_described_only and method.spec_name == given)


def answer_given(parameter: Parameter, given: GivenAnswers, secrets: Secrets) -> tuple[Answer | None, list[Complaint]]:
    """Return the answer to one question, None for none, and what is wrong with the way it was given."""
    option = option_of(parameter)
    if parameter.is_secret:
        if parameter.api_name in given.parameters:
            words = _("This is a secret: others can read the arguments of a program, and an answers file holds none.")
            return None, [Complaint(option, words)]
        text = given.secrets.get(parameter.api_name)
        return (secrets.hold(text, parameter.api_name) if text is not None else None), []
    if parameter.api_name in given.secrets:
        return None, [Complaint(option, _("This is no secret; it is given by --set."))]
    plain = given.parameters.get(parameter.api_name)
    plain = plain.strip() if plain is not None else None
    if parameter.kind is ParameterKind.BOOLEAN and plain is not None:
        if plain not in {"true", "false"}:
            return None, [Complaint(option, _("The value has to be true or false."))]
        return plain == "true", []
    return plain, []


def about_parameters(
    walk: Wizard, method: AuthMethod, given: GivenAnswers, remarks: list[str], now: datetime
) -> Iterator[Complaint]:
    """Yield what blocks; the warnings become remarks. Secrets are judged from their text, as in their own field.

    Args:
        walk: with the answers.
        method: asks for them.
        given: the secrets as text.
        remarks: gets the warnings.
        now: the instant, aware.
    """
    answers = walk.draft.answers
    found: dict[str, tuple[Finding, ...]] = dict(findings_of_form(method, answers, now))
    for parameter in method.parameters:
        api_name = parameter.api_name
        text = given.secrets.get(api_name)
        if parameter.is_secret and text is not None:
            found[api_name] = findings_for_text(RuleContext(parameter, method, now, answers), text)
        for finding in found.get(api_name, ()):
            if not finding.is_error:
                remarks.append(_("Warning, {label}: {words}").format(label=parameter.label, words=finding.message))
            else:
                yield Complaint(option_of(parameter), finding.message)


def about_name(given: GivenAnswers, *, is_required: bool = True) -> Iterator[Complaint]:
    """Yield what is wrong with name and description; a name that is not required may be left out."""
    names = findings_for_name(given.name) if is_required or given.name else ()
    for option, findings in (
        ("--name TEXT", names),
        ("--description TEXT", findings_for_description(given.description)),
    ):
        yield from (Complaint(option, finding.message) for finding in findings if finding.is_error)


def _about_notices(walk: Wizard, given: GivenAnswers) -> Iterator[Complaint]:
    known = tuple(notice.id for notice in walk.notices)
    for notice in walk.notices:
        if notice.id not in given.acknowledge:
            words = _("This has to be read and acknowledged: {wording} {way_out}")
            yield Complaint(
                f"--acknowledge {notice.id}",
                words.format(wording=notice.wording(walk.today), way_out=notice.way_out).strip(),
            )
    every = {notice.id for notice in walk.catalog.notices}
    for notice_id in given.acknowledge:
        if notice_id not in every:
            yield _unknown("--acknowledge ID", notice_id, known)


def unknown_parameters(method: AuthMethod, given: GivenAnswers) -> Iterator[Complaint]:
    """Yield what was given and is not asked for."""
    names = tuple(parameter.api_name for parameter in method.parameters)
    for option, values in (("--set KEY=VALUE", given.parameters), ("--secret-file KEY=FILE", given.secrets)):
        for name in values:
            if method.parameter(name) is None:
                yield _unknown(option, name, names)


def _unknown(option: str, given: str, known: tuple[str, ...]) -> Complaint:
    if not given:
        return Complaint(option, _about_choice(known))
    near = difflib.get_close_matches(given, known, n=1)
    if near:
        return Complaint(option, _("This is not known. Did you mean {name}?").format(name=near[0]))
    return Complaint(option, _("This is not known. {choice}").format(choice=_about_choice(known)))


def _about_choice(known: tuple[str, ...]) -> str:
    if not known:
        return _("There is nothing to choose.")
    return _("Choose one of: {names}.").format(names=", ".join(known))
