"""What the pages after the first one load, by name, in pieces that take a few milliseconds each.

The first page needs none of it. It is loaded while the person reads, so that no key waits for it. An import of these
names would load them at once, and the face does not know what lies behind the session: they are names and no more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from aep_tui.domain import rules
from aep_tui.domain.catalog.catalog import load_catalog

PAGES: Final = (
    "aep_tui.pages.kept_answers",
    "aep_tui.pages.left_open",
    "aep_tui.pages.flows",
    "aep_tui.pages.opening",
    "aep_tui.domain.waiting",
    "aep_tui.domain.paste",
    "aep_tui.domain.validation",
    "aep_tui.domain.connection_request",
    "aep_tui.tui.steps.step_screens",
    "aep_tui.tui.steps.task",
    "aep_tui.tui.steps.cloud",
    "aep_tui.tui.steps.source",
    "aep_tui.tui.steps.auth_method",
    "aep_tui.tui.steps.notices",
    "hashlib",
    "aep_tui.tui.steps.credentials",
    "aep_tui.tui.steps.name",
    "aep_tui.tui.dialogs.modals",
    "aep_tui.tui.steps.review",
    "aep_tui.tui.steps.status",
    "aep_tui.tui.steps.done",
    "aep_tui.pages.change_pages",
    "aep_tui.pages.change_flow",
)
"""The pages up to the review."""

CLIENT: Final = (
    "email.feedparser",
    "email.parser",
    "http.client",
    "urllib.request",
    "http.cookiejar",
    "idna",
    "certifi",
    "httpx",
    "pydantic_core",
    "pydantic.errors",
    "pydantic.config",
    "pydantic.plugin",
    "zoneinfo",
    "pydantic.functional_validators",
    "pydantic.json_schema",
    "pydantic.main",
    "annotated_types",
    "pydantic.types",
    "pydantic.fields",
    "importlib.metadata",
    "aep_tui.flow_service.errors",
    "aep_tui.flow_service.advice",
    "aep_tui.flow_service.authentication",
    "aep_tui.flow_service.exchange",
    "aep_tui.flow_service.wire_values",
    "aep_tui.flow_service.wire",
    "aep_tui.flow_service.ims",
    "aep_tui.flow_service.client",
    "aep_tui.preflight.platform_checks",
    "aep_tui.preflight.run",
    "aep_tui.session.creation",
    "aep_tui.session.status_session",
    "aep_tui.session.platform_session",
)
"""What speaks to the platform."""

PRACTICE: Final = (
    "anyio",
    "anyio.to_thread",
    "starlette.datastructures",
    "starlette.responses",
    "starlette.applications",
    "sqlite3",
    "aep_tui.practice.store",
    "aep_tui.practice.connections",
    "aep_tui.practice.application",
    "concurrent.futures.thread",
)
"""The practice service."""


def next_pages(*, is_practice: bool) -> Iterator[str | Callable[[], object]]:
    """Yield what is needed next, in the order in which a person comes to it: modules, and what is to be called.

    Args:
        is_practice: whether the practice service will be asked.
    """
    yield lambda: load_catalog().sources
    yield from PAGES
    yield from rules.rule_modules()
    yield from CLIENT
    if is_practice:
        yield from PRACTICE
