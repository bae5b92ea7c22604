"""The options that give answers to a command that asks nobody: pairs of key and value, and places of secrets."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from aep_tui.commands.wrong_argument import WrongArgument
from aep_tui.domain.problem import Problem
from aep_tui.domain.translation import _
from aep_tui.settings.answer_secret import AnswerPlace, AnswerSecret, forget_variables

if TYPE_CHECKING:
    from aep_tui.settings.launch import Launch

_LONGEST_SHOWN_NAME: Final = 40


def pairs_of(option: str, texts: Sequence[str]) -> dict[str, str]:
    """Return what a repeated option gives, by key.

    Raises:
        WrongArgument: it has the wrong form, or gives two values for one key.
    """
    pairs: dict[str, str] = {}
    for text in texts:
        name, separator, value = text.partition("=")
        if not separator or not name:
            raise WrongArgument(
                _("An option has the wrong form"),
                _("A value of {option} is not of the form KEY=VALUE.").format(option=option),
                _("Write the key, an equals sign and the value, without blanks between them."),
            )
        if pairs.get(name, value) != value:
            raise _given_twice(name)
        pairs[name] = value
    return pairs


def _places(options: argparse.Namespace) -> tuple[AnswerSecret, ...]:
    named = [
        (name, place, where)
        for place, texts in (
            (AnswerPlace.FILE, options.secret_file),
            (AnswerPlace.COMMAND, options.secret_command),
            (AnswerPlace.VARIABLE, options.secret_env),
        )
        for name, where in pairs_of(place, texts).items()
    ]
    if options.secret_stdin:
        named.append((options.secret_stdin, AnswerPlace.STANDARD_INPUT, ""))
    places: dict[str, AnswerSecret] = {}
    for name, place, where in named:
        if name in places:
            raise _given_twice(name)
        places[name] = AnswerSecret(name, place, where)
    return tuple(places.values())


def given_secrets(options: argparse.Namespace, launch: Launch) -> dict[str, str]:
    """Return the secrets in clear, by API name, each read from its place and held by this run.

    Raises:
        Problem: a place cannot be read.
        WrongArgument: an option has the wrong form, or gives a second place for one secret.
    """
    secrets, unread = read_secrets(options, launch)
    for problem in unread.values():
        raise problem
    return secrets


def read_secrets(options: argparse.Namespace, launch: Launch) -> tuple[dict[str, str], dict[str, Problem]]:
    """Return the secrets as `given_secrets` does, and why a place gives none, both by API name.

    Raises:
        WrongArgument: as `given_secrets`.
    """
    # Variables first, and forgotten: the program that gives another secret must not inherit them.
    places = _places(options)
    environment = dict(os.environ)
    forget_variables(places, os.environ)
    secrets: dict[str, str] = {}
    unread: dict[str, Problem] = {}
    for place in places:
        try:
            secrets[place.api_name] = place.read(launch.clock, environment)
        except Problem as problem:
            unread[place.api_name] = problem
    for name, text in secrets.items():
        launch.secrets.hold(text, name)
    return secrets, unread


def _given_twice(name: str) -> WrongArgument:
    shown = name if name.isidentifier() and len(name) <= _LONGEST_SHOWN_NAME else _("one key")
    return WrongArgument(
        _("An answer is given twice"),
        _("More than one option gives {name}, and they differ.").format(name=shown),
        _("Leave out all but one."),
    )
