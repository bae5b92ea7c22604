"""The rules by subject: each judges the text of one parameter and says in words what is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aep_tui.domain.door import door

if TYPE_CHECKING:
    from aep_tui.domain.rules.registry import rule_modules as rule_modules

__getattr__ = door(__name__, {"rule_modules": "registry"})
