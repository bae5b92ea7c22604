"""A parser of arguments that never repeats what was typed: it may be a secret in the wrong place."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence
from typing import Final, NoReturn

from aep_tui.commands.exit_codes import EXIT_USAGE
from aep_tui.domain.translation import _

_SECRET_OPTION: Final = re.compile(r"-{1,2}[^=]*(?:token|secret|passw|passphrase|bearer|jwt|credential)", re.IGNORECASE)
_NAMES: Final = r"(?P<name>[\w ./-]+)"
_CHOICES: Final = r"(?P<choices>[\w ,'-]*)"
_WORDS: Final = (
    # What argparse says (without the value), and what is said in its place. Nothing else of argparse's is shown.
    (
        re.compile(rf"argument COMMAND: invalid choice: .* \(choose from {_CHOICES}\)", re.DOTALL),
        _("There is no such command. The commands are: {choices}."),
    ),
    (
        re.compile(rf"argument {_NAMES}: invalid choice: .* \(choose from {_CHOICES}\)", re.DOTALL),
        _("The value of {name} has to be one of: {choices}."),
    ),
    (re.compile(rf"argument {_NAMES}: invalid \w+ value: .*", re.DOTALL), _("The value of {name} cannot be used.")),
    (re.compile(rf"argument {_NAMES}: ignored explicit argument .*", re.DOTALL), _("{name} takes no value.")),
    (re.compile(rf"argument {_NAMES}: expected one argument"), _("{name} needs a value.")),
    (
        re.compile(rf"argument {_NAMES}: not allowed with argument (?P<other>[\w/ -]+)"),
        _("{name} and {other} cannot be used together."),
    ),
    (re.compile(r"the following arguments are required: (?P<choices>[\w, -]+)"), _("Missing: {choices}.")),
    (
        re.compile(r"(?:.*: )?ambiguous option: .* could match (?P<choices>--[a-z-]+(?:, --[a-z-]+)*)", re.DOTALL),
        _("An option is not written in full. It could be: {choices}."),
    ),
)


class ArgumentParser(argparse.ArgumentParser):
    """Answers wrong arguments with the usage, words of its own and exit code 2."""

    def options(self, args: Sequence[str] | None = None) -> argparse.Namespace:
        """Return the options; wrong ones end the program with exit code 2.

        Args:
            args: those of the process when left out.
        """
        arguments = sys.argv[1:] if args is None else list(args)
        try:
            return self.parse_args(arguments)
        except WrongArguments as wrong:
            words = wrong.words if not _looks_like_a_secret_option(arguments) else _secret_words()
            wrong.parser.print_usage(sys.stderr)
            self.exit(EXIT_USAGE, f"{wrong.parser.prog}: {words}\n")

    def error(self, message: str) -> NoReturn:
        """Raise `WrongArguments` with words that repeat nothing of the arguments."""
        raise WrongArguments(self, _words_for(message))


class WrongArguments(Exception):
    """The arguments cannot be understood.

    Attributes:
        parser: the one of the command, which knows the usage.
        words: a sentence.
    """

    def __init__(self, parser: argparse.ArgumentParser, words: str) -> None:
        super().__init__(words)
        self.parser = parser
        self.words = words


def _words_for(message: str) -> str:
    for pattern, words in _WORDS:
        if match := pattern.fullmatch(message):
            return words.format(**{name: text.replace("'", "") for name, text in match.groupdict().items()})
    return _("There is an argument that this program does not know. aep-tui --help lists those that it knows.")


def _looks_like_a_secret_option(arguments: Sequence[str]) -> bool:
    from aep_tui.commands.arguments import option_names

    known = option_names()
    return any(
        _SECRET_OPTION.match(argument) and not any(name.startswith(argument.partition("=")[0]) for name in known)
        for argument in arguments
    )


def _secret_words() -> str:
    return _(
        "Secrets have no option, because others on this machine can read the arguments of a program. Put the access "
        "token into AEP_ACCESS_TOKEN, or the client secret into AEP_CLIENT_SECRET, in the environment or in .env, or "
        "type it in the wizard. What stood in the arguments may be in the history of your shell: remove it there."
    )
