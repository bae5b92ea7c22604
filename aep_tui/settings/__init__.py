"""Where a value came from; a rehearsal needs none of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aep_tui.domain.door import door

if TYPE_CHECKING:
    from aep_tui.settings.guard import refuse_leaky_environment as refuse_leaky_environment
    from aep_tui.settings.keyring_access import remove_from_keyring as remove_from_keyring
    from aep_tui.settings.keyring_access import secret_from_keyring as secret_from_keyring
    from aep_tui.settings.profiles import load_profiles as load_profiles
    from aep_tui.settings.resolution import resolve as resolve
    from aep_tui.settings.secret_command import environment_without_secrets as environment_without_secrets
    from aep_tui.settings.secret_command import secret_from_command as secret_from_command
    from aep_tui.settings.setting import SettingName as SettingName
    from aep_tui.settings.setting import setting_named as setting_named

__getattr__ = door(
    __name__,
    {
        "resolve": "resolution",
        "SettingName": "setting",
        "setting_named": "setting",
        "refuse_leaky_environment": "guard",
        "load_profiles": "profiles",
        "environment_without_secrets": "secret_command",
        "remove_from_keyring": "keyring_access",
        "secret_from_command": "secret_command",
        "secret_from_keyring": "keyring_access",
    },
)
