"""The names under which Adobe's tools write the same values."""

from __future__ import annotations

import re
from collections.abc import Mapping

from aep_tui.domain.translation import _
from aep_tui.settings.credential_files.credential_file import Collector
from aep_tui.settings.setting import SETTINGS, SettingName

ADOBE_NAMES: Mapping[str, SettingName] = {
    # Adobe's Postman environment template and the placeholders of the tutorials.
    "access_token": SettingName.ACCESS_TOKEN,
    "api_key": SettingName.API_KEY,
    "client_id": SettingName.API_KEY,
    "client_secret": SettingName.CLIENT_SECRET,
    "ims_org": SettingName.ORGANIZATION_ID,
    "org_id": SettingName.ORGANIZATION_ID,
    "sandbox_name": SettingName.SANDBOX_NAME,
    "scopes": SettingName.SCOPES,
    "ims": SettingName.IMS_HOST,
    # Developer Console download, aio-lib-ims and aepp.
    "client_secrets": SettingName.CLIENT_SECRET,
    "secret": SettingName.CLIENT_SECRET,
    "ims_org_id": SettingName.ORGANIZATION_ID,
}
"""Names in lower case with "_" for "-"."""

VARIABLE_NAMES: Mapping[str, SettingName] = {name: setting for name, setting in ADOBE_NAMES.items() if name != "secret"}
"""The names that count in a `.env` and in Postman, where a bare SECRET may be anybody's."""

OUR_NAMES: Mapping[str, SettingName] = {
    variable.lower(): setting.name for setting in SETTINGS for variable in setting.variables
}

_APP_BUILDER = "ims_oauth_s2s_"
APP_BUILDER_NAMES: Mapping[str, SettingName] = {
    f"{_APP_BUILDER}client_id": SettingName.API_KEY,
    f"{_APP_BUILDER}client_secret": SettingName.CLIENT_SECRET,
    f"{_APP_BUILDER}org_id": SettingName.ORGANIZATION_ID,
    f"{_APP_BUILDER}scopes": SettingName.SCOPES,
}

OLDER_APP_BUILDER = re.compile(r"AIO_ims_contexts_(?P<context>.+?)_(?P<name>[a-z]+(?:__[a-z]+)*)", re.IGNORECASE)
"""A name as `aio app use` wrote it until 2026; in it a "__" stands for a "_" of the name."""
OLDER_APP_BUILDER_NAMES: Mapping[str, SettingName] = {
    "client_id": SettingName.API_KEY,
    "client_secrets": SettingName.CLIENT_SECRET,
    "client_secret": SettingName.CLIENT_SECRET,
    "ims_org_id": SettingName.ORGANIZATION_ID,
    "scopes": SettingName.SCOPES,
}

_RETIRED = frozenset({"jwt_token", "private_key", "meta_scope"})
"""Names of Adobe's Service Account (JWT) credential, whose life ended on 2025-06-30."""


def normalised(key: str) -> str:
    """Return a key in the form of the tables: lower case, "_" for "-"."""
    return key.strip().lower().replace("-", "_")


def take_known(collector: Collector, pairs: Mapping[str, object], names: Mapping[str, SettingName]) -> None:
    """Take every pair whose name is in the table; the technical account and retired names are noticed as well.

    Raises:
        SettingsProblem: a value cannot be used.
    """
    for key, value in pairs.items():
        known = normalised(key)
        if known in names:
            collector.take(names[known], key.strip(), value)
        elif known in {"technical_account_id", f"{_APP_BUILDER}technical_account_id"} and isinstance(value, str):
            collector.technical_account_id = value.strip() if value.isascii() and value.isprintable() else ""
        elif known == "secret" and value:
            collector.notes.append(
                _("{key} was passed over: it does not say whose secret it is. Call it CLIENT_SECRET.").format(
                    key=key.strip()
                )
            )
        elif known in _RETIRED and value:
            collector.notes.append(
                _("{key} was passed over: Adobe's Service Account (JWT) credential no longer works.").format(
                    key=key.strip()
                )
            )
