"""Lifecycle notices: what Adobe has deprecated, retired or limited, and what a person reads about it on a given day."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from aep_tui.domain.light_dataclass import dataclass
from aep_tui.domain.source import Cloud
from aep_tui.domain.translation import plural

NEAR = timedelta(days=90)


class NoticeKind(StrEnum):
    """What has happened, or will happen, to the subject."""

    DEPRECATED = "deprecated"
    RETIRED = "retired"
    LIMITED = "limited"


class NoticePhase(StrEnum):
    """Where a day stands with respect to the notice's date."""

    BEFORE = "before"
    NEAR = "near"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class LifecycleNotice:
    """One statement about a cloud, a source or an auth method.

    Attributes:
        id: the notice's name, stable, used for acknowledgements.
        kind: deprecated, retired or limited.
        title: a few words.
        badge_before, badge_after: one or two words for a list, before the date and from it on.
        effective_on: the first day on which the "after" wording holds; None for a notice without a date.
        before, near, after: the wording by phase ("near" is the 90 days before the date).
        risk: what may come of it from the date on, until the platform has answered; "" for nothing.
        way_out: what a person can do instead.
        switch_to_auth_method_id: the auth method that the way out leads to, or "".
        needs_acknowledgement: a person has to tick it before going on.
        cloud, source_id, auth_method_id: the subject; an empty field matches everything.
        address: a page that explains more, or "".
        statement_source: the document that says so.
    """

    id: str
    kind: NoticeKind
    title: str
    badge_before: str
    badge_after: str
    effective_on: date | None
    before: str
    near: str
    after: str
    way_out: str
    statement_source: str
    risk: str = ""
    needs_acknowledgement: bool = True
    switch_to_auth_method_id: str = ""
    cloud: Cloud | None = None
    source_id: str = ""
    auth_method_id: str = ""
    address: str = ""

    def phase(self, today: date) -> NoticePhase:
        """Return where `today` stands; a notice without a date always counts as in force."""
        if self.effective_on is None or today >= self.effective_on:
            return NoticePhase.AFTER
        return NoticePhase.NEAR if self.effective_on - today <= NEAR else NoticePhase.BEFORE

    def wording(self, today: date) -> str:
        """Return what is true on `today`, and what may come of it."""
        is_in_force = self.phase(today) is NoticePhase.AFTER
        return f"{self.statement(today)} {self.risk}" if self.risk and is_in_force else self.statement(today)

    def statement(self, today: date) -> str:
        """Return the sentence that is true on `today`, also after the platform has taken the connection."""
        days = self.days_left(today)
        return {
            NoticePhase.BEFORE: self.before,
            NoticePhase.NEAR: self.near.replace(
                "{days}", plural("{count} day", "{count} days", days).format(count=days)
            ),
            NoticePhase.AFTER: self.after,
        }[self.phase(today)]

    def badge(self, today: date) -> str:
        """Return the one or two words that stand beside the subject in a list on `today`."""
        return self.badge_after if self.phase(today) is NoticePhase.AFTER else self.badge_before

    def days_left(self, today: date) -> int:
        """Return the days until the date, 0 from the date on."""
        return max(0, (self.effective_on - today).days) if self.effective_on else 0

    def concerns(self, cloud: Cloud | None, source_id: str, auth_method_id: str) -> bool:
        """Return whether the notice speaks of this choice; what is not chosen yet matches nothing that is named."""
        return (
            (self.cloud is None or self.cloud is cloud)
            and (not self.source_id or self.source_id == source_id)
            and (not self.auth_method_id or self.auth_method_id == auth_method_id)
        )
