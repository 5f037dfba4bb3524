from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class LinkValue(blocks.StructValue):
    @property
    def href(self) -> str:
        """The link's address: that of the page when it is published, else the typed one."""
        page = self.get("page")
        if page:
            return (page.live and page.url) or ""
        return self.get("url") or ""


class LinkBlock(blocks.StructBlock):
    """A link with a label, to a page of the site or to an address."""

    label = blocks.CharBlock(label=_("label"), max_length=60)
    page = blocks.PageChooserBlock(label=_("page"), required=False)
    url = blocks.URLBlock(label=_("address"), required=False)

    class Meta:
        icon = "link"
        label = _("Link")
        value_class = LinkValue

    def clean(self, value: LinkValue) -> LinkValue:
        value = super().clean(value)
        clean_link_target(value)
        return value

    def get_api_representation(
        self, value: LinkValue, context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        return {
            **super().get_api_representation(value, context),
            "href": value.href,
        }


def clean_link_target(value: LinkValue, *, required: bool = True) -> None:
    """Refuse a link that leads to two places, or to none."""
    page, url = value.get("page"), value.get("url")
    if page and url:
        message = _("Choose a page or type an address, not both.")
    elif required and not page and not url:
        message = _("Choose a page or type an address.")
    else:
        return
    raise blocks.StructBlockValidationError(
        block_errors={"url": ValidationError(message)}
    )
