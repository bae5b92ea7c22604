"""Asks Salesforce about the client credentials, when the person says so, and tells the answer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from textual import on, work
from textual.app import ComposeResult

from aep_tui.domain.problem import Problem
from aep_tui.domain.translation import _
from aep_tui.pages.problem_text import problem_text
from aep_tui.tui.dialogs.form_page import FormPage
from aep_tui.tui.widgets.action_button import ActionButton
from aep_tui.tui.widgets.plain_text import PlainText


class PrecheckPage(FormPage[None]):
    """Sends nothing until the person presses Ask."""

    title_words = _("Check the login at Salesforce")

    def __init__(self, environment_url: str, check: Callable[[], Awaitable[None]], *, is_practice: bool) -> None:
        """`check` asks once and raises a problem when it does not work."""
        super().__init__()
        self._environment_url = environment_url
        self._check = check
        self._is_practice = is_practice

    def compose_body(self) -> ComposeResult:
        """Yield what would be sent where, and the answer."""
        yield PlainText(
            _(
                "Client ID and client secret are sent to {url}, to see whether Salesforce takes them. The token that "
                "comes back is thrown away. After two refusals the check stops, because accounts lock.\n\n"
                "It is your machine that asks: Salesforce's allow list for Adobe's addresses is not tested."
            ).format(url=self._environment_url)
        )
        if self._is_practice:
            yield PlainText(_("Practice mode: the practice service answers; nothing leaves this machine."))
        yield PlainText(id="page-words", classes="question -empty")

    def compose_actions(self) -> ComposeResult:
        """Yield Ask."""
        yield ActionButton(_("Ask Salesforce"), id="ask")

    def key_text(self) -> str:
        """Return the keys of the page."""
        return _("Enter Press   Tab Move   Esc Back to the form")

    def on_mount(self) -> None:
        """Put the focus on the button."""
        self.query_one("#ask").focus()

    @on(ActionButton.Pressed, "#ask")
    def _ask_pressed(self, event: ActionButton.Pressed) -> None:
        event.stop()
        self._ask()

    @work(exclusive=True)
    async def _ask(self) -> None:
        button = self.query_one("#ask", ActionButton)
        button.disabled = True
        self.say(_("Asking Salesforce..."))
        try:
            await self._check()
        except Problem as problem:
            self.say(problem_text(problem))
        else:
            self.say(_("OK: Salesforce takes these client credentials."))
        finally:
            button.disabled = False
        self.query_one("#close").focus()
