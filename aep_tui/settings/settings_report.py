"""What `aep-tui settings` and the settings screen show."""

from __future__ import annotations

from collections.abc import Iterator

from aep_tui.domain.light_dataclass import dataclass
from aep_tui.domain.safe_text import without_control_characters
from aep_tui.domain.translation import _
from aep_tui.settings.resolved import ResolvedSettings
from aep_tui.settings.setting import SETTINGS, Setting


@dataclass(frozen=True, slots=True)
class SettingRow:
    """One setting.

    Attributes:
        name: its identity, for example "organization_id".
        variable: the variable that sets it.
        value: the value, "set" for a secret, "" when it is not set.
        origin: where the value came from, in words, or that it is not set.
        ignored: what was found elsewhere and why it does not count, in sentences.
    """

    name: str
    variable: str
    value: str
    origin: str
    ignored: tuple[str, ...]


def settings_report(settings: ResolvedSettings) -> tuple[SettingRow, ...]:
    """Return a row for each setting, in the order of the list of settings."""
    return tuple(_row(settings, setting) for setting in SETTINGS)


def report_text(settings: ResolvedSettings) -> str:
    """Return the report as plain lines for standard output, with notes and warnings at the end."""
    return "\n".join(_lines(settings)) + "\n"


def report_record(settings: ResolvedSettings) -> dict[str, object]:
    """Return the report as a JSON object, for scripts."""
    return {
        "profile": settings.profile_name,
        "settings": [
            {"name": row.name, "value": row.value, "origin": row.origin, "ignored": list(row.ignored)}
            for row in settings_report(settings)
        ],
        "notes": list(settings.notes),
        "warnings": list(settings.warnings),
    }


def _row(settings: ResolvedSettings, setting: Setting) -> SettingRow:
    found = settings.values.get(setting.name)
    value = "" if found is None else found.value if isinstance(found.value, str) else _("set")
    return SettingRow(
        name=setting.name,
        variable=setting.variable,
        value=without_control_characters(value),
        origin=without_control_characters(found.origin) if found else _("not set"),
        ignored=tuple(
            _("{origin} is ignored: {reason}").format(origin=ignored.origin, reason=ignored.reason)
            for ignored in settings.ignored
            if ignored.name is setting.name
        ),
    )


def _lines(settings: ResolvedSettings) -> Iterator[str]:
    rows = settings_report(settings)
    width = max(len(row.variable) for row in rows)
    for row in rows:
        value = f"{row.value} ({row.origin})" if row.value else f"({row.origin})"
        yield f"{row.variable:<{width}}  {value}"
        yield from (f"{'':<{width}}  {ignored}" for ignored in row.ignored)
    yield from (_("Note: {text}").format(text=without_control_characters(note)) for note in settings.notes)
    yield from (_("Warning: {text}").format(text=without_control_characters(text)) for text in settings.warnings)
