"""The settings that the program knows, each declared once."""

from __future__ import annotations

from enum import StrEnum

from aep_tui.domain.light_dataclass import dataclass
from aep_tui.domain.target import DOCUMENTED_SCOPES, IDENTITY_SERVICE_URL, LIVE_BASE_URL


class SettingName(StrEnum):
    """Everything that can be set from outside; the value is the key in a profile."""

    BASE_URL = "base_url"
    ORGANIZATION_ID = "organization_id"
    SANDBOX_NAME = "sandbox_name"
    API_KEY = "api_key"
    SCOPES = "scopes"
    IMS_HOST = "ims_host"
    READ_ONLY = "read_only"
    ACCESS_TOKEN = "access_token"  # noqa: S105 - the name of a setting
    CLIENT_SECRET = "client_secret"  # noqa: S105 - the name of a setting


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting.

    Attributes:
        name: its identity.
        variables: the variables that set it, the preferred one first; two that differ in one place are an error.
        default: what holds when nothing sets it, "" for nothing.
        is_secret: it has no flag, stands in no profile and is shown as "set".
    """

    name: SettingName
    variables: tuple[str, ...]
    default: str = ""
    is_secret: bool = False

    @property
    def variable(self) -> str:
        """The variable that people should use, for example "AEP_ORG_ID"."""
        return self.variables[0]

    @property
    def flag(self) -> str:
        """The option of the command line, for example "--org-id"; "" for a secret, which never has one."""
        return "" if self.is_secret else "--" + self.variable.removeprefix("AEP_").lower().replace("_", "-")


SETTINGS: tuple[Setting, ...] = (
    Setting(SettingName.BASE_URL, ("AEP_BASE_URL",), LIVE_BASE_URL),
    Setting(SettingName.ORGANIZATION_ID, ("AEP_ORG_ID",)),
    Setting(SettingName.SANDBOX_NAME, ("AEP_SANDBOX_NAME",)),
    # Adobe calls the same value API key and client id.
    Setting(SettingName.API_KEY, ("AEP_API_KEY", "AEP_CLIENT_ID")),
    Setting(SettingName.ACCESS_TOKEN, ("AEP_ACCESS_TOKEN",), is_secret=True),
    Setting(SettingName.CLIENT_SECRET, ("AEP_CLIENT_SECRET",), is_secret=True),
    Setting(SettingName.SCOPES, ("AEP_SCOPES",), DOCUMENTED_SCOPES),
    Setting(SettingName.IMS_HOST, ("AEP_IMS_HOST",), IDENTITY_SERVICE_URL),
    Setting(SettingName.READ_ONLY, ("AEP_READ_ONLY",)),
)
"""All settings in the order in which they are listed."""

SECRET_NAMES = frozenset(setting.name for setting in SETTINGS if setting.is_secret)
"""The settings whose value is never shown."""

PLAIN_NAMES = tuple(setting.name for setting in SETTINGS if not setting.is_secret)
"""The settings that a flag may carry and a profile may keep."""


def setting_named(name: SettingName) -> Setting:
    """Return the declaration of `name`."""
    return next(setting for setting in SETTINGS if setting.name is name)
