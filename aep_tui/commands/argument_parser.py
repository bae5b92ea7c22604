"""Reads the arguments. What was typed is never repeated: it may be a secret in the wrong place.

argparse finds the options and lays out the help; which of its words would say what is wrong differs with every release
of Python, so nothing here reads or shows them. What belongs to a command is checked here, by the tables.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any, Final, NoReturn

from aep_tui import __version__, commands
from aep_tui.commands.command_table import ALL_OPTIONS, COMMANDS, GROUPS, WIZARD, Command
from aep_tui.commands.exit_codes import ExitCode
from aep_tui.commands.options import JSON, Option
from aep_tui.commands.standard_output import write_words
from aep_tui.commands.terminal import say
from aep_tui.domain.translation import _, stay_english
from aep_tui.pages.wrapping import rows, width_of, wrapped

_SECRET_OPTION: Final = re.compile(r"-{1,2}[^=]*(?:token|secret|passw|passphrase|bearer|jwt|credential)", re.IGNORECASE)
_BY_NAME: Final = {command.name: command for command in COMMANDS}
_OPTION_NAMES: Final = (*ALL_OPTIONS, "--help", "--version")


class WrongArguments(Exception):
    """The arguments cannot be understood.

    Attributes:
        words: a sentence that repeats nothing of them.
        command: the one that was called, which knows the usage.
    """

    def __init__(self, words: str, command: Command = WIZARD) -> None:
        super().__init__(words)
        self.words = words
        self.command = command


def read_arguments(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """Return the options and operands as attributes, and the command as `command`.

    An option may stand before or after the command that it is for. Wrong arguments end the program with the usage,
    a sentence and exit code 2; `--help` and `--version` end it as well.

    Args:
        arguments: those of the process when left out.
    """
    given = sys.argv[1:] if arguments is None else list(arguments)
    if JSON.name in given:
        stay_english()
    if {"--version", JSON.name} <= set(given):
        write_words(commands.versions_json())
        sys.exit(ExitCode.DONE)
    try:
        return _read(given)
    except WrongArguments as wrong:
        words = _secret_words() if _looks_like_a_secret_option(given) else wrong.words
        if JSON.name in given and wrong.command is not WIZARD:
            write_words(commands.usage_json(words))
        text = f"{wrong.command.call}: {words}"
        say(_("usage: {usage}").format(usage=_usage(wrong.command)))
        say("\n".join(wrapped(text, width_of(sys.stderr, 100))))
        sys.exit(ExitCode.USAGE)


class _OptionParser(argparse.ArgumentParser):
    """Finds options and their values."""

    def error(self, message: str) -> NoReturn:
        """Raise `WrongArguments` without argparse's message."""
        raise WrongArguments(_unknown_words())

    def _print_message(self, message: str, file: object = None) -> None:
        """Write the help or the version to standard output; argparse says nothing when that takes nothing."""
        write_words(message)


def _read(given: list[str]) -> argparse.Namespace:
    command, rest = _command_and_rest(given)
    try:
        found, others = _parser(command).parse_known_args(rest)
    except argparse.ArgumentError as wrong:
        raise WrongArguments(_misused_words(wrong.argument_name), command) from None
    except WrongArguments as wrong:
        raise WrongArguments(wrong.words, command) from None
    texts: dict[str, Any] = vars(found)
    values = {
        option.destination: _value_of(option, texts.get(option.destination, ()), command) for option in command.options
    }
    _refuse_rivals(command, texts)
    values |= _operands(command, others)
    return argparse.Namespace(command=command, **values)


def _command_and_rest(given: Sequence[str]) -> tuple[Command, list[str]]:
    """Return the command and all other arguments in their order, those before it included."""
    name, rest, waiting = "", [], list(given)
    while waiting:
        text = waiting.pop(0)
        if text.startswith("-"):
            rest.append(text)
            option = ALL_OPTIONS.get(text)
            if option is not None and option.value and waiting:
                rest.append(waiting.pop(0))
            continue
        name = f"{name} {text}".lstrip()
        if name in _BY_NAME and name not in GROUPS:
            return _BY_NAME[name], rest + waiting
        if name not in GROUPS:
            raise WrongArguments(_no_such_command_words(name))
    if not name:
        return WIZARD, rest
    if {"-h", "--help"} & set(rest):
        _show_group(name)
    if name in _BY_NAME:
        return _BY_NAME[name], rest
    raise WrongArguments(_("Missing: the action. The commands are: {names}.").format(names=_names(name)))


def _parser(command: Command) -> _OptionParser:
    width = width_of(sys.stdout)
    parser = _OptionParser(
        prog=command.call,
        usage=_usage(command),
        description="\n".join(wrapped(command.words, width - 2)),
        epilog=_top_epilog(width - 2) if command is WIZARD else None,
        formatter_class=lambda prog: argparse.RawDescriptionHelpFormatter(prog, width=width - 2),
        add_help=False,
        allow_abbrev=False,
        exit_on_error=False,
        argument_default=argparse.SUPPRESS,
    )
    group = parser.add_argument_group(_("options"))
    for option in command.options:
        if option.value:
            group.add_argument(
                option.name, dest=option.destination, metavar=option.value, help=option.words, action="append"
            )
        else:
            group.add_argument(option.name, dest=option.destination, help=option.words, action="store_true")
    group.add_argument("--version", action="version", version=f"aep-tui {__version__}", help=_("show the version"))
    group.add_argument("-h", "--help", action="help", help=_("show this text"))
    return parser


