"""The OpenAPI document: what Ninja writes, completed by the problems that every operation may answer with."""

import json
import re
from typing import Any

from cms.api.errors import PROBLEM_JSON, Problem

REF_TEMPLATE = "#/components/schemas/{model}"
REF = re.compile(r'"#/components/schemas/(\w+)"')


def complete(document: dict[str, Any]) -> dict[str, Any]:
    _describe_problems(document)
    for operations in document["paths"].values():
        for operation in operations.values():
            for parameter in operation["parameters"]:
                parameter["schema"] = _without_null(parameter["schema"])
                # A list belongs into the schema only: here OpenAPI wants names for the examples.
                parameter.pop("examples", None)
    _drop_unused_schemas(document["components"]["schemas"], document["paths"])
    return document


def stable_json(document: dict[str, Any]) -> str:
    """The same text for the same contract, whatever the order in which its parts were made."""
    # Ninja's status codes are numbers beside names: as JSON they are all names, and can be sorted.
    names_only = json.loads(json.dumps(document))
    return json.dumps(names_only, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _describe_problems(document: dict[str, Any]) -> None:
    """What an operation does not say to succeed is a problem: its default response."""
    problem = Problem.model_json_schema(ref_template=REF_TEMPLATE, mode="serialization")
    document["components"]["schemas"].update(problem.pop("$defs"), Problem=problem)
    content = {PROBLEM_JSON: {"schema": {"$ref": REF_TEMPLATE.format(model="Problem")}}}
    for operations in document["paths"].values():
        for operation in operations.values():
            operation["responses"]["default"] = {
                "description": "A problem",
                "content": content,
            }


def _without_null(schema: dict[str, Any]) -> dict[str, Any]:
    """A parameter may be left out, but there is no way to send a null in an address."""
    options = schema.get("anyOf", [])
    values = [option for option in options if option != {"type": "null"}]
    if len(options) == 2 and len(values) == 1:
        rest = {key: value for key, value in schema.items() if key != "anyOf"}
        return {**values[0], **rest}
    return schema


def _drop_unused_schemas(schemas: dict[str, Any], paths: dict[str, Any]) -> None:
    """Ninja lists the models of query parameters too, which stand in the operations already."""
    used: set[str] = set()
    found = set(REF.findall(json.dumps(paths)))
    while found:
        used |= found
        inner = json.dumps([schemas[name] for name in found])
        found = set(REF.findall(inner)) - used
    for name in schemas.keys() - used:
        del schemas[name]
