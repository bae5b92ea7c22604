"""A secret that came from a file, a command or a snippet: wrapped at once, with what may be said of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from aep_tui.domain.paste import has_control_characters, read_paste
from aep_tui.domain.rules.described_value import findings_by_description
from aep_tui.domain.secret import Secret
from aep_tui.domain.secret_facts import SecretKind, secret_facts
from aep_tui.domain.secrets import Secrets
from aep_tui.domain.source import Parameter
from aep_tui.domain.translation import _, plural


@dataclass(frozen=True, slots=True)
class LoadedSecret:
    """A secret and the words about it.

    Attributes:
        secret: for the field.
        words: kind, length and fingerprint, and what was taken away around it.
        cleaned: the same without quotation marks and invisible characters, when there are any; on consent only.
    """

    secret: Secret
    words: str
    cleaned: LoadedSecret | None = field(default=None)


def loaded_secret(parameter: Parameter, text: str, secrets: Secrets) -> LoadedSecret:
    """Return a text held by `secrets` for the field of `parameter`; white space around it is taken away and told."""
    paste = read_paste(text, is_secret=True)
    whole = text.strip() if paste.refusal else paste.text
    odd = (_("Warning: there are control characters in it. Look at where it comes from."),)
    notes = (*paste.notes, *(odd if has_control_characters(whole) else ()))
    # Once it is wrapped, nobody can hold it against its description any more.
    doubts = (
        _("Warning: {message}").format(message=each.message) for each in findings_by_description(parameter, whole)
    )
    words = " ".join((_facts_words(parameter, whole), *notes, *doubts))
    secret, cleaned = secrets.hold(whole, parameter.api_name), None
    if paste.has_offer:
        without = secrets.hold(paste.cleaned, parameter.api_name)
        cleaned = LoadedSecret(without, _facts_words(parameter, paste.cleaned))
    return LoadedSecret(secret, words, cleaned)


def _facts_words(parameter: Parameter, text: str) -> str:
    facts = secret_facts(text)
    length = plural("{count} character", "{count} characters", facts.length).format(count=facts.length)
    lines = plural("{count} line", "{count} lines", facts.line_count).format(count=facts.line_count)
    kinds = {
        SecretKind.TEXT: _("text"),
        SecretKind.TOKEN: _("signed token (JWT)"),
        SecretKind.PRIVATE_KEY: _("private key (PEM)"),
        SecretKind.CERTIFICATE: _("certificate (PEM)"),
    }
    words = _("Taken: {kind}, {length}, {lines}.").format(kind=kinds[facts.kind], length=length, lines=lines)
    if facts.fingerprint:
        words = _("{words} Fingerprint {fingerprint}.").format(words=words, fingerprint=facts.fingerprint)
    if facts.kind is SecretKind.PRIVATE_KEY and parameter.helper:
        words = _("{words} A key is no token: F9 makes the token from the key.").format(words=words)
    return words
