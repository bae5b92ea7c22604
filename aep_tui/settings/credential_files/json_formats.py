"""The credential files that are JSON: Postman, Developer Console, aepp."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from aep_tui.domain.problem import SettingsProblem
from aep_tui.domain.translation import _
from aep_tui.settings.credential_files.credential_file import (
    Collector,
    CredentialFile,
    CredentialFileKind,
    wrong_type,
)
from aep_tui.settings.credential_files.names import ADOBE_NAMES, OUR_NAMES, VARIABLE_NAMES, normalised, take_known
from aep_tui.settings.setting import SettingName

_AEPP_ONLY = frozenset({"secret", "environment", "sandbox_name", "pathtokey", "connectinstance", "imsendpoint"})
_TEST_ENVIRONMENTS = frozenset({"stage", "int"})
"""The environments with an identity service of their own, and hosts by aepp's rule (its configs.py)."""
_ENVIRONMENT_NAME = re.compile(r"[a-z][a-z0-9-]{0,20}")


def parsed_json(text: str, file_name: str) -> object:
    """Return the JSON value of a text.

    Raises:
        SettingsProblem: it is no JSON; the message names the line and quotes nothing.
    """
    line = 0
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        line = error.lineno
    except (ValueError, RecursionError):
        line = 1
    # Raised out here, because a JSONDecodeError carries the whole text with it.
    raise SettingsProblem(
        _("A credential file is broken"),
        _("{file} looks like JSON, but it is not complete or not correct in line {line}.").format(
            file=file_name, line=line
        ),
        _("Export or download the file again."),
    )


def read_json(document: object, collector: Collector) -> CredentialFile | None:
    """Return what a JSON document says, or None when it is none of the known formats.

    Raises:
        SettingsProblem: the format is known and a value cannot be used.
    """
    if not isinstance(document, dict):
        return None
    if isinstance(document.get("values"), list):
        return _read_postman(document["values"], collector)
    if isinstance(document.get("project"), dict):
        return _read_workspace(document["project"], collector)
    keys = {normalised(key) for key in document}
    if not keys & ADOBE_NAMES.keys():
        return None
    if keys & _AEPP_ONLY:
        return _read_aepp(document, collector)
    take_known(collector, document, ADOBE_NAMES)
    return collector.finished(CredentialFileKind.DEVELOPER_CONSOLE)


def _read_postman(values: list[Any], collector: Collector) -> CredentialFile | None:
    pairs: list[tuple[str, object]] = []
    names = {**VARIABLE_NAMES, **OUR_NAMES}
    for position, item in enumerate(values):
        if not isinstance(item, dict) or not isinstance(item.get("key"), str):
            raise wrong_type(collector.file_name, f"values[{position}].key")
        if item.get("enabled", True) is not False:
            pairs.append((item["key"], item.get("value")))
        elif normalised(item["key"]) in names:
            collector.notes.append(_("{key} is switched off in the file.").format(key=item["key"].strip()))
    for key, value in pairs:
        take_known(collector, {key: value}, names)
    return collector.finished(CredentialFileKind.POSTMAN_ENVIRONMENT)


def _read_workspace(project: Mapping[str, Any], collector: Collector) -> CredentialFile:
    """Read the JSON of "Download" in a project's overview: organization and a list of credentials."""
    organization = _object(project, "org", "project.org", collector)
    collector.take(SettingName.ORGANIZATION_ID, "project.org.ims_org_id", organization.get("ims_org_id"))
    workspace = _object(project, "workspace", "project.workspace", collector)
    details = _object(workspace, "details", "project.workspace.details", collector)
    credentials = details.get("credentials")
    if not isinstance(credentials, list):
        raise wrong_type(collector.file_name, "project.workspace.details.credentials")
    usable = [
        one["oauth_server_to_server"]
        for one in credentials
        if isinstance(one, dict) and isinstance(one.get("oauth_server_to_server"), dict)
    ]
    if len(usable) != 1:
        raise SettingsProblem(
            _("A credential file cannot be used"),
            _("{file} holds {count} OAuth Server-to-Server credentials; exactly one is needed.").format(
                file=collector.file_name, count=len(usable)
            ),
            _("Download the JSON of one credential in Developer Console, or type the values in the wizard."),
        )
    take_known(collector, usable[0], ADOBE_NAMES)
    return collector.finished(CredentialFileKind.DEVELOPER_CONSOLE)


def _read_aepp(document: Mapping[str, Any], collector: Collector) -> CredentialFile:
    take_known(collector, document, ADOBE_NAMES)
    pairs = {normalised(key): value for key, value in document.items()}
    environment = pairs.get("environment")
    if isinstance(environment, str) and environment.strip().lower() not in {"", "prod"}:
        name = environment.strip().lower()
        if not _ENVIRONMENT_NAME.fullmatch(name):
            raise SettingsProblem(
                _("A credential file cannot be used"),
                _("environment in {file} is not the name of an environment.").format(file=collector.file_name),
                _("Write prod, or remove the key."),
            )
        if name in _TEST_ENVIRONMENTS:
            collector.take(SettingName.BASE_URL, "environment", f"https://platform-{name}.adobe.io")
            collector.take(SettingName.IMS_HOST, "environment", "https://ims-na1-stg1.adobelogin.com")
        else:
            collector.ask_for(SettingName.BASE_URL, "environment")
            collector.notes.append(
                _(
                    "The address of the environment {name} is not known here: enter the base URL, or give it with "
                    "--base-url. The secret goes to Adobe's production identity service."
                ).format(name=name)
            )
    if SettingName.SANDBOX_NAME not in collector.values:
        collector.notes.append(_("The file names no sandbox; aepp would take prod, this program asks."))
    return collector.finished(CredentialFileKind.AEPP)


def _object(parent: Mapping[str, Any], key: str, path: str, collector: Collector) -> Mapping[str, Any]:
    value = parent.get(key)
    if not isinstance(value, dict):
        raise SettingsProblem(
            _("A credential file cannot be used"),
            _("{key} is missing in {file}.").format(key=path, file=collector.file_name),
            _("Download the JSON again in Developer Console."),
        )
    return value
