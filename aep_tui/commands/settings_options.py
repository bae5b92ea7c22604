"""The settings of live mode, as the options and every other place say them."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from aep_tui import settings
from aep_tui.domain.clock import Clock
from aep_tui.domain.secrets import Secrets

if TYPE_CHECKING:
    from aep_tui.settings.resolved import ResolvedSettings


def settings_from(
    options: argparse.Namespace, clock: Clock, secrets: Secrets, asks_for_hosts: bool = False
) -> ResolvedSettings:
    """Return the settings in their order of precedence, and where each came from.

    Args:
        options: the arguments.
        clock: limits how long a secret command may take.
        secrets: of this run.
        asks_for_hosts: as for `launch_from`.

    Raises:
        SettingsProblem: a value cannot be used, or two places contradict each other.
    """
    flags = {
        settings.SettingName.ORGANIZATION_ID: options.org_id,
        settings.SettingName.SANDBOX_NAME: options.sandbox_name,
        settings.SettingName.API_KEY: options.api_key,
        settings.SettingName.BASE_URL: options.base_url,
        settings.SettingName.SCOPES: options.scopes,
        settings.SettingName.IMS_HOST: options.ims_host,
        settings.SettingName.READ_ONLY: "true" if options.read_only else "",
    }
    return settings.resolve(
        clock=clock,
        secrets=secrets,
        flags=flags,
        env_files=options.env_file,
        credentials_file=options.credentials,
        profile_name=options.profile,
        confirmed_hosts=options.confirm_host,
        asks_for_hosts=asks_for_hosts,
    )
