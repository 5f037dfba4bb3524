"""The names of what answers depend on.

`page-12`, `image-7`, `document-3`, `site-1`, `cities.city-510`: one object, whatever changes about it.
`list-articles.articlepage`: which rows of the model there are, and in what order.
`list-articles.articlepage.category_id=3`: the same of a part of the rows.
`any-articles.articlepage`: anything about any row.
`column-wagtailcore.page.path`: a column of any row that has been there before.
`draft-page-12`, `draft-list-…`: the same for rows that are not live, for queries that do not ask whether they are.
`all-articles.articlepage`: what every answer has that used the model at all, for changes that nobody can say more of.
"""

import hashlib
import re
import uuid
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, NamedTuple

from django.apps import apps
from django.db import models
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, Site

from cms.delivery.classification import chain_of, is_tree, selective_columns

# What may stand in a header, between commas and spaces.
SAFE = re.compile(r"[A-Za-z0-9_.:/-]{0,64}")
UNDER = "under"
# Every answer has it: for a change of everything at once.
EVERYTHING = "everything"


class Condition(NamedTuple):
    """A column and the value that it has, or `under` and the path of a tree."""

    column: str
    value: str


@cache
def name_of(model: type[models.Model]) -> str:
    root = chain_of(model)[0]
    return short_names().get(root) or root._meta.label_lower


@cache
def short_names() -> dict[type[models.Model], str]:
    names: dict[type[models.Model], str] = {Page: "page", Site: "site"}
    if apps.is_installed("wagtail.images"):
        names[get_image_model()] = "image"
    if apps.is_installed("wagtail.documents"):
        names[get_document_model()] = "document"
    return names


def object_tag(model: type[models.Model], pk: Any) -> str:
    return f"{name_of(model)}-{as_text(pk)}"


def any_tag(model: type[models.Model]) -> str:
    return f"any-{model._meta.label_lower}"


def column_tag(field: models.Field) -> str:
    return f"column-{field.model._meta.label_lower}.{field.attname}"


def all_tag(model: type[models.Model]) -> str:
    return f"all-{model._meta.label_lower}"


def list_tag(model: type[models.Model], condition: Condition | None = None) -> str:
    tag = f"list-{model._meta.label_lower}"
    return f"{tag}.{condition.column}={condition.value}" if condition else tag


def draft_tag(tag: str) -> str:
    """The same for rows that are no part of what is published."""
    return f"draft-{tag}"


def is_of_drafts(tag: str) -> bool:
    return tag.startswith("draft-")


def as_text(value: Any) -> str:
    """A value as it stands in tags, the same for what the ORM gives and for what the database gives."""
    if isinstance(value, uuid.UUID):
        return value.hex
    text = str(value)
    if SAFE.fullmatch(text):
        return text
    return hashlib.sha256(text.encode(errors="replace")).hexdigest()[:24]


def condition_of(field: models.Field, value: Any) -> Condition:
    if isinstance(field, models.UUIDField) and value is not None:
        value = value if isinstance(value, uuid.UUID) else uuid.UUID(str(value))
    return Condition(field.attname, as_text(value))


def conditions_of(
    model: type[models.Model], values: dict[str, Any]
) -> Iterator[Condition]:
    """Everything that a row may be found by."""
    columns = selective_columns(model)
    for field in model._meta.concrete_fields:
        if field.attname in columns and field.attname in values:
            yield condition_of(field, values[field.attname])
    if is_tree(model):
        yield from (
            Condition(UNDER, path) for path in paths_above(model, values["path"])
        )


def paths_above(model: Any, path: str) -> Iterator[str]:
    """The paths of a node and of those above it."""
    for end in range(model.steplen, len(path) + 1, model.steplen):
        yield path[:end]


def list_tags(
    model: type[models.Model], states: Iterable[dict[str, Any]]
) -> Iterator[str]:
    """Every list that a row with these states, before and after, stands in."""
    states = list(states)
    for each in chain_of(model):
        yield list_tag(each)
        for values in states:
            for condition in conditions_of(each, values):
                yield list_tag(each, condition)
