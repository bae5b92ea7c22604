"""The commands: what each is for, what it takes, and the module that does it."""

from __future__ import annotations

from typing import NamedTuple

from aep_tui.commands.options import (
    CHANGE_OPTIONS,
    CONNECTION_OPTIONS,
    CREATE_OPTIONS,
    DELETE_OPTIONS,
    EXPLORING_OPTIONS,
    JSON,
    LISTING_OPTIONS,
    MIGRATION_OPTIONS,
    MIGRATION_PLAN_OPTIONS,
    MIGRATION_RUN_OPTIONS,
    MODE_OPTIONS,
    OUTPUT,
    PROFILE_OPTIONS,
    SERVER_OPTIONS,
    SETTING_OPTIONS,
    SOURCE,
    WIZARD_OPTIONS,
    Option,
)
from aep_tui.domain.translation import _


class Command(NamedTuple):
    """One command.

    Attributes:
        name: what is typed, with the command that it belongs to: "profile add"; "" for the wizard.
        module: the module of this room whose `run` does it.
        words: what it is for.
        operands: what follows its name, in order: attribute and the word of the help, all of them required.
        options: what it takes.
    """

    name: str
    module: str
    words: str
    operands: tuple[tuple[str, str], ...] = ()
    options: tuple[Option, ...] = ()

    @property
    def call(self) -> str:
        """How the command is called, without what it takes."""
        return f"aep-tui {self.name}".rstrip()


_PROFILE_NAME = (("name", _("NAME")),)
_PLAN = (("plan", _("FILE")),)
_CONNECTION_ID = (("connection_id", _("ID")),)

WIZARD = Command(
    "",
    "run_wizard",
    _("A wizard that creates source base connections in Adobe Experience Platform."),
    options=WIZARD_OPTIONS,
)
COMMANDS = (
    WIZARD,
    Command(
        "create",
        "create",
        _("create a connection without a question, for scripts"),
        options=CREATE_OPTIONS,
    ),
    Command(
        "watch",
        "watch",
        _("show the live status of an existing connection; without a terminal a JSON line for each change"),
        _CONNECTION_ID,
        (*WIZARD_OPTIONS, JSON),
    ),
    Command(
        "connections",
        "show_connections",
        _("open the list of existing connections on the screen"),
        options=WIZARD_OPTIONS,
    ),
    Command(
        "connections list",
        "look_at_connections",
        _("list existing connections of one or several sandboxes, as they arrive"),
        options=LISTING_OPTIONS,
    ),
    Command(
        "connections show",
        "look_at_connections",
        _("tell all about one connection, and which dataflows use it"),
        _CONNECTION_ID,
        CONNECTION_OPTIONS,
    ),
    Command(
        "connections test",
        "look_at_connections",
        _("let the platform test a connection"),
        _CONNECTION_ID,
        CONNECTION_OPTIONS,
    ),
    Command(
        "connections uses",
        "look_at_connections",
        _("list the dataflows that use a connection"),
        _CONNECTION_ID,
        CONNECTION_OPTIONS,
    ),
    Command(
        "connections explore",
        "look_at_connections",
        _("list the tables and files that a connection shows"),
        _CONNECTION_ID,
        EXPLORING_OPTIONS,
    ),
    Command(
        "connections change",
        "change_connection",
        _("rename or describe a connection, replace one secret or all credentials, for scripts"),
        _CONNECTION_ID,
        CHANGE_OPTIONS,
    ),
    Command(
        "connections delete",
        "change_connection",
        _("delete a connection that no dataflow uses, for scripts"),
        _CONNECTION_ID,
        DELETE_OPTIONS,
    ),
    Command(
        "migrate plan",
        "migrate",
        _("plan how connections of one or several sandboxes get another auth method; nothing is changed"),
        _PLAN,
        MIGRATION_PLAN_OPTIONS,
    ),
    Command(
        "migrate run",
        "migrate",
        _("carry a plan out, one connection after the other; it goes on where it stopped"),
        _PLAN,
        MIGRATION_RUN_OPTIONS,
    ),
    Command(
        "migrate check",
        "migrate",
        _("tell which of the new connections have dataflows by now, and which old ones could go"),
        _PLAN,
        MIGRATION_OPTIONS,
    ),
    Command(
        "migrate report",
        "migrate",
        _("print the record of a migration as Markdown, or as JSON"),
        _PLAN,
        (JSON, OUTPUT),
    ),
    Command(
        "doctor",
        "doctor",
        _("check whether this set-up can work, and who has to do what if not"),
        options=(*MODE_OPTIONS, JSON, SOURCE),
    ),
    Command(
        "settings",
        "settings",
        _("list each value, where it came from and what was ignored"),
        options=(*SETTING_OPTIONS, JSON),
    ),
    Command(
        "profile add", "profile", _("keep what is not secret of a target under a name"), _PROFILE_NAME, PROFILE_OPTIONS
    ),
    Command("profile list", "profile_list", _("show the profiles")),
    Command("profile use", "profile", _("make a profile the default"), _PROFILE_NAME),
    Command("profile remove", "profile", _("forget a profile"), _PROFILE_NAME),
    Command(
        "practice-server",
        "practice_server",
        _("serve the practice service on this machine for other clients"),
        options=SERVER_OPTIONS,
    ),
    Command("completion", "completion", _("print a script that completes the commands"), (("shell", _("SHELL")),)),
)
"""Every command, the wizard first, in the order of the help."""

GROUPS = {
    "connections": _(
        "existing connections: list, show, test, uses, explore, change and delete. Without an action the list is "
        "opened on the screen."
    ),
    "migrate": _("another auth method for many connections: plan, run, check and report"),
    "profile": _("named targets: add, list, use and remove"),
}
"""The words that need another one after them to be a command."""

ALL_OPTIONS = {option.name: option for command in COMMANDS for option in command.options}
"""Every option of every command by its name; one name means one thing everywhere."""
