"""The command that does the same as the wizard, shown for copying into a script."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aep_tui.domain.create_command import create_command, secret_file_name
from aep_tui.domain.translation import _
from aep_tui.tui.dialogs.plain_view import show_plain_text

if TYPE_CHECKING:
    from aep_tui.tui.steps.step import StepScreen


def show_create_command(page: StepScreen) -> None:
    """Show the command for the walk of `page`, unwrapped; no secret stands in it."""
    wizard = page.frame.wizard
    names = ", ".join(secret_file_name(name) for name in wizard.request().secret_names)
    words = _("Secrets are read from files that you make: {names}. What signs in comes from your settings.")
    text = f"{create_command(wizard, page.frame.target)}\n\n{words.format(names=names)}"
    show_plain_text(page, _("The command that does the same"), text)
