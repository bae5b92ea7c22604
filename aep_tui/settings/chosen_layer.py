"""A credential file or a profile that the person chooses while the wizard runs: it comes before everything else."""

from __future__ import annotations

from types import MappingProxyType

from aep_tui.domain.translation import _
from aep_tui.settings.layer import Layer
from aep_tui.settings.resolved import IgnoredValue, ResolvedSettings
from aep_tui.settings.setting import SECRET_NAMES


def brings_secrets(layer: Layer) -> bool:
    """Return whether a place decides how to sign in, so that the secrets of other places no longer count."""
    return bool(SECRET_NAMES & layer.values.keys()) or bool(layer.refuses_lower_secrets)


def with_layer_on_top(settings: ResolvedSettings, layer: Layer) -> ResolvedSettings:
    """Return the settings with the values of `layer` before all others.

    Args:
        settings: what held until now.
        layer: what the person has just chosen; unlike on the command line it contradicts nothing.
    """
    replaced = set(layer.values) | (SECRET_NAMES if brings_secrets(layer) else set())
    reason = layer.refuses_lower_secrets or _("{origin} was chosen later.").format(origin=layer.title)
    ignored = tuple(
        IgnoredValue(name, found.origin, reason)
        for name, found in settings.values.items()
        if name in replaced and found.origin != _("default")
    )
    kept = {name: found for name, found in settings.values.items() if name not in replaced}
    return ResolvedSettings(
        values=MappingProxyType({**kept, **layer.values}),
        ignored=(*settings.ignored, *ignored),
        notes=(*settings.notes, *(f"{layer.title}: {note}" for note in layer.notes)),
        warnings=(*settings.warnings, *layer.warnings),
        profile_name=layer.profile_name or settings.profile_name,
    )
