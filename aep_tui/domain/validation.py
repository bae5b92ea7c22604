"""Judges what a person has typed: the one place that screens, wizard and headless mode ask.

A rule that the documents state blocks; anything else warns, because Adobe has the last word. A finding never holds
the value of a secret: secrets are judged from the text in their own field (`findings_for_text`) and otherwise only
by whether they are there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Final

from aep_tui.domain.draft import Answer, is_empty
from aep_tui.domain.finding import Finding, error, error_of, warning
from aep_tui.domain.header_value import HeaderFault, header_fault, is_signed_token
from aep_tui.domain.paste import bearer_prefix_removed
from aep_tui.domain.problem import SettingsProblem
from aep_tui.domain.rules.context import RuleContext
from aep_tui.domain.rules.registry import rule_named, suggestion_named
from aep_tui.domain.rules.text import judge_any_text, judge_own_words
from aep_tui.domain.rules.web_address import read_web_address
from aep_tui.domain.secret import Secret
from aep_tui.domain.source import AuthMethod, ParameterKind
from aep_tui.domain.stand_in import StandIn, stand_in
from aep_tui.domain.target import checked_base_url
from aep_tui.domain.token_end import inspection_of
from aep_tui.domain.translation import _

if TYPE_CHECKING:
    from aep_tui.domain.rules.registry import Offer, Rule

__all__ = [
    "answers_with_errors",
    "findings_for",
    "findings_for_access_token",
    "findings_for_api_key",
    "findings_for_base_url",
    "findings_for_client_secret",
    "findings_for_description",
    "findings_for_name",
    "findings_for_organization_id",
    "findings_for_sandbox_name",
    "findings_for_text",
    "findings_of_form",
    "offer_for",
    "value_after_name",
]

LONGEST_NAME: Final = 255


def findings_for(context: RuleContext, answer: Answer | None) -> tuple[Finding, ...]:
    """Return what is wrong with an answer; of a secret only whether it is there, and what a token in it says."""
    if isinstance(answer, bool):
        return ()
    if answer is not None and not isinstance(answer, str) and not is_empty(answer):
        return _about_token(answer, context)
    return findings_for_text(context, answer if isinstance(answer, str) else "")


def findings_for_text(context: RuleContext, text: str) -> tuple[Finding, ...]:
    """Return what is wrong with a text as it stands in the field, blanks included, for secrets and others alike."""
    parameter = context.parameter
    if parameter.kind is ParameterKind.BOOLEAN:
        return ()
    rule = _rule(parameter.rule)
    stripped = text.strip()
    if not stripped:
        if parameter.is_required and not (text and parameter.is_secret):
            return (error(_("Enter the {label}.").format(label=_within_sentence(parameter.label))),)
        if text:
            return (warning(_("There are only blanks in this field.")),)
        about_blank = (warning(parameter.blank_warning),) if parameter.blank_warning else ()
        return (*about_blank, *(rule.judge(context, "") if rule is not None and rule.judges_blank else ()))
    if parameter.kind is ParameterKind.JSON:
        return rule.judge(context, stripped) if rule is not None else ()
    if not parameter.is_secret and parameter.described is None and is_signed_token(stripped):
        words = _("This is a token: take it out here, where everybody sees it, and write the {label}.")
        return (error(words.format(label=_within_sentence(parameter.label))),)
    is_strict = rule is not None and rule.is_strict
    about_text = _about_text(text, is_secret=parameter.is_secret, is_strict=is_strict, is_sent_as_is=True)
    return _with_one_suggestion((*about_text, *(rule.judge(context, stripped) if rule is not None else ())))


def offer_for(context: RuleContext, text: str) -> Offer | None:
    """Return the value that follows from the other fields for a text, when that is another one; otherwise None."""
    suggest = suggestion_named(context.parameter.suggests)
    return suggest(context, text) if suggest is not None else None


def _about_token(secret: Secret, context: RuleContext) -> tuple[Finding, ...]:
    """Return what is wrong with a wrapped token beside the other fields; nothing is taken out of it."""
    rule = _rule(context.parameter.rule)
    if rule is None or rule.judge_token is None:
        return ()

    return _with_one_suggestion(rule.judge_token(context, inspection_of(secret), len(secret)))


def _rule(name: str) -> Rule | None:
    """Return the rule with this name; the table is imported now, because the first screen needs no rule."""
    if not name:
        return None

    return rule_named(name)


def _with_one_suggestion(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Return the findings, errors first, all with the last correction: it is the one that mends the most."""
    suggestion = next((finding.suggested_value for finding in reversed(findings) if finding.suggested_value), "")
    return tuple(
        replace(finding, suggested_value=suggestion if finding.suggested_value else "")
        for finding in sorted(findings, key=lambda finding: not finding.is_error)
    )


