"""What the answers say about access: token, API key, organization, sandbox, permissions. Pure functions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from aep_tui.domain.safe_text import shortened, without_control_characters
from aep_tui.domain.sandbox import Sandbox
from aep_tui.domain.translation import _, plural
from aep_tui.flow_service.answer import Answer
from aep_tui.flow_service.errors import PlatformError, UnreadableAnswer
from aep_tui.flow_service.wire import SandboxesAnswer, SandboxItem
from aep_tui.preflight.requests import AT_THE_DOOR, WRITE_IS_MISSING, Blame, Reply
from aep_tui.preflight.verdict import Verdict, failed, fine, of_problem, of_refusal, skipped, warned


@dataclass(frozen=True, slots=True)
class TokenFacts:
    """What is known of the token before the platform has seen it.

    Attributes:
        is_obtained: the identity service has just given it; otherwise it was given to the program.
        expires_at: what the token says itself, or None when it does not say or cannot be read.
    """

    is_obtained: bool
    expires_at: datetime | None

    def sentence(self, now: datetime) -> str:
        """Return what is known, in a sentence."""
        if self.expires_at is None:
            return (
                _("The identity service gave a token; it is renewed by itself.")
                if self.is_obtained
                else _("The token does not say until when it is valid.")
            )
        until = f"{self.expires_at:%Y-%m-%d %H:%M} UTC"
        if self.expires_at <= now:
            return _("The token says of itself that it expired on {until}.").format(until=until)
        if self.is_obtained:
            return _("The identity service gave a token that is valid until {until}.").format(until=until)
        return _("The token says of itself that it is valid until {until}.").format(until=until)


def token_verdict(facts: TokenFacts, replies: Iterable[Reply], now: datetime) -> Verdict:
    """Return what the check of the token says; `replies` are empty when the platform could not be asked."""
    replies = tuple(replies)
    known = facts.sentence(now)
    is_expired = facts.expires_at is not None and facts.expires_at <= now
    refusal = _first_failure(replies, Blame.ACCESS_TOKEN)
    if refusal is not None:
        verdict = of_problem(refusal)
        return replace(verdict, reason=f"{verdict.reason} {known}")
    if any(reply.has_passed_the_gateway for reply in replies):
        if is_expired:
            return warned(
                _("{known} The platform accepts it all the same.").format(known=known),
                _("Check the clock of this machine, and get a new token soon."),
                _("you"),
            )
        return fine(_("{known} The platform accepts it.").format(known=known))
    if is_expired:
        return failed(known, _("Get a new access token."), _("you"))
    untold = _("{known} Whether the platform accepts it was not told.").format(known=known)
    return fine(untold) if facts.is_obtained or facts.expires_at else skipped(untold)


def door_verdict(what: Blame, replies: Iterable[Reply], accepted: str) -> Verdict:
    """Return what the check of the API key or of the organization says.

    Args:
        what: which of the two.
        replies: of all requests.
        accepted: the sentence when it was accepted.
    """
    replies = tuple(replies)
    refusal = _first_failure(replies, what)
    if refusal is not None:
        return of_problem(refusal)
    if any(reply.has_passed_the_gateway and reply.blame not in AT_THE_DOOR for reply in replies):
        return fine(accepted)
    if what is Blame.API_KEY and any(reply.has_passed_the_gateway for reply in replies):
        return fine(accepted)
    return skipped(_not_known(replies))


def sandbox_verdict(
    name: str, pages: Iterable[Reply], use: Reply, sandboxes: Iterable[Sandbox] | None
) -> tuple[Verdict, Sandbox | None]:
    """Return what the check of the sandbox says, and the sandbox as the list shows it.

    Args:
        name: of the sandbox.
        pages: what came of the list of sandboxes.
        use: what came of a request to the Flow Service in that sandbox.
        sandboxes: the list; None when it could not be read.
    """
    pages = tuple(pages)
    if use.blame is Blame.SANDBOX and use.failure is not None:
        verdict = of_problem(use.failure)
        names = _names([sandbox.name for sandbox in sandboxes]) if sandboxes else ""
        what_to_do = (
            _("{next_step} These may be used: {names}.").format(next_step=verdict.what_to_do, names=names)
            if names
            else verdict.what_to_do
        )
        return replace(verdict, what_to_do=what_to_do), None
    if sandboxes is None:
        if use.answer is not None:
            why = next((reply.failure.message for reply in pages if reply.failure is not None), "")
            return warned(
                _("The Flow Service takes the sandbox, but the list of sandboxes could not be read: {reason}").format(
                    reason=why
                ),
                _("Nothing has to be done; whether it is a production sandbox is not known."),
            ), None
        if use.blame in AT_THE_DOOR or any(reply.blame in AT_THE_DOOR for reply in pages):
            return skipped(_not_known((use, *pages))), None
        failure = next((reply.failure for reply in pages if reply.failure is not None), use.failure)
        return (of_refusal(failure) if failure is not None else skipped(_not_known((use, *pages)))), None
    listed = {sandbox.name: sandbox for sandbox in sandboxes}
    sandbox = listed.get(name)
    if sandbox is None:
        return failed(
            plural(
                "This credential may use one sandbox, and it is not {name}.",
                "This credential may use {count} sandboxes, and {name} is not among them.",
                len(listed),
            ).format(count=len(listed), name=_shown(name)),
            _("Choose one of these, or ask for access: {names}.").format(names=_names(listed)),
            _("your Platform administrator"),
        ), None
    return _state_verdict(sandbox), sandbox


def view_verdict(use: Reply) -> Verdict:
    """Return what the check of the permission to view sources says."""
    if use.answer is not None:
        return fine(_("The connections of the sandbox can be listed."))
    if use.blame in AT_THE_DOOR or use.blame is Blame.SANDBOX or use.failure is None:
        return skipped(_not_known((use,)))
    return of_refusal(use.failure)


def manage_verdict(replies: Iterable[Reply]) -> Verdict:
    """Return what can be known of the permission to manage sources without changing anything: only that it is missing.

    A specification's `permissionsInfo` names what is needed (EnterpriseSource, write), not what the caller has.
    """
    for reply in replies:
        if reply.failure is not None and reply.failure.code == WRITE_IS_MISSING:
            return of_problem(reply.failure)
    return skipped(
        _("Not known before the create: no documented request tells it without changing something."),
        _("If the create is refused with 403, ask for the permission to manage sources (EnterpriseSource, write)."),
        _("your Platform administrator"),
    )


def sandboxes_of(answer: Answer) -> list[Sandbox] | None:
    """Return the sandboxes of a page, or None when it is not what the documents describe."""
    try:
        items = answer.read_as(SandboxesAnswer).sandboxes
    except UnreadableAnswer:
        return None
    return [SandboxItem.model_validate(item).sandbox() for item in items]


def _state_verdict(sandbox: Sandbox) -> Verdict:
    facts = ", ".join(
        part
        for part in (
            shortened(sandbox.title, 60),
            sandbox.type,
            _("region {region}").format(region=sandbox.region) if sandbox.region else "",
        )
        if part
    )
    if sandbox.is_active:
        return fine(_("{name} is active ({facts}).").format(name=_shown(sandbox.name), facts=facts))
    if not sandbox.state:
        return warned(
            _("{name} is in the list ({facts}), which does not say whether it is active.").format(
                name=_shown(sandbox.name), facts=facts
            ),
            _("Ask if the create is refused."),
            _("your Platform administrator"),
        )
    return failed(
        _("{name} is not active; its state is {state}.").format(
            name=_shown(sandbox.name), state=shortened(sandbox.state, 40)
        ),
        _("Wait until it is active, or choose another sandbox."),
        _("your Platform administrator"),
    )


def _first_failure(replies: Iterable[Reply], what: Blame) -> PlatformError | None:
    return next((reply.failure for reply in replies if reply.blame is what), None)


def _not_known(replies: Iterable[Reply]) -> str:
    blames = {reply.blame for reply in replies}
    if Blame.ACCESS_TOKEN in blames:
        return _("Not known: the access token was refused first.")
    if Blame.API_KEY in blames:
        return _("Not known: the API key was refused first.")
    if Blame.ORGANIZATION in blames:
        return _("Not known: the organization was refused first.")
    if Blame.SANDBOX in blames:
        return _("Not known: the sandbox was refused first.")
    return _("Not known: the platform did not get as far as saying so.")


def _shown(name: str) -> str:
    return shortened(without_control_characters(name), 60)


def _names(listed: Iterable[str], most: int = 8) -> str:
    names = [_shown(name) for name in listed]
    return ", ".join(names[:most]) + (" …" if len(names) > most else "") if names else _("(none)")
