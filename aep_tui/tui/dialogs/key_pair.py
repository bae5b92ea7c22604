"""Makes a key pair, and tells the steps in Salesforce that it is for, each to be ticked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on, work
from textual.app import ComposeResult

from aep_tui.domain.clock import Clock
from aep_tui.domain.draft import Answer
from aep_tui.domain.finding import Finding, error
from aep_tui.domain.translation import _
from aep_tui.pages.background import in_background
from aep_tui.tui.dialogs.form_page import FormPage, typed_path
from aep_tui.tui.widgets.action_button import ActionButton
from aep_tui.tui.widgets.field import Field, FieldWords
from aep_tui.tui.widgets.plain_text import PlainText
from aep_tui.tui.widgets.tick_box import TickBox

if TYPE_CHECKING:
    from aep_tui.signing.key_pair import KeyPair

STEPS_IN_SALESFORCE = (
    _("Setup, External Client App Manager, New External Client App (an existing Connected App works too)."),
    _("In its OAuth settings: enable OAuth, callback URL for example https://localhost."),
    _("Scopes: api, refresh_token (offline_access), openid, id (profile), custom_permissions."),
    _("Flow: enable the JWT bearer flow (in a Connected App: Use Digital Signatures), upload the certificate file."),
    _("Tick: Issue JSON Web Token (JWT)-based access tokens for named users."),
    _("Policies: Permitted Users = Admin approved users are pre-authorized; add the profile of the user."),
    _("Copy consumer key (client ID) and consumer secret (client secret) into the form. Wait 2 to 10 minutes."),
)
"""Adobe's page on the Salesforce source (AWS), in the names that Salesforce's Setup has today."""


class KeyPairPage(FormPage["KeyPair"]):
    """Returns the files that were written, or None."""

    title_words = _("Make a key pair for Salesforce")

    def __init__(self, clock: Clock) -> None:
        """`clock` says when the certificate begins."""
        super().__init__()
        self._clock = clock
        self._pair: KeyPair | None = None

    def compose_body(self) -> ComposeResult:
        """Yield the places of the files, and after the making the steps."""
        yield PlainText(
            _("A private key (RSA, 4096 bits) that stays with you, and a certificate for ten years that you upload.")
        )
        yield Field(
            "new-key",
            FieldWords(_("New private key file"), _("readable by you only"), "~/salesforce-key.pem"),
            _required,
            is_required=True,
        )
        yield Field(
            "new-certificate",
            FieldWords(_("New certificate file"), _("goes to Salesforce"), "~/salesforce-cert.pem"),
            self._judge_certificate,
            is_required=True,
        )
        yield Field(
            "new-passphrase",
            FieldWords(_("Passphrase"), _("encrypts the key file; asked for whenever a token is made")),
            lambda _text, _kept: (),
            is_required=False,
            is_secret=True,
        )
        yield PlainText(id="page-words", classes="question -empty")
        yield PlainText(_("The steps in Salesforce, to be ticked when they are done:"), classes="question")
        for number, words in enumerate(STEPS_IN_SALESFORCE, 1):
            yield TickBox(f"{number}. {words}", id=f"step-{number}")

    def compose_actions(self) -> ComposeResult:
        """Yield Make and Go on."""
        yield ActionButton(_("Make the key pair"), id="make")
        yield ActionButton(_("Go on with this key"), id="go-on", classes="-empty")

    def on_mount(self) -> None:
        """Put the focus into the first field."""
        self.query_one("#new-key").focus()

    @on(ActionButton.Pressed, "#make")
    def _make_pressed(self, event: ActionButton.Pressed) -> None:
        event.stop()
        if self.judged():
            self._make()

    @work(exclusive=True)
    async def _make(self) -> None:
        from pydantic import SecretStr

        from aep_tui.signing.key_pair import make_key_pair
        from aep_tui.signing.problems import KeyPairProblem

        button = self.query_one("#make", ActionButton)
        passphrase = self.field("new-passphrase").text
        secret = SecretStr(passphrase) if passphrase else None
        del passphrase
        key_file, certificate_file = (
            typed_path(self.field(name).text).absolute() for name in ("new-key", "new-certificate")
        )
        button.disabled = True
        self.say(_("Making the key; that takes some seconds..."))
        try:
            pair = await in_background(
                lambda: make_key_pair(key_file, certificate_file, now=self._clock.now(), passphrase=secret)
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
            button.disabled = False
        self._pair = pair
        button.add_class("-empty")
        self.field("new-passphrase").input.value = ""
        self.say(
            _(
                "OK: the key pair is made. Upload {certificate} to Salesforce; keep {key} to yourself.\n"
                "SHA-256 of the certificate, as Salesforce shows it: {fingerprint}\nThe certificate ends on {day}."
            ).format(
                certificate=pair.certificate_file,
                key=pair.key_file,
                fingerprint=pair.certificate_fingerprint,
                day=pair.ends_at.date().isoformat(),
            )
        )
        self.query_one("#go-on").remove_class("-empty")
        self.query_one("#step-1").focus(scroll_visible=False)

    @on(ActionButton.Pressed, "#go-on")
    def _go_on(self, event: ActionButton.Pressed) -> None:
        event.stop()
        self.dismiss(self._pair)

    def action_leave(self) -> None:
        """Close; files that were made are taken along."""
        self.dismiss(self._pair)

    def _judge_certificate(self, text: str, kept: Answer | None) -> tuple[Finding, ...]:
        if text and text == self.field("new-key").text.strip():
            return (error(_("Key and certificate need two different files.")),)
        return _required(text, kept)


def _required(text: str, _kept: Answer | None) -> tuple[Finding, ...]:
    return () if text.strip() else (error(_("Enter the path of a file that does not exist yet.")),)
