"""Source connections, dataflows, runs and specifications in answers, as frozen models.

Samples and the OpenAPI document disagree about numbers and texts, and misspell a key: every spelling is read.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Final

from pydantic import BeforeValidator, Field

from aep_tui.domain.dataflow import (
    ConnectionSpec,
    Dataflow,
    DataflowRun,
    ExploredColumn,
    ExploredTable,
    Schedule,
    SourceConnection,
)
from aep_tui.domain.described_source import title_of
from aep_tui.domain.json_value import json_object, json_objects
from aep_tui.flow_service.wire_values import (
    Id,
    Instant,
    JsonObject,
    JsonObjects,
    State,
    Text,
    WireModel,
    clean_text,
)

_MOST_ERRORS: Final = 5


def _whole_number(value: object) -> int | None:
    """Return a number, also one that stands in a text; -1 stands for one that is not known."""
    if isinstance(value, bool) or not isinstance(value, int | str):
        return None
    try:
        number = int(value)
    except ValueError:
        return None
    return number if number >= 0 else None


def _ids(value: object) -> tuple[str, ...]:
    return tuple(text for each in value if (text := clean_text(each))) if isinstance(value, list) else ()


_WholeNumber = Annotated[int | None, BeforeValidator(_whole_number)]
_Ids = Annotated[tuple[str, ...], BeforeValidator(_ids)]


class _Schedule(WireModel):
    frequency: Text = ""
    interval: _WholeNumber = None
    start_time: Instant = Field(default=None, alias="startTime")

    def schedule(self) -> Schedule:
        return Schedule(self.frequency, self.interval, self.start_time)


class _LastRun(WireModel):
    id: Id = ""
    state: State = ""
    started_at: Instant = Field(default=None, alias="startedAtUTC")
    completed_at: Instant = Field(default=None, alias="completedAtUTC")


class SourceConnectionItem(WireModel):
    """One entry of `items` in an answer about source connections."""

    id: Id = ""
    name: Text = ""
    state: State = ""
    base_connection_id: Id = Field(default="", alias="baseConnectionId")
    inherited: JsonObject = Field(default_factory=dict, alias="inheritedAttributes")
    parameters: JsonObject = Field(default_factory=dict, alias="params")

    def source_connection(self) -> SourceConnection:
        """Return it in the words of the domain."""
        inherited = clean_text(json_object(self.inherited.get("baseConnection")).get("id"))
        table = clean_text(self.parameters.get("tableName")) or clean_text(self.parameters.get("path"))
        return SourceConnection(self.id, self.base_connection_id or inherited, self.name, self.state, table)


class TargetConnectionItem(WireModel):
    """One entry of `items` in an answer about target connections."""

    id: Id = ""
    parameters: JsonObject = Field(default_factory=dict, alias="params")

    @property
    def dataset_id(self) -> str:
        """The dataset, "" when it does not say (OpenAPI document, `params.dataSetId`)."""
        return clean_text(self.parameters.get("dataSetId"))


class FlowItem(WireModel):
    """One entry of `items` in an answer about dataflows."""

    id: Id = ""
    name: Text = ""
    state: State = ""
    source_connection_ids: _Ids = Field(default=(), alias="sourceConnectionIds")
    inherited: JsonObject = Field(default_factory=dict, alias="inheritedAttributes")
    schedule_parameters: JsonObject = Field(default_factory=dict, alias="scheduleParams")
    last_run: JsonObject = Field(default_factory=dict, alias="lastRunDetails")
    transformations: JsonObjects = Field(default_factory=list)
    target_connection_ids: _Ids = Field(default=(), alias="targetConnectionIds")

    def dataflow(self) -> Dataflow:
        """Return it in the words of the domain."""
        sources = json_objects(self.inherited.get("sourceConnections"))
        last = _LastRun.model_validate(self.last_run)
        mappings = (clean_text(json_object(each.get("params")).get("mappingId")) for each in self.transformations)
        return Dataflow(
            flow_id=self.id,
            name=self.name,
            state=self.state,
            source_connection_ids=self.source_connection_ids
            or tuple(text for source in sources if (text := clean_text(source.get("id")))),
            schedule=_Schedule.model_validate(self.schedule_parameters).schedule(),
            last_run=DataflowRun(last.id, self.id, last.state, last.started_at, last.completed_at)
            if self.last_run
            else None,
            mapping_id=next((mapping for mapping in mappings if mapping), ""),
            target_connection_ids=self.target_connection_ids,
        )


class RunItem(WireModel):
    """One entry of `items` in an answer about runs."""

    id: Id = ""
    flow_id: Id = Field(default="", alias="flowId")
    metrics: JsonObject = Field(default_factory=dict)
    activities: JsonObjects = Field(default_factory=list)
    misspelled_activities: JsonObjects = Field(default_factory=list, alias="activites")

    def run(self) -> DataflowRun:
        """Return it in the words of the domain."""
        times = _LastRun.model_validate(json_object(self.metrics.get("durationSummary")))
        records = json_object(self.metrics.get("recordSummary"))
        status = json_object(self.metrics.get("statusSummary"))
        errors = dict.fromkeys(self._errors(records, status))
        return DataflowRun(
            run_id=self.id,
            flow_id=self.flow_id,
            status=clean_text(status.get("status")),
            started_at=times.started_at,
            completed_at=times.completed_at,
            errors=tuple(errors)[:_MOST_ERRORS],
            failed_records=_whole_number(records.get("failedRecordCount")),
        )

    def _errors(self, records: dict[str, Any], status: dict[str, Any]) -> Iterator[str]:
        """Yield the reasons that a run gives, the most exact ones first."""
        for activity in (*self.activities, *self.misspelled_activities):
            extensions = json_object(json_object(activity.get("statusSummary")).get("extensions"))
            yield from _words(extensions.get("errors"))
            if detail := clean_text(extensions.get("errorDetail")):
                yield detail
        yield from _words(records.get("failedInfo"))
        yield from _words(status.get("errors"))


def _words(errors: object) -> Iterator[str]:
    for error in json_objects(errors):
        code, message = clean_text(error.get("code")), clean_text(error.get("message"))
        if code or message:
            yield f"{code}: {message}" if code and message else code or message


class ConnectionSpecItem(WireModel):
    """One entry of `items` in an answer about connection specifications: sources, destinations and what is neither."""

    id: Id = ""
    name: Text = ""
    auth_specs: JsonObjects = Field(default_factory=list, alias="authSpec")
    source_spec: JsonObject = Field(default_factory=dict, alias="sourceSpec")
    attributes: JsonObject = Field(default_factory=dict)

    def connection_spec(self) -> ConnectionSpec:
        """Return it in the words of the domain."""
        names = (clean_text(spec.get("name")) for spec in self.auth_specs)
        shown = json_object(json_object(self.source_spec.get("attributes")).get("uiAttributes"))
        title = title_of(self.name, self.attributes, shown)
        return ConnectionSpec(self.id, self.name, title, tuple(name for name in names if name))


class ExploredItem(WireModel):
    """One table or folder of an answer to exploring a connection."""

    name: Text = ""
    path: Text = ""
    type: Text = ""

    def table(self) -> ExploredTable:
        """Return it in the words of the domain."""
        return ExploredTable(self.name or self.path, self.path or self.name, self.type)


class TableAnswer(WireModel):
    """The answer to exploring one table."""

    described: JsonObject = Field(alias="schema")

    def columns(self) -> tuple[ExploredColumn, ...]:
        """Return its columns in the words of the domain."""
        return tuple(
            ExploredColumn(clean_text(column.get("name")), clean_text(column.get("type")))
            for column in json_objects(self.described.get("columns"))
        )
