"""*Copy as curl*: a create or a change as a command for bash and zsh in which no secret stands.

Each secret and the access token is read silently when the command runs. They reach curl through pipes only, so that
neither the process list nor the shell's history ever holds one. All of it is one subshell: the shell reads it whole
before it asks for anything, and forgets the secrets at its end.
"""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from aep_tui.domain.connection import ConnectionStatus
from aep_tui.domain.connection_change import ConnectionChange
from aep_tui.domain.connection_request import (
    CONNECTIONS_PATH,
    PARAMETERS_PATH,
    ConnectionRequest,
    header_fields,
    path_of_connection,
    variable_name,
)
from aep_tui.domain.source import Parameter, ParameterKind
from aep_tui.domain.target import Target
from aep_tui.domain.translation import _

JsonObject = dict[str, Any]

TOKEN_VARIABLE = "ADOBE_ACCESS_TOKEN"  # noqa: S105 - the name of a shell variable, not a token
"""Not ACCESS_TOKEN: that is the variable of Zoho's own `accessToken`."""

_ON_TERMINAL = '[ -n "$TERMINAL_STATE" ] &&'

_VARIABLES_OF_THE_SHELL = frozenset(
    {"CDPATH", "ENV", "HOME", "IFS", "PATH", "PPID", "PWD", "SHELL", "TERMINAL_STATE", "UID", "USER", TOKEN_VARIABLE}
)
"""A secret of a source that only the platform describes may be called like one of them."""

_ESCAPE_FUNCTION = (
    r"""json_text() { printf '%s' "$1" | """
    r"""LC_ALL=C sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' -e "s/$(printf '\t')/\\\\t/g"; }"""
)


@dataclass(frozen=True, slots=True)
class _AskedSecret:
    """A secret that the command asks for, and where it goes: `holder[key]` of the body."""

    parameter: Parameter
    holder: JsonObject
    key: str


def curl_command(request: ConnectionRequest, target: Target) -> str:
    """Return the command for a create; it needs curl 7.55 or newer, and asks for the secrets on standard error.

    Args:
        request: what to create; of its secrets only the names are used.
        target: where to; its access token is not used.
    """
    body = request.body_with_placeholders()
    secrets = [
        _AskedSecret(parameter, body["auth"]["params"], parameter.api_name)
        for parameter, _answer in request.parameters
        if parameter.is_secret
    ]
    return _command(secrets, body, _curl_lines(target, "POST", CONNECTIONS_PATH, {}))


def change_command(
    change: ConnectionChange, seen: ConnectionStatus, parameters: Sequence[Parameter], target: Target
) -> str:
    """Return the command for a change, which names the version that the person saw, as `curl_command` does otherwise.

    Args:
        change: what is to change; of its secrets only the names are used.
        seen: the connection as the person saw it.
        parameters: of its auth method, for the words that ask for a secret.
        target: where it is.
    """
    operations = change.operations_with_placeholders(seen)
    secrets = []
    for operation in operations:
        for parameter in parameters:
            if not parameter.is_secret:
                continue
            if operation["path"] == f"{PARAMETERS_PATH}/{parameter.api_name}":
                secrets.append(_AskedSecret(parameter, operation, "value"))
            elif operation["path"] == PARAMETERS_PATH and parameter.api_name in operation["value"]:
                secrets.append(_AskedSecret(parameter, operation["value"], parameter.api_name))
    path = path_of_connection(seen.connection_id)
    return _command(secrets, operations, _curl_lines(target, "PATCH", path, {"If-Match": seen.etag}))


def read_command(connection_id: str, target: Target) -> str:
    """Return the command that asks for a connection and changes nothing, as `curl_command` does otherwise.

    Args:
        connection_id: of the connection.
        target: where it is.
    """
    *curl_lines, _body = _curl_lines(target, "GET", path_of_connection(connection_id), {})
    curl_lines[-1] = curl_lines[-1].removesuffix(" \\")
    return "\n".join(("(", *_asking((), ()), *curl_lines, ")"))


def _command(secrets: Sequence[_AskedSecret], body: object, curl_lines: Sequence[str]) -> str:
    variables = [_shell_variable(secret.parameter.api_name) for secret in secrets]
    return "\n".join(
        (
            "(",
            *_asking(secrets, variables),
            _ESCAPE_FUNCTION,
            f"printf '%s' {_body_words(body, secrets, variables)} |",
            *curl_lines,
            ")",
        )
    )


