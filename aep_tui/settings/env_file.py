"""Reads `.env` files as they are: nothing is interpolated and nothing is exported."""

from __future__ import annotations

import io
import re
from pathlib import Path

from aep_tui.domain.secrets import Secrets
from aep_tui.domain.translation import _
from aep_tui.settings.layer import Layer, stand_in_notes, values_of_variables
from aep_tui.settings.setting import SECRET_NAMES, SETTINGS
from aep_tui.state.text_file import read_text_file, shown_path

_OURS = frozenset(variable for setting in SETTINGS for variable in setting.variables)
_BARE = frozenset({"ACCESS_TOKEN", "API_KEY", "CLIENT_SECRET", "IMS_ORG", "ORG_ID", "SANDBOX_NAME"})
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,63}")


def variables_in(text: str) -> dict[str, str]:
    """Return names and values of a text in the form of a `.env` file.

    A value stands as it was written: "p${HOME}#x" keeps each character, since nothing is interpolated. Lines that are
    no assignment are passed over.
    """
    from dotenv import main

    # python-dotenv logs the numbers of lines that it cannot parse; a log line has no place on the screen of a wizard.
    main.logger.disabled = True
    pairs = main.dotenv_values(stream=io.StringIO(text), interpolate=False)
    return {name: value for name, value in pairs.items() if value is not None}


def unread_lines(text: str) -> tuple[int, ...]:
    """Return the numbers of the lines, from 1, that are neither an assignment nor a comment nor blank; at most ten."""
    from dotenv.parser import parse_stream

    lines = (binding.original.line for binding in parse_stream(io.StringIO(text)) if binding.error)
    return tuple(lines)[:10]


def read_env_layer(path: Path, title: str, secrets: Secrets, may_be_pipe: bool = False) -> Layer:
    """Return the AEP_ values of a `.env` file.

    Args:
        path: the file.
        title: the words that name it, for example ".env in the working directory".
        secrets: hold what is one.
        may_be_pipe: take a pipe as well (for a file that the person named).

    Raises:
        SettingsProblem: the file cannot be read, or a value in it cannot be used.
    """
    file = read_text_file(path, may_be_pipe)
    variables = variables_in(file.text)
    origin = _("{variable} in {place}").replace("{place}", title.replace("{", "{{").replace("}", "}}"))
    values = values_of_variables(variables, origin, secrets)
    holds_secrets = any(name in values for name in SECRET_NAMES)
    return Layer(
        title=title,
        values=values,
        notes=(*stand_in_notes(variables), *_notes(variables, unread_lines(file.text))),
        warnings=(_permission_warning(path),) if holds_secrets and file.is_readable_by_others else (),
    )


def _notes(variables: dict[str, str], unread: tuple[int, ...]) -> list[str]:
    notes = []
    unknown = sorted(name for name in variables if name.startswith("AEP_") and name not in _OURS)
    for name in unknown:
        if _NAME.fullmatch(name):
            notes.append(_("{name} is no setting of this program.").format(name=name))
    if bare := sorted(_BARE & variables.keys()):
        notes.append(
            _(
                "{names} do not count here, only names that begin with AEP_ do; read the file with --credentials."
            ).format(names=", ".join(bare))
        )
    if unread:
        notes.append(
            _("Lines that are no assignment were passed over: {lines}.").format(lines=", ".join(map(str, unread)))
        )
    return notes


def _permission_warning(path: Path) -> str:
    return _("Other users of this machine can read the secrets in {path}; chmod 600 makes the file private.").format(
        path=shown_path(path)
    )
