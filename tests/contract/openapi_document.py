"""Holds an HTTP exchange against an OpenAPI 3.0 document and names every difference in one line.

Stricter than the schemas: a property, a header, a query parameter or a status that the document does not declare is a
difference too, so that nothing slips in unnoticed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import yaml
from jsonschema import Draft4Validator
from referencing import Registry
from referencing.jsonschema import DRAFT4

JsonObject = dict[str, Any]

_URI = "urn:openapi"
_TRANSPORT_HEADERS = {
    "accept",
    "accept-encoding",
    "connection",
    "content-length",
    "content-type",
    "host",
    "user-agent",
}


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one path, as the document describes it."""

    name: str
    description: JsonObject

    def parameters(self, place: str) -> dict[str, JsonObject]:
        """Return the declared parameters in "header" or "query" by lower-case name."""
        return {
            parameter["name"].lower(): parameter
            for parameter in self.description.get("parameters", ())
            if parameter["in"] == place
        }


class OpenApiDocument:
    """A document, ready to be asked."""

    def __init__(self, path: Path, base_path: str) -> None:
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        self._document: JsonObject = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)
        self._base_path = base_path
        self._registry: Registry[Any] = Registry().with_resource(_URI, DRAFT4.create_resource(self._document))

    def differences(self, request: httpx.Request, answer: httpx.Response) -> Iterator[str]:
        """Yield each way in which an exchange leaves the document."""
        path = request.url.path.removeprefix(self._base_path)
        operation = self._operation(request.method, path)
        if operation is None:
            operation = self._operation(request.method, path + "/")
            if operation is None:
                yield f"{request.method} {path}: not in the document"
                return
            yield f"{operation.name}: the document writes the path with a slash at the end"
        yield from self._request_differences(operation, request)
        yield from self._answer_differences(operation, answer)

    def _operation(self, method: str, path: str) -> Operation | None:
        for template, methods in self._document["paths"].items():
            pattern = re.sub(r"\\\{[^}]+\\\}", "[^/]+", re.escape(template))
            if method.lower() in methods and re.fullmatch(pattern, path):
                return Operation(f"{method} {template.rstrip('/')}", methods[method.lower()])
        return None

    def _request_differences(self, operation: Operation, request: httpx.Request) -> Iterator[str]:
        sent = {name.lower() for name in request.headers} - _TRANSPORT_HEADERS
        declared = operation.parameters("header")
        for name in sorted(sent - declared.keys()):
            yield f"{operation.name}: header {name} is not declared"
        for name, parameter in declared.items():
            if parameter.get("required") and name not in sent:
                yield f"{operation.name}: required header {name} is not sent"
        queries = operation.parameters("query")
        for name in request.url.params:
            parameter = queries.get(name.lower(), {})
            if not parameter:
                yield f"{operation.name}: query parameter {name} is not declared"
            elif request.url.params[name] not in parameter["schema"].get("enum", [request.url.params[name]]):
                yield f"{operation.name}: query parameter {name} has a value that is not declared"
        body = operation.description.get("requestBody")
        if body is None:
            if request.content:
                yield f"{operation.name}: a body is not declared"
        else:
            schema = body["content"]["application/json"]["schema"]
            yield from self._body_differences(f"{operation.name} request", schema, json.loads(request.content))

    def _answer_differences(self, operation: Operation, answer: httpx.Response) -> Iterator[str]:
        described = operation.description["responses"].get(str(answer.status_code))
        name = f"{operation.name} {answer.status_code}"
        if described is None:
            yield f"{name}: status is not declared"
            return
        for header in described.get("headers", ()):
            if header not in answer.headers:
                yield f"{name}: header {header} is missing"
        schema = described.get("content", {}).get("application/json", {}).get("schema")
        if schema is not None:
            yield from self._body_differences(name, schema, answer.json())

    def _body_differences(self, name: str, schema: JsonObject, body: object) -> Iterator[str]:
        absolute = self._absolute(schema)
        for error in Draft4Validator(absolute, registry=self._registry).iter_errors(body):
            place = "".join("[]" if isinstance(key, int) else f".{key}" for key in error.absolute_path)
            yield f"{name} body{place}: breaks the schema's {error.validator}"
        for place in sorted(set(self._undeclared(absolute, body, ""))):
            yield f"{name} body{place}: properties that are not declared"

    def _undeclared(self, schema: JsonObject, value: object, place: str) -> Iterator[str]:
        schema = self._resolved(schema)
        if isinstance(value, list) and "items" in schema:
            for element in value:
                yield from self._undeclared(schema["items"], element, f"{place}[]")
        if isinstance(value, dict) and schema.get("properties"):
            properties = schema["properties"]
            if value.keys() - properties.keys():
                yield place
            for key in value.keys() & properties.keys():
                yield from self._undeclared(properties[key], value[key], f"{place}.{key}")

    def _resolved(self, schema: JsonObject) -> JsonObject:
        while "$ref" in schema:
            schema = self._registry.resolver(_URI).lookup(schema["$ref"].removeprefix(_URI)).contents
        return schema

    @staticmethod
    def _absolute(schema: JsonObject) -> JsonObject:
        return {**schema, "$ref": _URI + schema["$ref"]} if "$ref" in schema else schema
