"""Data classes at a fifth of their price, for what is loaded on the way to the first page.

`dataclasses` writes and compiles up to seven functions for each class that is made, and a start makes over a hundred
classes. Here they share their functions, and only `__init__`, which has to be fast, is written: when the first instance
is made, which for most of them is never. All else comes from `dataclasses`, so that `fields`, `replace` and the rest
work as always; for type checkers it is the same decorator.
"""

from __future__ import annotations

import dataclasses
from contextlib import contextmanager
from dataclasses import MISSING, FrozenInstanceError
from operator import attrgetter
from reprlib import recursive_repr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from dataclasses import Field
    from dataclasses import dataclass as dataclass
    from typing import Any
else:

    def dataclass(cls: type[Any] | None = None, /, **options: bool) -> Any:  # noqa: ANN401 - as in `dataclasses`
        """Do what `dataclasses.dataclass` does."""
        if not _KNOWN.issuperset(options):
            return _of_the_library(cls, **options)
        return _light(cls, **options) if cls is not None else lambda made: _light(made, **options)


_of_the_library = dataclasses.dataclass
_KNOWN = frozenset({"eq", "frozen", "slots"})


@contextmanager
def light_dataclasses() -> Iterator[None]:
    """Let everything that is imported meanwhile have this decorator: Textual and rich make over forty classes."""
    dataclasses.dataclass = dataclass
    try:
        yield
    finally:
        dataclasses.dataclass = _of_the_library


def _light(cls: type[Any], *, eq: bool = True, frozen: bool = False, slots: bool = False) -> type[Any]:
    has_fields_before = any("__dataclass_fields__" in base.__dict__ for base in cls.__mro__[1:])
    if has_fields_before or any("InitVar" in str(hint) for hint in cls.__annotations__.values()):
        return _of_the_library(eq=eq, frozen=frozen, slots=slots)(cls)
    cls.__doc__ = cls.__doc__ or cls.__name__  # or the library reads a signature, which is dear
    cls = _of_the_library(init=False, repr=False, eq=False, slots=slots)(cls)
    parameters = cls.__dataclass_params__
    parameters.init, parameters.repr, parameters.eq, parameters.frozen = True, True, eq, frozen
    fields = dataclasses.fields(cls)
    methods: dict[str, Any] = {"__init__": _init_when_needed(cls, fields, is_frozen=frozen)}
    methods["__repr__"] = _repr([field.name for field in fields if field.repr])
    compared = _values([field.name for field in fields if field.compare])
    if eq:
        methods["__eq__"] = _equality(compared)
    for name, method in methods.items():
        if name not in cls.__dict__:
            setattr(cls, name, method)
    if eq and cls.__dict__.get("__hash__") is None:
        setattr(cls, "__hash__", _hash(fields, compared) if frozen else None)  # noqa: B010 - mypy has it fixed
    if frozen:
        _freeze(cls, frozenset(field.name for field in fields), has_slots=slots)
    return cls


def _init_when_needed(cls: type[Any], fields: Sequence[Field[Any]], *, is_frozen: bool) -> Callable[..., None]:
    def __init__(self: object, *arguments: object, **named: object) -> None:
        cls.__init__ = written = _init(cls, fields, is_frozen=is_frozen)
        written(self, *arguments, **named)

    return __init__


def _init(cls: type[Any], fields: Sequence[Field[Any]], *, is_frozen: bool) -> Callable[..., None]:
    """Return the method as `dataclasses` writes it: each field by its name, with its default."""
    names: dict[str, Any] = {"MISSING": MISSING, "set_": object.__setattr__}
    parameters: dict[bool, list[str]] = {False: [], True: []}
    body = []
    for number, field in enumerate(fields):
        name, value = field.name, field.name
        names[f"default_{number}"], names[f"factory_{number}"] = field.default, field.default_factory
        if field.default_factory is not MISSING:
            value = f"factory_{number}() if {name} is MISSING else {name}" if field.init else f"factory_{number}()"
        elif not field.init:
            continue
        default = "=MISSING" if field.default_factory is not MISSING else f"=default_{number}"
        has_default = field.default is not MISSING or field.default_factory is not MISSING
        if field.init:
            parameters[bool(field.kw_only)].append(name + (default if has_default else ""))
        body.append(f" set_(self, {name!r}, {value})" if is_frozen else f" self.{name} = {value}")
    if hasattr(cls, "__post_init__"):
        body.append(" self.__post_init__()")
    only_by_name = ["*", *parameters[True]] if parameters[True] else []
    head = ", ".join(["self", *parameters[False], *only_by_name])
    exec(f"def __init__({head}):\n" + ("\n".join(body) or " pass"), names)  # noqa: S102 - as `dataclasses` does
    method: Callable[..., None] = names["__init__"]
    method.__qualname__ = f"{cls.__qualname__}.__init__"
    return method


def _values(names: Sequence[str]) -> Callable[[object], tuple[Any, ...]]:
    """Return what takes the fields with these names out of an instance."""
    if len(names) > 1:
        return attrgetter(*names)
    return lambda instance: tuple(getattr(instance, name) for name in names)


def _repr(names: Sequence[str]) -> Callable[[object], str]:
    @recursive_repr()
    def __repr__(self: object) -> str:
        return f"{type(self).__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in names)})"

    return __repr__


def _equality(compared: Callable[[object], tuple[Any, ...]]) -> Callable[[object, object], Any]:
    def __eq__(self: object, other: object) -> Any:  # noqa: ANN401 - as the method is
        return compared(self) == compared(other) if other.__class__ is self.__class__ else NotImplemented

    return __eq__


def _hash(fields: Sequence[Field[Any]], compared: Callable[[object], tuple[Any, ...]]) -> Callable[[object], int]:
    if any(field.hash is not None for field in fields):
        compared = _values([each.name for each in fields if (each.compare if each.hash is None else each.hash)])

    def __hash__(self: object) -> int:
        return hash(compared(self))

    return __hash__


def _freeze(cls: type[Any], names: frozenset[str], *, has_slots: bool) -> None:
    def __setattr__(self: object, name: str, value: object) -> None:
        if type(self) is cls or name in names:
            raise FrozenInstanceError(f"cannot assign to field {name!r}")
        super(cls, self).__setattr__(name, value)

    def __delattr__(self: object, name: str) -> None:
        if type(self) is cls or name in names:
            raise FrozenInstanceError(f"cannot delete field {name!r}")
        super(cls, self).__delattr__(name)

    methods: dict[str, Any] = {"__setattr__": __setattr__, "__delattr__": __delattr__}
    if has_slots and "__getstate__" not in cls.__dict__:
        methods |= {"__getstate__": _getstate, "__setstate__": _setstate}
    for name, method in methods.items():
        setattr(cls, name, method)


def _getstate(self: Any) -> list[Any]:  # noqa: ANN401 - any instance
    return [getattr(self, field.name) for field in dataclasses.fields(self)]


def _setstate(self: Any, state: Sequence[Any]) -> None:  # noqa: ANN401 - any instance
    for field, value in zip(dataclasses.fields(self), state, strict=True):
        object.__setattr__(self, field.name, value)
