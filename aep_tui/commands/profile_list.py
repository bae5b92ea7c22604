"""`aep-tui profile list`: the named targets; it loads nothing of what changes one."""

from __future__ import annotations

import argparse

from aep_tui.commands.exit_codes import ExitCode
from aep_tui.commands.output import write_standard_output
from aep_tui.commands.terminal import say
from aep_tui.domain.safe_text import without_control_characters
from aep_tui.domain.translation import _
from aep_tui.settings.profile import Profile, SecretPlace
from aep_tui.settings.profiles import load_profiles
from aep_tui.settings.setting import SettingName


def run(_options: argparse.Namespace) -> int:
    """Print the profiles on standard output, where a secret comes from and never itself, and return the exit code.

    Raises:
        SettingsProblem: the file cannot be read.
    """
    profiles, lines = load_profiles(), []
    if not profiles.profiles:
        say(_("There is no profile. Make one with: aep-tui profile add NAME"))
    for profile in profiles.profiles.values():
        default = _(" (default)") if profile.name == profiles.default_name else ""
        lines.append(f"{profile.name}{default}")
        for name in SettingName:
            if text := profile.values.get(name):
                lines.append(f"  {name.value:<16} {without_control_characters(text)}")
        secret = _("secret")
        lines.append(f"  {secret:<16} {without_control_characters(place_words(profile))}")
    write_standard_output("".join(f"{line}\n" for line in lines))
    return ExitCode.DONE


def place_words(profile: Profile) -> str:
    """Return in words where the secret of a profile comes from."""
    source = profile.secret_source
    secret = source.secret.replace("_", " ")
    match source.place:
        case SecretPlace.ASK:
            return _("asked for in the wizard")
        case SecretPlace.ENVIRONMENT:
            return _("AEP_CLIENT_SECRET or AEP_ACCESS_TOKEN in the environment")
        case SecretPlace.FILE:
            return _("{secret} in the file {file}").format(secret=secret, file=source.file)
        case SecretPlace.COMMAND:
            return _("{secret} printed by the program {program}").format(secret=secret, program=source.command[0])
        case SecretPlace.KEYRING:
            return _("{secret} in the keyring").format(secret=secret)