def _asking(secrets: Sequence[_AskedSecret], variables: Sequence[str]) -> tuple[str, ...]:
    """Return the lines that ask for the token and the secrets, without an echo."""
    return (
        f"set +a +x; unset {' '.join((TOKEN_VARIABLE, *variables))}",
        # Echo ends before the first prompt: what is typed ahead of a `read -s` would be seen.
        """TERMINAL_STATE=$(stty -g 2>/dev/null); trap '[ -n "$TERMINAL_STATE" ] && stty "$TERMINAL_STATE"' EXIT""",
        f"trap 'exit 130' INT; {_ON_TERMINAL} stty -echo",
        _read_line(_("Adobe access token"), TOKEN_VARIABLE, is_long=True),
        *(
            _read_line(secret.parameter.label, variable, is_long=secret.parameter.is_long)
            for secret, variable in zip(secrets, variables, strict=True)
        ),
    )


def _read_line(label: str, variable: str, *, is_long: bool) -> str:
    # A prompt of `read` itself is written differently in bash and zsh.
    read = f"printf '%s: ' {shlex.quote(_printable(label))} >&2; IFS= read -rs {variable}; echo >&2"
    if is_long:
        # A terminal that edits lines itself takes 1 024 characters on macOS and 4 095 on Linux; tokens are pasted.
        return f"{_ON_TERMINAL} stty -icanon min 1 time 0\n{read}\n{_ON_TERMINAL} stty icanon"
    return read


def _curl_lines(target: Target, method: str, path: str, more_headers: Mapping[str, str]) -> tuple[str, ...]:
    headers = {**header_fields(target, ""), **more_headers}
    del headers["Authorization"]
    return (
        f"curl -sS -X {method} {shlex.quote(target.base_url + path)} \\",
        f"""  -H @<(printf 'Authorization: Bearer %s\\n' "${{{TOKEN_VARIABLE}#Bearer }}") \\""",
        *(f"  -H {shlex.quote(_printable(f'{name}: {value}'))} \\" for name, value in headers.items()),
        "  --data-binary @-",
    )


def _body_words(body: object, secrets: Sequence[_AskedSecret], variables: Sequence[str]) -> str:
    """Return the body as words for printf: quoted JSON, and between them the escaped values of the variables."""
    plain = json.dumps(body, ensure_ascii=False)
    mark = "secret"
    while mark in plain:
        mark += "-"
    marks = {f"{mark}{index}!": variable for index, variable in enumerate(variables)}
    for secret, unique in zip(secrets, marks, strict=True):
        secret.holder[secret.key] = unique
    text = json.dumps(body, ensure_ascii=False, indent=2)
    # What is typed as JSON is a value itself: no quotation marks around it, and nothing in it is escaped.
    values = [each for secret, each in zip(secrets, marks, strict=True) if secret.parameter.kind is ParameterKind.JSON]
    for value in values:
        text = text.replace(json.dumps(value), value)
    pieces = re.split(f"({'|'.join(map(re.escape, marks))})", text) if marks else [text]
    return " ".join(
        f'"${marks[piece]}"'
        if piece in values
        else f'"$(json_text "${marks[piece]}")"'
        if piece in marks
        else f"'{_shell_safe_json(piece)}'"
        for piece in pieces
    )


def _shell_safe_json(text: str) -> str:
    """Return JSON that can stand between single quotes and on any terminal.

    A single quote and an exclamation mark (an interactive shell's history) are written as JSON escapes, and so is
    everything that does not print. Newlines are the layout: inside strings JSON has escaped them already.
    """
    return "".join(
        character if character == "\n" or (character.isprintable() and character not in "'!") else _escaped(character)
        for character in text
    )


def _escaped(character: str) -> str:
    units = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[index]:02x}{units[index + 1]:02x}" for index in range(0, len(units), 2))


def _printable(text: str) -> str:
    return "".join(character if character.isprintable() else " " for character in text)


def _shell_variable(api_name: str) -> str:
    name = re.sub(r"[^A-Z0-9_]", "_", variable_name(api_name))
    return f"_{name}" if name in _VARIABLES_OF_THE_SHELL else name
