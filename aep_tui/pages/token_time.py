"""How long a pasted access token still lives, in words for the target line."""

from __future__ import annotations

from datetime import datetime

from aep_tui.domain.translation import _


def token_time_text(expires_at: datetime | None, now: datetime) -> str:
    """Return for example "token 3 h 12 min" or "token expired", "" when the token does not say when it expires."""
    if expires_at is None:
        return ""
    minutes, seconds = divmod(int((expires_at - now).total_seconds()), 60)
    if minutes < 0 or (minutes == 0 and seconds <= 0):
        return _("token expired")
    if minutes < 1:
        return _("token under 1 min")
    if minutes < 60:
        return _("token {minutes} min").format(minutes=minutes)
    hours, minutes = divmod(minutes, 60)
    return _("token {hours} h {minutes} min").format(hours=hours, minutes=minutes)
