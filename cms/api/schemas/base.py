from datetime import datetime
from typing import Annotated

from django.utils import timezone
from ninja import Schema
from pydantic import AfterValidator

# In the site's time zone, so that the date that a reader cuts out of it is the one that the site shows.
LocalTime = Annotated[datetime, AfterValidator(timezone.localtime)]


class RenditionSchema(Schema):
    url: str
    width: int
    height: int


class FocalPointSchema(Schema):
    """In fractions of width and height, as CSS `object-position` wants it."""

    x: float
    y: float


class ImageSchema(Schema):
    """An image, with its renditions from the smallest to the largest. An empty `alt` says that it is decorative."""

    id: int
    alt: str
    credit: str
    width: int
    height: int
    focal_point: FocalPointSchema | None
    renditions: list[RenditionSchema]


class DocumentSchema(Schema):
    id: int
    title: str
    url: str
    extension: str
    size: int | None
