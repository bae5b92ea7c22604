"""What a command says when it ends by an error that nobody expected."""

from __future__ import annotations

import argparse

from aep_tui.domain.secrets import Secrets
from aep_tui.state.crash_report import crash_words


def unexpected_words(error: Exception, options: argparse.Namespace) -> str:
    """Return the words, none of them a secret of this run, and write the report that they name.

    Args:
        error: what nobody caught.
        options: the arguments, with the secrets of the run when the command has come so far that there are some.
    """
    secrets: Secrets = getattr(options, "secrets", None) or Secrets()
    return crash_words(error, secrets, context={"command": options.command.name or "wizard"})
