"""What the library says of images and documents in each language, beside Wagtail's own fields in the first one."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.documents.models import Document
from wagtail.models import Locale, TranslatableMixin
from wagtail_localize.fields import SynchronizedField

from cms.images.models import CustomImage


class LibraryText(TranslatableMixin, models.Model):
    """The one text of an item of the library, in one language.

    That of the first language is a copy of what stands in the item: it is what translations are made from.
    """

    text = models.CharField(_("text"), max_length=255)

    panels = [FieldPanel("text")]

    # Its item is not in use because it has texts.
    wagtail_reference_index_ignore = True

    class Meta(TranslatableMixin.Meta):
        abstract = True

    def __str__(self) -> str:
        return self.text

    @classmethod
    def source_text(cls, item: Any) -> str:
        """What the item itself says."""
        raise NotImplementedError

    @classmethod
    def of(cls, item: Any) -> QuerySet:
        return cls._default_manager.filter(item=item)

    @classmethod
    def keep_source(cls, item: Any) -> None:
        """Gives translators what the item says now, if that has changed."""
        text = cls.source_text(item)
        locale = Locale.get_default()
        known = cls.of(item).filter(locale=locale).first()
        if known and known.text != text:
            known.text = text
            known.save()
        elif not known and text:
            cls(item=item, locale=locale, text=text).save()

    def clean(self) -> None:
        super().clean()
        is_source = self.locale.language_code == settings.LANGUAGE_CODE
        if is_source and self.text != self.source_text(self.item):
            raise ValidationError(
                {"text": _("Change the text of the first language in the item itself.")}
            )


class ImageAltText(LibraryText):
    """The alternative text of an image where no block has one of its own."""

    item = models.ForeignKey(
        CustomImage,
        verbose_name=_("image"),
        on_delete=models.CASCADE,
        related_name="+",
    )

    override_translatable_fields = [SynchronizedField("item", overridable=False)]

    class Meta(LibraryText.Meta):
        verbose_name = _("alternative text of an image")
        verbose_name_plural = _("alternative texts of images")
        constraints = [
            models.UniqueConstraint(
                fields=["item", "locale"], name="unique_alt_text_in_locale"
            )
        ]

    @classmethod
    def source_text(cls, item: CustomImage) -> str:
        return item.default_alt_text

    @classmethod
    @transaction.atomic
    def put_into(cls, image_id: int) -> None:
        """Writes the translations into the image, where they are read."""
        images = CustomImage.objects.filter(pk=image_id)
        # Translations that are written at once wait for each other.
        list(images.select_for_update().values_list("pk"))
        others = cls.of(image_id).exclude(locale__language_code=settings.LANGUAGE_CODE)
        texts = dict(others.values_list("locale__language_code", "text"))
        images.exclude(alt_texts=texts).update(alt_texts=texts)


class DocumentTitle(LibraryText):
    item = models.ForeignKey(
        Document,
        verbose_name=_("document"),
        on_delete=models.CASCADE,
        related_name="+",
    )

    override_translatable_fields = [SynchronizedField("item", overridable=False)]

    class Meta(LibraryText.Meta):
        verbose_name = _("title of a document")
        verbose_name_plural = _("titles of documents")
        constraints = [
            models.UniqueConstraint(
                fields=["item", "locale"], name="unique_document_title_in_locale"
            )
        ]

    @classmethod
    def source_text(cls, item: Document) -> str:
        return item.title
