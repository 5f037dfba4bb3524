from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import TranslatableMixin


class ArticleCategory(TranslatableMixin, models.Model):
    """What an article is about, such as 行业资讯; each article has at most one."""

    name = models.CharField(_("name"), max_length=40)
    slug = models.SlugField(
        _("slug"), max_length=40, help_text=_("Part of addresses and of the API.")
    )

    panels = [FieldPanel("name"), FieldPanel("slug")]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("article category")
        verbose_name_plural = _("article categories")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["slug", "locale"], name="unique_category_slug_in_locale"
            )
        ]

    def __str__(self) -> str:
        return self.name
