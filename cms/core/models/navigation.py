from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import TranslatableMixin

from cms.core.blocks.links import LinkBlock, LinkValue


class MenuLinkBlock(LinkBlock):
    """A link that may be called by the title of its page."""

    label = blocks.CharBlock(
        label=_("label"),
        max_length=60,
        required=False,
        help_text=_("Empty: the title of the page, in the language of the reader."),
    )

    def clean(self, value: LinkValue) -> LinkValue:
        value = super().clean(value)
        if value["label"] or value["page"]:
            return value
        error = ValidationError(_("Write what the link is called."))
        raise blocks.StructBlockValidationError(block_errors={"label": error})

    class Meta:
        icon = "link"
        label = _("Link")


class MenuItemBlock(MenuLinkBlock):
    """A link with, at most, one level of links below it."""

    children = blocks.ListBlock(
        MenuLinkBlock(), label=_("links below"), required=False, default=[]
    )

    class Meta:
        icon = "link"
        label = _("Link")


class Menu(TranslatableMixin, models.Model):
    """The links of the site's header or footer, in the order that editors give them."""

    class Slot(models.TextChoices):
        HEADER = "header", _("Header")
        FOOTER = "footer", _("Footer")

    slot = models.CharField(_("place"), max_length=8, choices=Slot)
    items = StreamField(
        [("link", MenuItemBlock())], verbose_name=_("links"), blank=True
    )

    panels = [FieldPanel("slot"), FieldPanel("items")]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("menu")
        verbose_name_plural = _("menus")
        constraints = [
            models.UniqueConstraint(
                fields=["slot", "locale"],
                name="unique_menu_slot_in_locale",
                violation_error_message=_(
                    "There is a menu for this place already: edit that one."
                ),
            )
        ]

    def __str__(self) -> str:
        return str(self.get_slot_display())
