"""What a page asks and says and what comes next, without a face."""

from __future__ import annotations

from aep_tui.domain.door import door

TYPE_CHECKING = False  # from `typing` it would cost as much as all else up to the first paint
if TYPE_CHECKING:
    from aep_tui.pages.change_flow import ChangeFlow as ChangeFlow
    from aep_tui.pages.change_pages import WorkEnd as WorkEnd
    from aep_tui.pages.flows import Flows as Flows
    from aep_tui.pages.migration_flow import MigrationFlow as MigrationFlow
    from aep_tui.pages.profile_question import profiles_question as profiles_question
    from aep_tui.pages.sandboxes import read_sandboxes as read_sandboxes
    from aep_tui.pages.sandboxes import sandboxes_question as sandboxes_question
    from aep_tui.pages.saved_answers import NOT_WALKED as NOT_WALKED
    from aep_tui.pages.saved_answers import command_words as command_words
    from aep_tui.pages.status_view import Seen as Seen
    from aep_tui.pages.token_form import TokenForm as TokenForm
    from aep_tui.pages.token_form import key_words as key_words
    from aep_tui.pages.token_form import token_words as token_words

__getattr__ = door(
    __name__,
    {
        "Flows": "flows",
        "ChangeFlow": "change_flow",
        "MigrationFlow": "migration_flow",
        "WorkEnd": "change_pages",
        "Seen": "status_view",
        "read_sandboxes": "sandboxes",
        "sandboxes_question": "sandboxes",
        "NOT_WALKED": "saved_answers",
        "command_words": "saved_answers",
        "profiles_question": "profile_question",
        "TokenForm": "token_form",
        "key_words": "token_form",
        "token_words": "token_form",
    },
)
