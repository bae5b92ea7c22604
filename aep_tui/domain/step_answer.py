"""What each step hands on: a typed value for each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum
from typing import TypeAlias

from aep_tui.domain.draft import Answer
from aep_tui.domain.light_dataclass import dataclass
from aep_tui.domain.source import Cloud, Source


class Task(StrEnum):
    """What a person can do with a target; the value is the option's id."""

    CREATE = "create"
    CONNECTIONS = "connections"
    LEFT_OPEN = "left-open"


@dataclass(frozen=True, slots=True)
class TaskAnswer:
    """What the person wants to do; it is no part of a draft."""

    task: Task


@dataclass(frozen=True, slots=True)
class CloudAnswer:
    """The cloud that Experience Platform runs on."""

    cloud: Cloud


@dataclass(frozen=True, slots=True)
class SourceAnswer:
    """The source to connect."""

    source_id: str


@dataclass(frozen=True, slots=True)
class AnotherSourceWanted:
    """The person wants to see the sources that only the platform describes; it is no part of a draft."""


@dataclass(frozen=True, slots=True)
class OtherSourceAnswer:
    """The source to connect, one that only the platform describes."""

    source: Source


@dataclass(frozen=True, slots=True)
class AuthMethodAnswer:
    """How the platform logs in to the source."""

    auth_method_id: str


@dataclass(frozen=True, slots=True)
class NoticesAnswer:
    """The notices that are ticked."""

    notice_ids: frozenset[str]


@dataclass(frozen=True, slots=True)
class SwitchAuthMethod:
    """The person takes a notice's way out."""

    auth_method_id: str


@dataclass(frozen=True, slots=True)
class CredentialsAnswer:
    """What stands in the fields, right or wrong, by API name."""

    answers: Mapping[str, Answer] = field(repr=False)


@dataclass(frozen=True, slots=True)
class NameAnswer:
    """What the connection is called, and what it is for."""

    name: str
    description: str


StepAnswer: TypeAlias = (
    TaskAnswer
    | CloudAnswer
    | SourceAnswer
    | AnotherSourceWanted
    | OtherSourceAnswer
    | AuthMethodAnswer
    | NoticesAnswer
    | SwitchAuthMethod
    | CredentialsAnswer
    | NameAnswer
)
