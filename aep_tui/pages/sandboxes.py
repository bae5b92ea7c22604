"""The sandboxes of a target, read from the platform, and the list to choose one from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from types import ModuleType
from typing import TYPE_CHECKING

from aep_tui.domain.background_work import in_background
from aep_tui.domain.safe_text import shortened, without_control_characters
from aep_tui.domain.sandbox import Sandbox, cloud_of_region
from aep_tui.domain.target import Target
from aep_tui.domain.translation import _
from aep_tui.pages.choice_row import Tone
from aep_tui.pages.question import Choice, Question
from aep_tui.settings.launch import Launch

if TYPE_CHECKING:
    from aep_tui.flow_service.retry import RetryWait

_LONGEST_WORD = 40


async def read_sandboxes(
    launch: Launch, target: Target, scenario_id: str, *, on_retry: Callable[[RetryWait], None] | None = None
) -> tuple[Sandbox, ...]:
    """Return the sandboxes that the target's credential may use; its own sandbox name is not sent.

    Args:
        launch: has the clock, the secrets and the tokens of this run.
        target: the platform.
        scenario_id: what the practice service plays.
        on_retry: is told of each wait before a request is repeated.

    Raises:
        Problem: they cannot be read; the words say why.
    """
    module = await in_background(_service_module)
    target = replace(target, sandbox_name="")
    service = module.client_for(launch, target, scenario_id, on_retry)
    async with service:
        sandboxes: tuple[Sandbox, ...] = await service.sandboxes()
    return sandboxes


def _service_module() -> ModuleType:
    from aep_tui.pages import opening

    return opening


def sandboxes_question(sandboxes: Iterable[Sandbox], chosen_name: str) -> Question[Sandbox]:
    """Offer `sandboxes`; the one named `chosen_name` is marked."""
    # A name with a control character cannot be sent, and must not reach the terminal.
    offered = [each for each in sandboxes if each.name == without_control_characters(each.name)]
    return Question(
        _("Choose a sandbox"),
        tuple(_choice(str(index), each) for index, each in enumerate(offered)),
        marked_id=next((str(index) for index, each in enumerate(offered) if each.name == chosen_name), ""),
        list_id="sandboxes",
        columns=(_("Sandbox"), _("Type"), _("Region"), _("Title")),
        leaving=_("Close and type a name"),
    )


def listed_sandboxes_question(sandboxes: Iterable[Sandbox], chosen: Sequence[str], marked: str) -> Question[str]:
    """Ask which sandboxes a list is of: the answer is a name to add or to take away, "" when it is as wanted.

    Args:
        sandboxes: those that are offered.
        chosen: the names of those that the list is of.
        marked: the name that was answered last, "" at first.
    """
    choices = []
    if chosen:
        names = shortened(without_control_characters(", ".join(chosen)), _LONGEST_WORD)
        choices.append(Choice("read", _("Show these"), "", str(len(chosen)), cells=("", names)))
    for index, each in enumerate(sandboxes):
        if each.name == without_control_characters(each.name):
            choice = _choice(f"sandbox-{index}", each)
            box = "[x]" if each.name in chosen else "[ ]"
            title = f"{box} {each.name}"
            choices.append(Choice(choice.id, title, each.name, choice.badge, tone=choice.tone, cells=choice.cells))
    marked_id = next((choice.id for choice in choices if marked and choice.answer == marked), "")
    return Question(
        _("Which sandboxes?"),
        tuple(choices),
        text=_("Space or Enter takes a sandbox or takes it away again."),
        marked_id=marked_id,
        list_id="sandboxes",
        columns=(_("Sandbox"), _("Type"), _("Region"), _("Title")),
        leaving=_("Leave it as it was"),
        space_words=_("Select"),
    )


def _choice(choice_id: str, sandbox: Sandbox) -> Choice[Sandbox]:
    kind = _shown(sandbox.type) or _("type unknown")
    badge = _("PRODUCTION") if sandbox.is_production else kind
    cloud = cloud_of_region(sandbox.region)
    region = ", ".join(filter(None, (_shown(sandbox.region), cloud.label if cloud else "")))
    state = "" if sandbox.is_active or not sandbox.state else _shown(sandbox.state)
    facts = (_shown(sandbox.title), state, _("default") if sandbox.is_default else "")
    about = " · ".join(filter(None, facts))
    tone = Tone.ERROR if sandbox.is_production else Tone.NEUTRAL
    detail = " · ".join(filter(None, (_("region {region}").format(region=region) if region else "", about)))
    return Choice(choice_id, sandbox.name, sandbox, badge, detail, tone, (region, about))


def _shown(text: str) -> str:
    return shortened(without_control_characters(text), _LONGEST_WORD)
