"""`aep-tui profile add|use|remove`: changes named targets; no secret ever stands in the arguments."""

from __future__ import annotations

import argparse
import getpass
import shlex
import warnings
from pathlib import Path

from aep_tui.commands.exit_codes import ExitCode
from aep_tui.commands.profile_list import place_words
from aep_tui.commands.terminal import say
from aep_tui.commands.wrong_argument import WrongArgument
from aep_tui.domain.problem import SettingsProblem
from aep_tui.domain.translation import _
from aep_tui.domain.validation import findings_for_organization_id, findings_for_sandbox_name
from aep_tui.settings.checked_values import checked
from aep_tui.settings.keyring_access import remove_from_keyring, store_in_keyring
from aep_tui.settings.profile import Profile, SecretPlace, SecretSource, checked_profile
from aep_tui.settings.profiles import (
    add_profile,
    load_profiles,
    refuse_taken_name,
    remove_profile,
    shown_profiles_path,
    use_profile,
)
from aep_tui.settings.setting import SettingName


def run(options: argparse.Namespace) -> int:
    """Do what the command says and return the exit code; words go to stderr.

    Raises:
        SettingsProblem: a value cannot be stored, there is no such profile, or the keyring does not help.
    """
    actions = {"profile add": _add, "profile use": _use, "profile remove": _remove}
    actions[options.command.name](options)
    return ExitCode.DONE


def _add(options: argparse.Namespace) -> None:
    values = {
        SettingName.ORGANIZATION_ID: options.org_id,
        SettingName.SANDBOX_NAME: options.sandbox_name,
        SettingName.API_KEY: options.api_key,
        SettingName.BASE_URL: options.base_url,
        SettingName.SCOPES: options.scopes,
        SettingName.IMS_HOST: options.ims_host,
        SettingName.READ_ONLY: "true" if options.read_only else "",
    }
    source = _secret_source(options)
    profile = checked_profile(Profile(options.name, values, source))
    before = load_profiles()
    refuse_taken_name(before, profile.name, options.replace)
    if source.place is SecretPlace.ASK and not any(values.values()):
        raise WrongArgument(
            _("The profile would be empty"),
            _("Nothing was given that it could keep, so nothing was stored."),
            _(
                "Give what you do not want to type each time: --org-id, --sandbox-name, --api-key, or where the secret "
                "comes from (--secret-file and the others of --help)."
            ),
        )
    is_in_keyring = profile.secret_source.place is SecretPlace.KEYRING
    if is_in_keyring:
        _ask_and_store(profile)
    try:
        profiles = add_profile(profile, may_replace=options.replace)
    except SettingsProblem:
        if is_in_keyring and profile.name not in before.profiles:
            _forget_secret(profile)
        raise
    old = before.profiles.get(profile.name)
    if old is not None and old.secret_source != profile.secret_source:
        _forget_secret(old)
    say(_("The profile {name} is stored in {path}.").format(name=profile.name, path=shown_profiles_path()))
    for setting, findings in (
        (SettingName.ORGANIZATION_ID, findings_for_organization_id),
        (SettingName.SANDBOX_NAME, findings_for_sandbox_name),
    ):
        if text := profile.values.get(setting):
            for finding in findings(text):
                say(_("Warning: {message}").format(message=finding.message))
    say(_("Its secret: {place}.").format(place=place_words(profile)))
    if profiles.default_name == profile.name:
        say(_("It is the default: it counts when no other place sets a value."))
    else:
        say(_("Use it with: aep-tui --profile {name}").format(name=profile.name))


def _use(options: argparse.Namespace) -> None:
    use_profile(options.name)
    say(_("The profile {name} is the default now.").format(name=options.name))


def _remove(options: argparse.Namespace) -> None:
    remaining = remove_profile(options.name)
    say(_("The profile {name} is gone.").format(name=options.name))
    if remaining.profiles and not remaining.default_name:
        say(_("No profile is the default now. Choose one with: aep-tui profile use NAME"))


def _secret_source(options: argparse.Namespace) -> SecretSource:
    secret = SettingName(options.secret.replace("-", "_"))
    if options.secret_file is not None:
        # "~" stays, so that the file moves with the home directory; a relative path would depend on where one stands.
        path = options.secret_file
        path = path if str(path).startswith("~") else Path(path).absolute()
        return SecretSource(SecretPlace.FILE, secret, file=str(path))
    if options.secret_command:
        try:
            command = tuple(shlex.split(options.secret_command))
        except ValueError:
            raise SettingsProblem(
                _("The secret command cannot be read"),
                _("A quotation mark in --secret-command is not closed."),
                _("Write it as you would write it in a shell."),
            ) from None
        return SecretSource(SecretPlace.COMMAND, secret, command=command)
    if options.secret_from_keyring:
        return SecretSource(SecretPlace.KEYRING, secret)
    if options.secret_from_environment:
        return SecretSource(SecretPlace.ENVIRONMENT, secret)
    return SecretSource(SecretPlace.ASK, secret)


def _ask_and_store(profile: Profile) -> None:
    secret = profile.secret_source.secret
    text = _typed_secret(
        _("{secret} for the profile {name}: ").format(secret=secret.replace("_", " ").capitalize(), name=profile.name)
    )
    text = checked(secret, text, _("what was typed"))
    if not text:
        raise SettingsProblem(
            _("There is no secret"), _("Nothing was typed, so nothing was stored."), _("Start the command once more.")
        )
    store_in_keyring(profile.name, secret, text)


def _typed_secret(question: str) -> str:
    """Return what the person types without echo.

    Raises:
        SettingsProblem: there is no terminal that can be asked without showing what is typed.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", getpass.GetPassWarning)
            return getpass.getpass(question)
    except (getpass.GetPassWarning, EOFError):
        raise SettingsProblem(
            _("The secret cannot be asked for"),
            _("There is no terminal that takes a secret without showing it."),
            _("Start the command in a terminal, or let the profile take its secret from a file or a command."),
        ) from None
    except KeyboardInterrupt:
        raise SettingsProblem(_("Nothing was stored"), _("The question for the secret was left.")) from None


def _forget_secret(profile: Profile) -> None:
    """Remove the secret of a profile from the keyring, if that is where it was; a keyring that refuses is told."""
    if profile.secret_source.place is not SecretPlace.KEYRING:
        return
    try:
        remove_from_keyring(profile.name, profile.secret_source.secret)
    except SettingsProblem as problem:
        say(_("The former secret stays in the keyring. {reason}").format(reason=problem.message))
