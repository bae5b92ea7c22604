"""A change or a delete without a person: what is given beforehand, judged by the rules of the form."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Final

from aep_tui.domain.connection_change import ConnectionChange
from aep_tui.domain.connection_form import ConnectionForm, connection_form
from aep_tui.domain.connection_request import ConnectionRequest
from aep_tui.domain.draft import Answer
from aep_tui.domain.problem import Problem
from aep_tui.domain.source import Parameter
from aep_tui.domain.translation import _
from aep_tui.flow_service.errors import PlatformError
from aep_tui.pages.change_offers import why_no_credentials, why_not_deleted
from aep_tui.pages.change_questions import is_refused_path
from aep_tui.pages.dataflow_words import dataflow_words, used_by_words
from aep_tui.pages.unattended import (
    AnswersIncomplete,
    Complaint,
    GivenAnswers,
    about_name,
    about_parameters,
    answer_given,
    unknown_parameters,
)
from aep_tui.session.changes import check_unchanged

if TYPE_CHECKING:
    from aep_tui.domain.catalog.catalog import Catalog
    from aep_tui.domain.connection import ConnectionStatus
    from aep_tui.domain.secret import Secret
    from aep_tui.domain.secrets import Secrets
    from aep_tui.session.change_outcome import NotChanged
    from aep_tui.session.connection_details import UsedBy
    from aep_tui.session.platform_session import PlatformSession

REPLACE: Final = "--replace-credentials"
NO_DESCRIPTION: Final = "--no-description"
CONFIRM_NAME: Final = "--confirm-name NAME"


@dataclass(frozen=True, slots=True)
class GivenChange:
    """What was given for a change.

    Attributes:
        answers: name, description, parameters and secrets; "" where nothing was given.
        takes_description_away: the description is to be empty.
        replaces_credentials: all parameters are replaced, also when only one secret is given.
    """

    answers: GivenAnswers
    takes_description_away: bool = False
    replaces_credentials: bool = False

    @property
    def has_credentials(self) -> bool:
        """Whether parameters are changed at all."""
        return bool(self.answers.parameters or self.answers.secrets or self.replaces_credentials)

    @property
    def one_secret(self) -> str:
        """The name of the one secret that is sent by its own path, "" when all parameters are replaced or none is."""
        only = tuple(self.answers.secrets)
        is_alone = len(only) == 1 and not self.answers.parameters and not self.replaces_credentials
        return only[0] if is_alone else ""


@dataclass(frozen=True, slots=True)
class PreparedChange:
    """A change as it can be sent.

    Attributes:
        change: what is to change; None when the connection is that already.
        remarks: what has to be known before, a sentence each.
    """

    change: ConnectionChange | None
    remarks: tuple[str, ...] = ()


class DataflowsUseIt(Problem):
    """Dataflows ride on the connection, or nobody knows whether; it was not deleted.

    Attributes:
        used_by: what was found, or why it could not be read.
    """

    def __init__(self, used_by: UsedBy) -> None:
        lines = "; ".join(dataflow_words(flow) for flow in used_by.dataflows) or used_by_words(used_by)
        super().__init__(
            _("The connection was not deleted"),
            _("{reason} Nothing was sent. {dataflows}").format(reason=why_not_deleted(used_by), dataflows=lines),
            _("Look at them with aep-tui connections uses."),
        )
        self.used_by = used_by


class SecretNotTaken(Problem):
    """The platform did not take one secret by its own path; nothing has changed.

    Attributes:
        error: the refusal.
    """

    def __init__(self, error: PlatformError) -> None:
        super().__init__(
            _("The secret was not taken"),
            _("Nothing has changed. The platform did not take the secret by its own path: {reason}").format(
                reason=error.server_said or error.message
            ),
            _("Replace all credentials instead: {option}, and give every secret.").format(option=REPLACE),
        )
        self.error = error


async def form_of(session: PlatformSession, seen: ConnectionStatus, catalog: Catalog) -> ConnectionForm | None:
    """Return the form of a connection: of the catalog, or as the platform describes its source; None when neither does.

    Args:
        session: with the place of the connection.
        seen: the connection.
        catalog: the sources that we know by heart.
    """
    source = catalog.source_by_connection_spec_id(seen.connection_spec_id)
    if source is None:
        try:
            source = await session.here.sources.described(seen.connection_spec_id)
        except Problem:
            return None
    return connection_form(seen, source)


def check_version(seen: ConnectionStatus, etag: str) -> None:
    """Refuse to change another version than the one that the person has seen; "" stands for the one of now.

    Raises:
        ConnectionChanged: it is another one, or has none.
    """
    check_unchanged(replace(seen, etag=etag) if etag else seen, seen)


def refuse_nothing(given: GivenChange) -> None:
    """Refuse what says nothing or is wrong in itself; nobody is asked for that.

    Raises:
        AnswersIncomplete: nothing is to be changed, or a name or description cannot be one.
    """
    answers = given.answers
    complaints = list(about_name(answers, is_required=False))
    if given.takes_description_away and answers.description:
        words = _("The description is given and taken away; leave one out.")
        complaints.append(Complaint(NO_DESCRIPTION, words))
    if not (answers.name or answers.description or given.takes_description_away or given.has_credentials):
        words = _("Nothing says what is to be changed: a name, a description, a parameter or a secret.")
        complaints.append(Complaint("--name TEXT, --description TEXT, --set KEY=VALUE, --secret-file KEY=FILE", words))
    if complaints:
        raise AnswersIncomplete(tuple(complaints))


def prepared_change(
    given: GivenChange, seen: ConnectionStatus, form: ConnectionForm | None, secrets: Secrets, now: datetime
) -> PreparedChange:
    """Return the change that was given.

    Args:
        given: what was given; from `refuse_nothing`.
        seen: the connection in the version that is changed.
        form: of the connection, None when nobody knows it; then parameters and secrets are taken as they are.
        secrets: of this run; they hold those among the answers.
        now: the instant, aware, that rules are read at.

    Raises:
        AnswersIncomplete: something is missing or wrong; all of it is named.
    """
    answers = given.answers
    name = answers.name.strip() if answers.name and answers.name.strip() != seen.name else None
    description = "" if given.takes_description_away else answers.description.strip() or None
    if description == seen.description:
        description = None
    if given.has_credentials and (reason := why_no_credentials(seen, form)):
        raise AnswersIncomplete((Complaint("--set KEY=VALUE, --secret-file KEY=FILE", reason),))
    change, remarks = ConnectionChange(name, description), list[str]()
    if given.one_secret:
        change = replace(change, secret=_one_secret(given, seen, form, secrets, now, remarks))
    elif given.has_credentials:
        change = replace(change, credentials=_credentials(given, seen, form, secrets, now, remarks))
    is_empty = change == ConnectionChange()
    return PreparedChange(None if is_empty else change, tuple(remarks))


def problem_of(outcome: NotChanged, change: ConnectionChange | None) -> Problem:
    """Return why a change was not carried out; of one secret whose path was refused, also the next way."""
    error = outcome.error
    is_one_secret = change is not None and change.secret is not None
    if is_one_secret and isinstance(error, PlatformError) and is_refused_path(error):
        return SecretNotTaken(error)
    return error


def refuse_other_name(seen: ConnectionStatus, typed: str) -> None:
    """Refuse to delete a connection that was not named exactly.

    Raises:
        AnswersIncomplete: another name, or none, was typed.
    """
    expected = seen.name or seen.connection_id
    if typed != expected:
        words = _("It has to be the name of the connection, which is {name}.").format(name=expected)
        raise AnswersIncomplete((Complaint(CONFIRM_NAME, words),))


def refuse_used(used_by: UsedBy) -> None:
    """Refuse to delete what dataflows ride on, or of which nobody knows.

    Raises:
        DataflowsUseIt: there are some, or they could not be read.
    """
    if why_not_deleted(used_by):
        raise DataflowsUseIt(used_by)


def _one_secret(
    given: GivenChange,
    seen: ConnectionStatus,
    form: ConnectionForm | None,
    secrets: Secrets,
    now: datetime,
    remarks: list[str],
) -> tuple[str, Secret]:
    """Return the one secret that is new."""
    name, answers = given.one_secret, given.answers
    if form is None:
        return name, secrets.hold(answers.secrets[name], name)
    complaints = list(unknown_parameters(form.method, answers))
    parameter = form.method.parameter(name)
    if parameter is not None and parameter.is_secret and parameter not in form.secrets:
        words = _("{name} is a JSON value, which is sent with all parameters only: give every secret as well.")
        complaints.append(Complaint(REPLACE, words.format(name=name)))
    elif parameter is not None:
        _answer, wrong = answer_given(parameter, answers, secrets)
        walk = form.for_one_secret(name).wizard(seen, form.known_answers(seen), now.date())
        complaints += wrong or list(about_parameters(walk, form.for_one_secret(name).method, answers, remarks, now))
    if complaints:
        raise AnswersIncomplete(tuple(complaints))
    remarks.append(_("One secret is replaced by its own path; the others stay. The old one cannot be had back."))
    return name, secrets.hold(answers.secrets[name], name)


def _credentials(
    given: GivenChange,
    seen: ConnectionStatus,
    form: ConnectionForm | None,
    secrets: Secrets,
    now: datetime,
    remarks: list[str],
) -> ConnectionRequest:
    """Return all parameters: the platform forgets each one that is not sent."""
    remarks.append(_("All parameters are replaced: the platform forgets each one that is not sent."))
    if form is None:
        remarks.append(_("The form of this source is not known: parameters and secrets are sent as they were given."))
        request = _as_given(given.answers, seen, secrets)
        sent = {parameter.api_name for parameter, _answer in request.parameters}
        _remark_forgotten(remarks, tuple(name for name in seen.parameters if name not in sent))
        return request
    answers = form.known_answers(seen)
    complaints = list(unknown_parameters(form.method, given.answers))
    for parameter in form.method.parameters:
        answer, wrong = answer_given(parameter, given.answers, secrets)
        complaints += wrong
        if answer is not None:
            answers[parameter.api_name] = answer
    told = {each.option for each in complaints}
    walk = form.wizard(seen, answers, now.date())
    found = about_parameters(walk, form.method, given.answers, remarks, now)
    complaints += [each for each in found if each.option not in told]
    if complaints:
        raise AnswersIncomplete(tuple(complaints))
    left_out = tuple(each.api_name for each in form.secrets if each.api_name not in answers)
    _remark_forgotten(remarks, (*form.names_not_asked(seen), *left_out))
    return form.request(seen, answers)


def _remark_forgotten(remarks: list[str], names: tuple[str, ...]) -> None:
    if names:
        remarks.append(_("Not sent, so forgotten: {names}.").format(names=", ".join(names)))


def _as_given(answers: GivenAnswers, seen: ConnectionStatus, secrets: Secrets) -> ConnectionRequest:
    parameters: list[tuple[Parameter, Answer]] = [
        (_unknown_parameter(name, is_secret=False), value) for name, value in answers.parameters.items()
    ]
    parameters += [
        (_unknown_parameter(name, is_secret=True), secrets.hold(text, name)) for name, text in answers.secrets.items()
    ]
    return ConnectionRequest(
        seen.name, seen.description, seen.connection_spec_id, "", seen.auth_spec_name, tuple(parameters)
    )


def _unknown_parameter(name: str, *, is_secret: bool) -> Parameter:
    return Parameter(name, name, "", "", "", is_required=False, is_secret=is_secret)
