"""The credentials of a migration: what is given by options for each organization of the source, and what is missing.

A secret is never given to all of them: whoever has two organizations names the one that it belongs to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aep_tui.domain.draft import Answer
from aep_tui.domain.migration_plan import MigrationPlan, MigrationRow
from aep_tui.domain.migration_record import MigrationRecord, Stage
from aep_tui.domain.secrets import Secrets
from aep_tui.domain.source import Parameter, ParameterKind
from aep_tui.domain.translation import _
from aep_tui.pages.migration_words import group_words
from aep_tui.pages.unattended import AnswersIncomplete, Complaint
from aep_tui.session.migration_requests import GroupCredentials

if TYPE_CHECKING:
    from aep_tui.session.migration_planning import Methods


@dataclass(frozen=True, slots=True)
class Missing:
    """A value that a run needs and nobody has given.

    Attributes:
        group: the address of the organization of the source.
        parameter: what is missing.
    """

    group: str
    parameter: Parameter

    @property
    def complaint(self) -> Complaint:
        """What a script is told."""
        key = f"{group_words(self.group)}:{self.parameter.api_name}"
        option = f"--secret-file {key}=FILE" if self.parameter.is_secret else f"--set {key}=VALUE"
        return Complaint(option, _("The migration needs this."))


class Given:
    """What was given for the groups that need something."""

    def __init__(self, plan: MigrationPlan, record: MigrationRecord, groups: tuple[str, ...], methods: Methods) -> None:
        """Begin with nothing given.

        Args:
            plan: what is to be done.
            record: what is done.
            groups: of which something has to be sent, from `needs_credentials`.
            methods: from which auth method to which.
        """
        self._plan = plan
        self._record = record
        self._methods = methods
        self._groups = groups
        self._new: dict[str, dict[str, Answer]] = {group: {} for group in groups}
        self._old: dict[str, dict[str, Answer]] = {group: {} for group in groups}

    def take(self, plain: Mapping[str, str], secret: Mapping[str, str], secrets: Secrets) -> None:
        """Take what options give.

        Args:
            plain: what is no secret, by KEY or GROUP:KEY.
            secret: secrets in clear, in the same way.
            secrets: of this run.

        Raises:
            AnswersIncomplete: a key or a group is not known, or a secret does not say which of several groups it is of.
        """
        complaints = [*self._taken(plain, "--set", None), *self._taken(secret, "--secret-file", secrets)]
        if complaints:
            raise AnswersIncomplete(tuple(complaints))

    def _taken(self, pairs: Mapping[str, str], option: str, secrets: Secrets | None) -> Iterator[Complaint]:
        for key, text in pairs.items():
            named, _colon, api_name = key.rpartition(":")
            groups = [group for group in self._groups if named in {"", group_words(group)}]
            parameter = self._methods.new.parameter(api_name) or self._methods.old.parameter(api_name)
            place = _("{option} GROUP:KEY").format(option=option)
            if parameter is None:
                yield Complaint(place, _("A key is not known. Known are: {names}.").format(names=self._names()))
            elif parameter.is_secret is (secrets is None):
                words = _("{name} is a secret.") if parameter.is_secret else _("{name} is no secret: it goes by --set.")
                yield Complaint(place, words.format(name=api_name))
            elif named and not groups:
                if self._is_done(named):
                    continue
                known = ", ".join(group_words(group) for group in self._groups)
                yield Complaint(place, _("A group is not known. Known are: {names}.").format(names=known))
            elif secrets is not None and not named and len(groups) > 1:
                names = ", ".join(f"{group_words(group)}:{api_name}" for group in groups)
                yield Complaint(place, _("Say whose secret it is: {names}.").format(names=names))
            else:
                for group in groups:
                    self.put(group, parameter, secrets.hold(text, api_name) if secrets is not None else text.strip())

    def put(self, group: str, parameter: Parameter, answer: Answer) -> None:
        """Take one value for a group; a parameter of both auth methods counts for both."""
        if parameter.kind is ParameterKind.BOOLEAN and isinstance(answer, str):
            answer = answer == "true"
        if self._methods.new.parameter(parameter.api_name) is not None:
            self._new[group][parameter.api_name] = answer
        if self._methods.old.parameter(parameter.api_name) is not None:
            self._old[group][parameter.api_name] = answer

    def refuse_mixed_users(self) -> None:
        """Refuse to put old secrets back where connections of a group have different users: they are of one of them.

        Raises:
            AnswersIncomplete: the plan has such a group.
        """
        words = mixed_users_words(self._plan, self._groups, self._methods)
        if words:
            raise AnswersIncomplete((Complaint("--put-back", words),))

    def missing(self, *, has_old: bool = False) -> tuple[Missing, ...]:
        """Return what a run needs and nobody has given; with `has_old` the secrets of the old method as well."""
        address = self._methods.address_name
        found = []
        for group in self._groups:
            waiting = [
                dict(row.parameters)
                for row in self._plan.groups()[group]
                if self._record.of(row.connection_id).stage is Stage.WAITING
            ]
            for parameter in self._methods.new.parameters:
                is_told = _is_told(parameter, waiting, is_group=parameter.api_name == address and bool(group))
                if parameter.is_required and not is_told and parameter.api_name not in self._new[group] and waiting:
                    found.append(Missing(group, parameter))
            old = self._methods.old.parameters if has_old else ()
            found += [Missing(group, each) for each in old if each.is_secret and each.api_name not in self._old[group]]
        return tuple(found)

    def credentials(self) -> Mapping[str, GroupCredentials]:
        """Return all that was given, by group."""
        return {group: GroupCredentials(self._new[group], self._old[group]) for group in self._groups}

    def _is_done(self, named: str) -> bool:
        return any(group_words(group) == named for group in self._plan.groups())

    def _names(self) -> str:
        both = (*self._methods.new.parameters, *self._methods.old.parameters)
        return ", ".join(dict.fromkeys(parameter.api_name for parameter in both))


def mixed_users_words(plan: MigrationPlan, groups: Iterable[str], methods: Methods) -> str:
    """Return why old secrets cannot be put back, "" where they can: they are of one user, whom a group shares.

    Args:
        plan: what is to be done.
        groups: those to look at.
        methods: from which auth method to which.
    """
    names = [each.api_name for each in methods.old.parameters if each.is_required and not each.is_secret]
    for group in groups:
        rows = plan.groups()[group]
        if len({tuple(dict(row.parameters).get(name, "") for name in names) for row in rows}) > 1:
            words = _("The connections of {group} have different users; plan each user's connections by themselves.")
            return words.format(group=group_words(group))
    return ""


def user_words(rows: Sequence[MigrationRow], methods: Methods) -> str:
    """Return whose the old secrets of a group are, "" when its connections do not say."""
    known = dict(rows[0].parameters) if rows else {}
    address = methods.address_name
    names = (each.api_name for each in methods.old.parameters if each.is_required and not each.is_secret)
    return ", ".join(known[name] for name in names if name != address and known.get(name))


def asked_parameters(methods: Methods, group: str, rows: Sequence[MigrationRow]) -> tuple[Parameter, ...]:
    """Return what a form asks for the connections of a group: secrets, and what they do not all have already.

    The address is read from the platform, so that no plan says where a secret goes. What only some of the connections
    have and none needs stays as each of them has it.

    Args:
        methods: from which auth method to which.
        group: the address of the organization of the source.
        rows: its connections of which something is still to be sent.
    """
    known = [dict(row.parameters) for row in rows]
    address = methods.address_name
    return tuple(
        each
        for each in methods.new.parameters
        if not _is_told(each, known, is_group=each.api_name == address and bool(group))
        and (each.is_secret or each.is_required or not any(row.get(each.api_name) for row in known))
    )


def _is_told(parameter: Parameter, known: Sequence[Mapping[str, str]], *, is_group: bool) -> bool:
    """Return whether nobody has to be asked, because all connections of a group have it."""
    return not parameter.is_secret and (is_group or all(row.get(parameter.api_name) for row in known))
