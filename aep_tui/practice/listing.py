"""The query of `GET /connections`: filter, order, pages and counting (Adobe's guide to sorting and filtering).

The documents name the codes for a bad query without saying which is which; the practice service uses 1432-400 for a
bad `property`, 1433-400 for a bad `orderby`, 1440-400 for a bad `limit`, 1448-400 for a bad `continuationToken` and
1401-400 for `limit` together with `count=true`.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from aep_tui.practice.answers import JsonObject, Refusal, flow_error, quoted

_DEFAULT_PAGE = 20
"""Items of a page when `limit` is not given; the documents do not say how many it is."""
_LARGEST_PAGE = 1000
_TEXT_FIELDS = ("id", "name", "description", "connectionSpec.id", "state", "createdClient", "updatedClient")
_TIME_FIELDS = ("createdAt", "updatedAt")
_CONDITION = re.compile(r"([A-Za-z.]+)(==|!=|>=|<=|>|<)(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Condition:
    """One `property`: the field has one of the values, or compares with the only one."""

    field: str
    operator: str
    values: tuple[str, ...]

    def holds_for(self, item: JsonObject) -> bool:
        """Return whether an item passes."""
        value = _field_of(item, self.field)
        if self.operator == "==":
            return value is not None and str(value) in self.values
        if self.operator == "!=":
            return str(value) not in self.values
        if not isinstance(value, int):
            return False
        limit = int(self.values[0])
        return {">=": value >= limit, "<=": value <= limit, ">": value > limit, "<": value < limit}[self.operator]


@dataclass(frozen=True, slots=True)
class ListQuery:
    """A query that has been understood.

    Attributes:
        properties: the raw `property` parameters, for the next page's token.
        conditions: what they mean; an item has to pass all.
        order_field, is_descending: the order; "" keeps the order of creation.
        limit: items of a page.
        start: how many matching items earlier pages had.
        wants_count: only the number of matching items is asked for.
    """

    properties: tuple[str, ...]
    conditions: tuple[Condition, ...]
    order_field: str
    is_descending: bool
    limit: int
    start: int
    wants_count: bool

    def answer(self, items: Sequence[JsonObject]) -> JsonObject:
        """Return the body of the answer: a count, or a page with a link to the next one."""
        matching = [item for item in items if all(condition.holds_for(item) for condition in self.conditions)]
        if self.wants_count:
            return {"count": len(matching)}
        if self.order_field:
            matching.sort(key=lambda item: _order_key(_field_of(item, self.order_field)), reverse=self.is_descending)
        end = self.start + self.limit
        answer: JsonObject = {"items": matching[self.start : end]}
        if end < len(matching):
            answer["_links"] = {"next": {"href": f"/connections?continuationToken={quote(self._token(end))}"}}
        return answer

    def _token(self, start: int) -> str:
        order = ("-" if self.is_descending else "") + self.order_field
        content = {"property": self.properties, "orderby": order, "limit": self.limit, "start": start}
        return base64.urlsafe_b64encode(json.dumps(content).encode()).decode()


def read_query(parameters: Sequence[tuple[str, str]]) -> ListQuery:
    """Return the query made of the decoded query parameters; a `continuationToken` stands for all but the count.

    Raises:
        Refusal: a parameter cannot be understood.
    """
    single = dict(parameters)
    properties = tuple(value for name, value in parameters if name == "property")
    wants_count = single.get("count", "false").lower() == "true"
    if wants_count and "limit" in single:
        raise flow_error("1401-400", "The limit parameter is not allowed together with count.")
    if "continuationToken" in single:
        return _continued(single["continuationToken"])
    return _query(properties, single.get("orderby", ""), single.get("limit", str(_DEFAULT_PAGE)), 0, wants_count)


def read_conditions(properties: Sequence[str], fields: Sequence[str]) -> tuple[Condition, ...]:
    """Return what `property` parameters mean; only `fields` (text) and the two times can be asked for.

    Raises:
        Refusal: 1432-400.
    """
    return tuple(_condition(text, fields) for text in properties)


def _query(properties: tuple[str, ...], orderby: str, limit: str, start: int, wants_count: bool) -> ListQuery:
    order_field = orderby[1:] if orderby[:1] in ("-", "+") else orderby
    if orderby and order_field not in (*_TEXT_FIELDS, *_TIME_FIELDS):
        raise flow_error("1433-400", f"The orderby parameter '{quoted(orderby)}' is not valid.")
    if not re.fullmatch(r"[0-9]{1,4}", limit) or not 1 <= int(limit) <= _LARGEST_PAGE:
        raise flow_error("1440-400", f"The limit parameter has to be a number from 1 to {_LARGEST_PAGE}.")
    return ListQuery(
        properties=properties,
        conditions=read_conditions(properties, _TEXT_FIELDS),
        order_field=order_field,
        is_descending=orderby.startswith("-"),
        limit=int(limit),
        start=start,
        wants_count=wants_count,
    )


def _continued(token: str) -> ListQuery:
    try:
        content = json.loads(base64.urlsafe_b64decode(token.encode()))
        properties = content["property"]
        start = content["start"]
        texts = (*properties, content["orderby"])
        if not isinstance(properties, list) or not all(isinstance(text, str) for text in texts):
            raise _bad_token()
        if not isinstance(start, int) or not 0 <= start < 10**9:
            raise _bad_token()
        return _query(tuple(properties), content["orderby"], str(content["limit"]), start, wants_count=False)
    except (ValueError, TypeError, KeyError, RecursionError) as reason:
        raise _bad_token() from reason


def _bad_token() -> Refusal:
    return flow_error("1448-400", "The continuationToken is not valid.")


def _condition(text: str, fields: Sequence[str]) -> Condition:
    match = _CONDITION.fullmatch(text)
    if match is None or match[1] not in (*fields, *_TIME_FIELDS):
        raise flow_error("1432-400", f"The property parameter '{quoted(text)}' is not valid.")
    field, operator = match[1], match[2]
    values = tuple(_unquoted(value) for value in match[3].split(","))
    if operator in ("==", "!="):
        return Condition(field, operator, values)
    if field not in _TIME_FIELDS or len(values) != 1 or not re.fullmatch(r"-?[0-9]{1,18}", values[0]):
        raise flow_error("1432-400", f"The property parameter '{quoted(text)}' is not valid.")
    return Condition(field, operator, values)


def _unquoted(value: str) -> str:
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] == '"' else value


def _field_of(item: JsonObject, field: str) -> object:
    value: object = item
    for key in field.split("."):
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _order_key(value: object) -> tuple[int, int, str]:
    if isinstance(value, int):
        return (1, value, "")
    return (0, 0, "") if value is None else (2, 0, str(value))
