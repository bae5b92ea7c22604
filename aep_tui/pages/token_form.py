"""The page that signs a token, without a face: its values, what is wrong with them, and what it says afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from aep_tui.domain.finding import Finding, error, warning
from aep_tui.domain.rules.context import RuleContext
from aep_tui.domain.rules.registry import Offer, suggestion_named
from aep_tui.domain.rules.web_address import read_web_address
from aep_tui.domain.source import Suggestion, TokenRecipe
from aep_tui.domain.translation import _
from aep_tui.signing.token import KeyFacts, MintedToken, TokenClaims

SOON: Final = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class TokenForm:
    """What the page knows of the source.

    Attributes:
        recipe: the documented facts.
        context: the parameter that the token is for, and the form beside it.
    """

    recipe: TokenRecipe
    context: RuleContext

    @property
    def usual_audience(self) -> str:
        """The login address that goes with the form, "" when none is documented."""
        offer = self._audience_offer("")
        if offer is not None:
            return offer.value
        return self.recipe.audiences[0].value if self.recipe.audiences else ""

    def audiences(self) -> tuple[Suggestion, ...]:
        """Return the login addresses to choose from: the documented ones, and the instance's own."""
        address = read_web_address(self.context.other_text("instance_url"))
        own = Suggestion(f"https://{address.host}", _("the instance's own, from the form"))
        return (*self.recipe.audiences, own) if address.is_host_name else self.recipe.audiences

    def judge_audience(self, text: str) -> tuple[Finding, ...]:
        """Return what is wrong with a login address."""
        if not text:
            return (error(_("Choose the login address.")),)
        offer = self._audience_offer(text)
        if offer is not None:
            finding = warning if text in {audience.value for audience in self.recipe.audiences} else error
            return (finding(offer.words, offer.value),)
        if not text.lower().startswith("https://"):
            return (error(_("The address has to start with https://.")),)
        return ()

    def judge_end(self, text: str) -> tuple[Finding, ...]:
        """Return what is wrong with the day on which the token ends."""
        day = day_of(text)
        if day is None:
            return (error(_("Write a date like 2027-03-22.")),)
        if day <= self.context.today:
            return (error(_("The end has to be in the future. Choose a later day.")),)
        if day - self.context.today < SOON:
            return (warning(_("That is soon: the connection needs a new token then.")),)
        return ()

    def claims(self, issuer: str, subject: str, audience: str, ends_on: str) -> TokenClaims:
        """Return what the token will say; it ends with its last day.

        Args:
            issuer: the client id of the app.
            subject: the user in whose name the data is read.
            audience: the login address.
            ends_on: a day such as 2027-03-22; today when it is none.
        """
        return TokenClaims(
            issuer, subject, audience, datetime.combine(day_of(ends_on) or self.context.today, time(23, 59, 59), UTC)
        )

    def _audience_offer(self, text: str) -> Offer | None:
        suggest = suggestion_named(self.recipe.audience_suggests)
        return suggest(self.context, text) if suggest is not None else None


def day_of(text: str) -> date | None:
    """Return the day that a text names, like "2027-03-22"; None for anything else."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def key_words(facts: KeyFacts, source: str) -> str:
    """Return what may be said of a key; `source` is the product that takes the token."""
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
                "Warning: the certificate belongs to another key. {source} refuses the token unless it has the "
                "certificate of this key."
            ).format(source=source)
        )
    if facts.is_readable_by_others:
        words.append(_("Warning: other users of this machine can read the key file (chmod 600 changes that)."))
    return "\n".join(words)


def token_words(minted: MintedToken, source: str) -> str:
    """Return what may be said of a token that was made."""
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
        key_words(minted.key, source),
    ]
    return "\n".join(lines)
