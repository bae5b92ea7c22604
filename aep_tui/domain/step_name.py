"""The pages by their names."""

from __future__ import annotations

from enum import StrEnum

from aep_tui.domain.translation import _


class Step(StrEnum):
    """The pages: first those of the walk in their order, then those beside it; the value is the screen's name."""

    WELCOME = "welcome"
    TASK = "task"
    CLOUD = "cloud"
    SOURCE = "source"
    AUTH_METHOD = "auth-method"
    NOTICES = "notices"
    CREDENTIALS = "credentials"
    NAME = "name"
    REVIEW = "review"
    STATUS = "status"
    DONE = "done"
    CONNECTIONS = "connections"
    CONNECTION = "connection"
    MIGRATION = "migration"

    @property
    def label(self) -> str:
        """The step's name on the step line."""
        return {
            Step.WELCOME: _("Welcome"),
            Step.TASK: _("What to do"),
            Step.CLOUD: _("Cloud"),
            Step.SOURCE: _("Source"),
            Step.AUTH_METHOD: _("Auth method"),
            Step.NOTICES: _("Notices"),
            Step.CREDENTIALS: _("Credentials"),
            Step.NAME: _("Name and description"),
            Step.REVIEW: _("Review"),
            Step.STATUS: _("Submit and status"),
            Step.DONE: _("Done"),
            Step.CONNECTIONS: _("Existing connections"),
            Step.CONNECTION: _("Existing connection"),
            Step.MIGRATION: _("Migration"),
        }[self]

    @property
    def is_of_walk(self) -> bool:
        """Whether it is a step on the way to a new connection; the others stand beside that way."""
        return self not in {Step.CONNECTIONS, Step.CONNECTION, Step.MIGRATION}
