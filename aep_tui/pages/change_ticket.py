"""One page that says what was done to a connection, for the ticket; no secret stands on it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aep_tui.domain.connection import DELETED
from aep_tui.domain.translation import _, plural
from aep_tui.pages.change_pages import Sheet
from aep_tui.pages.dataflow_words import NONE_BEFORE_A_DELETE, dataflow_words, instant_words, used_by_words
from aep_tui.pages.problem_text import problem_text

if TYPE_CHECKING:
    from datetime import datetime

    from aep_tui.domain.connection import ConnectionStatus
    from aep_tui.domain.target import Target
    from aep_tui.pages.status_view import Seen
    from aep_tui.session.connection_details import UsedBy

_HELP = _(
    "What was done, to be copied into a ticket: F5 sends it to your terminal's clipboard, F6 shows it as plain text to "
    "select by hand. No secret stands here.\n\nWhen you quit, the result is printed as JSON on standard output as well."
)


@dataclass(frozen=True, slots=True)
class DoneChange:
    """A change or a delete that was carried out.

    Attributes:
        before: the connection as it was.
        target: where it is.
        done_at: when.
        used: what rides on it.
        seen: what was seen of it afterwards.
        rows: label and words of each field that is another one now; () for a delete.
        found_words: how it was found out, "" when the answer itself said so.
    """

    before: ConnectionStatus
    target: Target
    done_at: datetime
    used: UsedBy
    seen: Seen
    rows: tuple[tuple[str, str], ...] = ()
    found_words: str = ""

    @property
    def is_delete(self) -> bool:
        """Whether the connection is gone."""
        return self.seen.status is not None and self.seen.status.state == DELETED


def ticket(done: DoneChange) -> Sheet:
    """Return the page."""
    return Sheet(
        tuple(_statements(done)),
        tuple(_rows(done)),
        tuple(_remarks(done)),
        yes=_("Done"),
        help_text=_HELP,
        title=_("Done"),
    )


def _statements(done: DoneChange) -> Iterator[str]:
    status = done.seen.status
    if done.is_delete:
        yield _("OK: the connection was deleted, and the platform does not find it any more.")
        return
    if status is None:
        yield _("Warning: the connection was changed; its state was not seen afterwards.")
    elif not status.is_enabled:
        yield _("Warning: the connection was changed; its last state was: {state}").format(
            state=status.state or _("not known")
        )
    elif done.seen.test_passed is False:
        yield _("Warning: the connection was changed and is enabled, but the platform's test of it failed.")
    elif done.seen.test_passed is None:
        yield _("Warning: the connection was changed and is enabled; the platform's test gave no answer.")
    else:
        yield _("OK: the connection was changed, is enabled, and the platform's test of it passed.")


def _rows(done: DoneChange) -> Iterator[tuple[str, str]]:
    before, target = done.before, done.target
    yield _("connection"), before.name or before.connection_id
    yield _("id"), before.connection_id
    yield _("sandbox"), target.sandbox_name
    yield _("organization"), target.organization_id
    yield _("platform"), target.mode_and_host
    yield _("done"), instant_words(done.done_at)
    yield _("signed in with"), _("API key {key}").format(key=target.api_key)
    yield from done.rows
    if not done.is_delete and done.seen.created.etag:
        yield _("etag before"), before.etag
        yield _("etag now"), done.seen.created.etag
    if done.found_words:
        yield _("found out"), done.found_words


def _remarks(done: DoneChange) -> Iterator[str]:
    if done.is_delete:
        return
    yield used_by_words(done.used) if not done.used.dataflows else _uses_words(done.used)
    for flow in done.used.dataflows:
        yield f"- {dataflow_words(flow)}"


def _uses_words(used: UsedBy) -> str:
    count = len(used.dataflows)
    return plural("{count} dataflow uses it:", "{count} dataflows use it:", count).format(count=count)


_BEFORE_A_DELETE = _(
    "What depends on a connection comes first. The platform refuses to delete one that a dataflow uses, also one "
    "that you may not see.\n\nDelete asks you to type the name; it is sent once, in the version that you see. The "
    "program then looks until the platform does not find the connection any more."
)


def delete_sheet(seen: ConnectionStatus, target: Target, used: UsedBy, reason: str, problem: Exception | None) -> Sheet:
    """Return the page before a delete: what depends on the connection, and whether a delete is offered.

    Args:
        seen: the connection as the person saw it.
        target: where it is.
        used: what rides on it.
        reason: why it is not deleted, "" when the platform may be asked to.
        problem: why it was not deleted the last time, None when it was not tried.
    """
    statements = [problem_text(problem)] if problem is not None else []
    if reason:
        statements.append(_("Warning: {reason}").format(reason=reason))
        if used.problem is not None:
            statements.append(problem_text(used.problem))
    else:
        statements.append(NONE_BEFORE_A_DELETE)
    rows = (
        (_("connection"), seen.name or seen.connection_id),
        (_("id"), seen.connection_id),
        (_("sandbox"), target.sandbox_name),
        (_("state"), seen.state),
    )
    remarks = [f"- {dataflow_words(flow)}" for flow in used.dataflows]
    if not reason:
        count = len(used.source_connections)
        if count:
            words = plural(
                "{count} source connection reads from it.", "{count} source connections read from it.", count
            )
            remarks.append(words.format(count=count))
        remarks.append(_("What is deleted cannot be brought back."))
    yes = "" if reason else _("Delete")
    title = _("What depends on it")
    return Sheet(tuple(statements), rows, tuple(remarks), yes, is_commit=True, help_text=_BEFORE_A_DELETE, title=title)
