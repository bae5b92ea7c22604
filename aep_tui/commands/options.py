"""The options of the command line, each declared once, and the lists of them that commands share.

`--help` loads this and hardly more. A dataclass would load `inspect`, and `pathlib` is loaded with the first file.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from aep_tui import commands
from aep_tui.domain.theme_name import ThemeName
from aep_tui.domain.translation import _

if TYPE_CHECKING:
    from pathlib import Path


class Option(NamedTuple):
    """One option.

    Attributes:
        name: what is typed, for example "--org-id".
        words: what it is for.
        value: what its value is called in the help, for example "FILE"; "" for a switch.
        read: makes the value out of its text; raises ValueError when it cannot.
        default: what holds when the option is not given.
        repeats: it may be given more than once; its value is a tuple then.
        choices: the only values, empty for any.
        rivals: a name that options share of which at most one may be given, "" for none.
    """

    name: str
    words: str
    value: str = ""
    read: Callable[[str], Any] = str
    default: Any = ""
    repeats: bool = False
    choices: tuple[str, ...] = ()
    rivals: str = ""

    @property
    def destination(self) -> str:
        """The name of its attribute, for example "org_id"."""
        return self.name.removeprefix("--").replace("-", "_")


def _path(text: str) -> Path:
    return commands.path_of(text)


def _switch(name: str, words: str, rivals: str = "") -> Option:
    return Option(name, words, default=False, rivals=rivals)


def _file(name: str, words: str, rivals: str = "") -> Option:
    return Option(name, words, value=_("FILE"), read=_path, default=None, rivals=rivals)


SCENARIO = Option("--scenario", _("what the practice service plays, for example slow-initializing"), value=_("NAME"))
JSON = _switch("--json", _("print JSON, for scripts"), rivals="format")
OUTPUT = _file("--output", _("write the result as JSON to FILE as well"))

TARGET_OPTIONS = (
    Option("--org-id", _("organization, for example 1A2B@AdobeOrg"), value=_("ID")),
    Option("--sandbox-name", _("sandbox: its name, not its title"), value=_("NAME")),
    Option("--api-key", _("API key, which is the client id"), value=_("KEY")),
    Option("--base-url", _("address of the platform"), value=_("URL")),
    Option("--scopes", _("scopes of the OAuth Server-to-Server credential"), value=_("LIST")),
    Option("--ims-host", _("host of Adobe's identity service"), value=_("HOST")),
    _switch("--read-only", _("send nothing that could change something")),
)
"""What says which platform is meant, and what a profile keeps."""

SETTING_OPTIONS = (
    _switch("--live", _("work on the real platform"), rivals="mode"),
    *TARGET_OPTIONS,
    Option("--profile", _("named profile, see aep-tui profile"), value=_("NAME")),
    _file("--credentials", _("credential file of Postman, Developer Console, aepp or App Builder, or a .env")),
    Option(
        "--env-file",
        _("read AEP_... values from FILE instead of .env; may be repeated, and a later file goes before an earlier"),
        value=_("FILE"),
        read=_path,
        default=(),
        repeats=True,
    ),
    Option(
        "--confirm-host",
        _("host that only .env names and that may get secrets; may be repeated"),
        value=_("HOST"),
        default=(),
        repeats=True,
    ),
)
"""What says where the values of live mode come from."""

MODE_OPTIONS = (
    _switch("--practice", _("rehearse with the embedded service: no account, no network"), rivals="mode"),
    *SETTING_OPTIONS,
    SCENARIO,
)
"""What every command takes that turns to a service."""

WIZARD_OPTIONS = (
    *MODE_OPTIONS,
    OUTPUT,
    Option(
        "--theme",
        _("colours: {choices}").format(choices=", ".join(ThemeName)),
        value=_("NAME"),
        choices=tuple(ThemeName),
    ),
    _switch("--no-reveal", _("never show a secret while it is typed, not even on request")),
    _switch("--pairing", _("say on every page that others see this terminal; tmux is asked anyway")),
    _switch("--plain", _("ask line by line, as for screen readers; ACCESSIBLE=1 does it too"), "face"),
    _switch("--no-plain", _("draw the pages, whatever ACCESSIBLE says"), "face"),
    _switch("--no-mouse", _("leave the mouse to the terminal")),
)
"""What the wizard takes."""

SOURCE = Option("--source", _("source, for example salesforce"), value=_("ID"))
AUTH_METHOD = Option("--auth-method", _("auth method, for example oauth2-client-credential"), value=_("ID"))


def _repeated(name: str, words: str, value: str) -> Option:
    return Option(name, words, value=value, default=(), repeats=True)


_SET = _repeated("--set", _("a parameter that is no secret, for example apiVersion=62.0"), _("KEY=VALUE"))
_TRY_IN_PLACE = _switch(
    "--try-in-place", _("change connections themselves, which no document promises to be possible"), "road"
)
_NAMES = (
    Option("--name", _("name of the connection"), value=_("TEXT")),
    Option("--description", _("description of the connection"), value=_("TEXT")),
    _SET,
)
_SECRET_PLACES = (
    _repeated("--secret-file", _("file that holds a secret parameter and nothing else"), _("KEY=FILE")),
    _repeated("--secret-command", _("program that prints it, run without a shell"), _("KEY=COMMAND")),
    _repeated("--secret-env", _("variable that holds it; the weakest place"), _("KEY=VARIABLE")),
    Option("--secret-stdin", _("parameter whose secret comes by standard input"), value=_("KEY")),
)
_CONFIRM_SANDBOX = Option(
    "--confirm-sandbox", _("production sandbox in which something may be created or changed"), value=_("NAME")
)
_DRY_RUN = _switch("--dry-run", _("print the request, secrets as placeholders, and change nothing"))
_WAIT = _switch("--wait", _("watch the connection until it is enabled"))
_IF_ETAG = Option("--if-etag", _("version that you saw; another one is not touched"), value=_("ETAG"))

CREATE_OPTIONS = (
    *MODE_OPTIONS,
    SOURCE,
    AUTH_METHOD,
    Option("--cloud", _("cloud that Experience Platform runs on: azure or aws"), value=_("ID")),
    *_NAMES,
    _file("--answers", _("TOML file with answers that are no secrets; options go before it")),
    *_SECRET_PLACES,
    _repeated("--acknowledge", _("notice that was read, by its id"), _("ID")),
    _CONFIRM_SANDBOX,
    _switch("--create-another", _("create also beside a connection that looks the same")),
    _DRY_RUN,
    _WAIT,
    JSON,
    OUTPUT,
)
"""What a create without a person takes: every answer of the wizard has an option."""

CHANGE_OPTIONS = (
    *MODE_OPTIONS,
    *_NAMES,
    _switch("--no-description", _("take the description away")),
    *_SECRET_PLACES,
    _switch("--replace-credentials", _("replace all parameters, also when one secret is given")),
    _IF_ETAG,
    _CONFIRM_SANDBOX,
    _DRY_RUN,
    _WAIT,
    JSON,
)
"""What a change without a person takes."""

DELETE_OPTIONS = (
    *MODE_OPTIONS,
    Option("--confirm-name", _("name of the connection that is deleted"), value=_("NAME")),
    _IF_ETAG,
    _CONFIRM_SANDBOX,
    _DRY_RUN,
    JSON,
)
"""What a delete without a person takes."""


def _age(text: str) -> int:
    """Return the hours that a text like "90d" or "12w" means.

    Raises:
        ValueError: it is none.
    """
    number, unit = text[:-1], _UNITS.get(text[-1:])
    if unit is None or not (number.isascii() and number.isdigit() and len(number) <= 4):
        raise ValueError(text)
    return unit * int(number)


_UNITS: Final = {"h": 1, "d": 24, "w": 7 * 24}

CONNECTION_OPTIONS = (*MODE_OPTIONS, JSON)
"""What a command about one existing connection takes."""

LISTING_OPTIONS = (
    *MODE_OPTIONS,
    AUTH_METHOD,
    SOURCE,
    Option("--state", _("only connections in this state, for example enabled"), value=_("NAME")),
    Option(
        "--older-than",
        _("only connections created longer ago, for example 90d, 12w or 36h"),
        value=_("AGE"),
        read=_age,
        default=None,
    ),
    _switch("--needs-attention", _("only connections that somebody should look at")),
    JSON,
    _switch("--csv", _("print comma-separated values, for spreadsheets"), rivals="format"),
)
"""What the list of existing connections takes; it takes several sandboxes, with commas between them."""

EXPLORING_OPTIONS = (
    *CONNECTION_OPTIONS,
    Option("--table", _("show the columns of this table or file, by its path"), value=_("PATH")),
)

MIGRATION_PLAN_OPTIONS = (
    *MODE_OPTIONS,
    _repeated("--id", _("only this connection; may be repeated"), _("ID")),
    _TRY_IN_PLACE,
    JSON,
)
"""What the plan of a migration takes; it takes several sandboxes, with commas between them."""

MIGRATION_RUN_OPTIONS = (
    *MODE_OPTIONS,
    _SET,
    *_SECRET_PLACES,
    _CONFIRM_SANDBOX,
    _TRY_IN_PLACE,
    _switch("--beside", _("create new connections beside those that are left"), "road"),
    _switch("--probe-may-feed", _("the first change in place may be of a connection that feeds dataflows")),
    _switch("--put-back", _("put the old credentials back after a change in place whose test fails")),
    _switch("--skip-login-check", _("do not ask the source itself about the new credentials")),
    _repeated("--leave", _("leave this connection of the plan out, and write that down"), _("ID")),
    _repeated("--settle", _("what became of a request of which nobody knows: yes, no or the new id"), _("ID=ANSWER")),
    _DRY_RUN,
    JSON,
)
"""What a migration takes; of a KEY it takes GROUP:KEY as well, for one organization of the source."""

MIGRATION_OPTIONS = (*MODE_OPTIONS, JSON)
"""What looking after a migration takes."""

SERVER_OPTIONS = (
    Option("--port", _("port on 127.0.0.1; 0 takes a free one"), value=_("PORT"), read=int, default=8787),
    SCENARIO,
    Option("--store", _("SQLite file that keeps the connections"), value=_("FILE"), default=":memory:"),
)

PROFILE_OPTIONS = (
    *TARGET_OPTIONS,
    Option(
        "--secret",
        _("which secret the place below gives: {choices}").format(choices="access-token, client-secret"),
        value=_("KIND"),
        default="client-secret",
        choices=("access-token", "client-secret"),
    ),
    _file("--secret-file", _("file that holds the secret"), rivals="place"),
    Option(
        "--secret-command",
        _("program that prints the secret, run without a shell"),
        value=_("COMMAND"),
        rivals="place",
    ),
    _switch("--secret-from-keyring", _("the system's keyring; the secret is asked for now"), rivals="place"),
    _switch("--secret-from-environment", _("the environment"), rivals="place"),
    _switch("--replace", _("replace a profile of the same name")),
)
