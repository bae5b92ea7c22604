"""Recognises a credential file by its content and reads it."""

from __future__ import annotations

from pathlib import Path

from aep_tui.domain.problem import SettingsProblem
from aep_tui.domain.translation import _
from aep_tui.settings.credential_files.credential_file import Collector, CredentialFile, CredentialFileKind
from aep_tui.settings.credential_files.json_formats import parsed_json, read_json
from aep_tui.settings.credential_files.names import (
    APP_BUILDER_NAMES,
    OUR_NAMES,
    VARIABLE_NAMES,
    normalised,
    take_known,
)
from aep_tui.settings.env_file import unread_lines, variables_in
from aep_tui.state.text_file import read_text_file, shown_path


def read_credential_file(path: Path) -> CredentialFile:
    """Return the credentials in a file of one of Adobe's tools.

    Args:
        path: a Postman environment export, a JSON that Developer Console downloads, a configuration of aepp, a `.env`
            of App Builder or one with Adobe's names; a pipe works as well.

    Raises:
        SettingsProblem: the file cannot be read, is none of these, or is one with a value that cannot be used. The
            message names file and key and repeats no value.
    """
    path = path.expanduser()
    file = read_text_file(path, may_be_pipe=True)
    name = shown_path(Path(path.name or str(path)))
    text = file.text.strip()
    credentials = read_json(parsed_json(text, name), name) if text.startswith(("{", "[")) else _read_env(text, name)
    if credentials is None:
        raise SettingsProblem(
            _("A credential file was not recognised"),
            _("{file} is none of the files that this program reads.").format(file=name),
            _(
                "It reads a Postman environment export, the JSON of Developer Console, an aepp configuration, "
                "and .env files with IMS_OAUTH_S2S_ names or with ACCESS_TOKEN, API_KEY and the like."
            ),
        )
    if not file.is_readable_by_others:
        return credentials
    from dataclasses import replace

    warning = _("Other users of this machine can read {file}; chmod 600 makes it private.").format(file=name)
    return replace(credentials, warnings=(warning,))


def _read_env(text: str, file_name: str) -> CredentialFile | None:
    variables = variables_in(text)
    names = {normalised(variable) for variable in variables}
    collector = Collector(file_name)
    if names & APP_BUILDER_NAMES.keys():
        take_known(collector, variables, APP_BUILDER_NAMES)
        kind = CredentialFileKind.APP_BUILDER_ENV
    elif names & (VARIABLE_NAMES.keys() | OUR_NAMES.keys()):
        take_known(collector, variables, {**VARIABLE_NAMES, **OUR_NAMES})
        kind = CredentialFileKind.PLAIN_ENV
    else:
        return None
    if lines := unread_lines(text):
        collector.notes.append(
            _("Lines that are no assignment were passed over: {lines}.").format(lines=", ".join(map(str, lines)))
        )
    return collector.finished(kind)
