"""The plan of a migration as a text that a person reads: TOML, a table a connection, and a seal over all of it.

The seal tells whether somebody has changed the plan by hand; it is no signature, and nothing is trusted because of it.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Final, TypeVar

from aep_tui.domain.header_value import header_fault
from aep_tui.domain.migration_plan import MigrationPlan, MigrationRow, PlannedDataflow, Road, TestResult
from aep_tui.domain.problem import Problem
from aep_tui.domain.safe_text import without_control_characters
from aep_tui.domain.toml_text import toml_table
from aep_tui.domain.translation import _

FORMAT: Final = 1
MOST_ROWS: Final = 10_000
_LONGEST_TEXT: Final = 4_000
_MOST_DATAFLOWS: Final = 1_000
_HEAD: Final = """\
# A plan that gives connections another auth method. It holds no secret, and nothing was changed to make it.
#   aep-tui migrate run FILE --dry-run    prints every request and sends none
#   aep-tui migrate run FILE              works on one connection after the other, from top to bottom
#   aep-tui migrate report FILE           tells what was done and what is left
# Whoever changes it by hand is told so by the next command.
"""
_PLAN_KEYS: Final = ("base_url", "organization_id", "made_at", "source", "old_method", "new_method", "road")
_NAMES: Final = {"source": "source_id", "old_method": "old_method_id", "new_method": "new_method_id"}
_ROW_NAMES: Final = {"id": "connection_id", "sandbox": "sandbox_name"}
_FLOW_NAMES: Final = {"id": "flow_id"}
_Record = TypeVar("_Record")


class PlanUnusable(Problem):
    """A plan cannot be used; the words repeat nothing that stands in it."""


@dataclass(frozen=True, slots=True)
class ReadPlan:
    """A plan that was read.

    Attributes:
        plan: what it says.
        digest: names exactly this content.
        is_as_made: whether it is what the program wrote; False when somebody has changed it.
    """

    plan: MigrationPlan
    digest: str
    is_as_made: bool


def plan_text(plan: MigrationPlan) -> str:
    """Return the plan as TOML."""
    head = {key: getattr(plan, _NAMES.get(key, key)) for key in _PLAN_KEYS}
    lines = [_HEAD, f"format = {FORMAT}", *_pairs(head)]
    for row in plan.rows:
        lines += ["", "[[connection]]", *_pairs(_row_table(row))]
        lines += ["[connection.parameters]", *_pairs(dict(row.parameters))] if row.parameters else []
        for flow in row.dataflows:
            lines += ["[[connection.dataflow]]", *_pairs(_table(flow, _FLOW_NAMES))]
    text = "\n".join(lines) + "\n"
    digest = _digest(tomllib.loads(text))
    return text.replace(f"format = {FORMAT}\n", f'format = {FORMAT}\nseal = "{digest}"\n', 1)


def read_plan(text: str) -> ReadPlan:
    """Return the plan that a text holds.

    Args:
        text: of the file, which anybody may have written.

    Raises:
        PlanUnusable: it is no plan of this program, or something in it cannot be used.
    """
    try:
        table = toml_table(text)
    except tomllib.TOMLDecodeError as error:
        place = str(error).rpartition("(")[2].rstrip(")")
        raise _unusable(_("It is no TOML ({place}).").format(place=place)) from None
    except (ValueError, RecursionError):
        raise _unusable(_("It is no TOML that can be read.")) from None
    if table.pop("format", None) != FORMAT:
        raise _unusable(
            _("It is no plan of this version of the program: format = {format} is missing.").format(format=1)
        )
    seal = table.pop("seal", "")
    rows = _tables(table.pop("connection", []), _("connection"), MOST_ROWS)
    try:
        digest = _digest({**table, "format": FORMAT, "connection": rows} if rows else {**table, "format": FORMAT})
    except (ValueError, RecursionError):  # numbers that are too long, tables that are too deep
        raise _unusable(_("It holds something that no plan holds.")) from None
    plan = MigrationPlan(
        **_checked(table, _PLAN, _("the plan")), rows=tuple(_row(row, n) for n, row in enumerate(rows))
    )
    ids = [row.connection_id for row in plan.rows]
    if len(set(ids)) != len(ids):
        raise _unusable(_("A connection stands in it twice."))
    return ReadPlan(plan, digest, seal == digest)


def _row(table: dict[str, Any], number: int) -> MigrationRow:
    place = _("connection {number}").format(number=number + 1)
    flows = _tables(table.pop("dataflow", []), f"{place}, dataflow", _MOST_DATAFLOWS)
    parameters = table.pop("parameters", {})
    if not isinstance(parameters, dict):
        raise _wrong(f"{place}, parameters", _("A table is needed here."))
    pairs = tuple((_name(name, place), _text(value, f"{place}, parameters")) for name, value in parameters.items())
    dataflows = tuple(
        PlannedDataflow(**_checked(flow, _FLOW, f"{place}, dataflow {n + 1}")) for n, flow in enumerate(flows)
    )
    row = MigrationRow(**_checked(table, _ROW, place), parameters=pairs, dataflows=dataflows)
    if header_fault(row.etag, may_have_blanks=True):
        raise _wrong(f"{place}, etag", _("The value cannot be used."))
    return row


def _checked(
    table: dict[str, Any], known: Mapping[str, tuple[str, Callable[[object, str], object]]], place: str
) -> Any:  # noqa: ANN401 - arguments of several records
    """Return the arguments of a record; unknown keys, missing ones and wrong values are refused by place."""
    for key in table:
        if key not in known:
            words = _("There is a key that is not known. Known are: {names}.").format(names=", ".join(known))
            raise _wrong(place, words)
    needed = {"id", "sandbox", "etag", *_PLAN_KEYS} | ({"name"} if known is _ROW else set())
    for key in needed & known.keys():
        if key not in table:
            raise _wrong(f"{place}, {key}", _("It is missing."))
    return {known[key][0]: known[key][1](value, f"{place}, {key}") for key, value in table.items()}


def _text(value: object, place: str) -> str:
    if not isinstance(value, str) or len(value) > _LONGEST_TEXT:
        raise _wrong(place, _("The value has to be a text of at most {count} characters.").format(count=_LONGEST_TEXT))
    if without_control_characters(value, keep_newlines=False) != value:
        raise _wrong(place, _("The text contains a control character."))
    return value


def _id(value: object, place: str) -> str:
    text = _text(value, place)
    if not text or len(text) > 128 or not all(each.isascii() and (each.isalnum() or each in "-_.:@") for each in text):
        raise _wrong(place, _("The value is no id."))
    return text


def _full_text(value: object, place: str) -> str:
    text = _text(value, place)
    if not text:
        raise _wrong(place, _("The value is empty."))
    return text


def _instant(value: object, place: str) -> datetime:
    try:
        instant = datetime.fromisoformat(_text(value, place))
    except ValueError:
        instant = None
    if instant is None or instant.tzinfo is None:
        raise _wrong(place, _("The value has to be an instant like 2026-11-28T12:00:00+00:00."))
    return instant


def _number(value: object, place: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 10**9:
        raise _wrong(place, _("The value has to be a whole number."))
    return value


def _name(name: str, place: str) -> str:
    if not (name.isascii() and name.isidentifier() and len(name) <= 60):
        raise _wrong(f"{place}, parameters", _("There is a name that no parameter can have."))
    return name


def _kind(kind: Callable[[str], _Record]) -> Callable[[object, str], _Record]:
    def read(value: object, place: str) -> _Record:
        try:
            return kind(_text(value, place))
        except ValueError:
            raise _wrong(place, _("The value is not known.")) from None

    return read


_PLAN: Final[Mapping[str, tuple[str, Callable[[object, str], object]]]] = {
    **{key: (_NAMES.get(key, key), _full_text) for key in _PLAN_KEYS},
    "made_at": ("made_at", _instant),
    "road": ("road", _kind(Road)),
}
_ROW: Final[Mapping[str, tuple[str, Callable[[object, str], object]]]] = {
    "id": ("connection_id", _id),
    "name": ("name", _text),
    "sandbox": ("sandbox_name", _full_text),
    "etag": ("etag", _text),
    "updated_at": ("updated_at", _instant),
    "sandbox_type": ("sandbox_type", _text),
    "group": ("group", _text),
    "new_name": ("new_name", _text),
    "test": ("test", _kind(TestResult)),
    "dataflows_problem": ("dataflows_problem", _text),
}
_INSTANTS: Final = ("starts_at", "next_run_at", "last_run_at")
_FLOW: Final[Mapping[str, tuple[str, Callable[[object, str], object]]]] = {
    "id": ("flow_id", _id),
    **{
        field.name: (
            field.name,
            _instant if field.name in _INSTANTS else _number if field.name == "interval" else _text,
        )
        for field in fields(PlannedDataflow)
        if field.name != "flow_id"
    },
}


def _row_table(row: MigrationRow) -> dict[str, object]:
    table = _table(row, _ROW_NAMES)
    return {key: value for key, value in table.items() if key not in {"parameters", "dataflows"}}


def _table(record: object, names: Mapping[str, str]) -> dict[str, object]:
    shown = {attribute: key for key, attribute in names.items()}
    return {
        shown.get(field.name, field.name): value
        for field in fields(record)  # type: ignore[arg-type]  # all records are dataclasses
        if (value := getattr(record, field.name)) not in (None, "", ())
        or field.name in {"connection_id", "name", "sandbox_name", "etag", "flow_id"}
    }


def _pairs(table: Mapping[str, object]) -> Iterator[str]:
    for key, value in table.items():
        if isinstance(value, datetime):
            yield f'{key} = "{value.isoformat()}"'
        elif isinstance(value, int):
            yield f"{key} = {value}"
        else:
            yield f"{key} = {_quoted(str(value))}"


def _quoted(text: str) -> str:
    """Return a basic string of TOML, whose escapes are those of JSON; what steers a terminal does not get in."""
    return json.dumps(without_control_characters(text, keep_newlines=False), ensure_ascii=False)


def _tables(value: object, place: str, most: int) -> list[dict[str, Any]]:
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value) or len(value) > most:
        raise _wrong(place, _("At most {count} tables are needed here.").format(count=most))
    return value


def _digest(table: Mapping[str, object]) -> str:
    return hashlib.sha256(json.dumps(table, sort_keys=True, default=str).encode(errors="replace")).hexdigest()


def _wrong(place: str, reason: str) -> PlanUnusable:
    return _unusable(f"{place}: {reason}")


def _unusable(reason: str) -> PlanUnusable:
    return PlanUnusable(
        _("The plan cannot be used"),
        _("{reason} Nothing was done.").format(reason=reason),
        _("Make the plan anew with aep-tui migrate plan, or take back what was changed by hand."),
    )
