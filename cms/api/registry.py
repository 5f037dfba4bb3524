"""Which schema a page type leaves the API with. Content apps register theirs; a type without one is not delivered."""

from typing import TYPE_CHECKING, Annotated, Any, Union

from ninja import Schema
from pydantic import Discriminator, Field, Tag
from wagtail.models import Page

if TYPE_CHECKING:
    from cms.api.schemas import PageSchema

_schemas: dict[type[Page], type["PageSchema"]] = {}


def register_page_schema(model: type[Page], schema: type["PageSchema"]) -> None:
    """`schema` declares `type: Literal["app_label.ModelName"]`, which tells the types of pages apart."""
    _schemas[model] = schema


def get_page_schema(model: type[Page]) -> type["PageSchema"] | None:
    return _schemas.get(model)


def any_page(**others: type[Schema]) -> Any:
    """The type of an answer that may be any page, or one of `others` by the value of its `type`."""
    schemas: dict[str, type[Schema]] = {
        model._meta.label: schema
        for model, schema in sorted(
            _schemas.items(), key=lambda item: item[0]._meta.label
        )
    }
    schemas.update(others)
    mapping: Any = {
        name: f"#/components/schemas/{schema.__name__}"
        for name, schema in schemas.items()
    }
    tagged = tuple(Annotated[schema, Tag(name)] for name, schema in schemas.items())
    return Annotated[
        Union[tagged],  # noqa: UP007 (of a tuple)
        Discriminator(_type_of),
        Field(
            json_schema_extra={
                "discriminator": {"propertyName": "type", "mapping": mapping}
            }
        ),
    ]


def _type_of(answer: Any) -> str:
    return answer._meta.label if isinstance(answer, Page) else answer.type
