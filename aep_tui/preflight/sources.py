"""What the platform says about the sources: is a specification there, what does it offer; and today's notices."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from aep_tui.domain.lifecycle import LifecycleNotice, NoticePhase
from aep_tui.domain.safe_text import shortened
from aep_tui.domain.sandbox import Sandbox, cloud_of_region
from aep_tui.domain.source import Cloud, Source
from aep_tui.domain.translation import _
from aep_tui.flow_service.errors import UnreadableAnswer
from aep_tui.flow_service.wire import ItemsAnswer, SpecItem
from aep_tui.preflight.requests import Blame, Reply
from aep_tui.preflight.verdict import Verdict, failed, fine, of_problem, of_refusal, skipped, warned


def spec_verdict(
    source: Source, reply: Reply, sandbox: Sandbox | None, *, is_chosen: bool
) -> tuple[Verdict, tuple[str, ...]]:
    """Return what the check of a connection specification says, and the auth specifications that it offers.

    Args:
        source: what was asked for.
        reply: what came of it.
        sandbox: tells the cloud by its region; None when it is not known.
        is_chosen: somebody wants this source; otherwise its absence stands in nobody's way.
    """
    if reply.failure is not None:
        return _refused(source, reply, is_chosen=is_chosen), ()
    try:
        items = reply.answer.read_as(ItemsAnswer).items if reply.answer is not None else []
    except UnreadableAnswer as unreadable:
        return of_problem(unreadable), ()
    if not items:
        return _absent(source, _("The list that came is empty."), is_chosen=is_chosen), ()
    offered = tuple(shortened(name, 100) for name in SpecItem.model_validate(items[0]).auth_spec_names)
    if not offered:
        return warned(_("The specification is there and names no auth specification.")), ()
    return _compared(source, offered, cloud_of_region(sandbox.region) if sandbox else None), offered


def notices_about(sources: Sequence[Source], notices: Iterable[LifecycleNotice]) -> tuple[LifecycleNotice, ...]:
    """Return the notices that concern one of `sources`, or every source of a cloud that one of them has."""
    ids = {source.id for source in sources}
    clouds = {method.cloud for source in sources for method in source.auth_methods}
    return tuple(
        notice
        for notice in notices
        if (notice.source_id in ids if notice.source_id else notice.cloud is None or notice.cloud in clouds)
    )


def notice_verdict(notice: LifecycleNotice, today: date) -> Verdict:
    """Return what a notice says on `today`; a warning from 90 days before its date on, never without a date."""
    wording = notice.wording(today)
    if notice.effective_on is None or notice.phase(today) is NoticePhase.BEFORE:
        return fine(wording)
    return warned(wording, notice.way_out, _("you"))


def _refused(source: Source, reply: Reply, *, is_chosen: bool) -> Verdict:
    failure = reply.failure
    assert failure is not None, "only a refusal is judged here"  # noqa: S101 - the one caller
    if reply.blame in {Blame.ACCESS_TOKEN, Blame.API_KEY, Blame.ORGANIZATION}:
        return skipped(_("Not known: the platform refused token, API key or organization first."))
    if reply.blame is Blame.SANDBOX:
        return skipped(_("Not known: the sandbox was refused first."))
    if reply.says_that_it_is_not_there:
        return _absent(source, of_problem(failure).reason, is_chosen=is_chosen)
    return of_refusal(failure)


def _absent(source: Source, reason: str, *, is_chosen: bool) -> Verdict:
    judge = failed if is_chosen else warned
    return judge(
        _("The platform has no connection specification for {source}. {reason}").format(
            source=source.label, reason=reason
        ),
        _("Choose another source, or ask Adobe whether this one still exists for your organization."),
        _("you"),
    )


def _compared(source: Source, offered: tuple[str, ...], cloud: Cloud | None) -> Verdict:
    names = ", ".join(offered)
    clouds = (cloud,) if cloud is not None else tuple(Cloud)
    documented = {each: [method.spec_name for method in source.auth_methods_on(each)] for each in clouds}
    # Where the cloud is not known, the one that fits best is meant.
    gaps = [[name for name in expected if name not in offered] for expected in documented.values() if expected]
    if not gaps:
        return fine(
            _("The specification is there and offers: {names}. It is not documented for this cloud.").format(
                names=names
            )
        )
    missing = min(gaps, key=len)
    if not missing:
        return fine(_("The specification is there and offers: {names}.").format(names=names))
    return warned(
        _("The platform no longer offers: {missing}. It offers: {names}.").format(
            missing=", ".join(missing), names=names
        ),
        _("Choose an auth method that it offers."),
        _("you"),
    )
