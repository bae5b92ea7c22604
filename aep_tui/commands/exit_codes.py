"""The exit codes, which scripts rely on: the one table that `--help` and the README show."""

from __future__ import annotations

from enum import IntEnum

from aep_tui.domain.translation import _


class ExitCode(IntEnum):
    """How the program ended. A signal that is not listed gives 128 and its number."""

    DONE = 0
    FAILED = 1
    USAGE = 2
    NOT_GOOD = 3
    SIGN_IN = 4
    REFUSED = 5
    UNCLEAR = 6
    HUNG_UP = 129
    CANCELLED = 130
    PIPE_CLOSED = 141
    ENDED = 143

    @property
    def meaning(self) -> str:
        """What it says, for people."""
        return _MEANINGS[self]


_MEANINGS = {
    ExitCode.DONE: _("done as asked: the connection is enabled, or every check is passed"),
    ExitCode.FAILED: _("something failed here: a file, a setting, a check of the doctor, or the program itself"),
    ExitCode.USAGE: _("wrong arguments; or something is missing and there is no terminal to ask in"),
    ExitCode.NOT_GOOD: _(
        "done, but the answer is not the good one: not seen enabled, a test failed, dataflows found, a sandbox not read"
    ),
    ExitCode.SIGN_IN: _("you have to sign in, or the sign-in was refused"),
    ExitCode.REFUSED: _("the platform refused; nothing has changed"),
    ExitCode.UNCLEAR: _(
        "nobody can tell whether the connection was created, changed or deleted, or whether dataflows use it; look "
        "again"
    ),
    ExitCode.HUNG_UP: _("the terminal is gone"),
    ExitCode.CANCELLED: _("you left before anything was created or changed"),
    ExitCode.PIPE_CLOSED: _("who reads standard output has closed it, as head does"),
    ExitCode.ENDED: _("ended by SIGTERM"),
}
