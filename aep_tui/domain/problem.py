"""The error tree of the product: an expected failure says in words what happened and what to do next."""

from __future__ import annotations


class Problem(Exception):
    """An expected failure that a person reads.

    Attributes:
        title: a few words that name the failure.
        message: what happened, in one or two sentences, without secrets.
        next_step: what the person can do about it now.
    """

    def __init__(self, title: str, message: str, next_step: str = "") -> None:
        super().__init__(f"{title}: {message}")
        self.title = title
        self.message = message
        self.next_step = next_step


class CatalogProblem(Problem):
    """A file of the catalog is wrong; the message names file and key."""


class SettingsProblem(Problem):
    """A value from a flag, the environment, a file or a profile cannot be used."""
