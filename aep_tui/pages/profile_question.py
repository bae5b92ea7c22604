"""The profiles to choose from."""

from __future__ import annotations

from aep_tui.domain.translation import _
from aep_tui.pages.question import Choice, Question
from aep_tui.settings.profile import Profile
from aep_tui.settings.profiles import Profiles
from aep_tui.settings.setting import SettingName


def profiles_question(profiles: Profiles, chosen_name: str) -> Question[Profile]:
    """Offer `profiles`, of which there is one at least; `chosen_name` is marked."""
    names = list(profiles.profiles)
    return Question(
        _("Choose a profile"),
        # Ids of options may not hold a dot, names of profiles may.
        tuple(_choice(str(index), profiles, name) for index, name in enumerate(names)),
        marked_id=str(names.index(chosen_name)) if chosen_name in names else "",
        list_id="profiles",
        columns=(_("Profile"), "", _("Organization"), _("Sandbox")),
    )


def _choice(choice_id: str, profiles: Profiles, name: str) -> Choice[Profile]:
    profile = profiles.profiles[name]
    cells = (profile.values.get(SettingName.ORGANIZATION_ID, ""), profile.values.get(SettingName.SANDBOX_NAME, ""))
    badge = _("default") if name == profiles.default_name else ""
    return Choice(choice_id, name, profile, badge, " · ".join(filter(None, cells)), cells=cells)
