"""The error tree of the product: an expected failure says in words what happened and what to do next."""

from __future__ import annotations

from aep_tui.domain.translation import _


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

    @property
    def advice(self) -> str:
        """What happened and what to do about it, in one go, where there is no room or no need for the title."""
        return f"{self.message} {self.next_step}".strip()

    @property
    def last_words(self) -> str:
        """What the program says of it in one go when it ends by it."""
        words = _("aep-tui: {title}. {message} {next_step}")
        return words.format(title=self.title, message=self.message, next_step=self.next_step).rstrip()


def answer_facts(problem: Exception) -> str:
    """Return what a server's support asks for of its answer: HTTP status, code and request id; "" for no answer."""
    facts = (
        (_("HTTP status {value}"), getattr(problem, "status", None)),
        (_("code {value}"), getattr(problem, "code", "")),
        (_("request id {value}"), getattr(problem, "request_id", "")),
    )
    return " · ".join(words.format(value=value) for words, value in facts if value)


def said_words(problem: Exception) -> str:
    """Return the words that came with a failure and whose they are, "" for none that its message does not have already.

    A server has said them, or, where none has answered, the network reported them on this machine.
    """
    server_said = getattr(problem, "server_said", "")
    words = _("The server said: {text}") if server_said else _("The network reported: {text}")
    text = server_said or getattr(problem, "reported", "")
    return words.format(text=text) if text and text not in getattr(problem, "message", "") else ""


class CatalogProblem(Problem):
    """A file of the catalog is wrong; the message names file and key."""


class SettingsProblem(Problem):
    """A value from a flag, the environment, a file or a profile cannot be used."""
