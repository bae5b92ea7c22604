"""The filters of the list of existing connections as questions, and the line that counts what they leave."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from aep_tui.domain.existing import ConnectionFilter, ExistingConnection
from aep_tui.domain.safe_text import without_control_characters
from aep_tui.domain.translation import _, plural
from aep_tui.pages.connection_rows import ConnectionRows
from aep_tui.pages.question import Choice, Question

_AGES: Final = (30, 90, 180, 365)


class FilterKind(StrEnum):
    """What a list can be filtered by; the value is the option's id."""

    AUTH_METHOD = "auth-method"
    SOURCE = "source"
    STATE = "state"
    AGE = "age"
    ATTENTION = "needs-attention"
    NONE = "show-all"


def filters_question(rows: ConnectionRows, now: datetime) -> Question[FilterKind]:
    """Ask by what to filter; each row says what holds now."""
    wanted = rows.wanted
    anything = _("any")
    age = _("created over {days} days ago").format(days=_days(wanted, now)) if wanted.created_before else anything
    choices = [
        Choice(FilterKind.AUTH_METHOD, _("Auth method"), FilterKind.AUTH_METHOD, wanted.auth_method or anything),
        Choice(FilterKind.SOURCE, _("Source"), FilterKind.SOURCE, _source_words(rows) or anything),
        Choice(FilterKind.STATE, _("State"), FilterKind.STATE, wanted.state or anything),
        Choice(FilterKind.AGE, _("Age"), FilterKind.AGE, age),
        Choice(
            FilterKind.ATTENTION,
            _("Needs attention"),
            FilterKind.ATTENTION,
            _("only those") if wanted.needs_attention else anything,
            detail=_("deprecated method, retired source, stuck for 10 minutes, token that ends within 30 days"),
        ),
    ]
    if wanted != ConnectionFilter():
        choices.append(Choice(FilterKind.NONE, _("Show all again"), FilterKind.NONE))
    return Question(_("Which connections do you want to see?"), tuple(choices), list_id="filters")


def values_question(kind: FilterKind, rows: ConnectionRows, now: datetime) -> Question[ConnectionFilter]:
    """Ask for the value of one filter; the answer is the whole filter with it. What was read so far is counted."""
    wanted = rows.wanted
    titles: dict[FilterKind, str] = {
        FilterKind.AUTH_METHOD: _("Which auth method?"),
        FilterKind.SOURCE: _("Which source?"),
        FilterKind.STATE: _("Which state?"),
        FilterKind.AGE: _("Created how long ago?"),
    }
    any_words = _("any")
    if kind is FilterKind.AGE:
        choices = [Choice("any", any_words, replace(wanted, created_before=None))]
        for days in _AGES:
            before = now - timedelta(days=days)
            count = sum(bool(each.status.created_at and each.status.created_at < before) for each in rows.all)
            words = _("over {days} days").format(days=days)
            choices.append(Choice(f"days-{days}", words, replace(wanted, created_before=before), str(count)))
        return Question(titles[kind], tuple(choices), list_id="filter-values")
    value_of, with_value = _FIELDS[kind]
    labels = {value_of(row): _label(kind, row) for row in rows.all if value_of(row)}
    counts = Counter(value_of(row) for row in rows.all)
    ordered = sorted(labels, key=lambda value: (-counts[value], labels[value]))
    choices = [Choice("any", any_words, with_value(wanted, ""))]
    choices += [
        Choice(f"value-{index}", labels[value], with_value(wanted, value), str(counts[value]))
        for index, value in enumerate(ordered)
    ]
    marked_id = next((choice.id for choice in choices if choice.answer == wanted), "")
    return Question(titles[kind], tuple(choices), marked_id=marked_id, list_id="filter-values")


def filter_at_once(kind: FilterKind, wanted: ConnectionFilter) -> ConnectionFilter | None:
    """Return the filter after what needs no value, None for what needs one."""
    if kind is FilterKind.NONE:
        return ConnectionFilter()
    if kind is FilterKind.ATTENTION:
        return replace(wanted, needs_attention=not wanted.needs_attention)
    return None


