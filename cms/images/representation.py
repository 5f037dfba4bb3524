"""How an image leaves the system: one shape for blocks, pages and settings, in templates and in the API."""

from typing import Any

from cms.images.models import CustomImage

RENDITION_SPECS = (
    "width-480|format-webp",
    "width-960|format-webp",
    "width-1600|format-webp",
)


def image_representation(
    image: CustomImage | None, *, alt: str | None = None
) -> dict[str, Any] | None:
    """The JSON form of an image: its texts, its size in pixels, its focal point and its renditions, smallest first.

    `alt` overrides the image's own alternative text; an empty string says that the image is decorative here.
    """
    if image is None:
        return None
    renditions = image.get_renditions(*RENDITION_SPECS).values()
    # Nothing is enlarged: of a small image several renditions are the same.
    by_width = {rendition.width: rendition for rendition in renditions}
    return {
        "id": image.pk,
        "alt": image.shown_alt_text if alt is None else alt,
        "credit": image.credit,
        "width": image.width,
        "height": image.height,
        "focal_point": _focal_point(image),
        "renditions": [
            {
                "url": rendition.full_url,
                "width": rendition.width,
                "height": rendition.height,
            }
            for rendition in by_width.values()
        ],
    }


def _focal_point(image: CustomImage) -> dict[str, float] | None:
    """The focal point in fractions of width and height, the form that CSS `object-position` wants."""
    if not image.has_focal_point():
        return None
    return {
        "x": round(image.focal_point_x / image.width, 4),
        "y": round(image.focal_point_y / image.height, 4),
    }
