"""What opens over a step, each loaded when it is first opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aep_tui.domain.door import door

if TYPE_CHECKING:
    from aep_tui.tui.dialogs.asking import ChoiceModal as ChoiceModal
    from aep_tui.tui.dialogs.asking import TypedConfirmationModal as TypedConfirmationModal
    from aep_tui.tui.dialogs.checklist import ChecklistPage as ChecklistPage
    from aep_tui.tui.dialogs.commands import commands_of as commands_of
    from aep_tui.tui.dialogs.fill_form import FillFormPage as FillFormPage
    from aep_tui.tui.dialogs.load_credential_file import CredentialFileModal as CredentialFileModal
    from aep_tui.tui.dialogs.load_credential_file import facts_of as facts_of
    from aep_tui.tui.dialogs.load_secret import LoadSecretPage as LoadSecretPage
    from aep_tui.tui.dialogs.make_key_pair import KeyPairPage as KeyPairPage
    from aep_tui.tui.dialogs.mint_token import MintTokenPage as MintTokenPage
    from aep_tui.tui.dialogs.modals import QuestionModal as QuestionModal
    from aep_tui.tui.dialogs.modals import TextModal as TextModal
    from aep_tui.tui.dialogs.new_token import NewTokenModal as NewTokenModal
    from aep_tui.tui.dialogs.precheck import PrecheckPage as PrecheckPage
    from aep_tui.tui.dialogs.save_answers import SaveAnswersModal as SaveAnswersModal
    from aep_tui.tui.dialogs.save_target import SaveTargetModal as SaveTargetModal
    from aep_tui.tui.dialogs.save_target import values_to_keep as values_to_keep
    from aep_tui.tui.dialogs.settings_page import note_count_text as note_count_text
    from aep_tui.tui.dialogs.settings_page import settings_modal as settings_modal
    from aep_tui.tui.dialogs.source_list import SourceListPage as SourceListPage

__getattr__ = door(
    __name__,
    {
        "ChoiceModal": "asking",
        "TypedConfirmationModal": "asking",
        "TextModal": "modals",
        "QuestionModal": "modals",
        "commands_of": "commands",
        "PrecheckPage": "precheck",
        "MintTokenPage": "mint_token",
        "KeyPairPage": "make_key_pair",
        "ChecklistPage": "checklist",
        "FillFormPage": "fill_form",
        "LoadSecretPage": "load_secret",
        "CredentialFileModal": "load_credential_file",
        "facts_of": "load_credential_file",
        "SaveAnswersModal": "save_answers",
        "SaveTargetModal": "save_target",
        "values_to_keep": "save_target",
        "NewTokenModal": "new_token",
        "SourceListPage": "source_list",
        "settings_modal": "settings_page",
        "note_count_text": "settings_page",
    },
)
