"""Where a run without a person takes the secrets of a source from: a file, a program, a variable, standard input."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from aep_tui.domain.clock import Clock
from aep_tui.domain.problem import SettingsProblem
from aep_tui.domain.translation import _
from aep_tui.settings.secret_command import secret_from_command
from aep_tui.state.text_file import LARGEST_FILE, decoded, read_text_file, with_home


class AnswerPlace(StrEnum):
    """The kind of place; the value is the option that names it."""

    FILE = "--secret-file"
    COMMAND = "--secret-command"
    VARIABLE = "--secret-env"
    STANDARD_INPUT = "--secret-stdin"


@dataclass(frozen=True, slots=True)
class AnswerSecret:
    """Where the value of one parameter comes from.

    Attributes:
        api_name: the parameter.
        place: the kind of place.
        where: the file, the command line (split as a shell would, and run without one) or the variable; "" for
            standard input.
    """

    api_name: str
    place: AnswerPlace
    where: str = field(default="", repr=False)

    def read(self, clock: Clock, environment: Mapping[str, str]) -> str:
        """Return the text in clear, without the one line end behind it.

        Args:
            clock: measures how long a program takes.
            environment: of this process.

        Raises:
            SettingsProblem: the place gives nothing; the words repeat nothing of what it gave.
        """
        match self.place:
            case AnswerPlace.FILE:
                text = read_text_file(with_home(Path(self.where)), may_be_pipe=True).text
            case AnswerPlace.COMMAND:
                text = secret_from_command(self._command(), clock=clock)
            case AnswerPlace.VARIABLE:
                text = environment.get(self.where, "")
            case AnswerPlace.STANDARD_INPUT:
                text = _standard_input()
        text = text.removesuffix("\n")
        if not text:
            raise self._refused(_("It gave nothing."))
        return text

    def _command(self) -> list[str]:
        try:
            return shlex.split(self.where)
        except ValueError:
            raise self._refused(_("A quotation mark is not closed.")) from None

    def _refused(self, reason: str) -> SettingsProblem:
        return SettingsProblem(
            _("A secret could not be read"),
            _("The secret {name} was to come by {option}. {reason}").format(
                name=self.api_name, option=self.place, reason=reason
            ),
            _("Look at the place that you named, and start again."),
        )


def forget_variables(secrets: tuple[AnswerSecret, ...], environment: MutableMapping[str, str]) -> None:
    """Take the variables that held secrets out of the environment, which every program that is started inherits."""
    for secret in secrets:
        if secret.place is AnswerPlace.VARIABLE:
            environment.pop(secret.where, None)


def _standard_input() -> str:
    if sys.stdin is None:
        return ""
    if sys.stdin.isatty():
        raise SettingsProblem(
            _("Standard input cannot be used"),
            _("Standard input is a terminal, which would show the secret while you type it."),
            _("Hand the secret over by a pipe, for example: pass show acme | aep-tui create ..."),
        )
    content = sys.stdin.buffer.read(LARGEST_FILE + 1)
    text = decoded(content) if len(content) <= LARGEST_FILE else None
    if text is None:
        raise SettingsProblem(
            _("Standard input cannot be used"),
            _("What came by standard input is no text, or longer than a secret can be."),
            _("Hand the secret over alone, for example: pass show acme | aep-tui create ..."),
        )
    return text
