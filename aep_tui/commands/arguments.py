"""The arguments of the command line."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from aep_tui import __version__
from aep_tui.commands.argument_parser import ArgumentParser
from aep_tui.domain.translation import _

_EXIT_CODES = _(
    """exit codes:
  0    the connection is enabled
  1    the program failed, or a setting cannot be used
  2    wrong arguments, or not a terminal that can show the wizard
  3    the connection was created, and not seen enabled
  130  nothing was created"""
)


def parser() -> ArgumentParser:
    """Return the parser of all commands."""
    common = ArgumentParser(add_help=False)
    mode = common.add_mutually_exclusive_group()
    mode.add_argument(
        "--practice", action="store_true", help=_("rehearse with the embedded service: no account, no network")
    )
    mode.add_argument("--live", action="store_true", help=_("work on the real platform"))
    common.add_argument(
        "--scenario",
        default="",
        metavar="NAME",
        help=_("what the practice service plays, for example slow-initializing"),
    )
    common.add_argument("--output", type=Path, metavar="FILE", help=_("write the result as JSON to FILE as well"))
    common.add_argument(
        "--env-file", type=Path, metavar="FILE", help=_("read AEP_... values from FILE instead of .env")
    )
    common.add_argument("--org-id", default="", metavar="ID", help=_("organization, for example 1A2B@AdobeOrg"))
    common.add_argument("--sandbox-name", default="", metavar="NAME", help=_("sandbox"))
    common.add_argument("--api-key", default="", metavar="KEY", help=_("API key, which is the client id"))
    common.add_argument("--base-url", default="", metavar="URL", help=_("address of the platform"))
    common.add_argument(
        "--credentials",
        type=Path,
        metavar="FILE",
        help=_("credential file of Postman, Developer Console, aepp or App Builder, or a .env"),
    )
    common.add_argument(
        "--no-reveal", action="store_true", help=_("never show a secret while it is typed, not even on request")
    )
    common.add_argument("--profile", default="", metavar="NAME", help=_("named profile, see aep-tui profile"))
    common.add_argument(
        "--scopes", default="", metavar="LIST", help=_("scopes of the OAuth Server-to-Server credential")
    )
    common.add_argument("--ims-host", default="", metavar="HOST", help=_("host of Adobe's identity service"))
    common.add_argument("--no-mouse", action="store_true", help=_("leave the mouse to the terminal"))

    top = ArgumentParser(
        prog="aep-tui",
        description=_("A wizard that creates source base connections in Adobe Experience Platform."),
        epilog=_EXIT_CODES,
        parents=[common],
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("--version", action="version", version=f"aep-tui {__version__}")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", title=_("commands"))
    watch = commands.add_parser("watch", parents=[common], help=_("show the live status of an existing connection"))
    watch.add_argument("connection_id", metavar="ID", help=_("id of the connection"))
    server = commands.add_parser(
        "practice-server", help=_("serve the practice service on this machine for other clients")
    )
    server.add_argument("--port", type=int, default=8787, help=_("port on 127.0.0.1; 0 takes a free one"))
    server.add_argument("--scenario", default="", metavar="NAME", help=_("what the service plays"))
    server.add_argument("--store", default=":memory:", metavar="FILE", help=_("SQLite file that keeps the connections"))
    _add_profile_command(commands)
    settings = commands.add_parser(
        "settings", parents=[common], help=_("list each value, where it came from and what was ignored")
    )
    settings.add_argument("--json", action="store_true", help=_("print the list as JSON"))
    doctor = commands.add_parser(
        "doctor", parents=[common], help=_("check whether this set-up can work, and who has to do what if not")
    )
    doctor.add_argument("--json", action="store_true", help=_("print the checks as JSON"))
    doctor.add_argument("--source", default="", metavar="ID", help=_("source to look for, for example salesforce"))
    return top


def _add_profile_command(commands: Any) -> None:  # noqa: ANN401 - argparse has no public name for it
    profile = commands.add_parser("profile", help=_("named targets: add, list, use and remove"))
    actions = profile.add_subparsers(dest="action", metavar="ACTION", required=True)
    add = actions.add_parser("add", help=_("keep the non-secret parts of a target under a name"))
    add.add_argument("name", metavar="NAME")
    add.add_argument("--org-id", default="", metavar="ID", help=_("organization, for example 1A2B@AdobeOrg"))
    add.add_argument("--sandbox-name", default="", metavar="NAME", help=_("sandbox"))
    add.add_argument("--api-key", default="", metavar="KEY", help=_("API key, which is the client id"))
    add.add_argument("--base-url", default="", metavar="URL", help=_("address of the platform"))
    add.add_argument("--scopes", default="", metavar="LIST", help=_("scopes of the credential"))
    add.add_argument("--ims-host", default="", metavar="HOST", help=_("host of Adobe's identity service"))
    add.add_argument(
        "--secret",
        choices=("access-token", "client-secret"),
        default="client-secret",
        help=_("which secret the place below gives"),
    )
    place = add.add_mutually_exclusive_group()
    place.add_argument("--secret-file", type=Path, metavar="FILE", help=_("file that holds the secret"))
    place.add_argument(
        "--secret-command", default="", metavar="COMMAND", help=_("program that prints the secret, run without a shell")
    )
    place.add_argument(
        "--secret-from-keyring", action="store_true", help=_("the system's keyring; the secret is asked for now")
    )
    place.add_argument("--secret-from-environment", action="store_true", help=_("the environment"))
    add.add_argument("--replace", action="store_true", help=_("replace a profile of the same name"))
    actions.add_parser("list", help=_("show the profiles"))
    for action, words in (("use", _("make a profile the default")), ("remove", _("forget a profile"))):
        actions.add_parser(action, help=words).add_argument("name", metavar="NAME")


def option_names() -> frozenset[str]:
    """Return every option of every command, for example "--secret-file"."""
    names: set[str] = set()
    parsers: list[argparse.ArgumentParser] = [parser()]
    while parsers:
        for action in parsers.pop()._actions:
            names.update(action.option_strings)
            if isinstance(action, argparse._SubParsersAction):
                parsers.extend(action.choices.values())
    return frozenset(names)
