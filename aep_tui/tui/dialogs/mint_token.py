"""Makes a signed token from a private key; key and passphrase are not kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Input

from aep_tui import pages, signing
from aep_tui.domain.background_work import in_background
from aep_tui.domain.finding import error_of
from aep_tui.domain.rules.context import RuleContext
from aep_tui.domain.token_end import end_of_token
from aep_tui.domain.translation import _
from aep_tui.pages import typed_files
from aep_tui.pages.field_words import FieldWords
from aep_tui.pages.suggestions import suggestions_question
from aep_tui.signing.problems import (
    ClaimsProblem,
    PassphraseNeededProblem,
    SigningProblem,
    WrongPassphraseProblem,
)
from aep_tui.tui import dialogs
from aep_tui.tui.dialogs.form_page import FormPage
from aep_tui.tui.dialogs.helper_page import HelperContext, HelperResult
from aep_tui.tui.keys import bindings
from aep_tui.tui.widgets.action_button import ActionButton
from aep_tui.tui.widgets.field import Field, Judge, anything, something
from aep_tui.tui.widgets.looks import painted_statements
from aep_tui.tui.widgets.plain_text import PlainText

if TYPE_CHECKING:
    from aep_tui.signing.key_pair import KeyPair
    from aep_tui.signing.token import MintedToken, TokenClaims

_VALUE: Final = something(_("Enter a value here."))


class MintTokenPage(FormPage[HelperResult]):
    """Makes the token first and shows what it says; a second key press takes it."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("mint.key-pair")]

    def __init__(self, context: HelperContext) -> None:
        super().__init__(_("Make the {label} from your private key").format(label=context.parameter.label))
        recipe = context.method.token
        assert recipe is not None, "a method with this helper has a recipe"  # noqa: S101 - held by a test of the catalog
        self._made_for = context
        self._clock = context.clock
        rule_context = RuleContext(context.parameter, context.method, context.clock.now(), context.answers)
        self._form = pages.TokenForm(recipe, rule_context)
        self._minted: MintedToken | None = None
        self._key_pair_paths = ("", "")

    def compose_body(self) -> ComposeResult:
        """Yield the fields in the order in which people have the values."""
        ends_on = signing.default_expiry(self._clock.now()).date().isoformat()
        folder, recipe, form = f"~/{self._made_for.source.id}", self._form.recipe, self._form
        before = self._made_for.typed_before
        yield _field(
            "key-file",
            _("Private key file"),
            _("PEM or PKCS#12"),
            f"{folder}/key.pem",
            _VALUE,
            answer=before.get("key-file", ""),
        )
        words = FieldWords(_("Passphrase"), _("of the key file; not kept"))
        yield Field("passphrase", words, anything, is_required=True, secrets=self._made_for.secrets)
        yield _field(
            "certificate",
            _("Certificate"),
            _("to compare with the key"),
            f"{folder}/cert.pem",
            anything,
            False,
            answer=before.get("certificate", ""),
        )
        client_id = self._made_for.read("client_id")
        yield _field("issuer", _("Client ID"), recipe.issuer_help, "", _VALUE, answer=client_id)
        yield _field(
            "user-name",
            _("User name"),
            recipe.subject_help,
            recipe.subject_example,
            _VALUE,
            answer=before.get("user-name", ""),
        )
        yield _field(
            "audience",
            _("Login address"),
            _("aud; Down: choose"),
            form.usual_audience,
            form.judge_audience,
            answer=form.usual_audience,
            has_suggestions=True,
        )
        yield _field(
            "ends-on",
            _("Ends on"),
            _("year-month-day, UTC"),
            ends_on,
            form.judge_end,
            answer=ends_on,
        )
        yield PlainText(
            _("{advice} Key and passphrase are forgotten as soon as the token is made.").format(
                advice=recipe.advice.strip()
            ),
            classes="quiet",
        )
        yield PlainText(id="page-words", classes="apart -empty", painter=painted_statements)

    def compose_actions(self) -> ComposeResult:
        """Yield Make, Use and the way to a key pair."""
        yield ActionButton(_("Make the token"), self._mint_when_judged, id="mint")
        yield ActionButton(_("Use it"), self._use, id="use", classes="-empty")
        yield ActionButton(_("Make a key pair"), self.action_make_key_pair, id="key-pair")

    def on_mount(self) -> None:
        """Put the focus into the first field; the passphrase is asked for when the key needs one."""
        self.field("passphrase").display = False
        self.query_one("#key-file").focus()

    @on(Field.Left)
    def _look_at_key(self, event: Field.Left) -> None:
        event.stop()
        if event.field.api_name == "key-file" and not event.field.has_error:
            self._ask_for_passphrase_when_needed(event.field.text)

    @work(group="look", exclusive=True)
    async def _ask_for_passphrase_when_needed(self, path: str) -> None:
        field = self.field("key-file")
        try:
            facts = await in_background(lambda: typed_files.key_facts_of(path))
        except PassphraseNeededProblem:
            self.field("passphrase").display = True
        except SigningProblem as problem:
            if field.text == path:
                field.show_findings((error_of(problem),))
        else:
            self.field("passphrase").display = False
            if field.text == path and self._minted is None:
                self.say(pages.key_words(facts, self._made_for.source.label))

    @on(Input.Changed)
    def _forget_old_token(self, event: Input.Changed) -> None:
        if self._minted is not None and event.input.id != "passphrase":
            self._minted = None
            self.query_one("#use").add_class("-empty")
            self.say("")

    @on(Field.SuggestionsWanted)
    def _offer_audiences(self, event: Field.SuggestionsWanted) -> None:
        event.stop()
        self._choose_audience(event.field)

    @work
    async def _choose_audience(self, field: Field) -> None:
        question = suggestions_question(field.words.label, self._form.audiences())
        value = await self.app.push_screen_wait(dialogs.ChoiceModal(question))
        if value:
            field.set_text(value)
        field.input.focus()

    def _mint_when_judged(self) -> None:
        if self.judged():
            self._mint()

    @work(group="mint", exclusive=True)
    async def _mint(self) -> None:
        self.say(_("Reading the key..."))
        passphrase = self.field("passphrase").text
        claims = self._claims()
        key_file, certificate = self.field("key-file").text, self.field("certificate").text.strip()
        secret = self._made_for.secrets.hold(passphrase, "passphrase") if passphrase else None
        del passphrase
        place = "certificate"
        try:
            if certificate:
                await in_background(lambda: typed_files.check_certificate(certificate))
            place = "key-file"
            key = typed_files.SigningKey(key_file, certificate, secret)
            minted = await in_background(
                lambda: typed_files.token_signed_with(key, claims, self._clock.now(), self._made_for.secrets)
            )
        except SigningProblem as problem:
            self.say("")
            if isinstance(problem, PassphraseNeededProblem | WrongPassphraseProblem):
                place = "passphrase"
                self.field(place).display = True
            elif isinstance(problem, ClaimsProblem):
                place = "ends-on"
            self.show_problem_at(place, problem)
            return
        self._minted = minted
        self.field("passphrase").input.value = ""
        self.say(pages.token_words(minted, self._made_for.source.label))
        self.query_one("#use").remove_class("-empty")
        self.query_one("#use").focus()

    def _use(self) -> None:
        if self._minted is not None:
            words = _("Made here; it is not shown. It ends on {day}.").format(day=end_of_token(self._minted.token))
            client_id = self._made_for.parameter.read_name("client_id")
            # The token was issued for this client: the form gets the same.
            texts = {client_id: self._minted.claims.issuer} if client_id else {}
            self._remember()
            self.dismiss(HelperResult(self._minted.token, words, texts))

    def action_leave(self) -> None:
        """Close; what was typed is there again the next time, but for the passphrase."""
        self._remember()
        super().action_leave()

    def _remember(self) -> None:
        for name in ("key-file", "certificate", "user-name"):
            self._made_for.typed_before[name] = self.field(name).text

    @work(group="key-pair", exclusive=True)
    async def action_make_key_pair(self) -> None:
        """Go to the page that makes a key pair, and take its files."""
        page = dialogs.KeyPairPage(
            self._made_for.source, self._form.recipe, self._clock, self._made_for.secrets, self._key_pair_paths
        )
        pair: KeyPair | None = await self.app.push_screen_wait(page)
        self._key_pair_paths = page.paths
        if pair is not None:
            self.field("key-file").set_text(str(pair.key_file))
            self.field("certificate").set_text(str(pair.certificate_file))
        self.query_one("#key-file").focus()

    def _claims(self) -> TokenClaims:
        return self._form.claims(
            *(self.field(name).text.strip() for name in ("issuer", "user-name", "audience", "ends-on"))
        )


def _field(
    field_id: str,
    label: str,
    words: str,
    example: str,
    judge: Judge,
    is_required: bool = True,
    *,
    answer: str = "",
    has_suggestions: bool = False,
) -> Field:
    return Field(
        field_id,
        FieldWords(label, words, example),
        judge,
        is_required=is_required,
        answer=answer or None,
        has_suggestions=has_suggestions,
    )
