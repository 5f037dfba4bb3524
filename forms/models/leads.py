import re

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from forms.phones import digits_of, format_phone
from forms.receipts import new_receipt

LATIN_LETTER = re.compile(r"[A-Za-z]")


class LeadQuerySet(models.QuerySet["Lead"]):
    def with_relations(self) -> "LeadQuerySet":
        """Loads what a list or an export shows of each lead in the same query."""
        return self.select_related("form", "city", "project", "page", "site")

    def search(self, words: str) -> "LeadQuerySet":
        """Leads whose receipt, name, company or number contains the words. Numbers may be written with spaces.

        Words with Latin letters are no number: the digits of a receipt would find other people's phones.
        """
        words = words.strip()
        found = Q(receipt__istartswith=words)
        for column in ("name", "company"):
            found |= Q(**{f"{column}__icontains": words})
        digits = digits_of(words).lstrip("0")
        if digits and not LATIN_LETTER.search(words):
            found |= Q(mobile__contains=digits) | Q(landline__contains=digits)
        return self.filter(found)


class Lead(models.Model):
    """What a visitor has left: who wants to be called back, about what, and where they were at the time.

    A lead stands on its own. The names of what it points at are copied, and its answers keep their questions, so that
    it stays readable when pages, cities, projects or fields are gone.
    """

    class Source(models.TextChoices):
        HTML = "html", _("Page")
        API = "api", _("API")
        IMPORT = "import", _("Import")

    receipt = models.CharField(
        _("receipt"), max_length=11, unique=True, default=new_receipt, editable=False
    )
    created_at = models.DateTimeField(_("received"), auto_now_add=True, db_index=True)

    name = models.CharField(_("full name"), max_length=500, blank=True)
    mobile = models.CharField(_("mobile number"), max_length=20, blank=True)
    landline = models.CharField(_("office number"), max_length=20, blank=True)
    landline_extension = models.CharField(_("extension"), max_length=6, blank=True)
    company = models.CharField(_("company"), max_length=200, blank=True)
    project = models.ForeignKey(
        "core.CertificationProject",
        verbose_name=_("certification project"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    project_name = models.CharField(_("project"), max_length=160, blank=True)
    city = models.ForeignKey(
        "cities.City",
        verbose_name=_("city"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    answers = models.JSONField(_("answers"), default=list)

    form = models.ForeignKey(
        "forms.FormPage",
        verbose_name=_("form"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="leads",
    )
    form_title = models.CharField(_("form"), max_length=255)
    form_slug = models.CharField(_("slug of the form"), max_length=255)
    site = models.ForeignKey(
        "wagtailcore.Site",
        verbose_name=_("site"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    language = models.CharField(_("language"), max_length=10)
    source = models.CharField(_("came through"), max_length=6, choices=Source)
    page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("page"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    page_url = models.CharField(_("address of the page"), max_length=1000, blank=True)
    referrer = models.CharField(_("referrer"), max_length=1000, blank=True)
    utm_source = models.CharField(max_length=100, blank=True)
    utm_medium = models.CharField(max_length=100, blank=True)
    utm_campaign = models.CharField(max_length=100, blank=True)
    utm_term = models.CharField(max_length=100, blank=True)
    utm_content = models.CharField(max_length=100, blank=True)

    objects = LeadQuerySet.as_manager()

    class Meta:
        verbose_name = _("lead")
        verbose_name_plural = _("leads")
        ordering = ["-created_at", "-pk"]
        # The admin lists the newest first, of all or of one form, city, project or source.
        indexes = [
            models.Index(fields=[column, "-created_at"], name=f"lead_by_{column}")
            for column in ("form", "city", "project", "source", "mobile")
        ]

    def __str__(self) -> str:
        return self.receipt

    @property
    def mobile_display(self) -> str:
        return format_phone(self.mobile)

    @property
    def landline_display(self) -> str:
        return format_phone(self.landline, self.landline_extension)

    @property
    def answers_display(self) -> str:
        """The answers in one text, for a spreadsheet's cell."""
        return "\n".join(
            f"{answer['label']}: {answer['display']}" for answer in self.answers
        )

    @property
    def campaign(self) -> str:
        parts = (self.utm_source, self.utm_medium, self.utm_campaign)
        return " / ".join(filter(None, (*parts, self.utm_term, self.utm_content)))
