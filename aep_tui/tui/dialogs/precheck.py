"""Asks a source about its credentials, when the person says so, and tells the answer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from textual import work
from textual.app import ComposeResult

from aep_tui.domain.problem import Problem
from aep_tui.domain.translation import _
from aep_tui.pages.problem_text import problem_text
from aep_tui.tui.dialogs.form_page import FormPage
from aep_tui.tui.widgets.action_button import ActionButton
from aep_tui.tui.widgets.looks import painted_statements
from aep_tui.tui.widgets.plain_text import PlainText


class PrecheckPage(FormPage[None]):
    """Sends nothing until the person presses Ask."""

    def __init__(
        self, source: str, sent: Sequence[str], address: str, check: Callable[[], Awaitable[None]], *, is_practice: bool
    ) -> None:
        """Offer to send the fields with the labels `sent` to `address`; `check` raises a problem if that fails."""
        super().__init__(_("Check the login at {source}").format(source=source))
        self._source = source
        self._sent = sent
        self._address = address
        self._check = check
        self._is_practice = is_practice

    def compose_body(self) -> ComposeResult:
        """Yield what would be sent where, and the answer."""
        yield PlainText(
            _(
                "Sent to {url}, to see whether {source} takes them: {fields}. The token that "
                "comes back is thrown away. After two refusals the check stops, because accounts lock.\n\n"
                "It is your machine that asks: {source}'s allow list for Adobe's addresses is not tested."
            ).format(fields=", ".join(self._sent), url=self._address, source=self._source)
        )
        if self._is_practice:
            yield PlainText(_("Practice mode: the practice service answers; nothing leaves this machine."))
        yield PlainText(id="page-words", classes="apart -empty", painter=painted_statements)

    def compose_actions(self) -> ComposeResult:
        """Yield Ask."""
        yield ActionButton(_("Ask {source}").format(source=self._source), self._ask, id="ask")

    def key_words(self) -> dict[str, str]:
        """Return where Esc leads."""
        return super().key_words() | {"page.close": _("Back to the form")}

    def on_mount(self) -> None:
        """Put the focus on the button."""
        self.query_one("#ask").focus()

    @work(exclusive=True)
    async def _ask(self) -> None:
        button = self.query_one("#ask", ActionButton)
        button.disabled = True
        self.say(_("Asking {source}...").format(source=self._source))
        try:
            await self._check()
        except Problem as problem:
            self.say(problem_text(problem))
        else:
            self.say(_("OK: {source} takes these credentials.").format(source=self._source))
        finally:
            button.disabled = False
            self.refresh_bindings()  # Tab leads to it again
        self.query_one("#close").focus()
