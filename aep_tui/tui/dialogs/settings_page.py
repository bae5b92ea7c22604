"""Where each value of live mode came from, and what was ignored: the report of `aep-tui settings` as a page."""

from __future__ import annotations

from collections.abc import Iterator

from aep_tui.domain.translation import _
from aep_tui.settings.resolved import ResolvedSettings
from aep_tui.settings.settings_report import settings_report
from aep_tui.tui.dialogs.modals import TextModal


def settings_modal(settings: ResolvedSettings) -> TextModal:
    """Return the report as a page; secrets stand there as "set"."""
    return TextModal(_("Settings of live mode"), "\n".join(_lines(settings)), opened_by="f6")


def note_count_text(settings: ResolvedSettings | None) -> str:
    """Return for example "2 notes about your settings: F6", "" when there is nothing to say."""
    count = len(settings.notes) + len(settings.warnings) if settings is not None else 0
    if count == 0:
        return ""
    return (
        _("1 note about your settings: F6")
        if count == 1
        else _("{count} notes about your settings: F6").format(count=count)
    )


def _lines(settings: ResolvedSettings) -> Iterator[str]:
    for warning in settings.warnings:
        yield _("Warning: {text}").format(text=warning)
    for note in settings.notes:
        yield _("Note: {text}").format(text=note)
    if settings.warnings or settings.notes:
        yield ""
    if settings.profile_name:
        yield _("Profile: {name}").format(name=settings.profile_name)
    for row in settings_report(settings):
        yield f"{row.variable}  {row.value or row.origin}"
        if row.value:
            yield f"    {row.origin}"
        yield from (f"    {ignored}" for ignored in row.ignored)
