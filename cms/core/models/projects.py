from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import TranslatableMixin


class CertificationProjectQuerySet(models.QuerySet["CertificationProject"]):
    def offered(self) -> "CertificationProjectQuerySet":
        return self.filter(active=True)


class CertificationProject(TranslatableMixin, models.Model):
    """A certification project (认证项目) that visitors can ask for, such as ISO 9001.

    Loaded once by `manage.py load_projects`, from then on the editors'.
    """

    slug = models.SlugField(
        _("slug"),
        max_length=40,
        help_text=_("Stable key for the API and for leads. Never change it."),
    )
    group = models.CharField(_("project group"), max_length=40)
    standard = models.CharField(_("standard"), max_length=60, blank=True)
    name = models.CharField(_("name"), max_length=80)
    sort_order = models.PositiveIntegerField(_("order"), default=0)
    active = models.BooleanField(
        _("offered"),
        default=True,
        help_text=_("Switch off instead of deleting: old leads keep its name."),
    )

    objects = CertificationProjectQuerySet.as_manager()

    panels = [
        FieldPanel("name"),
        FieldPanel("standard"),
        FieldPanel("group"),
        FieldPanel("slug"),
        FieldPanel("sort_order"),
        FieldPanel("active"),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("certification project")
        verbose_name_plural = _("certification projects")
        ordering = ["sort_order", "slug"]
        constraints = [
            models.UniqueConstraint(
                fields=["slug", "locale"], name="unique_project_slug_in_locale"
            )
        ]

    def __str__(self) -> str:
        return f"{self.standard} {self.name}".strip()
