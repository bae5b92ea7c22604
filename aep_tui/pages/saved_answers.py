"""The answers of a walk as a file for `aep-tui create`, and the command that can name it; neither holds a secret."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

from aep_tui.domain.create_command import create_command, secret_file_name
from aep_tui.domain.draft import is_empty
from aep_tui.domain.target import Target
from aep_tui.domain.translation import _
from aep_tui.domain.wizard import Wizard
from aep_tui.pages.field_words import FieldWords
from aep_tui.settings.answers_file import AnswersFile, write_answers_file
from aep_tui.state.text_file import shown_path, typed_path

SAVING_TITLE: Final = _("Save the answers")
SAVING_WORDS: Final = _(
    "The file is for aep-tui create --answers FILE. It holds no secret, and a file that is there already stays as it "
    "is."
)
FILE_WORDS: Final = FieldWords(_("File"), _("a new one, in this folder or with its path"), "answers.toml")
NOT_WALKED: Final = _("This connection was not made on these pages, so that its answers are not known.")


@dataclass(frozen=True, slots=True)
class SavedAnswers:
    """A file that was written.

    Attributes:
        path: as it was typed.
        answers: what stands in it.
    """

    path: Path
    answers: AnswersFile

    @property
    def words(self) -> str:
        """Where they are, and what knows that."""
        return _("Saved in {path}, without secrets. The command that creates without a question names it now.").format(
            path=shown_path(self.path)
        )


def answers_of(wizard: Wizard) -> AnswersFile:
    """Return the answers of a walk that are no secrets, and the notices that it has shown as read."""
    draft = wizard.draft
    values: dict[str, str | bool] = {}
    for parameter in wizard.parameters:
        answer = draft.answers.get(parameter.api_name)
        if not parameter.is_secret and not is_empty(answer):
            values[parameter.api_name] = answer if isinstance(answer, bool) else str(answer)
    return AnswersFile(
        cloud=draft.cloud.value if draft.cloud is not None else "",
        source=draft.source_id,
        auth_method=draft.auth_method_id,
        name=draft.name,
        description=draft.description,
        acknowledge=tuple(notice.id for notice in wizard.notices),
        parameters=MappingProxyType(values),
    )


def save_answers(wizard: Wizard, file_name: str) -> SavedAnswers:
    """Write the answers of a walk into a new file.

    Raises:
        SettingsProblem: there is such a file, or it cannot be written.
    """
    saved = SavedAnswers(typed_path(file_name), answers_of(wizard))
    write_answers_file(saved.path, saved.answers)
    return saved


def command_words(wizard: Wizard, target: Target, saved: SavedAnswers | None) -> str:
    """Return the command that does the same, and what it needs; a saved file is named while it holds these answers.

    Args:
        wizard: the answers.
        target: where the connection is to be.
        saved: the file that was saved last, None for none.
    """
    is_current = saved is not None and saved.answers == answers_of(wizard)
    command = create_command(wizard, target, str(saved.path) if saved is not None and is_current else "")
    names = ", ".join(secret_file_name(name) for name in wizard.request().secret_names)
    words = _("Secrets are read from files that you make: {names}. What signs in comes from your settings.")
    return f"{command}\n\n{words.format(names=names)}"
