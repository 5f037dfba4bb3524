from cms.api.schemas.base import (
    FocalPointSchema,
    ImageSchema,
    LocalTime,
    RenditionSchema,
)
from cms.api.schemas.blocks import BodyBlockSchema
from cms.api.schemas.pages import (
    AlternateSchema,
    PageReference,
    PageSchema,
    SeoSchema,
)

__all__ = [
    "AlternateSchema",
    "BodyBlockSchema",
    "FocalPointSchema",
    "ImageSchema",
    "LocalTime",
    "PageReference",
    "PageSchema",
    "RenditionSchema",
    "SeoSchema",
]
