"""Where the values of live mode come from: flag > named profile > environment > `.env` > default profile > default."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from aep_tui.domain.clock import Clock
from aep_tui.domain.problem import SettingsProblem
from aep_tui.domain.secrets import Secrets
from aep_tui.domain.translation import _
from aep_tui.settings import credential_files
from aep_tui.settings.env_file import read_env_layer
from aep_tui.settings.foreign_host import refuse_foreign_hosts, with_confirmed_hosts
from aep_tui.settings.layer import FoundValue, Layer, found, stand_in_notes, values_of_variables
from aep_tui.settings.profiles import profile_layers
from aep_tui.settings.resolved import IgnoredValue, ResolvedSettings
from aep_tui.settings.setting import SECRET_NAMES, SETTINGS, SettingName, setting_named
from aep_tui.state.early_settings import ENV_FILE
from aep_tui.state.text_file import shown_path

_NO_FLAGS: Mapping[SettingName, str | None] = MappingProxyType({})


def resolve(
    *,
    clock: Clock,
    secrets: Secrets,
    flags: Mapping[SettingName, str | None] = _NO_FLAGS,
    credentials_file: Path | None = None,
    profile_name: str = "",
    env_files: Sequence[Path] = (),
    environment: Mapping[str, str] | None = None,
    confirmed_hosts: Collection[str] = (),
    asks_for_hosts: bool = False,
) -> ResolvedSettings:
    """Return every setting with its origin, and what was ignored and why.

    Nothing that is read is exported to the environment. Programs and keyrings that hold a secret are asked when the
    secret is needed, not here.

    Args:
        clock: limits how long the secret command of a profile may take.
        secrets: of this run; they hold every secret that is found, also one that does not count.
        flags: what stood on the command line; None and "" count as not given. Secrets have no flag.
        credentials_file: a file of one of Adobe's tools (`--credentials`); comes right after the flags.
        profile_name: the profile of `--profile`, "" for none.
        env_files: the files of `--env-file`, which take the place of `.env` in the working directory; where two set
            the same, the later one counts.
        environment: the environment of the process; `os.environ` when left out.
        confirmed_hosts: hosts of `.env` in the working directory that a person has named as well (`--confirm-host`).
        asks_for_hosts: a person is asked before a secret goes to such a host, so that nothing is refused yet.

    Raises:
        SettingsProblem: a value cannot be used, a named file or profile cannot be read, a flag or the credential file
            contradicts the named profile.
        HostUnconfirmed: `.env` in the working directory would send a secret of another place to a host that is not
            Adobe's.
    """
    explicit = [_flag_layer(flags, secrets)]
    if credentials_file is not None:
        explicit.append(credential_files.read_credential_file(credentials_file, secrets).layer())
    named, default = profile_layers(profile_name, clock, secrets)
    _refuse_contradictions(explicit, named)
    layers = [
        *explicit,
        *named,
        _environment_layer(os.environ if environment is None else environment, secrets),
        *_env_file_layers(env_files, secrets),
        *default,
    ]
    settings = with_confirmed_hosts(_merged(layers), confirmed_hosts)
    if not asks_for_hosts:
        refuse_foreign_hosts(settings)
    return settings


def _flag_layer(flags: Mapping[SettingName, str | None], secrets: Secrets) -> Layer:
    values = {}
    for name, text in flags.items():
        setting = setting_named(name)
        if setting.is_secret:
            raise ValueError(f"No flag takes a secret's value: {name}")
        if value := found(name, text or "", _("flag {flag}").format(flag=setting.flag), secrets):
            values[name] = value
    return Layer(_("command line"), values)


def _environment_layer(environment: Mapping[str, str], secrets: Secrets) -> Layer:
    values = values_of_variables(environment, _("environment variable {variable}"), secrets)
    return Layer(_("environment"), values, stand_in_notes(environment))


def _env_file_layers(env_files: Sequence[Path], secrets: Secrets) -> list[Layer]:
    if len(env_files) == 1:
        return [read_env_layer(env_files[0], _("the file of --env-file"), secrets, may_be_pipe=True)]
    if env_files:
        title = _("the file {path} of --env-file")
        return [
            read_env_layer(path, title.format(path=shown_path(path)), secrets, may_be_pipe=True)
            for path in reversed(env_files)
        ]
    path = Path(ENV_FILE)
    title = _(".env in the working directory")
    # A virtual environment may be called .env as well; whoever means a file that is not there uses --env-file.
    if not path.is_file():
        return []
    layer = read_env_layer(path, title, secrets)
    return [replace(layer, values={name: replace(found, is_unasked=True) for name, found in layer.values.items()})]


def _refuse_contradictions(chosen: Iterable[Layer], named: Iterable[Layer]) -> None:
    for profile in named:
        for layer in chosen:
            for name in layer.values.keys() & profile.values.keys() - SECRET_NAMES:
                first, second = layer.values[name], profile.values[name]
                if first.value not in {"", second.value}:
                    raise SettingsProblem(
                        _("Two sources contradict each other"),
                        _("{name} is set by both {first} and {second}, and they differ.").format(
                            name=name, first=first.origin, second=second.origin
                        ),
                        _("Leave one of them out."),
                    )


def _merged(layers: list[Layer]) -> ResolvedSettings:
    values: dict[SettingName, FoundValue] = {}
    ignored: list[IgnoredValue] = []
    refusal = ""
    for layer in layers:
        for name, value in layer.values.items():
            if name in SECRET_NAMES and refusal:
                ignored.append(IgnoredValue(name, value.origin, refusal))
            elif name not in values or values[name].value == "":
                values[name] = value  # the first place, or the first that says what a place before it leaves open
            elif value.value != "":
                reason = _("{origin} comes first.").format(origin=values[name].origin)
                ignored.append(IgnoredValue(name, value.origin, reason))
        # Token and client secret go together: the place that gives one of them is the place that gives both, so that
        # a token left over from elsewhere never takes the place of the credential that the person chose.
        secret = next((layer.values[name] for name in sorted(SECRET_NAMES & layer.values.keys())), None)
        refusal = refusal or layer.refuses_lower_secrets
        if secret and not refusal:
            refusal = _("{origin} decides how to sign in.").format(origin=secret.origin)
    for setting in SETTINGS:
        if setting.default:
            values.setdefault(setting.name, FoundValue(setting.default, _("default")))
    return ResolvedSettings(
        values=MappingProxyType(values),
        ignored=tuple(ignored),
        notes=tuple(f"{layer.title}: {note}" for layer in layers for note in layer.notes),
        warnings=tuple(warning for layer in layers for warning in layer.warnings),
        profile_name=next((layer.profile_name for layer in layers if layer.profile_name), ""),
    )
