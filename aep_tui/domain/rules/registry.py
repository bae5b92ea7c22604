"""The table of the rules: the catalog names a rule or a suggestion, and the module that has it registers it here.

The modules of this folder are imported when a name is first looked up, because the first screen needs none of them.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module
from typing import TypeAlias

import aep_tui.domain.rules
from aep_tui.domain.finding import Finding
from aep_tui.domain.jwt_claims import JwtInspection
from aep_tui.domain.light_dataclass import dataclass
from aep_tui.domain.rules.context import RuleContext
from aep_tui.domain.source import RuleName, SuggestionName

Judge: TypeAlias = Callable[[RuleContext, str], tuple[Finding, ...]]
"""Judges a text that has no blanks around it; an empty text is given only where a blank means something."""
TokenJudge: TypeAlias = Callable[[RuleContext, JwtInspection, int], tuple[Finding, ...]]
"""Judges a signed token by what it says, and by its length in characters."""
Suggest: TypeAlias = Callable[[RuleContext, str], "Offer | None"]
"""Offers a value in the place of the text, or None when there is nothing better."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What the catalog calls `rule`.

    Attributes:
        judge: judges a text.
        judges_blank: an empty optional field is judged as well.
        judge_token: for a rule about a signed token: judges one that is wrapped already; None for all other rules.
        is_strict: it knows what its values look like: blanks around one and control characters in it block.
    """

    judge: Judge
    judges_blank: bool = False
    judge_token: TokenJudge | None = None
    is_strict: bool = True


@dataclass(frozen=True, slots=True)
class Offer:
    """A value that follows from other fields.

    Attributes:
        value: for the field.
        words: why, in a sentence.
    """

    value: str
    words: str


_RULES: dict[str, Rule] = {}
_SUGGESTIONS: dict[str, Suggest] = {}


def rule(
    name: RuleName, *, judges_blank: bool = False, judge_token: TokenJudge | None = None, is_strict: bool = True
) -> Callable[[Judge], Judge]:
    """Register the decorated function as the rule `name`; for the rest see `Rule`."""

    def register(judge: Judge) -> Judge:
        _RULES[name] = Rule(judge, judges_blank, judge_token, is_strict)
        return judge

    return register


def suggestion(name: SuggestionName) -> Callable[[Suggest], Suggest]:
    """Register the decorated function as what the catalog calls `suggests`."""

    def register(suggest: Suggest) -> Suggest:
        _SUGGESTIONS[name] = suggest
        return suggest

    return register


def rule_named(name: str) -> Rule | None:
    """Return the rule with this name, or None."""
    return _registered()[0].get(name)


def suggestion_named(name: str) -> Suggest | None:
    """Return the suggestion with this name, or None."""
    return _registered()[1].get(name)


def rule_names() -> frozenset[str]:
    """Return what `Parameter.rule` may name."""
    return frozenset(_registered()[0])


def suggestion_names() -> frozenset[str]:
    """Return what `Parameter.suggests` may name."""
    return frozenset(_registered()[1])


def rule_modules() -> tuple[str, ...]:
    """Return the names of the modules that hold rules, without importing them."""
    package = aep_tui.domain.rules
    return tuple(f"{package.__name__}.{module.name}" for module in pkgutil.iter_modules(package.__path__))


@cache
def _registered() -> tuple[Mapping[str, Rule], Mapping[str, Suggest]]:
    """Return the rules and the suggestions of all modules, which are imported now."""
    for name in rule_modules():
        import_module(name)
    return _RULES, _SUGGESTIONS
