"""The connection to the service of one target: opened when it is first needed, closed with the program."""

from __future__ import annotations

from dataclasses import replace

from pydantic import SecretStr

from aep_tui.domain.connection import ConnectionStatus, CreatedConnection
from aep_tui.domain.connection_request import ConnectionRequest
from aep_tui.domain.result import ConnectionResult
from aep_tui.domain.target import Mode, Target
from aep_tui.flow_service.client import FlowService
from aep_tui.flow_service.watch import Watch, watch_connection
from aep_tui.screens.status import StatusSession
from aep_tui.settings.launch import Launch
from aep_tui.wizard import Wizard


class PlatformSession:
    """One client for one target; practice mode talks to the embedded service in the same process."""

    def __init__(self, launch: Launch, target: Target, scenario_id: str) -> None:
        """Open a client; nothing is sent yet."""
        self._launch = launch
        application = None
        if target.mode is Mode.PRACTICE:
            application = launch.practice_application(scenario_id)
            target = replace(target, access_token=SecretStr(launch.practice_token))
        self._target = target
        self._service = FlowService(target, clock=launch.clock, embedded_application=application)

    async def close(self) -> None:
        """Close the client."""
        await self._service.aclose()

    def for_create(self, request: ConnectionRequest) -> StatusSession:
        """Return what the status screen needs to send `request` and to watch the connection."""

        async def create() -> CreatedConnection:
            return await self._service.create(request)

        sent = tuple(
            (parameter.api_name, "set" if parameter.is_secret else _as_text(answer))
            for parameter, answer in request.parameters
        )
        return StatusSession(
            clock=self._launch.clock,
            watch=self._watch,
            create=create,
            sent_parameters=sent,
        )

    def for_watch(self, connection_id: str) -> StatusSession:
        """Return what the status screen needs to watch an existing connection."""
        return StatusSession(
            clock=self._launch.clock,
            watch=self._watch,
            connection_id=connection_id,
        )

    def result(self, wizard: Wizard, created: CreatedConnection, status: ConnectionStatus | None) -> ConnectionResult:
        """Return what the program prints about a connection when it ends."""
        draft, source, method = wizard.draft, wizard.source, wizard.auth_method
        return ConnectionResult(
            mode=self._target.mode.value,
            connection_id=created.connection_id,
            etag=(status.etag if status else "") or created.etag,
            location=created.location,
            state=status.state if status else "",
            name=draft.name or (status.name if status else ""),
            organization_id=self._target.organization_id,
            sandbox_name=self._target.sandbox_name,
            cloud=draft.cloud.value if draft.cloud else "",
            source=source.label if source else "",
            auth_spec_name=method.spec_name if method else (status.auth_spec_name if status else ""),
            notices=tuple(notice.title for notice in wizard.notices),
            request_id=created.request_id,
        )

    def _watch(self, connection_id: str) -> Watch:
        return watch_connection(self._service, connection_id, clock=self._launch.clock)


def _as_text(answer: object) -> str:
    return ("true" if answer else "false") if isinstance(answer, bool) else str(answer)
