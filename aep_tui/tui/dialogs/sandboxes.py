"""The sandboxes of a target, read from the platform, and the list to choose one from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from types import ModuleType
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from aep_tui.domain.safe_text import shortened, without_control_characters
from aep_tui.domain.sandbox import Sandbox, cloud_of_region
from aep_tui.domain.target import Target
from aep_tui.domain.translation import _
from aep_tui.pages.background import in_background
from aep_tui.settings.launch import Launch
from aep_tui.tui.widgets.choice_list import Choice, ChoiceList
from aep_tui.tui.widgets.frame_lines import KeyLine
from aep_tui.tui.widgets.plain_text import PlainText

if TYPE_CHECKING:
    from aep_tui.flow_service.retry import RetryWait

_LONGEST_WORD = 40


async def read_sandboxes(
    launch: Launch, target: Target, scenario_id: str, *, on_retry: Callable[[RetryWait], None] | None = None
) -> tuple[Sandbox, ...]:
    """Return the sandboxes that the target's credential may use; its own sandbox name is not sent.

    Raises:
        Problem: they cannot be read; the words say why.
    """
    module = await in_background(_service_module)
    service = module.open_service(launch, replace(target, sandbox_name=""), scenario_id, on_retry=on_retry)
    async with service:
        sandboxes: tuple[Sandbox, ...] = await service.sandboxes()
    return sandboxes


def _service_module() -> ModuleType:
    from aep_tui.session import target_service

    return target_service


class SandboxesModal(ModalScreen[Sandbox | None]):
    """Returns the chosen sandbox, or None when the person wants to type a name."""

    DEFAULT_CSS = """
    SandboxesModal { align: center middle; background: $background; }
    SandboxesModal ChoiceList { max-height: 18; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,f3", "dismiss(None)", _("Close"), id="sandboxes.close")]

    def __init__(self, sandboxes: tuple[Sandbox, ...], chosen_name: str) -> None:
        """Offer `sandboxes`; the one named `chosen_name` is marked."""
        super().__init__()
        # A name with a control character cannot be sent, and must not reach the terminal.
        self._sandboxes = tuple(each for each in sandboxes if each.name == without_control_characters(each.name))
        self._chosen_name = chosen_name

    def compose(self) -> ComposeResult:
        """Lay the list out."""
        chosen = next((str(i) for i, each in enumerate(self._sandboxes) if each.name == self._chosen_name), "")
        with Vertical(classes="modal"):
            yield PlainText(_("Choose a sandbox"), classes="modal-title")
            yield ChoiceList(
                (_choice(i, each) for i, each in enumerate(self._sandboxes)), chosen=chosen, id="sandboxes"
            )
            yield KeyLine(_("Enter Take   Up, Down Move   Esc Close and type a name"))

    def on_mount(self) -> None:
        """Put the focus on the list."""
        self.query_one(ChoiceList).focus()

    @on(ChoiceList.OptionSelected)
    def _take(self, event: ChoiceList.OptionSelected) -> None:
        event.stop()
        self.dismiss(self._sandboxes[int(event.option_id or 0)])


def _choice(index: int, sandbox: Sandbox) -> Choice:
    kind = _shown(sandbox.type) or _("type unknown")
    badge = _("PRODUCTION") if sandbox.is_production else kind
    cloud = cloud_of_region(sandbox.region)
    region = _shown(sandbox.region)
    facts = (
        _shown(sandbox.title),
        _("region {region}, {cloud}").format(region=region, cloud=cloud.label)
        if cloud
        else _("region {region}").format(region=region)
        if region
        else "",
        "" if sandbox.is_active or not sandbox.state else _shown(sandbox.state),
        _("default") if sandbox.is_default else "",
    )
    return Choice(str(index), sandbox.name, badge, " · ".join(fact for fact in facts if fact))


def _shown(text: str) -> str:
    return shortened(without_control_characters(text), _LONGEST_WORD)
