"""`aep-tui completion SHELL`: a script that completes commands, options and their values, printed from the tables."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from aep_tui.commands.command_table import ALL_OPTIONS, COMMANDS, GROUPS, Command
from aep_tui.commands.exit_codes import ExitCode
from aep_tui.commands.output import write_standard_output
from aep_tui.commands.wrong_argument import WrongArgument
from aep_tui.domain.catalog.catalog import load_catalog
from aep_tui.domain.problem import Problem
from aep_tui.domain.source import Cloud
from aep_tui.domain.translation import _
from aep_tui.practice.scenarios import SCENARIOS
from aep_tui.settings.profiles import load_profiles

PROFILE_NAMES: Final = "profile-names"
"""Instead of a shell: what the scripts ask for, because only these values change."""

_ASK_FOR_PROFILES: Final = f"$(aep-tui completion {PROFILE_NAMES} 2>/dev/null)"


def run(options: argparse.Namespace) -> int:
    """Print the script, and return the exit code.

    Raises:
        WrongArgument: there is no script for this shell.
    """
    if options.shell == PROFILE_NAMES:
        write_standard_output("".join(f"{name}\n" for name in _profile_names()))
        return ExitCode.DONE
    if options.shell not in SCRIPTS:
        raise WrongArgument(
            _("There is no script for this shell"),
            _("Scripts exist for: {names}.").format(names=", ".join(SCRIPTS)),
            _("Name one of them."),
        )
    write_standard_output(SCRIPTS[options.shell]())
    return ExitCode.DONE


@dataclass(frozen=True, slots=True)
class Completion:
    """What can be typed behind some words of a command line.

    Attributes:
        words: the command so far, "" at the beginning.
        offered: commands and options that may follow.
        wants_profile: whether the name of a profile may follow.
    """

    words: str
    offered: tuple[str, ...]
    wants_profile: bool = False


def completions() -> Iterator[Completion]:
    """Yield each command as far as it is typed, nothing first."""
    names = tuple(dict.fromkeys(command.name.partition(" ")[0] for command in COMMANDS if command.name))
    yield Completion("", (*names, *_option_names(COMMANDS[0])))
    for group in GROUPS:
        members = tuple(each.name.partition(" ")[2] for each in COMMANDS if each.name.startswith(f"{group} "))
        yield Completion(group, (*members, "--help"))
    for command in COMMANDS[1:]:
        yield Completion(
            command.name, _option_names(command), wants_profile=command.name in {"profile use", "profile remove"}
        )


def values() -> dict[str, tuple[str, ...]]:
    """Return the values of the options that have a list of them, by option."""
    catalog = load_catalog()
    methods = dict.fromkeys(method.id for source in catalog.sources for method in source.auth_methods)
    lists = {name: option.choices for name, option in ALL_OPTIONS.items() if option.choices}
    return lists | {
        "--source": tuple(source.id for source in catalog.sources),
        "--auth-method": tuple(methods),
        "--cloud": tuple(cloud.value for cloud in Cloud),
        "--acknowledge": tuple(notice.id for notice in catalog.notices),
        "--scenario": tuple(scenario.id for scenario in SCENARIOS),
    }


def files() -> tuple[str, ...]:
    """Return the options whose value is a file."""
    return tuple(name for name, option in ALL_OPTIONS.items() if option.value == _("FILE"))


def with_value() -> tuple[str, ...]:
    """Return the options that a value follows."""
    return tuple(name for name, option in ALL_OPTIONS.items() if option.value)


def bash_script() -> str:
    """Return the script for bash 4 or newer."""
    lines = [
        '# aep-tui completion bash; load it with: eval "$(aep-tui completion bash)"',
        "_aep_tui() {",
        '    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} command="" words="" index',
        "    # bash takes --option=value apart at the equals sign.",
        '    if [[ $current == "=" ]]; then current=""; elif [[ $previous == "=" ]]; then '
        "previous=${COMP_WORDS[COMP_CWORD-2]}; fi",
        "    for ((index = 1; index < COMP_CWORD; index++)); do",
        '        case "${COMP_WORDS[index]}" in',
        f"            {'|'.join(with_value())}) ((index++)) ;;",
        "            -*|=) ;;",
        '            *) command="${command:+$command }${COMP_WORDS[index]}" ;;',
        "        esac",
        "    done",
        "    COMPREPLY=()",
        '    case "$previous" in',
        *(f'        {name}) words="{" ".join(known)}" ;;' for name, known in values().items()),
        f'        --profile) words="{_ASK_FOR_PROFILES}" ;;',
        f'        {"|".join(files())}) COMPREPLY=($(compgen -f -- "$current")); compopt -o filenames; return ;;',
        f"        {'|'.join(_free_values())}) return ;;",
        '        *) case "$command" in',
        *(f'            "{each.words}") words="{_bash_words(each)}" ;;' for each in completions()),
        "        esac ;;",
        "    esac",
        '    COMPREPLY=($(compgen -W "$words" -- "$current"))',
        "}",
        "complete -F _aep_tui aep-tui",
    ]
    return "\n".join(lines) + "\n"


def zsh_script() -> str:
    """Return the script for zsh."""
    lines = [
        "#compdef aep-tui",
        '# aep-tui completion zsh; load it after compinit with: eval "$(aep-tui completion zsh)"',
        "_aep_tui() {",
        '    local command="" index previous=${words[CURRENT-1]}',
        "    for ((index = 2; index < CURRENT; index++)); do",
        '        case "${words[index]}" in',
        f"            ({'|'.join(with_value())}) ((index++)) ;;",
        "            (-*) ;;",
        '            (*) command="${command:+$command }${words[index]}" ;;',
        "        esac",
        "    done",
        '    case "$previous" in',
        *(f"        ({name}) compadd -- {' '.join(known)}; return ;;" for name, known in values().items()),
        f"        (--profile) compadd -- {_ASK_FOR_PROFILES}; return ;;",
        f"        ({'|'.join(files())}) _files; return ;;",
        f"        ({'|'.join(_free_values())}) return ;;",
        "    esac",
        '    case "$command" in',
        *(f'        ("{each.words}") compadd -- {_bash_words(each)} ;;' for each in completions()),
        "    esac",
        "}",
        "compdef _aep_tui aep-tui",
    ]
    return "\n".join(lines) + "\n"


def fish_script() -> str:
    """Return the script for fish."""
    lines = ["# aep-tui completion fish; load it with: aep-tui completion fish | source", "complete -c aep-tui -f"]
    known, of_files = values(), files()
    for each in completions():
        condition = _fish_condition(each.words)
        for word in each.offered:
            if not word.startswith("-"):
                lines.append(f"complete -c aep-tui -n '{condition}' -a {word}")
                continue
            option = ALL_OPTIONS.get(word)
            line = f"complete -c aep-tui -n '{condition}' -l {word.removeprefix('--')}"
            if word in known:
                line += f" -x -a '{' '.join(known[word])}'"
            elif word == "--profile":
                line += f" -x -a '({_ASK_FOR_PROFILES[2:-1]})'"
            elif word in of_files:
                line += " -r -F"
            elif option is not None and option.value:
                line += " -x"
            lines.append(line)
        if each.wants_profile:
            lines.append(f"complete -c aep-tui -n '{condition}' -a '(aep-tui completion {PROFILE_NAMES} 2>/dev/null)'")
    return "\n".join(lines) + "\n"


SCRIPTS: Final[dict[str, Callable[[], str]]] = {"bash": bash_script, "zsh": zsh_script, "fish": fish_script}


def _option_names(command: Command) -> tuple[str, ...]:
    return (*(option.name for option in command.options), "--help", "--version")


def _free_values() -> tuple[str, ...]:
    """Return the options whose value nobody can guess."""
    guessed = {*values(), *files(), "--profile"}
    return tuple(name for name in with_value() if name not in guessed)


def _bash_words(completion: Completion) -> str:
    words = " ".join(completion.offered)
    return f"{words} {_ASK_FOR_PROFILES}" if completion.wants_profile else words


def _fish_condition(words: str) -> str:
    commands = words.split()
    if not commands:
        names = " ".join(dict.fromkeys(command.name.partition(" ")[0] for command in COMMANDS if command.name))
        return f"not __fish_seen_subcommand_from {names}"
    seen = [f"__fish_seen_subcommand_from {name}" for name in commands]
    if words in GROUPS:
        members = [each.name.partition(" ")[2] for each in COMMANDS if each.name.startswith(f"{words} ")]
        seen.append(f"not __fish_seen_subcommand_from {' '.join(members)}")
    return "; and ".join(seen)


def _profile_names() -> tuple[str, ...]:
    try:
        return tuple(load_profiles().profiles)
    except Problem:
        return ()  # a completion says nothing of its own
