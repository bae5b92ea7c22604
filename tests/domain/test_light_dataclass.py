"""The light data classes beside those of the library: whatever can be seen of one is the same."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from collections.abc import Callable
from dataclasses import FrozenInstanceError, field
from typing import Any, ClassVar

import pytest

from aep_tui.domain.light_dataclass import dataclass, light_dataclasses

Decorator = Callable[..., Any]


def classes_of(decorator: Decorator) -> list[Any]:
    """Return one class of each kind that the program has."""

    @decorator(frozen=True, slots=True)
    class Place:
        """Where."""

        host: str
        port: int = 443
        names: tuple[str, ...] = ()
        seen: set[str] = field(default_factory=set, compare=False)
        secret: str = field(default="", repr=False)
        shared: ClassVar[int] = 3

        @property
        def words(self) -> str:
            return f"{self.host}:{self.port}"

    @decorator
    class Told:
        words: str
        is_error: bool = False

    @decorator(frozen=True)
    class Single:
        one: float

        def __post_init__(self) -> None:
            if self.one < 0:
                raise ValueError(self.one)

    @decorator(frozen=True, slots=True, eq=False)
    class Unlike:
        one: str

    @decorator(frozen=True)
    class Empty:
        pass

    @decorator
    class OnlyByName:
        first: int
        second: int = field(default=2, kw_only=True)
        third: int = field(default=3, init=False)

        def __eq__(self, other: object) -> bool:
            return True

    return [Place, Told, Single, Unlike, Empty, OnlyByName]


def told(action: Callable[[], object]) -> str:
    try:
        return repr(action()).replace("test_light_dataclass", "")
    except Exception as error:  # the kind of error is what is compared
        return type(error).__name__


def attribute_come_and_gone(instance: Any) -> tuple[bool, bool]:  # noqa: ANN401 - of whichever class
    instance.more = 1
    has_come = hasattr(instance, "more")
    del instance.more
    return has_come, hasattr(instance, "more")


def everything_seen(made: list[Any]) -> list[str]:
    """Return what each class and its instances show."""
    place, told_class, single, unlike, empty, by_name = made
    actions: list[Callable[[], object]] = [
        lambda: place("a"),
        lambda: place("a", 1, names=("b",)),
        lambda: place(),
        lambda: place("a", port=1, unknown=2),
        lambda: place("a").seen is place("a").seen,
        lambda: place("a", seen={"x"}) == place("a"),
        lambda: place("a", secret="x") == place("a"),
        lambda: place("a") == told_class("a"),
        lambda: place("a") != place("b"),
        lambda: hash(place("a")) == hash(place("a", seen={"x"})),
        lambda: hash(place("a")) == hash(("a", 443, (), "")),
        lambda: setattr(place("a"), "host", "b"),
        lambda: delattr(place("a"), "host"),
        lambda: place("a").__dict__,
        lambda: place("a").words,
        lambda: place.shared,
        lambda: place.__slots__,
        lambda: place.__match_args__,
        lambda: dataclasses.replace(place("a"), port=2),
        lambda: dataclasses.replace(place("a"), unknown=2),
        lambda: dataclasses.asdict(place("a")),
        lambda: dataclasses.astuple(place("a")),
        lambda: copy.copy(place("a", 5)),
        lambda: copy.deepcopy(place("a", 5)),
        lambda: [(each.name, each.default, each.repr) for each in dataclasses.fields(place)],
        lambda: told_class("a"),
        lambda: hash(told_class("a")),
        lambda: told_class("a") == told_class("a", False),
        lambda: setattr(told_class("a"), "words", "b"),
        lambda: told_class.is_error,
        lambda: attribute_come_and_gone(type("More", (told_class,), {})("a")),
        lambda: single(-1),
        lambda: single(1) == single(1.0),
        lambda: hash(single(2)) == hash((2,)),
        lambda: unlike("a") == unlike("a"),
        lambda: isinstance(hash(unlike("a")), int),
        lambda: (empty(), empty() == empty(), hash(empty()) == hash(()), empty.__match_args__),
        lambda: by_name(1, 2),
        lambda: (by_name(1, second=5), by_name(1) == 7, by_name(1).third, by_name.__match_args__),
        lambda: hash(by_name(1)),
        lambda: (place.__doc__, single.__dataclass_params__.frozen, told_class.__dataclass_params__.frozen),
    ]
    return [told(action) for action in actions]


def test_nothing_that_can_be_seen_differs_from_the_library() -> None:
    own, library = everything_seen(classes_of(dataclass)), everything_seen(classes_of(dataclasses.dataclass))
    assert own == library
    assert "FrozenInstanceError" in own
    assert "TypeError" in own


@dataclass(frozen=True, slots=True)
class Kept:
    """Pickled by its name."""

    name: str
    number: int = 1


def test_a_frozen_one_with_slots_can_be_pickled() -> None:
    assert pickle.loads(pickle.dumps(Kept("a", 2))) == Kept("a", 2)


def test_one_that_holds_itself_ends() -> None:
    made = classes_of(dataclass)[1]([])
    made.words.append(made)
    assert repr(made).endswith("Told(words=[...], is_error=False)")


def test_a_frozen_one_says_which_field_it_was() -> None:
    with pytest.raises(FrozenInstanceError, match="cannot assign to field 'name'"):
        Kept("a").name = "b"  # type: ignore[misc]


def test_what_is_unknown_and_what_inherits_is_left_to_the_library() -> None:
    @dataclass(order=True)
    class Ordered:
        number: int

    @dataclass(frozen=True)
    class Base:
        first: int

    @dataclass(frozen=True)
    class Derived(Base):
        second: int = 2

    @dataclass
    class Begun:
        number: dataclasses.InitVar[int]
        double: int = 0

        def __post_init__(self, number: int) -> None:
            self.double = 2 * number

    assert Ordered(1) < Ordered(2)
    assert Derived(1) == Derived(1, 2)
    assert hash(Derived(1)) == hash((1, 2))
    assert Begun(4).double == 8


def test_foreign_classes_are_light_only_meanwhile() -> None:
    before = dataclasses.dataclass
    with light_dataclasses():
        assert dataclasses.dataclass is dataclass
    assert dataclasses.dataclass is before
