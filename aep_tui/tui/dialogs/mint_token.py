"""Makes the signed token of the AWS connection from a private key; key and passphrase are not kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from aep_tui.domain.clock import Clock
from aep_tui.domain.draft import Answer
from aep_tui.domain.finding import Finding, error, warning
from aep_tui.domain.rules.salesforce_jwt import PRODUCTION_AUDIENCE, SANDBOX_AUDIENCE, SOON
from aep_tui.domain.rules.salesforce_url import is_sandbox_host, my_domain_host
from aep_tui.domain.source import Suggestion
from aep_tui.domain.translation import _
from aep_tui.pages.background import in_background
from aep_tui.tui.dialogs.form_page import FormPage, problem_finding, typed_path
from aep_tui.tui.widgets.action_button import ActionButton
from aep_tui.tui.widgets.field import Field, FieldWords, Judge
from aep_tui.tui.widgets.plain_text import PlainText

if TYPE_CHECKING:
    from pydantic import SecretStr

    from aep_tui.domain.inspected_token import InspectedToken
    from aep_tui.signing.key_pair import KeyPair
    from aep_tui.signing.token import KeyFacts, MintedToken, TokenClaims


@dataclass(frozen=True, slots=True)
class MintResult:
    """What goes back into the form.

    Attributes:
        token: for `jwtToken`.
        client_id: for `clientId`: the token was issued for it.
    """

    token: InspectedToken
    client_id: str


class MintTokenPage(FormPage[MintResult]):
    """Makes the token first and shows what it says; a second key press takes it."""

    title_words = _("Make the JWT token from your private key")
    BINDINGS: ClassVar[list[BindingType]] = [Binding("f9", "make_key_pair", _("Make a key pair"), id="mint.key-pair")]

    def __init__(self, answers: Mapping[str, Answer], clock: Clock) -> None:
        """Take client id and instance URL of the form as they stand there."""
        super().__init__()
        self._clock = clock
        self._client_id = _text(answers.get("clientId"))
        self._instance_url = _text(answers.get("instanceUrl"))
        self._minted: MintedToken | None = None

    def compose_body(self) -> ComposeResult:
        """Yield the fields in the order in which people have the values."""
        from aep_tui.signing.token import default_expiry

        ends_on = default_expiry(self._clock.now()).date().isoformat()
        audience = SANDBOX_AUDIENCE if is_sandbox_host(self._instance_url) else PRODUCTION_AUDIENCE
        yield _field("key-file", _("Private key file"), _("PEM or PKCS#12"), "~/salesforce/key.pem", _required)
        yield _field("passphrase", _("Passphrase"), _("of the key file; not kept"), "", _nothing, is_secret=True)
        yield _field(
            "certificate", _("Certificate"), _("to compare with the key"), "~/salesforce/cert.pem", _nothing, False
        )
        yield _field(
            "issuer", _("Client ID"), _("the consumer key: iss"), "3MVG9...", _required, answer=self._client_id
        )
        yield _field("user-name", _("User name"), _("the Salesforce user: sub"), "integration@acme.com", _required)
        yield _field(
            "audience",
            _("Login address"),
            _("aud; Down: choose"),
            PRODUCTION_AUDIENCE,
            self._judge_audience,
            answer=audience,
            has_suggestions=True,
        )
        yield _field("ends-on", _("Ends on"), _("year-month-day, UTC"), ends_on, self._judge_end, answer=ends_on)
        yield PlainText(
            _(
                "Four months is what Adobe's guide takes. When the token ends, the connection stops reading until it "
                "gets a new token. Key and passphrase are forgotten as soon as the token is made."
            ),
            classes="source",
        )
        yield PlainText(id="page-words", classes="question -empty")

    def compose_actions(self) -> ComposeResult:
        """Yield Make, Use and the way to a key pair."""
        yield ActionButton(_("Make the token"), id="mint")
        yield ActionButton(_("Use it"), id="use", classes="-empty")
        yield ActionButton(_("Make a key pair"), id="key-pair")

    def key_text(self) -> str:
        """Return the keys of the page."""
        return _("Enter Next field   F9 Make a key pair   Page Up, Page Down Scroll   Esc Close")

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
        from aep_tui.signing.problems import PassphraseNeededProblem, SigningProblem
        from aep_tui.signing.token import inspect_private_key

        field = self.field("key-file")
        try:
            facts = await in_background(lambda: inspect_private_key(typed_path(path)))
        except PassphraseNeededProblem:
            self.field("passphrase").display = True
        except SigningProblem as problem:
            if field.text == path:
                field.show_findings((problem_finding(problem),))
        else:
            self.field("passphrase").display = False
            if field.text == path and self._minted is None:
                self.say(_key_words(facts))

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
        from aep_tui.pages.suggestions import suggestions_question
        from aep_tui.tui.dialogs.asking import ChoiceModal

        choices = [Suggestion(PRODUCTION_AUDIENCE, _("production")), Suggestion(SANDBOX_AUDIENCE, _("sandbox"))]
        host = my_domain_host(self._instance_url)
        if host:
            choices.append(Suggestion(f"https://{host}", _("My Domain, from the form")))
        value = await self.app.push_screen_wait(ChoiceModal(suggestions_question(field.words.label, choices)))
        if value:
            field.set_text(value)
        field.input.focus()

    @on(ActionButton.Pressed, "#mint")
    def _mint_pressed(self, event: ActionButton.Pressed) -> None:
        event.stop()
        if self.judged():
            self._mint()

    @work(group="mint", exclusive=True)
    async def _mint(self) -> None:
        from pydantic import SecretStr

        from aep_tui.signing.problems import ClaimsProblem, PassphraseNeededProblem, SigningProblem
        from aep_tui.signing.problems import WrongPassphraseProblem as WrongPassphrase

        self.say(_("Reading the key..."))
        passphrase = self.field("passphrase").text
        claims = self._claims()
        key_file, certificate = self.field("key-file").text, self.field("certificate").text.strip()
        secret = SecretStr(passphrase) if passphrase else None
        del passphrase
        place = "certificate"
        try:
            if certificate:
                await in_background(lambda: _check_certificate(certificate))
            place = "key-file"
            minted = await in_background(lambda: _minted(key_file, certificate, claims, self._clock.now(), secret))
        except SigningProblem as problem:
            self.say("")
            if isinstance(problem, PassphraseNeededProblem | WrongPassphrase):
                place = "passphrase"
                self.field(place).display = True
            elif isinstance(problem, ClaimsProblem):
                place = "ends-on"
            self.show_problem_at(place, problem)
            return
        self._minted = minted
        self.field("passphrase").input.value = ""
        self.say(_token_words(minted))
        self.query_one("#use").remove_class("-empty")
        self.query_one("#use").focus()

    @on(ActionButton.Pressed, "#use")
    def _use(self, event: ActionButton.Pressed) -> None:
        event.stop()
        if self._minted is not None:
            self.dismiss(MintResult(self._minted.token, self._minted.claims.issuer))

    @on(ActionButton.Pressed, "#key-pair")
    def _key_pair_pressed(self, event: ActionButton.Pressed) -> None:
        event.stop()
        self.action_make_key_pair()

    @work(group="key-pair", exclusive=True)
    async def action_make_key_pair(self) -> None:
        """Go to the page that makes a key pair, and take its files."""
        from aep_tui.tui.dialogs.key_pair import KeyPairPage

        pair: KeyPair | None = await self.app.push_screen_wait(KeyPairPage(self._clock))
        if pair is not None:
            self.field("key-file").set_text(str(pair.key_file))
            self.field("certificate").set_text(str(pair.certificate_file))
        self.query_one("#key-file").focus()

    def _claims(self) -> TokenClaims:
        from aep_tui.signing.token import TokenClaims

        texts = {name: self.field(name).text.strip() for name in ("issuer", "user-name", "audience", "ends-on")}
        end = datetime.combine(_day(texts["ends-on"]) or self._clock.today(), time(23, 59, 59), UTC)
        return TokenClaims(texts["issuer"], texts["user-name"], texts["audience"], end)

    def _judge_audience(self, text: str, _kept: Answer | None) -> tuple[Finding, ...]:
        if not text:
            return (error(_("Choose the login address: production, sandbox or your My Domain address.")),)
        if text.lower().startswith("http:") or not text.lower().startswith("https://"):
            return (error(_("The address has to start with https://.")),)
        if text == PRODUCTION_AUDIENCE and is_sandbox_host(self._instance_url):
            return (
                warning(_("The instance URL is a sandbox; its login address is the one of test."), SANDBOX_AUDIENCE),
            )
        return ()

    def _judge_end(self, text: str, _kept: Answer | None) -> tuple[Finding, ...]:
        day = _day(text)
        if day is None:
            return (error(_("Write a date like 2027-03-22.")),)
        if day <= self._clock.today():
            return (error(_("The end has to be in the future. Choose a later day.")),)
        if day - self._clock.today() < SOON:
            return (warning(_("That is soon: the connection needs a new token then.")),)
        return ()


def _minted(
    key_file: str, certificate: str, claims: TokenClaims, now: datetime, passphrase: SecretStr | None
) -> MintedToken:
    from aep_tui.signing.token import mint

    return mint(
        typed_path(key_file),
        claims,
        now=now,
        passphrase=passphrase,
        certificate_file=typed_path(certificate) if certificate else None,
    )


def _check_certificate(path: str) -> None:
    from aep_tui.signing.certificate import read_certificate

    read_certificate(typed_path(path))


def _token_words(minted: MintedToken) -> str:
    claims = minted.claims
    end = claims.expires_at
    lines = [
        _("OK: the token is made. It is not shown; this is what it says:"),
        _("iss {issuer} · sub {subject}").format(issuer=claims.issuer, subject=claims.subject),
        _("aud {audience} · RS256").format(audience=claims.audience),
        _(
            "exp {seconds}: it ends on {day} at {time} UTC. Before that day make a new one and put it into the "
            "connection."
        ).format(seconds=int(end.timestamp()), day=end.date().isoformat(), time=end.strftime("%H:%M")),
        _key_words(minted.key),
    ]
    return "\n".join(lines)


def _key_words(facts: KeyFacts) -> str:
    words = [
        _("Key: RSA, {bits} bits, {kind}. SHA-256 of the public key: {fingerprint}").format(
            bits=facts.bits, kind=facts.kind.value, fingerprint=facts.fingerprint
        )
    ]
    if facts.matches_certificate is True:
        words.append(_("OK: key and certificate belong together."))
    elif facts.matches_certificate is False:
        words.append(
            _(
                "Warning: the certificate belongs to another key. Salesforce refuses the token unless it has the "
                "certificate of this key."
            )
        )
    if facts.is_readable_by_others:
        words.append(_("Warning: other users of this machine can read the key file (chmod 600 changes that)."))
    return "\n".join(words)


def _field(
    field_id: str,
    label: str,
    words: str,
    example: str,
    judge: Judge,
    is_required: bool = True,
    *,
    is_secret: bool = False,
    answer: str = "",
    has_suggestions: bool = False,
) -> Field:
    return Field(
        field_id,
        FieldWords(label, words, example),
        judge,
        is_required=is_required,
        is_secret=is_secret,
        answer=answer or None,
        has_suggestions=has_suggestions,
    )


def _required(text: str, _kept: Answer | None) -> tuple[Finding, ...]:
    return () if text.strip() else (error(_("Enter a value here.")),)


def _nothing(_text: str, _kept: Answer | None) -> tuple[Finding, ...]:
    return ()


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def _text(answer: Answer | None) -> str:
    return answer.strip() if isinstance(answer, str) else ""
