"""Makes a key pair, and tells the steps at the source that it is for, each to be ticked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual import events, work
from textual.app import ComposeResult
from textual.containers import Horizontal

from aep_tui import signing
from aep_tui.domain.background_work import in_background
from aep_tui.domain.clock import Clock
from aep_tui.domain.finding import Finding, error
from aep_tui.domain.secrets import Secrets
from aep_tui.domain.source import Source, TokenRecipe
from aep_tui.domain.translation import _
from aep_tui.pages import typed_files
from aep_tui.pages.field_words import FieldWords
from aep_tui.signing.problems import KeyPairProblem
from aep_tui.tui.dialogs.form_page import FormPage
from aep_tui.tui.signs import ENTER
from aep_tui.tui.widgets.action_button import ActionButton
from aep_tui.tui.widgets.field import Field, anything, something
from aep_tui.tui.widgets.key_line import KeyLine
from aep_tui.tui.widgets.looks import painted_statements
from aep_tui.tui.widgets.plain_text import PlainText
from aep_tui.tui.widgets.tick_box import TickBox

if TYPE_CHECKING:
    from aep_tui.signing.key_pair import KeyPair

_NEW_PATH: Final = something(_("Enter the path of a file that does not exist yet."))


class KeyPairPage(FormPage["KeyPair"]):
    """Returns the files that were written, or None."""

    def __init__(
        self, source: Source, recipe: TokenRecipe, clock: Clock, secrets: Secrets, paths: tuple[str, str] = ("", "")
    ) -> None:
        """Make keys for `source`; `recipe` has its steps, `clock` says when the certificate begins.

        `paths` of key and certificate were typed before; the page keeps there what is typed now.
        """
        super().__init__(_("Make a key pair for {source}").format(source=source.label))
        self._source = source
        self._recipe = recipe
        self._clock = clock
        self._secrets = secrets
        self._pair: KeyPair | None = None
        self._is_making = False
        self.paths = paths

    def compose_body(self) -> ComposeResult:
        """Yield the places of the files, and after the making the steps."""
        yield PlainText(
            _("A private key (RSA, 4096 bits) that stays with you, and a certificate for ten years that you upload.")
        )
        yield Field(
            "new-key",
            FieldWords(_("New private key file"), _("readable by you only"), f"~/{self._source.id}-key.pem"),
            _NEW_PATH,
            is_required=True,
            answer=self.paths[0],
        )
        yield Field(
            "new-certificate",
            FieldWords(
                _("New certificate file"),
                _("goes to {source}").format(source=self._source.label),
                f"~/{self._source.id}-cert.pem",
            ),
            self._judge_certificate,
            is_required=True,
            answer=self.paths[1],
        )
        yield Field(
            "new-passphrase",
            FieldWords(_("Passphrase"), _("encrypts the key file; asked for with each token")),
            anything,
            is_required=False,
            secrets=self._secrets,
        )
        with Horizontal(classes="inline-actions"):
            yield ActionButton(_("Make the key pair"), self._make_when_judged, id="make")
            yield ActionButton(_("Go on with this key"), self.action_leave, id="go-on", classes="-empty")
        yield PlainText(id="page-words", classes="apart -empty", painter=painted_statements)
        yield PlainText(
            _("The steps in {source}, to be ticked when they are done:").format(source=self._source.label),
            classes="question",
        )
        for number, words in enumerate(self._recipe.app_steps, 1):
            yield TickBox(f"{number}. {words}", id=f"step-{number}")

    def on_mount(self) -> None:
        """Put the focus into the first field."""
        self.query_one("#new-key").focus()

    def _make_when_judged(self) -> None:
        if not self._is_making and self.judged():
            self._make()

    def on_key(self, event: events.Key) -> None:
        """Say that a key does nothing while the key pair is made, unless it goes into a field."""
        if self._is_making and (event.is_printable or event.key == "enter"):
            self.query_one(KeyLine).say(_("The key is still being made. What was typed now went nowhere."))

    def key_words(self) -> dict[str, str]:
        """Return that the button does nothing while it works."""
        makes = self._is_making and self.focused is self.query_one("#make")
        return super().key_words() | ({ENTER: ""} if makes else {})

    @work(exclusive=True)
    async def _make(self) -> None:
        button = self.query_one("#make", ActionButton)
        passphrase = self.field("new-passphrase").text
        secret = self._secrets.hold(passphrase, "passphrase") if passphrase else None
        del passphrase
        key_file, certificate_file = (
            typed_files.absolute_path(self.field(name).text) for name in ("new-key", "new-certificate")
        )
        # It keeps the focus: on a disabled button what is typed meanwhile would go to whatever comes next.
        self._is_making = True
        self.refresh_bindings()
        self.say(_("Making the key; that takes some seconds..."))
        try:
            pair = await in_background(
                lambda: signing.make_key_pair(key_file, certificate_file, now=self._clock.now(), passphrase=secret)
            )
        except KeyPairProblem as problem:
            self.say("")
            named = {"new-key": str(key_file), "new-certificate": str(certificate_file)}
            # The longer path first: one may be the beginning of the other.
            by_length = sorted(named, key=lambda field_id: len(named[field_id]), reverse=True)
            place = next((each for each in by_length if named[each] in problem.message), "new-passphrase")
            self.show_problem_at(place, problem)
            return
        finally:
            self._is_making = False
            self.refresh_bindings()
        self._pair = pair
        stays = self.focused not in {None, button}
        button.add_class("-empty")
        self.field("new-passphrase").input.value = ""
        self.say(
            _(
                "OK: the key pair is made. Upload {certificate} to {source}; keep {key} to yourself.\n"
                "SHA-256 of the certificate, as {source} shows it: {fingerprint}\nThe certificate ends on {day}."
            ).format(
                source=self._source.label,
                certificate=pair.certificate_file,
                key=pair.key_file,
                fingerprint=pair.certificate_fingerprint,
                day=pair.ends_at.date().isoformat(),
            )
        )
        self.query_one("#go-on").remove_class("-empty")
        if not stays:
            self.query_one("#go-on").focus()

    def action_leave(self) -> None:
        """Close; files that were made are taken along, and what was typed is kept."""
        self.paths = (self.field("new-key").text, self.field("new-certificate").text)
        self.dismiss(self._pair)

    def _judge_certificate(self, text: str) -> tuple[Finding, ...]:
        if text and text == self.field("new-key").text.strip():
            return (error(_("Key and certificate need two different files.")),)
        return _NEW_PATH(text)
