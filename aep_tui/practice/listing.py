"""The query of a list: filter, order, pages and counting (Adobe's guide to sorting and filtering).

The documents name the codes for a bad query without saying which is which; the practice service uses 1432-400 for a
bad `property`, 1433-400 for a bad `orderby`, 1440-400 for a bad `limit`, 1448-400 for a bad `continuationToken` and
1401-400 for `limit` together with `count=true`.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from urllib.parse import quote

from aep_tui.practice.answers import JsonObject, Refusal, flow_error, quoted

_DEFAULT_PAGE = 20
"""Items of a page when `limit` is not given; the documents do not say how many it is."""
_LARGEST_PAGE = 1000
_TIME_FIELDS = ("createdAt", "updatedAt", "metrics.durationSummary.startedAtUTC")
_CONDITION = re.compile(r"([A-Za-z.]+(?:\[\])?)(==|!=|>=|<=|>|<)(.*)", re.DOTALL)

ItemsFrom = Callable[[int], Iterator[tuple[int, JsonObject]]]
"""Yields the items of a list with their positions, from a position on."""


@dataclass(frozen=True, slots=True)
class Listing:
    """One list that can be asked for.

    Attributes:
        name: the last part of its path, which stands in the links to further pages.
        text_fields: what can be filtered and ordered by, besides the times.
    """

    name: str
    text_fields: tuple[str, ...]


CONNECTIONS = Listing(
    "connections", ("id", "name", "description", "connectionSpec.id", "state", "createdClient", "updatedClient")
)
SOURCE_CONNECTIONS = Listing("sourceConnections", ("id", "connectionSpec.id", "baseConnectionId"))
TARGET_CONNECTIONS = Listing("targetConnections", ("id", "connectionSpec.id"))
FLOWS = Listing(
    "flows", ("id", "name", "description", "flowSpec.id", "state", "sourceConnectionIds[]", "targetConnectionIds[]")
)
RUNS = Listing("runs", ("id", "flowId", "state"))


def items_of(items: Sequence[JsonObject]) -> ItemsFrom:
    """Return how the items of a list that is there are walked through."""
    return lambda start: enumerate(islice(items, start, None), start)


@dataclass(frozen=True, slots=True)
class Condition:
    """One `property`: the field has one of the values, or compares with the only one."""

    field: str
    operator: str
    values: tuple[str, ...]

    def holds_for(self, item: JsonObject) -> bool:
        """Return whether an item passes."""
        value = _field_of(item, self.field)
        if isinstance(value, list):
            return (self.operator == "==") == any(str(each) in self.values for each in value)
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
        listing: what is asked for.
        properties: the raw `property` parameters, for the next page's token.
        conditions: what they mean; an item has to pass all.
        order_field, is_descending: the order; "" keeps the order of creation.
        limit: items of a page.
        start: the position at which the page begins; with an order, how many items earlier pages had.
        wants_count: only the number of matching items is asked for.
    """

    listing: Listing
    properties: tuple[str, ...]
    conditions: tuple[Condition, ...]
    order_field: str
    is_descending: bool
    limit: int
    start: int
    wants_count: bool

    def answer(self, items_from: ItemsFrom) -> JsonObject:
        """Return the body of the answer: a count, or a page with a link to the next one.

        Without an order no more items are made than the page and the link need.
        """
        if self.wants_count:
            return {"count": sum(1 for _found in self._matching(items_from(0)))}
        if self.order_field:
            found = [item for _position, item in self._matching(items_from(0))]
            found.sort(key=lambda item: _order_key(_field_of(item, self.order_field)), reverse=self.is_descending)
            items_from = items_of(found)
        found_here = list(islice(self._matching(items_from(self.start)), self.limit + 1))
        answer: JsonObject = {"items": [item for _position, item in found_here[: self.limit]]}
        if len(found_here) > self.limit:
            token = quote(self._token(found_here[-1][0]))
            answer["_links"] = {"next": {"href": f"/{self.listing.name}?continuationToken={token}"}}
        return answer

    def _matching(self, items: Iterator[tuple[int, JsonObject]]) -> Iterator[tuple[int, JsonObject]]:
        return (each for each in items if all(condition.holds_for(each[1]) for condition in self.conditions))

    def _token(self, start: int) -> str:
        order = ("-" if self.is_descending else "") + self.order_field
        content = {"property": self.properties, "orderby": order, "limit": self.limit, "start": start}
        return base64.urlsafe_b64encode(json.dumps(content).encode()).decode()


def read_query(parameters: Sequence[tuple[str, str]], listing: Listing = CONNECTIONS) -> ListQuery:
    """Return the query made of the decoded query parameters; a `continuationToken` stands for all but the count.

    Args:
        parameters: names and values, in order.
        listing: what is asked for.

    Raises:
        Refusal: a parameter cannot be understood.
    """
    single = dict(parameters)
    properties = tuple(value for name, value in parameters if name == "property")
    wants_count = single.get("count", "false").lower() == "true"
    if wants_count and "limit" in single:
        raise flow_error("1401-400", "The limit parameter is not allowed together with count.")
    if "continuationToken" in single:
        return _continued(listing, single["continuationToken"])
    return _query(
        listing, properties, single.get("orderby", ""), single.get("limit", str(_DEFAULT_PAGE)), 0, wants_count
    )


def read_conditions(properties: Sequence[str], fields: Sequence[str]) -> tuple[Condition, ...]:
    """Return what `property` parameters mean; only `fields` (text) and the two times can be asked for.

    Raises:
        Refusal: 1432-400.
    """
    return tuple(_condition(text, fields) for text in properties)


def _query(
    listing: Listing, properties: tuple[str, ...], orderby: str, limit: str, start: int, wants_count: bool
) -> ListQuery:
    order_field = orderby[1:] if orderby[:1] in ("-", "+") else orderby
    if orderby and order_field not in (*listing.text_fields, *_TIME_FIELDS):
        raise flow_error("1433-400", f"The orderby parameter '{quoted(orderby)}' is not valid.")
    if not re.fullmatch(r"[0-9]{1,4}", limit) or not 1 <= int(limit) <= _LARGEST_PAGE:
        raise flow_error("1440-400", f"The limit parameter has to be a number from 1 to {_LARGEST_PAGE}.")
    return ListQuery(
        listing=listing,
        properties=properties,
        conditions=read_conditions(properties, listing.text_fields),
        order_field=order_field,
        is_descending=orderby.startswith("-"),
        limit=int(limit),
        start=start,
        wants_count=wants_count,
    )


def _continued(listing: Listing, token: str) -> ListQuery:
    try:
        content = json.loads(base64.urlsafe_b64decode(token.encode()))
        properties = content["property"]
        start = content["start"]
        texts = (*properties, content["orderby"])
        if not isinstance(properties, list) or not all(isinstance(text, str) for text in texts):
            raise _bad_token()
        if not isinstance(start, int) or not 0 <= start < 10**9:
            raise _bad_token()
        return _query(listing, tuple(properties), content["orderby"], str(content["limit"]), start, wants_count=False)
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
    for key in field.removesuffix("[]").split("."):
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _order_key(value: object) -> tuple[int, int, str]:
    if isinstance(value, int):
        return (1, value, "")
    return (0, 0, "") if value is None else (2, 0, str(value))