def findings_of_form(
    auth_method: AuthMethod, answers: Mapping[str, Answer], now: datetime
) -> Mapping[str, tuple[Finding, ...]]:
    """Return what is wrong with each answer, also beside the others, by API name in the order of the form.

    Args:
        auth_method: asks for the answers.
        answers: by API name.
        now: the instant in UTC, aware.
    """
    found = {
        parameter.api_name: findings_for(
            RuleContext(parameter, auth_method, now, answers), answers.get(parameter.api_name)
        )
        for parameter in auth_method.parameters
    }
    return {api_name: findings for api_name, findings in found.items() if findings}


def answers_with_errors(auth_method: AuthMethod, answers: Mapping[str, Answer], now: datetime) -> tuple[str, ...]:
    """Return the API names of the parameters that block, in the order of the form.

    Args:
        auth_method: whose form it is.
        answers: by API name.
        now: for what ends at a time.
    """
    found = findings_of_form(auth_method, answers, now)
    return tuple(name for name, findings in found.items() if any(finding.is_error for finding in findings))


def findings_for_name(text: str) -> tuple[Finding, ...]:
    """Return what is wrong with a connection's name; it must be there (all tutorials: a name to look it up by)."""
    if not text.strip():
        return (error(_("Enter a name for the connection.")),)
    findings = tuple(judge_own_words(text, may_have_lines=False))
    if len(text) > LONGEST_NAME:
        findings += (warning(_("The name is longer than 255 characters. The platform may refuse it.")),)
    return findings


def findings_for_description(text: str) -> tuple[Finding, ...]:
    """Return what is wrong with a description; an empty one is fine and is not sent."""
    return tuple(judge_own_words(text, may_have_lines=True))


def findings_for_sandbox_name(text: str) -> tuple[Finding, ...]:
    """Return what is wrong with a sandbox name, which goes into the header `x-sandbox-name` of every request."""
    stripped = text.strip()
    if not stripped:
        return (error(_("Enter the sandbox name.")),)
    findings = list(_header_findings(text))
    if _is_something_else(stripped):
        return tuple(findings)
    if stripped == "*":
        findings.append(warning(_("The sandbox name * is only for special requests. Write the name of one sandbox.")))
    elif stripped != stripped.lower():
        findings.append(warning(_("Sandbox names are written in small letters."), stripped.lower()))
    elif " " in stripped:
        findings.append(warning(_("A sandbox name has no blanks. It is the name, not the title, of the sandbox.")))
    elif any(not (character.isalnum() or character == "-") for character in stripped):
        findings.append(warning(_("A sandbox name has small letters, digits and hyphens only.")))
    return tuple(findings)


def findings_for_organization_id(text: str) -> tuple[Finding, ...]:
    """Return what is wrong with an organization ID; Adobe's end in @AdobeOrg, but no document makes that a rule."""
    stripped = text.strip()
    if not stripped:
        return (error(_("Enter the organization ID.")),)
    findings = list(_header_findings(text))
    if _is_something_else(stripped):
        return tuple(findings)
    name, at, ending = stripped.partition("@")
    if not at:
        finding = warning(_("An organization ID ends in @AdobeOrg."), f"{stripped}@AdobeOrg" if name.isalnum() else "")
        findings.append(finding)
    elif ending != "AdobeOrg":
        is_only_case = ending.lower() == "adobeorg"
        findings.append(warning(_("An organization ID ends in @AdobeOrg."), f"{name}@AdobeOrg" if is_only_case else ""))
    return tuple(findings)


