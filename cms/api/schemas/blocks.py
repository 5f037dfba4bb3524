"""What each block of `cms.core.blocks.BodyBlock` leaves the API as.

A body is a list of `{"id", "type", "value"}`; `type` tells what `value` is. Names are those of the stream.
"""

from typing import Annotated, Any, Literal, Union

from pydantic import BaseModel, BeforeValidator, Field, create_model

from cms.api.schemas.base import DocumentSchema, ImageSchema

# Fields that an editor left out are null in old content and "" in new: consumers see "" only.
Words = Annotated[str, BeforeValidator(lambda words: words or "")]


class Heading(BaseModel):
    text: Words
    level: Literal[2, 3]
    anchor: Words = Field(description="The fragment that links point at.")


class KeyPoints(BaseModel):
    title: Words
    points: list[Words]


class NamedPoint(BaseModel):
    name: Words
    text: Words


class NamedPoints(BaseModel):
    items: list[NamedPoint]


class Quote(BaseModel):
    text: Words
    speaker: Words
    role: Words


class Callout(BaseModel):
    tone: Literal["info", "tip", "warning"]
    title: Words
    text: Words = Field(description="HTML.")


class Image(BaseModel):
    image: ImageSchema | None
    caption: Words
    credit: Words


class GalleryItem(BaseModel):
    image: ImageSchema | None
    caption: Words


class Gallery(BaseModel):
    images: list[GalleryItem]


class Video(BaseModel):
    """A file, or a page elsewhere with the address of its player."""

    file: DocumentSchema | None
    page_url: str | None
    player_url: str | None
    poster: ImageSchema | None
    caption: Words


class Download(BaseModel):
    title: Words
    description: Words
    document: DocumentSchema | None


class Table(BaseModel):
    caption: Words
    header_row: bool
    header_column: bool
    rows: list[list[Words]]


class Statistic(BaseModel):
    value: Words
    unit: Words
    label: Words


class Statistics(BaseModel):
    items: list[Statistic]


class Step(BaseModel):
    title: Words
    text: Words


class Steps(BaseModel):
    items: list[Step]


class Question(BaseModel):
    question: Words
    answer: Words = Field(description="HTML.")


class FAQ(BaseModel):
    items: list[Question]


class CallToAction(BaseModel):
    title: Words
    text: Words
    label: Words
    page: int | None
    url: Words
    href: Words = Field(
        description="Where the link leads: the page's address or `url`."
    )


class QuickForm(BaseModel):
    title: Words
    form: str | None = Field(description="Slug of the form. Null: the site's own.")


class ListedArticle(BaseModel):
    id: int
    title: str
    url: str


class ArticleList(BaseModel):
    title: Words
    category: str | None
    count: int
    articles: list[ListedArticle]


class Contact(BaseModel):
    phone: str = Field(description="As it was typed.")
    phone_display: str = Field(
        description="As readers of the answer's language write it."
    )
    phone_href: str = Field(description="Dials it. Empty: there is none.")
    address: str
    opening_hours: str


class CityContact(BaseModel):
    city: str | None
    name: str
    contact: Contact | None


def one_of(**values: Any) -> Any:
    """The type of a stream's items: one model for each block, told apart by its `type`."""
    items = [
        create_model(
            name.title().replace("_", "") + "Block",
            id=(str | None, ...),
            type=(Literal[name], ...),  # type: ignore[arg-type]  # of a variable
            value=(value, ...),
        )
        for name, value in values.items()
    ]
    return Annotated[Union[tuple(items)], Field(discriminator="type")]  # noqa: UP007 (of a tuple)


COLUMN_BLOCKS = {
    "heading": Heading,
    "paragraph": str,
    "key_points": KeyPoints,
    "quote": Quote,
    "callout": Callout,
    "image": Image,
    "call_to_action": CallToAction,
    "city_contact": CityContact,
}
ColumnBlockSchema = one_of(**COLUMN_BLOCKS)


class TwoColumns(BaseModel):
    left: list[ColumnBlockSchema]  # type: ignore[valid-type]  # made above
    right: list[ColumnBlockSchema]  # type: ignore[valid-type]  # made above


BODY_BLOCKS = {
    **COLUMN_BLOCKS,
    "named_points": NamedPoints,
    "gallery": Gallery,
    "video": Video,
    "download": Download,
    "table": Table,
    "statistics": Statistics,
    "steps": Steps,
    "faq": FAQ,
    "quick_form": QuickForm,
    "article_list": ArticleList,
    "two_columns": TwoColumns,
}
BodyBlockSchema = one_of(**BODY_BLOCKS)
