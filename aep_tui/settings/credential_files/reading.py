"""Recognises a credential file by its content and reads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from aep_tui.domain.problem import SettingsProblem
from aep_tui.domain.secrets import Secrets
from aep_tui.domain.translation import _
from aep_tui.settings.credential_files.credential_file import Collector, CredentialFile, CredentialFileKind
from aep_tui.settings.credential_files.json_formats import parsed_json, read_json
from aep_tui.settings.credential_files.names import (
    APP_BUILDER_NAMES,
    OLDER_APP_BUILDER,
    OLDER_APP_BUILDER_NAMES,
    OUR_NAMES,
    VARIABLE_NAMES,
    normalised,
    take_known,
)
from aep_tui.settings.env_file import unread_lines, variables_in
from aep_tui.state.text_file import read_text_file, shown_path, with_home


def read_credential_file(path: Path, secrets: Secrets) -> CredentialFile:
    """Return the credentials in a file of one of Adobe's tools.

    Args:
        path: a Postman environment export, a JSON that Developer Console downloads, a configuration of aepp, a `.env`
            of App Builder or one with Adobe's names; a pipe works as well.
        secrets: hold what is one.

    Raises:
        SettingsProblem: the file cannot be read, is none of these, or is one with a value that cannot be used. The
            message names file and key and repeats no value.
    """
    path = with_home(path)
    file = read_text_file(path, may_be_pipe=True)
    name = shown_path(Path(path.name or str(path)))
    text = file.text.strip()
    collector = Collector(name, secrets)
    is_json = text.startswith(("{", "["))
    credentials = read_json(parsed_json(text, name), collector) if is_json else _read_env(text, collector)
    if credentials is None:
        raise SettingsProblem(
            _("A credential file was not recognised"),
            _("{file} is none of the files that this program reads.").format(file=name),
            _(
                "It reads a Postman environment export, the JSON of Developer Console, an aepp configuration, "
                "and .env files with IMS_OAUTH_S2S_ or AIO_ims_contexts_ names or with ACCESS_TOKEN, API_KEY and "
                "the like."
            ),
        )
    if not file.is_readable_by_others:
        return credentials

    warning = _("Other users of this machine can read {file}; chmod 600 makes it private.").format(file=name)
    return replace(credentials, warnings=(warning,))


def _read_env(text: str, collector: Collector) -> CredentialFile | None:
    variables = variables_in(text)
    names = {normalised(variable) for variable in variables}
    if names & APP_BUILDER_NAMES.keys():
        take_known(collector, variables, APP_BUILDER_NAMES)
        kind = CredentialFileKind.APP_BUILDER_ENV
    elif older := _older_app_builder(variables, collector.file_name):
        take_known(collector, older, OLDER_APP_BUILDER_NAMES)
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


def _older_app_builder(variables: Mapping[str, str], file_name: str) -> Mapping[str, str]:
    """Return the values of the one OAuth credential that stands in App Builder's older names, by their plain names.

    Raises:
        SettingsProblem: there is more than one such credential.
    """
    contexts: dict[str, dict[str, str]] = {}
    for variable, value in variables.items():
        if match := OLDER_APP_BUILDER.fullmatch(variable):
            name = match["name"].replace("__", "_")
            contexts.setdefault(match["context"], {})[name] = value
    usable = [one for one in contexts.values() if one.keys() & {"client_id", "client_secrets", "client_secret"}]
    if len(usable) > 1:
        raise SettingsProblem(
            _("A credential file cannot be used"),
            _("{file} holds {count} OAuth Server-to-Server credentials; exactly one is needed.").format(
                file=file_name, count=len(usable)
            ),
            _("Leave the lines of one credential in a copy of the file, or type the values in the wizard."),
        )
    return usable[0] if usable else {}
