"""What somebody else has made of a connection since the person saw it, field by field; for the words about a 412."""

from __future__ import annotations

from dataclasses import dataclass

from aep_tui.domain.connection import ConnectionStatus
from aep_tui.domain.translation import _
from aep_tui.pages.dataflow_words import instant_words


@dataclass(frozen=True, slots=True)
class ChangedField:
    """A field that is not what it was; "" where it has no value.

    Attributes:
        label: its name for people; a parameter has its API name.
        before, after: the values, as the platform shows them.
    """

    label: str
    before: str
    after: str

    @property
    def words(self) -> str:
        """A line that tells it."""
        none = _("none")
        return _("{label}: {before} → {after}").format(
            label=self.label, before=self.before or none, after=self.after or none
        )


def changed_fields(before: ConnectionStatus, after: ConnectionStatus) -> tuple[ChangedField, ...]:
    """Return what differs between two versions of a connection, as far as the platform shows it.

    Of a secret it shows nothing, so one that was replaced is in no field. What only the later reading does not tell
    is no change: while a connection initializes, the platform leaves things out.

    Args:
        before: as the person saw it.
        after: as it is now.
    """
    fields = [
        ChangedField(_("name"), before.name, after.name),
        ChangedField(_("description"), before.description, after.description),
        ChangedField(_("state"), before.state, after.state),
        ChangedField(_("auth method"), before.auth_spec_name, after.auth_spec_name),
    ]
    if after.parameters:
        names = dict.fromkeys((*before.parameters, *after.parameters))
        fields += [
            ChangedField(name, before.parameters.get(name, ""), after.parameters.get(name, "")) for name in names
        ]
    must_be_told = {_("name"), _("state"), _("auth method")}
    return tuple(
        field for field in fields if field.before != field.after and (field.after or field.label not in must_be_told)
    )


def changed_by_words(now: ConnectionStatus) -> str:
    """Return who has changed a connection last, and when."""
    who = now.updated_by or _("somebody whom the platform does not name")
    instant = instant_words(now.updated_at)
    if instant:
        return _("Changed {instant} by {who}.").format(instant=instant, who=who)
    return _("Changed by {who}; when is not told.").format(who=who)


def changed_since_lines(seen: ConnectionStatus, now: ConnectionStatus | None) -> tuple[str, ...]:
    """Return who has changed a connection and when, and then a line for each field that differs.

    Args:
        seen: as the person saw it.
        now: as it is; None when it could not be looked at, or is gone.
    """
    if now is None:
        return (_("What has changed could not be read."),)
    lines = tuple(field.words for field in changed_fields(seen, now))
    nothing = _("Nothing that the platform shows is different. A secret may have been replaced; none is ever shown.")
    return (changed_by_words(now), *(lines or (nothing,)))
