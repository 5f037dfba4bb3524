from typing import Any

from django.db.models.signals import post_delete, post_save
from wagtail.documents.models import Document

from cms.core.models import DocumentTitle, ImageAltText
from cms.images.models import CustomImage


def image_saved(instance: CustomImage, **options: Any) -> None:
    if texts_may_differ(**options):
        ImageAltText.keep_source(instance)
        # Whoever saved the image may have read it before it got a translation.
        ImageAltText.put_into(instance.pk)


def document_saved(instance: Document, **options: Any) -> None:
    if texts_may_differ(**options):
        DocumentTitle.keep_source(instance)


def texts_may_differ(
    raw: bool = False, update_fields: Any = None, **options: Any
) -> bool:
    """Whether the texts may have changed. Wagtail stores sizes of files one by one, while pages are read."""
    return not raw and update_fields is None


def alt_text_changed(instance: ImageAltText, **kwargs: Any) -> None:
    ImageAltText.put_into(instance.item_id)


def register_signal_handlers() -> None:
    post_save.connect(image_saved, sender=CustomImage)
    post_save.connect(document_saved, sender=Document)
    post_save.connect(alt_text_changed, sender=ImageAltText)
    post_delete.connect(alt_text_changed, sender=ImageAltText)
