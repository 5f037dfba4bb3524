from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, Image


class CustomImage(AbstractImage):
    """An image with its alternative text (Wagtail's `description`), its credit and its focal point."""

    credit = models.CharField(
        _("credit"),
        max_length=120,
        blank=True,
        help_text=_("Who took or drew the picture. Shown beside its caption."),
    )

    # By language code. Stands here, as `cms.core.models.ImageAltText` has it, so that no list of images asks for it.
    alt_texts = models.JSONField(default=dict, editable=False)

    admin_form_fields = (*Image.admin_form_fields, "credit")

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")
        permissions = [("choose_image", "Can choose image")]

    @property
    def shown_alt_text(self) -> str:
        """The alternative text as readers of the active language get it, else in the site's first language.

        Editors, whatever language they work in, get Wagtail's `default_alt_text`.
        """
        return self.alt_texts.get(get_language()) or self.default_alt_text


class CustomRendition(AbstractRendition):
    image = models.ForeignKey(
        CustomImage, on_delete=models.CASCADE, related_name="renditions"
    )

    class Meta:
        verbose_name = _("rendition")
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"],
                name="unique_rendition",
            )
        ]

    @property
    def alt(self) -> str:
        """As Wagtail's: the text that a block has for this place goes before the image's own."""
        if getattr(self.image, "decorative", False):
            return ""
        return (
            getattr(self.image, "contextual_alt_text", "") or self.image.shown_alt_text
        )
