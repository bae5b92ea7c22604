"""The rule "salesforce-jwt": the signed token of Salesforce on AWS, judged by what it says about itself.

Only what cannot work blocks; what the documents leave open warns. The token itself never stands in a message; the
login address that it names (`aud`) does, made harmless for a terminal.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from aep_tui.domain.finding import Finding, error, warning
from aep_tui.domain.jwt_claims import JwtInspection, JwtProblem, inspect_jwt
from aep_tui.domain.rules.context import RuleContext
from aep_tui.domain.rules.registry import Offer, rule, suggestion
from aep_tui.domain.rules.salesforce_url import is_production_host, is_sandbox_host, my_domain_host
from aep_tui.domain.rules.web_address import read_web_address
from aep_tui.domain.safe_text import shortened, without_control_characters
from aep_tui.domain.source import RuleName, SuggestionName
from aep_tui.domain.translation import _, plural

SOON: Final = timedelta(days=30)
LONGEST_TOKEN: Final = 8_000
"""Amazon AppFlow, which is beneath the platform on AWS, takes at most this many characters."""
PRODUCTION_AUDIENCE: Final = "https://login.salesforce.com"
SANDBOX_AUDIENCE: Final = "https://test.salesforce.com"
_LOGIN_HOSTS: Final = frozenset({"login.salesforce.com", "test.salesforce.com"})
_SMALLEST_SIGNATURE: Final = 128
_SIGNATURE_STEP: Final = 64
"""Bytes: an RSA signature is as long as its key, and keys have 1 024, 2 048, 3 072 or 4 096 bits."""


def judge_inspected_token(context: RuleContext, token: JwtInspection, length: int) -> tuple[Finding, ...]:
    """Return what is wrong with a token of `length` characters, by what it says; the token itself is not needed."""
    if token.is_adobe_token:
        return (
            error(
                _(
                    "This is an Adobe access token. Here Salesforce's own JWT is needed: the token that you sign with "
                    "the private key of your Salesforce app."
                )
            ),
        )
    findings = [error(_words(problem)) for problem in token.problems]
    if token.is_readable:
        findings += _about_claims(context, token)
    if length > LONGEST_TOKEN:
        findings.append(
            warning(
                _("The token has more than 8 000 characters, which the service beneath the platform does not take.")
            )
        )
    return tuple(findings)


@rule(RuleName.SALESFORCE_JWT, judge_token=judge_inspected_token)
def judge_salesforce_jwt(context: RuleContext, text: str) -> tuple[Finding, ...]:
    """Return what is wrong with a pasted token at `context.now`."""
    return judge_inspected_token(context, inspect_jwt(text), len(text))


@suggestion(SuggestionName.SALESFORCE_AUDIENCE)
def suggest_audience(context: RuleContext, text: str) -> Offer | None:
    """Offer the login address that goes with the instance: users of a sandbox log in elsewhere."""
    if exact := corrected_audience(text):
        return Offer(exact, _("Salesforce compares the whole text: write {audience}.").format(audience=exact))
    if is_sandbox_host(context.other_text("instance_url")) and text in {"", PRODUCTION_AUDIENCE}:
        return Offer(SANDBOX_AUDIENCE, _("The instance URL is a sandbox; its login address is the one of test."))
    return None


def corrected_audience(text: str) -> str:
    """Return the login address that is certainly meant, "" when the text is it, or when it may be any other one.

    Salesforce compares the whole text with the address of its server: a host alone, "http:", a slash at the end or the
    path of the token service make it another one.
    """
    host = read_web_address(text).host
    exact = f"https://{host}"
    return exact if (host in _LOGIN_HOSTS or my_domain_host(text)) and text != exact else ""


def _about_claims(context: RuleContext, token: JwtInspection) -> Iterable[Finding]:
    if token.algorithm != "RS256":
        yield error(
            _(
                'The token has to be signed with RS256; its header says something else. Make it again with "alg": '
                '"RS256".'
            )
        )
    elif token.signature_length and (
        token.signature_length < _SMALLEST_SIGNATURE or token.signature_length % _SIGNATURE_STEP
    ):
        yield warning(_("No RS256 signature has the length of this one. Copy the whole token, to its last character."))
    yield from _about_issuer(context, token)
    if not token.subject:
        yield error(_('The token has no "sub" claim. It has to name the Salesforce user.'))
    yield from _about_audience(context, token)
    yield from _about_expiry(context, token)


def _about_issuer(context: RuleContext, token: JwtInspection) -> Iterable[Finding]:
    client_id = context.other_text("client_id")
    if not token.issuer:
        yield error(
            _('The token has no "iss" claim. It has to be the client ID (consumer key) of your Salesforce app.')
        )
    elif client_id and token.issuer != client_id:
        yield error(
            _('The token\'s "iss" claim is not the client ID below. Both have to be the consumer key of the same app.')
        )


def _about_audience(context: RuleContext, token: JwtInspection) -> Iterable[Finding]:
    if not token.audiences:
        yield error(
            _(
                'The token has no "aud" claim. It has to be https://login.salesforce.com, or '
                "https://test.salesforce.com for a sandbox."
            )
        )
        return
    for audience in token.audiences:
        if exact := corrected_audience(audience):
            finding = error if read_web_address(audience).host in _LOGIN_HOSTS else warning
            yield finding(
                _(
                    'The token\'s "aud" claim is {audience}. Salesforce compares the whole text: make the token again '
                    "with {exact}."
                ).format(audience=shortened(without_control_characters(audience), 60), exact=exact)
            )
    instance_url = context.other_text("instance_url")
    hosts = {read_web_address(audience).host for audience in token.audiences}
    my_domains = {my_domain_host(audience) for audience in token.audiences} - {""}
    if "login.salesforce.com" in hosts and "test.salesforce.com" not in hosts:
        if is_sandbox_host(instance_url):
            yield warning(
                _(
                    'The instance URL is a sandbox, but the token\'s "aud" claim is production. For a sandbox it is '
                    "https://test.salesforce.com."
                )
            )
    elif "test.salesforce.com" in hosts and "login.salesforce.com" not in hosts:
        if is_production_host(instance_url):
            yield warning(
                _(
                    'The token\'s "aud" claim is for a sandbox, but the instance URL is production. For production it '
                    "is https://login.salesforce.com."
                )
            )
    elif my_domains:
        if my_domain_host(instance_url) and my_domain_host(instance_url) not in my_domains:
            yield warning(_('The token\'s "aud" claim and the instance URL name different Salesforce addresses.'))
    else:
        yield warning(
            _(
                'The token\'s "aud" claim is {audience}. Usual are https://login.salesforce.com, '
                "https://test.salesforce.com and your My Domain address."
            ).format(audience=shortened(without_control_characters(token.audiences[0]), 60))
        )


def _about_expiry(context: RuleContext, token: JwtInspection) -> Iterable[Finding]:
    if not token.has_exp:
        yield error(_('The token has no "exp" claim. It has to say when the token ends, in seconds since 1970.'))
    elif token.has_exp_in_milliseconds:
        yield error(
            _(
                'The token\'s "exp" claim is in milliseconds; Salesforce counts in seconds. Divide it by 1 000 and '
                "sign the token again."
            )
        )
    elif token.expires_at is None:
        if JwtProblem.EXP_NOT_A_NUMBER not in token.problems:
            yield error(_('The token\'s "exp" claim is not a date that exists.'))
    elif token.expires_at <= context.now:
        yield error(
            _("The token ended on {day} at {time} UTC. Make a new one.").format(
                day=token.expires_at.date().isoformat(), time=f"{token.expires_at:%H:%M}"
            )
        )
    elif token.expires_at.date() - context.today < SOON:
        days = (token.expires_at.date() - context.today).days
        yield warning(
            plural(
                "The token ends on {day}, in {days} day. From then on the connection needs a new one.",
                "The token ends on {day}, in {days} days. From then on the connection needs a new one.",
                days,
            ).format(day=token.expires_at.date().isoformat(), days=days)
        )


def _words(problem: JwtProblem) -> str:
    return {
        JwtProblem.EMPTY: _("Paste the token."),
        JwtProblem.TOO_LONG: _("The text is far too long for a token. Paste the token only."),
        JwtProblem.BEARER_PREFIX: _('Leave out the word "Bearer" before the token.'),
        JwtProblem.SURROUNDED_BY_QUOTES: _("Leave out the quotation marks around the token."),
        JwtProblem.INNER_BLANKS: _("There are blanks or line breaks in the token. Copy it again in one piece."),
        JwtProblem.NOT_THREE_PARTS: _(
            "This is not a JWT: it needs three parts with dots between them. Copy the whole token."
        ),
        JwtProblem.ENCRYPTED: _("This token is encrypted. A signed one is needed, with three parts and RS256."),
        JwtProblem.NOT_BASE64URL: _("There are characters in the token that do not belong there. Copy it again."),
        JwtProblem.HEADER_NOT_JSON: _(
            "The first part of the token cannot be read. Copy the whole token, from its first character."
        ),
        JwtProblem.CLAIMS_NOT_JSON: _("The second part of the token cannot be read. Copy the whole token again."),
        JwtProblem.NO_SIGNATURE: _("The token is not signed: nothing follows the second dot. Copy the whole token."),
        JwtProblem.EXP_NOT_A_NUMBER: _(
            'The token\'s "exp" claim is not a number. It has to be the end in seconds since 1970.'
        ),
    }[problem]
