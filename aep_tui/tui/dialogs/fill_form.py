"""Fills the form from a file or from a pasted text: JSON, a `.env`, the request of a tutorial, broken or not."""

from __future__ import annotations

from textual import on, work
from textual.app import ComposeResult

from aep_tui.domain.background_work import in_background
from aep_tui.domain.problem import Problem
from aep_tui.domain.secrets import Secrets
from aep_tui.domain.snippet import Snippet, read_snippet
from aep_tui.domain.source import AuthMethod, Source
from aep_tui.domain.translation import _, plural
from aep_tui.pages import typed_files
from aep_tui.pages.field_words import FieldWords
from aep_tui.tui.dialogs.form_page import FormPage
from aep_tui.tui.widgets.action_button import ActionButton
from aep_tui.tui.widgets.field import Field, anything
from aep_tui.tui.widgets.looks import painted_statements
from aep_tui.tui.widgets.paste_box import PasteBox
from aep_tui.tui.widgets.plain_text import PlainText


class FillFormPage(FormPage[Snippet]):
    """Reads first and tells the names that it found, never a value; fills on a second key press."""

    def __init__(self, source: Source | None, method: AuthMethod, secrets: Secrets) -> None:
        """Look for the parameters of `method`; `secrets` hold what is one as soon as it is read."""
        super().__init__(_("Fill the form from a file or a snippet"))
        self._source = source
        self._method = method
        self._secrets = secrets
        self._snippet: Snippet | None = None

    def compose_body(self) -> ComposeResult:
        """Yield the path, the box for a paste, and what was found."""
        names = [parameter.api_name for parameter in self._method.parameters]
        words = plural(
            "JSON or .env with the name {names}; or the request of a tutorial, also when its JSON is broken. "
            "What you paste is not shown.",
            "JSON or .env with the names {names}; or the request of a tutorial, also when its JSON is broken. "
            "What you paste is not shown.",
            len(names),
        )
        yield PlainText(words.format(names=", ".join(names)))
        yield Field(
            "snippet-file",
            FieldWords(
                _("File"),
                _("~ is your home directory"),
                f"~/{self._source.id}.json" if self._source is not None else "",
            ),
            anything,
            is_required=False,
        )
        yield PlainText(_("Or paste the text here:"), classes="label")
        yield PasteBox(id="snippet-text")
        yield PlainText(id="page-words", classes="apart -empty", painter=painted_statements)

    def compose_actions(self) -> ComposeResult:
        """Yield Read and Fill in."""
        yield ActionButton(_("Read it"), self._read_it, id="read")
        yield ActionButton(_("Put into the form"), self._fill, id="fill", classes="-empty")

    def on_mount(self) -> None:
        """Put the focus into the field."""
        self.query_one("#snippet-file").focus()

    @on(PasteBox.Submitted)
    def _go_on_from_paste_box(self, event: PasteBox.Submitted) -> None:
        event.stop()
        self.query_one("#read").focus()

    def _read_it(self) -> None:
        self._read(self.field("snippet-file").text.strip())

    @work(exclusive=True)
    async def _read(self, path: str) -> None:
        text = self.query_one(PasteBox).held
        self._snippet = None
        self.query_one("#fill").add_class("-empty")
        if path:
            self.say(_("Reading..."))
            try:
                text = await in_background(lambda: typed_files.text_of(path))
            except Problem as problem:
                self.say("")
                self.show_problem_at("snippet-file", problem)
                return
        if not text.strip():
            self.say(_("Enter a path, or paste a text into the box."))
            return
        snippet = read_snippet(text, (self._method,))
        for parameter in self._method.parameters:
            if parameter.is_secret:
                self._secrets.hold(snippet.values.get(parameter.api_name, ""), parameter.api_name)
        self.say("\n".join(self._words(snippet)))
        if snippet.values:
            self._snippet = snippet
            self.query_one("#fill").remove_class("-empty")
            self.query_one("#fill").focus()

    def _fill(self) -> None:
        self.query_one(PasteBox).action_empty()
        self.dismiss(self._snippet)

    def _words(self, snippet: Snippet) -> list[str]:
        lines = [snippet.problem] if snippet.problem else []
        if snippet.recognised:
            lines.append(_("Recognised: {names}.").format(names=", ".join(snippet.recognised)))
        if snippet.placeholders:
            lines.append(
                _("Only a placeholder, to be filled in by you: {names}.").format(names=", ".join(snippet.placeholders))
            )
        lines.extend(snippet.notes)
        if snippet.unrecognised:
            lines.append(_("Not recognised: {names}.").format(names=", ".join(snippet.unrecognised)))
        if snippet.spec_name and snippet.spec_name != self._method.spec_name:
            lines.append(
                _("The text is for the auth method {theirs}; this form is for {ours}.").format(
                    theirs=snippet.spec_name, ours=self._method.spec_name
                )
            )
        other_source = (
            snippet.connection_spec_id
            and self._source is not None
            and snippet.connection_spec_id != self._source.connection_spec_id
        )
        if other_source:
            lines.append(_("The text is for another source: its connection specification is not this one."))
        return lines
