"""The form of an existing connection: which questions its auth method asks, and what the platform says to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from aep_tui.domain.catalog.catalog import catalog_of
from aep_tui.domain.connection import ConnectionStatus
from aep_tui.domain.connection_request import ConnectionRequest, build_connection_request
from aep_tui.domain.draft import Answer, Draft
from aep_tui.domain.redaction import MARK
from aep_tui.domain.source import AuthMethod, Parameter, ParameterKind, Source
from aep_tui.domain.translation import _
from aep_tui.domain.wizard import Wizard


@dataclass(frozen=True, slots=True)
class ConnectionForm:
    """What can be asked about a connection.

    Attributes:
        source: the source that it is of.
        method: its auth method.
    """

    source: Source
    method: AuthMethod

    @property
    def secrets(self) -> tuple[Parameter, ...]:
        """The secrets of the auth method that can be sent by themselves, in the order of the form.

        One that is typed as JSON is sent with all parameters only.
        """
        secrets = (parameter for parameter in self.method.parameters if parameter.is_secret)
        return tuple(parameter for parameter in secrets if parameter.kind is not ParameterKind.JSON)

    def known_answers(self, status: ConnectionStatus) -> dict[str, Answer]:
        """Return what the platform says to the questions of the form.

        Of a secret it says nothing that could be used; and what was masked or shortened on its way to us is no value.

        Args:
            status: the connection as the platform shows it.
        """
        answers: dict[str, Answer] = {}
        for parameter in self.method.parameters:
            told = status.parameters.get(parameter.api_name, "")
            if parameter.is_secret or not _can_be_sent_back(told):
                continue
            answers[parameter.api_name] = told.lower() == "true" if parameter.kind is ParameterKind.BOOLEAN else told
        return answers

    def names_not_asked(self, status: ConnectionStatus) -> tuple[str, ...]:
        """Return the parameters that the platform shows and the form does not ask for; they are never sent back."""
        return tuple(name for name in status.parameters if self.method.parameter(name) is None)

    def for_one_secret(self, api_name: str) -> ConnectionForm:
        """Return a form that asks for one secret only."""
        parameters = tuple(each for each in self.method.parameters if each.api_name == api_name)
        method = replace(self.method, parameters=parameters)
        return ConnectionForm(replace(self.source, auth_methods=(method,)), method)

    def wizard(self, status: ConnectionStatus, answers: Mapping[str, Answer], today: date) -> Wizard:
        """Return what the pages of the walk show and judge for this form.

        Args:
            status: the connection; its name and description stand in the draft.
            answers: what is answered; those that the form does not ask for stand beside it, for its rules and checks.
            today: the day that rules are read on.
        """
        source = replace(self.source, auth_methods=(self.method,), unavailable=())
        draft = Draft(
            cloud=self.method.cloud,
            source_id=source.id,
            auth_method_id=self.method.id,
            answers=MappingProxyType(dict(answers)),
            name=status.name,
            description=status.description,
        )
        return Wizard(catalog_of([source]), today, draft)

    def request(self, status: ConnectionStatus, answers: Mapping[str, Answer]) -> ConnectionRequest:
        """Return all parameters as they would be sent, beside the name that stays as it is."""
        draft = Draft(answers=MappingProxyType(dict(answers)), name=status.name, description=status.description)
        return build_connection_request(draft, self.source, self.method)


def connection_form(status: ConnectionStatus, source: Source | None) -> ConnectionForm | None:
    """Return the form of a connection, None when its auth method is none of the source's.

    Args:
        status: the connection as the platform shows it.
        source: that it is of; None when nobody knows it.
    """
    methods = source.auth_methods if source is not None else ()
    method = next((each for each in methods if each.spec_name == status.auth_spec_name), None)
    return ConnectionForm(source, method) if source is not None and method is not None else None


def _can_be_sent_back(told: str) -> bool:
    return bool(told) and told != _("set") and MARK not in told and not told.endswith("…")
