from copy import copy
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.embeds.blocks import EmbedBlock
from wagtail.images.blocks import ImageBlock as WagtailImageBlock
from wagtail.images.blocks import ImageChooserBlock

from cms.core.document_titles import shown_title, with_shown_titles
from cms.core.embeds import player_url
from cms.images.models import CustomImage
from cms.images.representation import image_representation

GROUP = _("Media")


class ContextualImageBlock(WagtailImageBlock):
    """An image with the alternative text that it needs in this place."""

    def get_api_representation(
        self, value: CustomImage | None, context: dict[str, Any] | None = None
    ) -> dict[str, Any] | None:
        if value is None:
            return None
        return image_representation(value, alt=value.contextual_alt_text or "")


class PosterBlock(ImageChooserBlock):
    def get_api_representation(
        self, value: CustomImage | None, context: dict[str, Any] | None = None
    ) -> dict[str, Any] | None:
        return image_representation(value)


def sample_image() -> CustomImage | None:
    """Any image of the library, for the editors' preview of a block."""
    image = CustomImage.objects.order_by("pk").first()
    if image:
        image.contextual_alt_text = image.default_alt_text
        image.decorative = False
    return image


class ImageBlock(blocks.StructBlock):
    image = ContextualImageBlock(label=_("image"))
    caption = blocks.CharBlock(label=_("caption"), max_length=160, required=False)
    credit = blocks.CharBlock(
        label=_("credit"),
        max_length=120,
        required=False,
        help_text=_("Empty: the credit of the image itself."),
    )

    def get_preview_value(self) -> blocks.StructValue:
        return self.normalize(
            {"image": sample_image(), "caption": "审核现场", "credit": ""}
        )

    class Meta:
        icon = "image"
        label = _("Image")
        group = GROUP
        template = "blocks/image.html"
        description = _("A picture with caption and credit.")


class GalleryItemBlock(blocks.StructBlock):
    image = ContextualImageBlock(label=_("image"))
    caption = blocks.CharBlock(label=_("caption"), max_length=160, required=False)

    class Meta:
        icon = "image"
        label = _("Image")


class GalleryBlock(blocks.StructBlock):
    images = blocks.ListBlock(GalleryItemBlock(), label=_("images"), min_num=2)

    def get_preview_value(self) -> blocks.StructValue:
        item = {"image": sample_image(), "caption": "审核现场"}
        return self.normalize({"images": [item, item]})

    class Meta:
        icon = "image"
        label = _("Gallery")
        group = GROUP
        template = "blocks/gallery.html"
        description = _("Several pictures side by side.")


class DocumentBlock(DocumentChooserBlock):
    """A document with its title in the language of the page."""

    def bulk_to_python(self, values: list[int | None]) -> list[Any]:
        found = with_shown_titles(self.model_class.objects).in_bulk(values)
        return [copy(found[pk]) if pk in found else None for pk in values]

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """As Wagtail's: to migrations it makes no difference, what is stored is the same."""
        _path, *arguments = super().deconstruct()
        return ("wagtail.documents.blocks.DocumentChooserBlock", *arguments)


class DownloadValue(blocks.StructValue):
    @property
    def shown_title(self) -> str:
        document = self.get("document")
        return self.get("title") or (shown_title(document) if document else "")


class DownloadBlock(blocks.StructBlock):
    document = DocumentBlock(label=_("document"))
    title = blocks.CharBlock(
        label=_("title"),
        max_length=120,
        required=False,
        help_text=_("Empty: the title of the document."),
    )
    description = blocks.CharBlock(
        label=_("description"), max_length=200, required=False
    )

    def get_api_representation(
        self, value: DownloadValue, context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        return {
            "title": value.shown_title,
            "description": value["description"],
            "document": document_representation(value["document"]),
        }

    class Meta:
        icon = "download"
        label = _("Download")
        group = GROUP
        template = "blocks/download.html"
        value_class = DownloadValue
        description = _("A file to take away, with its kind and size.")
        preview_value = {"document": None, "title": "申请表", "description": "PDF"}


class VideoValue(blocks.StructValue):
    @property
    def player_url(self) -> str | None:
        """Address of the provider's player, opened only when the visitor asks for it."""
        embed = self.get("embed")
        return player_url(embed.url) if embed else None


class VideoBlock(blocks.StructBlock):
    file = DocumentBlock(
        label=_("file"), required=False, help_text=_("An MP4 or WebM file.")
    )
    embed = EmbedBlock(
        label=_("address"),
        required=False,
        help_text=_(
            "Page of a video on bilibili.com, v.qq.com or v.youku.com. Nothing is loaded from there before "
            "the visitor presses play."
        ),
    )
    poster = PosterBlock(label=_("still picture"), required=False)
    caption = blocks.CharBlock(label=_("caption"), max_length=160, required=False)

    def clean(self, value: VideoValue) -> VideoValue:
        value = super().clean(value)
        if bool(value["file"]) == bool(value["embed"]):
            message = _("Choose a file or type an address: one of the two.")
            raise blocks.StructBlockValidationError(
                block_errors={"file": ValidationError(message)}
            )
        return value

    def get_api_representation(
        self, value: VideoValue, context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        embed = value["embed"]
        return {
            "file": document_representation(value["file"]),
            "page_url": embed.url if embed else None,
            "player_url": value.player_url,
            "poster": image_representation(value["poster"]),
            "caption": value["caption"],
        }

    class Meta:
        icon = "media"
        label = _("Video")
        group = GROUP
        template = "blocks/video.html"
        value_class = VideoValue
        description = _("A film from the library or from a video site.")
        preview_value = {
            "file": None,
            "embed": None,
            "poster": None,
            "caption": "走进审核现场",
        }


def document_representation(document: Any) -> dict[str, Any] | None:
    if document is None:
        return None
    return {
        "id": document.pk,
        "title": shown_title(document),
        "url": urljoin(settings.WAGTAILADMIN_BASE_URL, document.url),
        "extension": document.file_extension,
        "size": document.file_size,
    }