def _usage(command: Command) -> str:
    operands = "".join(f" {word}" for _attribute, word in command.operands)
    words = _("{call} [options]{operands}") if command.options else "{call}{operands}"
    if command is WIZARD:
        return _("aep-tui [options] [COMMAND]")
    return words.format(call=command.call, operands=operands)


def _top_epilog(width: int) -> str:
    commands = ((command.name, command.words) for command in COMMANDS if command.name)
    codes = ((str(int(code)), code.meaning) for code in ExitCode)
    return "\n".join(
        [
            _("commands (each has its own --help):"),
            *rows(commands, width),
            "",
            _("exit codes:"),
            *rows(codes, width),
        ]
    )


def _show_group(name: str) -> NoReturn:
    width = width_of(sys.stdout) - 2
    lines = [_("usage: {usage}").format(usage=f"aep-tui {name} ..."), "", *wrapped(GROUPS[name], width), ""]
    members = ((command.name, command.words) for command in COMMANDS if command.name.startswith(f"{name} "))
    lines += rows(members, width)
    if name in _BY_NAME:
        options = ((f"{each.name} {each.value}".rstrip(), each.words) for each in _BY_NAME[name].options)
        lines += ["", _("options without an action:"), *rows(options, width)]
    write_words("\n".join(lines) + "\n")
    sys.exit(ExitCode.DONE)


def _value_of(option: Option, given: Any, command: Command) -> Any:  # noqa: ANN401 - what the option's `read` makes
    if not option.value:
        return bool(given)
    if len(set(given)) > 1 and not option.repeats:
        raise WrongArguments(
            _("{name} is given more than once, with different values.").format(name=option.name), command
        )
    for text in given:
        if option.choices and text not in option.choices:
            raise WrongArguments(
                _("The value of {name} has to be one of: {choices}.").format(
                    name=option.name, choices=", ".join(option.choices)
                ),
                command,
            )
    try:
        values = tuple(option.read(text) for text in given)
    except ValueError:
        words = _("The value of {name} cannot be used. What it is: {words}.")
        raise WrongArguments(words.format(name=option.name, words=option.words), command) from None
    if option.repeats:
        return values
    return values[-1] if values else option.default


def _refuse_rivals(command: Command, texts: dict[str, Any]) -> None:
    given = [option for option in command.options if option.rivals and option.destination in texts]
    for first, second in pairwise(given):
        if first.rivals == second.rivals:
            raise WrongArguments(
                _("{name} and {other} cannot be used together.").format(name=first.name, other=second.name), command
            )


def _operands(command: Command, others: Sequence[str]) -> dict[str, str]:
    """Return the operands by attribute; `others` is what is no option of the command."""
    for text in others:
        if text.startswith("-"):
            raise WrongArguments(_unknown_option_words(text, command), command)
    if len(others) > len(command.operands):
        raise WrongArguments(_unknown_words(), command)
    if missing := [word for _attribute, word in command.operands[len(others) :]]:
        raise WrongArguments(_("Missing: {names}.").format(names=", ".join(missing)), command)
    return {attribute: text for (attribute, _word), text in zip(command.operands, others, strict=True)}


def _misused_words(names: str | None) -> str:
    option = ALL_OPTIONS.get(names or "")
    if option is not None and option.value:
        return _("{name} needs a value.").format(name=option.name)
    return _("{name} takes no value.").format(name=names) if names else _unknown_words()


def _unknown_option_words(text: str, command: Command) -> str:
    name = text.partition("=")[0]
    if name in ALL_OPTIONS:
        return _("This command does not take {name}.").format(name=name)
    similar = [known for known in _OPTION_NAMES if len(name) > 2 and known.startswith(name)]
    if similar:
        return _("An option is not written in full. It could be: {choices}.").format(choices=", ".join(similar))
    of_command = [option.name for option in command.options]
    near = commands.near_names(name, of_command) or commands.near_names(name, _OPTION_NAMES)
    return f"{_unknown_words()} {_did_you_mean(near)}".rstrip()


def _unknown_words() -> str:
    return _("There is an argument that this program does not know. aep-tui --help lists those that it knows.")


def _no_such_command_words(name: str) -> str:
    group = name.partition(" ")[0]
    words = _("There is no such command. The commands are: {names}.").format(
        names=_names(group if group in GROUPS else "")
    )
    return f"{words} {_did_you_mean(commands.near_names(name, tuple({**_BY_NAME, **GROUPS}))[:1])}".rstrip()


def _did_you_mean(names: Sequence[str]) -> str:
    return _("Did you mean {names}?").format(names=_(" or ").join(names)) if names else ""


def _names(group: str) -> str:
    names: Iterable[str] = (command.name for command in COMMANDS if command.name.startswith(group))
    return ", ".join(name for name in names if name)


def _looks_like_a_secret_option(given: Sequence[str]) -> bool:
    return any(
        _SECRET_OPTION.match(text) and not any(name.startswith(text.partition("=")[0]) for name in _OPTION_NAMES)
        for text in given
    )


def _secret_words() -> str:
    return _(
        "Secrets have no option, because others on this machine can read the arguments of a program. Put the access "
        "token into AEP_ACCESS_TOKEN, or the client secret into AEP_CLIENT_SECRET, in the environment or in .env, or "
        "type it in the wizard. What stood in the arguments may be in the history of your shell: remove it there."
    )
