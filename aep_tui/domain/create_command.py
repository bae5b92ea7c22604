"""The command that does without a person what a walk through the wizard does; no secret stands in it."""

from __future__ import annotations

import shlex
from collections.abc import Iterator

from aep_tui.domain.connection_request import variable_name
from aep_tui.domain.draft import Answer, is_empty
from aep_tui.domain.source import Parameter
from aep_tui.domain.target import LIVE_BASE_URL, Mode, Target
from aep_tui.domain.wizard import Wizard


def create_command(wizard: Wizard, target: Target, answers_file: str = "") -> str:
    """Return the command for bash and zsh, one option a line.

    Each secret is named by a file to put it into, for example "client-secret.txt"; what signs in at the platform comes
    from the settings, as always.

    Args:
        wizard: a walk that has come to its review.
        target: where to.
        answers_file: where the answers stand that are no secrets; "" for an option for each of them.
    """
    answers = _from_file(wizard, answers_file) if answers_file else _options(wizard)
    return " \\\n    ".join(("aep-tui create", *_about_target(target), *answers, "--wait"))


def secret_file_name(api_name: str) -> str:
    """Return the name of the file that the command takes a secret from: "clientSecret" gives "client-secret.txt"."""
    return variable_name(api_name).lower().replace("_", "-") + ".txt"


def _from_file(wizard: Wizard, answers_file: str) -> Iterator[str]:
    yield _option("--answers", answers_file)
    for parameter in wizard.parameters:
        answer = wizard.draft.answers.get(parameter.api_name)
        if parameter.is_secret and not is_empty(answer):
            yield _about_parameter(parameter, answer)


def _options(wizard: Wizard) -> Iterator[str]:
    draft = wizard.draft
    yield _option("--source", draft.source_id)
    yield _option("--auth-method", draft.auth_method_id)
    if draft.cloud is not None:
        yield _option("--cloud", draft.cloud.value)
    yield from (_option("--acknowledge", notice.id) for notice in wizard.notices)
    for parameter in wizard.parameters:
        answer = draft.answers.get(parameter.api_name)
        if not is_empty(answer):
            yield _about_parameter(parameter, answer)
    yield _option("--name", draft.name)
    if draft.description:
        yield _option("--description", draft.description)


def _about_target(target: Target) -> Iterator[str]:
    if target.mode is Mode.PRACTICE:
        yield "--practice"
        yield _option("--sandbox-name", target.sandbox_name)
        return
    yield "--live"
    yield _option("--org-id", target.organization_id)
    yield _option("--sandbox-name", target.sandbox_name)
    yield _option("--api-key", target.api_key)
    if target.base_url != LIVE_BASE_URL:
        yield _option("--base-url", target.base_url)
    yield _option("--confirm-sandbox", target.sandbox_name)


def _about_parameter(parameter: Parameter, answer: Answer | None) -> str:
    if parameter.is_secret:
        return _option("--secret-file", f"{parameter.api_name}={secret_file_name(parameter.api_name)}")
    value = str(answer).lower() if isinstance(answer, bool) else str(answer)
    return _option("--set", f"{parameter.api_name}={value}")


def _option(name: str, value: str) -> str:
    # A value that begins with a hyphen would be read as an option of its own.
    return shlex.quote(f"{name}={value}") if value.startswith("-") else f"{name} {shlex.quote(value)}"
