"""Loads one secret from a file or from what a command prints, without showing it."""

from __future__ import annotations

import shlex

from textual import work
from textual.app import ComposeResult

from aep_tui.domain.background_work import in_background
from aep_tui.domain.clock import Clock
from aep_tui.domain.finding import Finding, error
from aep_tui.domain.problem import Problem, SettingsProblem
from aep_tui.domain.secrets import Secrets
from aep_tui.domain.source import Parameter, Source
from aep_tui.domain.translation import _
from aep_tui.pages import typed_files
from aep_tui.pages.field_words import FieldWords
from aep_tui.pages.loaded_secret import LoadedSecret, loaded_secret
from aep_tui.settings.secret_command import secret_from_command
from aep_tui.tui.dialogs.form_page import FormPage
from aep_tui.tui.widgets.action_button import ActionButton
from aep_tui.tui.widgets.field import Field
from aep_tui.tui.widgets.looks import painted_statements
from aep_tui.tui.widgets.plain_text import PlainText


class LoadSecretPage(FormPage[LoadedSecret]):
    """Reads first, shows kind, length and fingerprint, and takes the secret on a second key press."""

    def __init__(self, source: Source, parameter: Parameter, clock: Clock, secrets: Secrets) -> None:
        """Load a value for `parameter` of `source`; `clock` measures how long the command may take."""
        super().__init__(_("Load a secret"))
        self._source = source
        self._parameter = parameter
        self._clock = clock
        self._secrets = secrets
        self._loaded: LoadedSecret | None = None

    def compose_body(self) -> ComposeResult:
        """Yield the two places that a secret may come from."""
        yield PlainText(
            _(
                "Load: {label}. It comes from a file, or from what a command prints. It is not shown; the command runs "
                "without a shell, and the secret does not appear in the process list."
            ).format(label=self._parameter.label)
        )
        yield Field(
            "secret-file",
            FieldWords(_("File"), _("~ is your home directory"), f"~/secrets/{self._source.id}.txt"),
            self._judge_place,
            is_required=False,
        )
        yield Field(
            "secret-command",
            FieldWords(_("Or a command"), _("that prints the secret and nothing else"), f"pass show {self._source.id}"),
            self._judge_command,
            is_required=False,
        )
        yield PlainText(id="page-words", classes="apart -empty", painter=painted_statements)

    def compose_actions(self) -> ComposeResult:
        """Yield Read, and the ways to take what was read."""
        yield ActionButton(_("Read it"), self._read_when_judged, id="read")
        yield ActionButton(_("Use it"), self._use, id="use", classes="-empty")
        yield ActionButton(_("Use it without them"), self._use_cleaned, id="use-cleaned", classes="-empty")

    def on_mount(self) -> None:
        """Put the focus into the first field."""
        self.query_one("#secret-file").focus()

    def _read_when_judged(self) -> None:
        file, command = self.field("secret-file"), self.field("secret-command")
        if not file.text.strip() and not command.text.strip():
            file.show_findings((error(_("Enter a file or a command.")),))
            file.input.focus()
        elif self.judged():
            self._read(file.text.strip(), command.text.strip())

    @work(exclusive=True)
    async def _read(self, path: str, command: str) -> None:
        self.say(_("Reading..."))
        try:
            if path:
                text = await in_background(lambda: typed_files.secret_of(path))
            else:
                arguments = shlex.split(command)
                text = await in_background(lambda: secret_from_command(arguments, self._clock))
            if not text.strip():
                raise SettingsProblem(_("Nothing in it"), _("There is nothing but blanks in it."))
        except Problem as problem:
            self.say("")
            self.show_problem_at("secret-file" if path else "secret-command", problem)
            return
        self._loaded = loaded_secret(self._parameter, text, self._secrets)
        self.say(self._loaded.words)
        self.query_one("#use").remove_class("-empty")
        self.query_one("#use-cleaned").set_class(self._loaded.cleaned is None, "-empty")
        self.query_one("#use").focus()

    def _use(self) -> None:
        self.dismiss(self._loaded)

    def _use_cleaned(self) -> None:
        self.dismiss(self._loaded.cleaned if self._loaded is not None else None)

    def _judge_place(self, text: str) -> tuple[Finding, ...]:
        if text and self.field("secret-command").text.strip():
            return (error(_("Enter either a file or a command.")),)
        return ()

    def _judge_command(self, text: str) -> tuple[Finding, ...]:
        try:
            shlex.split(text)
        except ValueError:
            return (error(_("A quotation mark is not closed.")),)
        return ()