def findings_for_api_key(text: str) -> tuple[Finding, ...]:
    """Return what is wrong with an API key, which goes into the header `x-api-key` of every request."""
    stripped = text.strip()
    if not stripped:
        return (error(_("Enter the API key.")),)
    findings = _header_findings(text)
    if len(stripped.split()) > 1 and not _is_something_else(stripped):
        findings += (error(_("An API key has no blanks in it.")),)
    return findings


def findings_for_base_url(text: str) -> tuple[Finding, ...]:
    """Return what is wrong with the platform's address; a slip of the scheme or a path behind the host is mended."""
    if not text.strip():
        return (error(_("Enter the base URL.")),)
    try:
        checked_base_url(text)
    except SettingsProblem as problem:
        return (error_of(problem, _mended_base_url(text)),)
    return ()


def _mended_base_url(text: str) -> str:
    address = read_web_address(text)
    try:
        return checked_base_url(f"https://{address.host}:{address.port}") if address.is_host_name else ""
    except SettingsProblem:
        return ""


def findings_for_access_token(text: str) -> tuple[Finding, ...]:
    """Return what is wrong with an access token of the platform; "Bearer " in front of it is no fault."""
    token, _had_prefix = bearer_prefix_removed(text.strip())
    if not token:
        return (error(_("Paste the access token.")),)
    blanks = _("An access token has no blanks in it: paste it once more, the token only.")
    return _about_sign_in_secret(token, blanks)


def findings_for_client_secret(text: str) -> tuple[Finding, ...]:
    """Return what is wrong with the client secret that tokens are obtained with; an empty one is fine."""
    blanks = _("A client secret has no blanks in it: paste it once more, the secret only.")
    return _about_sign_in_secret(text.strip(), blanks)


def _about_sign_in_secret(text: str, about_blanks: str) -> tuple[Finding, ...]:
    if findings := _about_reference(text):
        return findings
    match header_fault(text):
        case HeaderFault.BLANK:
            return (error(about_blanks),)
        case HeaderFault.CHARACTER:
            return (_plain_only(),)
        case None:
            return ()


def _about_reference(text: str) -> tuple[Finding, ...]:
    match stand_in(text):
        case StandIn.REFERENCE:
            return (
                error(
                    _(
                        "This is a reference to a secret and not the secret itself, and this program does not follow "
                        "it. A profile can: aep-tui profile add NAME --secret-command 'op read ...'."
                    )
                ),
            )
        case StandIn.PLACEHOLDER:
            return (error(_("This looks like a placeholder from a tutorial. Write your own value.")),)
        case None:
            return ()


def value_after_name(text: str) -> str:
    """Return the value of a copied header line or assignment, for example of "x-api-key: 0a1b"; "" for other texts."""
    match = re.fullmatch(
        r"""(?i:(?:-H|--header)\s*)?["']?(?:(?i:x-[a-z0-9-]+|authorization)\s*:|[A-Z][A-Z0-9_]{2,}\s*=)\s*"""
        r"""["']?([^\s"']+)["']?[,;]?""",
        text.strip(),
    )
    return match[1] if match else ""


def _about_text(
    text: str, *, is_secret: bool = False, is_strict: bool = False, is_sent_as_is: bool = False
) -> tuple[Finding, ...]:
    return tuple(judge_any_text(text, is_secret=is_secret, is_strict=is_strict, is_sent_as_is=is_sent_as_is))


def _is_something_else(text: str) -> bool:
    """Return whether a text is a pair of name and value, or a token: what `_header_findings` says of it is enough."""
    return bool(value_after_name(text)) or is_signed_token(text)


def _header_findings(text: str) -> tuple[Finding, ...]:
    if is_signed_token(text.strip()):
        return (error(_("This is a token: take it out here, where everybody sees it, and paste it as access token.")),)
    findings = _about_text(text, is_strict=True, is_sent_as_is=True)
    if value := value_after_name(text):
        findings += (error(_("Leave out the name in front of the value."), value),)
    if header_fault(text.strip(), may_have_blanks=True):
        findings += (_plain_only(),)
    return findings


def _plain_only() -> Finding:
    return error(_("This value goes into a header and can have plain letters, digits and signs only."))


def _within_sentence(label: str) -> str:
    """Return a label with a small first letter where it is an ordinary word ("Client ID", but not "API version")."""
    return label[0].lower() + label[1:] if label[1:2].islower() else label
