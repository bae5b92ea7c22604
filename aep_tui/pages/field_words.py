"""The words around a question with a text for an answer, without a face."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FieldWords:
    """What is said about an answer that is typed.

    Attributes:
        label: its name.
        help: one line.
        example: of an answer.
        where_to_find: the longer help.
        paste_refused: what to do instead when a paste of several lines was refused.
    """

    label: str
    help: str = ""
    example: str = ""
    where_to_find: str = ""
    paste_refused: str = ""
