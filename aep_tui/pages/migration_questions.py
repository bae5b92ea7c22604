"""What a migration asks, in words: the road, how to begin, and what to do at a stop."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Final

from aep_tui.domain.migration_plan import MigrationPlan, Road
from aep_tui.domain.migration_record import MigrationRecord, RowRecord, Stage
from aep_tui.domain.translation import _, plural
from aep_tui.flow_service.errors import AuthenticationRequired
from aep_tui.pages.change_pages import Sheet
from aep_tui.pages.field_words import FieldWords
from aep_tui.pages.migration_file import PlanFile
from aep_tui.pages.migration_report import report_lines, report_markdown
from aep_tui.pages.migration_view import MigrationEnd, begin_problem_text, ended_words
from aep_tui.pages.migration_words import (
    CHANGED_BY_HAND,
    IN_PRODUCTION,
    ROAD_DETAILS,
    check_lines,
    check_summary,
    group_words,
    plan_lines,
    road_words,
    so_far_lines,
)
from aep_tui.pages.question import Choice, Question, TypedConfirmation
from aep_tui.session.migration_events import StopReason
from aep_tui.session.migration_login import GroupRefused
from aep_tui.session.migration_road import SAY_WHICH_ROAD
from aep_tui.state.migration_files import record_path
from aep_tui.state.text_file import shown_path

if TYPE_CHECKING:
    from aep_tui.session.migration_checking import CheckedRow

NEW_FILE_TITLE: Final = _("A new plan")
NEW_FILE_WORDS: Final = _(
    "The plan is a text file without secrets. A file that is there already stays as it is. Nothing is changed by it."
)
OPEN_TITLE: Final = _("Open a plan")
OPEN_WORDS: Final = _("A plan that was made here or by somebody else. What its record says is shown with it.")
FILE_WORDS: Final = FieldWords(_("Plan"), _("in this folder or with its path"), "migration.toml")
ID_WORDS: Final = FieldWords(_("Connection id"), _("as the platform's own pages show it"))
PLAN_HELP: Final = _(
    "The plan as it lies on the disk: the connections in the order of work, what is left to be done by hand, and what "
    "cannot be undone. Run asks for the credentials first, and before production for the sandbox's name. Nothing is "
    "sent before that.\n\nF6 shows all of it as plain text."
)
REPORT_HELP: Final = _(
    "What was done, for the ticket, in Markdown. F5 copies it, F6 shows it as plain text. It holds no secret. "
    "aep-tui migrate report makes it anew at any time.\n\n"
    "Check asks the platform how each connection is now: which of the new ones have dataflows, which of the old ones "
    "still run, and which old ones could go. It only asks. aep-tui migrate check tells the same."
)
CHECK_HELP: Final = _(
    "Each connection of the plan as it is now. A dataflow cannot be re-pointed: a person makes it anew on the new "
    "connection and switches the old one off. Once nothing rides on an old connection, and the new one has what the "
    "old one had, it could go. A migration deletes none.\n\nF5 copies it, F6 shows it as plain text."
)


class Start(StrEnum):
    """How a run begins."""

    NOT_YET = "not-yet"
    CHECKED = "checked"
    UNCHECKED = "unchecked"


class Next(StrEnum):
    """What to do after a run has stopped."""

    GO_ON = "go-on"
    CREDENTIALS = "credentials"
    UNCHECKED = "unchecked"
    BESIDE = "beside"
    LEAVE_OUT = "leave-out"
    MADE_AS = "made-as"
    MADE = "made"
    NOT_MADE = "not-made"
    PUT_BACK = "put-back"
    PROBE = "probe"
    REPORT = "report"


def road_question(count: int, sandbox_names: Sequence[str]) -> Question[Road]:
    """Ask by which road the connections get the new auth method.

    Args:
        count: how many are selected, 0 for all with an old auth method.
        sandbox_names: of the list.
    """
    if count:
        which = plural("{count} selected connection.", "{count} selected connections.", count).format(count=count)
    else:
        which = _("None is selected: all connections in {sandboxes} whose auth method can be migrated.").format(
            sandboxes=", ".join(sandbox_names)
        )
    return Question(
        _("Plan a migration: by which road?"), _roads(), _("{which} A plan changes nothing.").format(which=which)
    )


def unsaid_road_question() -> Question[Road]:
    """Ask for the road of a plan that goes in place: a file alone does not decide that."""
    return Question(_("By which road?"), _roads(), SAY_WHICH_ROAD)


def _roads() -> tuple[Choice[Road], ...]:
    return (
        Choice(Road.BESIDE, _("Beside the old connections"), Road.BESIDE, detail=ROAD_DETAILS[Road.BESIDE]),
        Choice(Road.IN_PLACE, _("Try in place"), Road.IN_PLACE, detail=ROAD_DETAILS[Road.IN_PLACE]),
    )


def put_back_question() -> Question[bool]:
    """Ask whether the old credentials are at hand, for a change in place whose test fails."""
    return Question(
        _("Do you have the old secrets?"),
        (
            Choice("put-back", _("Yes: put them back where a test fails after the change"), True),
            Choice("no", _("No: what was changed cannot be undone then"), False),
        ),
        _("A change in place takes the old credentials from the platform, which gives none back."),
    )


def start_question(
    plan: MigrationPlan, record: MigrationRecord, road: Road, source: str, *, can_check: bool
) -> Question[Start]:
    """Ask for the last word before a run begins.

    Args:
        plan: what is to be done.
        record: what is done.
        road: by which it goes on.
        source: the name of the source.
        can_check: whether the source can be asked about credentials.
    """
    left = [row for row in plan.rows if not record.of(row.connection_id).is_over]
    words = plural("{count} connection", "{count} connections, one after the other", len(left)).format(count=len(left))
    sandboxes = dict.fromkeys(row.sandbox_name for row in left)
    checked = Choice(
        Start.CHECKED,
        _("Ask {source} first whether it takes the credentials, then begin").format(source=source),
        Start.CHECKED,
    )
    # An Enter too many begins nothing.
    not_yet = Choice(Start.NOT_YET, _("Not yet: back to the credentials"), Start.NOT_YET)
    unchecked = Choice(Start.UNCHECKED, _("Begin without asking {source}").format(source=source), Start.UNCHECKED)
    return Question(
        _("Begin?"),
        (not_yet, checked, unchecked) if can_check else (not_yet, unchecked),
        _("{connections}. Road {road}. It stops at the first surprise.\n{place}").format(
            connections=words, road=road_words(road), place=_place(plan, *sandboxes)
        ),
    )


def sandbox_confirmation(name: str, plan: MigrationPlan) -> TypedConfirmation:
    """Let the person type the name of a sandbox in which something is going to be changed."""
    rows = [row for row in plan.rows if row.sandbox_name == name]
    groups = ", ".join(dict.fromkeys(group_words(row.group) for row in rows))
    words = plural(
        "{count} connection in sandbox {sandbox}, of {groups}.",
        "{count} connections in sandbox {sandbox}, of {groups}.",
        len(rows),
    )
    return TypedConfirmation(
        IN_PRODUCTION,
        f"{words.format(count=len(rows), sandbox=name, groups=groups)}\n{_place(plan, name)}",
        expected=name,
        label=_("Type the sandbox's name to go on"),
        yes=_("Go on"),
    )


def _place(plan: MigrationPlan, *sandbox_names: str) -> str:
    return _("Where: sandbox {sandboxes} of {organization} at {host}.").format(
        sandboxes=", ".join(sandbox_names),
        organization=plan.organization_id,
        host=plan.base_url.partition("//")[2] or plan.base_url,
    )


def stop_question(end: MigrationEnd, record: MigrationRecord, road: Road) -> Question[Next]:
    """Ask what to do after a run has stopped.

    Args:
        end: how it stopped.
        record: what is done.
        road: by which it went.
    """
    if isinstance(end.why, AuthenticationRequired):
        # What the token hides is no reason to leave a connection out; going on asks for another one.
        text = ended_words(end.ended) if end.ended is not None else begin_problem_text(end.problem)
        return _what_next([Next.GO_ON], text)
    if end.ended is None:
        is_of_a_row = isinstance(end.problem, GroupRefused)
        nexts = [Next.CREDENTIALS, Next.GO_ON, Next.LEAVE_OUT if is_of_a_row else Next.UNCHECKED]
        return _what_next(nexts, begin_problem_text(end.problem))
    row = end.ended.row
    known = record.of(row.connection_id) if row is not None else RowRecord()
    return _what_next([*_nexts(end.ended.reason, known, road)], ended_words(end.ended))


def _nexts(reason: StopReason | None, known: RowRecord, road: Road) -> Sequence[Next]:
    can_be_put_back = known.stage is Stage.MADE and known.road is Road.IN_PLACE
    beside = (Next.BESIDE,) if road is Road.IN_PLACE else ()
    match reason:
        case StopReason.ROAD_REFUSED:
            return (Next.BESIDE,)
        case StopReason.NEEDS_A_WORD if road is Road.BESIDE:
            return (Next.GO_ON, Next.MADE_AS, Next.LEAVE_OUT)
        case StopReason.NEEDS_A_WORD:
            return (Next.BESIDE, Next.PROBE)
        case StopReason.UNKNOWN if known.change is not None:
            return (Next.GO_ON, Next.MADE, Next.NOT_MADE)
        case StopReason.UNKNOWN:
            return (Next.GO_ON, Next.MADE_AS, Next.NOT_MADE)
        case StopReason.TEST_FAILED if can_be_put_back:
            return (Next.GO_ON, Next.PUT_BACK, Next.LEAVE_OUT)
        case StopReason.REFUSED | StopReason.NOT_READY:
            return (Next.CREDENTIALS, Next.GO_ON, Next.LEAVE_OUT, *beside)
        case StopReason.PUT_BACK:
            return (Next.CREDENTIALS, Next.GO_ON, *beside)
        case StopReason.PAUSED:
            return (Next.GO_ON, *beside)
        case _:
            return (Next.GO_ON, Next.LEAVE_OUT)


def _what_next(nexts: Sequence[Next], text: str) -> Question[Next]:
    """Return the question; an Enter too many ends at the report, and sends nothing."""
    return Question(
        _("What now?"),
        tuple(Choice(each, _NEXT_WORDS[each][0], each, detail=_NEXT_WORDS[each][1]) for each in (Next.REPORT, *nexts)),
        text,
    )


_NEXT_WORDS: Final = {
    Next.GO_ON: (_("Go on"), _("It goes on where it stopped, and looks there first.")),
    Next.CREDENTIALS: (_("Correct the credentials"), _("What you typed is kept.")),
    Next.UNCHECKED: (_("Begin without asking the source"), ""),
    Next.BESIDE: (_("Go on beside the old connections, for the rest"), ROAD_DETAILS[Road.BESIDE]),
    Next.LEAVE_OUT: (_("Leave this connection out, and go on"), _("The record says so; it stays as it is.")),
    Next.MADE_AS: (_("It was created: I know its id"), _("The connection is read, and has to be the one.")),
    Next.MADE: (_("I have looked: it was carried out"), ""),
    Next.NOT_MADE: (_("I have looked: it was not carried out"), _("It is sent again then.")),
    Next.PUT_BACK: (_("Put the old credentials back"), _("The old secrets are asked for.")),
    Next.PROBE: (_("Try it all the same"), _("A connection that feeds dataflows is the first to be tried.")),
    Next.REPORT: (_("End here, and show the report"), _("Run the plan again to go on; nothing is lost.")),
}


FORGOTTEN: Final = _(
    "Warning: a rehearsal in the wizard forgets its connections when the program ends: what this record speaks of is "
    "not there any more. Make a new plan here; aep-tui migrate run --practice keeps them beside the plan."
)


def plan_sheet(file: PlanFile, record: MigrationRecord, *, is_read_only: bool, is_forgotten: bool = False) -> Sheet:
    """Return the page of a plan.

    Args:
        file: the plan.
        record: what is done.
        is_read_only: whether nothing may be changed.
        is_forgotten: whether the organization of which the record speaks is gone with its rehearsal.
    """
    is_over = all(record.of(row.connection_id).is_over for row in file.plan.rows)
    may_run = not is_over and not is_read_only
    statements = [] if file.read.is_as_made else [CHANGED_BY_HAND]
    if is_read_only and not is_over:
        statements.append(_("Warning: the program was started read-only: it can show a plan, and run none."))
    statements += [FORGOTTEN] if is_forgotten else []
    statements += so_far_lines(file.plan, record, file.read.digest)
    return Sheet(
        tuple(statements) or (_("Nothing of it is done yet."),),
        _files(file.path),
        tuple(plan_lines(file.plan, record)),
        yes=_("Run") if may_run else _("Report") if record.rows else "",
        is_commit=may_run,
        help_text=PLAN_HELP,
        title=_("Plan"),
    )


def report_sheet(file: PlanFile, record: MigrationRecord, end: MigrationEnd | None) -> Sheet:
    """Return the report as a page.

    Args:
        file: where the plan was read.
        record: what was done.
        end: how the last run has ended, None when there was none.
    """
    markdown = report_markdown(file.plan, record, is_as_made=file.read.is_as_made)
    said = ended_words(end.ended) if end is not None and end.ended is not None else ""
    return Sheet(
        (said,) if said else (),
        _files(file.path),
        tuple(report_lines(file.plan, record, is_as_made=file.read.is_as_made)),
        yes=_("Check"),
        is_aside=True,
        help_text=REPORT_HELP,
        title=_("Report"),
        copied=markdown,
    )


def check_sheet(file: PlanFile, checked: tuple[CheckedRow, ...]) -> Sheet:
    """Return how each connection is now, as a page."""
    return Sheet(
        tuple(check_summary(checked)),
        _files(file.path),
        tuple(check_lines(checked)),
        yes=_("Check again"),
        is_aside=True,
        help_text=CHECK_HELP,
        title=_("Check"),
    )


def _files(path: Path) -> tuple[tuple[str, str], ...]:
    return ((_("plan"), shown_path(path)), (_("record"), shown_path(record_path(path))))