def count_words(rows: ConnectionRows, now: datetime, place: int = 0, *, is_practice: bool = False) -> str:
    """Return the line that counts: what is shown of what was read, why only that, and what is still to come.

    Args:
        rows: the list.
        now: the time.
        place: which of the shown connections is marked, 0 for none; more than are seen are not forgotten so.
        is_practice: whether the platform is the practice service, most of whose scenarios begin empty.
    """
    read, shown = len(rows.all), rows.shown_count
    words = _filtered_words(rows, now)
    if words:
        sentence = words.format(shown=shown, count=read)
    elif rows.is_reading and not read:
        sentence = rows.waiting_words or _("Reading the connections...")
    elif rows.unread and not read:
        sentence = _("No connection could be read.")
    elif not read:
        sentence = _("There are no connections here.")
        if is_practice:
            sentence = _("There are no connections here. Lived-in organization on the welcome page has some.")
    else:
        sentence = plural("{count} connection", "{count} connections", read).format(count=read)
    parts = [sentence]
    if place:
        parts.append(_("row {number}").format(number=place))
    if rows.is_reading and read:
        parts.append(rows.waiting_words or _("more are being read..."))
    if rows.unread and read:
        parts.append(_("not all could be read"))
    if rows.selected:
        parts.append(_("{count} selected").format(count=len(rows.selected)))
    return " · ".join(parts)


def _filtered_words(rows: ConnectionRows, now: datetime) -> str:
    """Return a sentence with {shown} and {count}, "" without search and filter."""
    wanted = rows.wanted
    only_method = wanted.auth_method and wanted == ConnectionFilter(auth_method=wanted.auth_method)
    if only_method and not rows.searched:
        return _("{{shown}} of {{count}} use {method}").format(method=_braced(wanted.auth_method))
    parts = [
        wanted.auth_method,
        _source_words(rows),
        wanted.state,
        _("created over {days} days ago").format(days=_days(wanted, now)) if wanted.created_before else "",
        _("needs attention") if wanted.needs_attention else "",
        _('with "{text}"').format(text=rows.searched.strip()) if rows.searched.strip() else "",
    ]
    what = ", ".join(part for part in parts if part)
    return _("{{shown}} of {{count}}: {what}").format(what=_braced(what)) if what else ""


def _braced(text: str) -> str:
    return without_control_characters(text).replace("{", "{{").replace("}", "}}")


def _days(wanted: ConnectionFilter, now: datetime) -> int:
    return round((now - wanted.created_before) / timedelta(days=1)) if wanted.created_before else 0


def _source_words(rows: ConnectionRows) -> str:
    wanted = rows.wanted.source
    if not wanted:
        return ""  # which no row of ten thousand has to be asked for
    return next((_label(FilterKind.SOURCE, row) for row in rows.all if _source(row) == wanted), wanted)


def _label(kind: FilterKind, row: ExistingConnection) -> str:
    if kind is FilterKind.SOURCE:
        return without_control_characters(row.source or row.status.connection_spec_id)
    return without_control_characters(_FIELDS[kind][0](row))


def _source(row: ExistingConnection) -> str:
    return row.source_id or row.status.connection_spec_id


_FIELDS: Final[
    dict[
        FilterKind,
        tuple[Callable[[ExistingConnection], str], Callable[[ConnectionFilter, str], ConnectionFilter]],
    ]
] = {
    FilterKind.AUTH_METHOD: (
        # By its name on the platform: "Basic Authentication" is that of every source, in the catalog or not.
        lambda row: row.status.auth_spec_name,
        lambda wanted, value: replace(wanted, auth_method=value),
    ),
    FilterKind.SOURCE: (_source, lambda wanted, value: replace(wanted, source=value)),
    FilterKind.STATE: (lambda row: row.status.state, lambda wanted, value: replace(wanted, state=value)),
}
