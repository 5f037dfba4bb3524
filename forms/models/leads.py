import re
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cms.encryption.fields import EncryptedJSONField, EncryptedTextField
from cms.encryption.hashes import hash_candidates, hash_value
from forms.phones import digits_of, format_phone
from forms.privacy.masking import mask_name, mask_phone
from forms.purposes import Purpose
from forms.receipts import PATTERN, new_receipt

if TYPE_CHECKING:
    from forms.models.touches import Touch

RECEIPT = re.compile(PATTERN)
NUMBER = re.compile(r"[\d\s()（）+＋—–-]+")
SHORTEST_NUMBER = 7
# So many are frequent.
MANY = 1_000


class LeadQuerySet(models.QuerySet["Lead"]):
    def with_relations(self) -> "LeadQuerySet":
        """Loads what a list or an export shows of each lead in the same query."""
        return self.select_related("form", "city", "project", "site", "assignee")

    def with_advertising(self) -> "LeadQuerySet":
        """`may_be_advertised_to`: somebody has agreed to it, and has not withdrawn that."""
        consents = apps.get_model("forms", "Consent").objects.filter(
            touch__lead=OuterRef("pk"),
            text__purpose=Purpose.MARKETING,
            is_given=True,
            withdrawn_at=None,
        )
        return self.annotate(may_be_advertised_to=Exists(consents))

    def search(self, words: str) -> "LeadQuerySet":
        """Leads by a receipt, by a whole number, or else by the whole name or a part of the company.

        What looks like a receipt or a number is looked for in indexes alone, however many leads there are.
        """
        words = words.strip()
        if RECEIPT.fullmatch(words.upper()):
            # Whoever has asked again has a receipt of their own.
            receipt = words.upper()
            found = Q(touches__receipt=receipt) | Q(receipt=receipt)
            return self.filter(found).distinct()
        if number := read_number(words):
            hashes = hash_candidates(number, "phone")
            return self.filter(Q(mobile_hash__in=hashes) | Q(landline_hash__in=hashes))
        named = Q(name_hash__in=hash_candidates(words, "name"))
        return self.few(named | Q(company__icontains=words))

    def few(self, condition: Q) -> "LeadQuerySet":
        """Those that fulfil it. Where they are few they are found in an index first: databases would read the table
        from the newest lead on, which is fast for what is frequent only.
        """
        leads = self.model._default_manager.order_by()
        found = list(leads.filter(condition).values_list("pk", flat=True)[:MANY])
        return self.filter(condition if len(found) == MANY else Q(pk__in=found))


def read_number(words: str) -> str:
    """The number in E.164 that the words may mean; none when they are no number."""
    if not NUMBER.fullmatch(words):
        return ""
    digits = digits_of(words).lstrip("0").removeprefix("86").lstrip("0")
    return f"+86{digits}" if len(digits) >= SHORTEST_NUMBER else ""


class Status(models.TextChoices):
    NEW = "new", pgettext_lazy("lead", "New")
    CLAIMED = "claimed", _("Claimed")
    CONTACTED = "contacted", _("Contacted")
    QUALIFIED = "qualified", _("Qualified")
    QUOTED = "quoted", _("Quoted")
    WON = "won", _("Won")
    LOST = "lost", _("Lost")
    INVALID = "invalid", _("Invalid")
    SPAM = "spam", _("Spam")


# Somebody still works on it, so that whoever asks again is added to it.
OPEN_STATUSES = [
    Status.NEW,
    Status.CLAIMED,
    Status.CONTACTED,
    Status.QUALIFIED,
    Status.QUOTED,
]


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
    created_at = models.DateTimeField(
        _("received"), default=timezone.now, editable=False, db_index=True
    )
    last_touch_at = models.DateTimeField(_("last asked"), default=timezone.now)
    touch_count = models.PositiveIntegerField(_("submissions"), default=1)

    name = EncryptedTextField(_("full name"), blank=True)
    name_hash = models.CharField(max_length=32, blank=True, editable=False)
    mobile = EncryptedTextField(_("mobile number"), blank=True)
    mobile_hash = models.CharField(max_length=32, blank=True, editable=False)
    landline = EncryptedTextField(_("office number"), blank=True)
    landline_hash = models.CharField(max_length=32, blank=True, editable=False)
    landline_extension = EncryptedTextField(_("extension"), blank=True)
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
    answers = EncryptedJSONField(_("answers"), default=list)

    status = models.CharField(
        _("status"), max_length=10, choices=Status, default=Status.NEW
    )
    lost_reason = models.CharField(_("why it was lost"), max_length=200, blank=True)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("assignee"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    # The end of the time, in working hours, in which somebody should have called.
    due_at = models.DateTimeField(_("first response due"), null=True, blank=True)
    responded_at = models.DateTimeField(_("first response"), null=True, blank=True)
    overdue_notified_at = models.DateTimeField(null=True, editable=False)
    # Counts changes: who changes a lead says which state of it they have seen.
    version = models.PositiveIntegerField(default=0, editable=False)

    is_verified = models.BooleanField(
        _("verified"),
        default=False,
        help_text=_("The visitor's browser has done the proof of work."),
    )
    spam_reasons = models.JSONField(_("suspicions"), default=list, editable=False)
    # Kept back before anybody was told, and when somebody has looked at it.
    quarantined_at = models.DateTimeField(null=True, editable=False)
    quarantine_seen_at = models.DateTimeField(null=True, editable=False)

    retain_until = models.DateField(_("kept until"), null=True, blank=True)
    is_held = models.BooleanField(
        _("legal hold"), default=False, help_text=_("Nothing of it may be erased.")
    )
    anonymised_at = models.DateTimeField(_("anonymised"), null=True, editable=False)

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
    objects = LeadQuerySet.as_manager()

    class Meta:
        verbose_name = _("lead")
        verbose_name_plural = _("leads")
        ordering = ["-created_at", "-pk"]
        permissions = [
            ("reveal_lead", _("Can read names, numbers and answers of leads")),
            ("export_lead", _("Can export leads")),
        ]
        # The admin lists the newest first, of all or of one form, city, project, status or assignee.
        indexes = [
            *(
                models.Index(fields=[column, "-created_at"], name=f"lead_by_{column}")
                for column in ("form", "city", "project", "status")
            ),
            # Counts somebody's open leads without a look at the table.
            models.Index(
                fields=["assignee", "-created_at", "status"], name="lead_by_assignee"
            ),
            *(
                models.Index(fields=[column], name=f"lead_by_{column}")
                for column in ("mobile_hash", "landline_hash")
            ),
            # What is no number is looked for in both.
            models.Index(
                fields=["name_hash", "company", "id"], name="lead_by_name_hash"
            ),
            # Few of all leads still wait for an answer: lists and counts those that have waited too long.
            models.Index(
                fields=["-created_at", "due_at", "status"],
                condition=Q(responded_at=None),
                name="lead_awaiting_response",
            ),
        ]

    def __str__(self) -> str:
        return self.receipt

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.set_hashes()
        super().save(*args, **kwargs)

    @property
    def mobile_display(self) -> str:
        return format_phone(self.mobile)

    @property
    def masked_name(self) -> str:
        return mask_name(self.name)

    @property
    def masked_mobile(self) -> str:
        return mask_phone(self.mobile)

    @property
    def landline_display(self) -> str:
        return format_phone(self.landline, self.landline_extension)

    @property
    def answers_display(self) -> str:
        """The answers in one text, for a spreadsheet's cell."""
        return "\n".join(
            f"{answer['label']}: {answer['display']}" for answer in self.answers
        )

    def set_hashes(self) -> None:
        for column, value in self.get_hashes().items():
            setattr(self, column, value)

    def get_hashes(self) -> dict[str, str]:
        """The hashes that belong to the personal data, by column."""
        return {
            "name_hash": hash_value(self.name, "name"),
            "mobile_hash": hash_value(self.mobile, "phone"),
            "landline_hash": hash_value(self.landline, "phone"),
        }

    @property
    def city_name(self) -> str:
        return self.city.short_name if self.city else ""

    @property
    def first_touch(self) -> "Touch | None":
        return self.touches.first()

    @property
    def is_overdue(self) -> bool:
        """Nobody has answered in the time that was set."""
        return bool(
            self.due_at and not self.responded_at and self.due_at < timezone.now()
        )

    @property
    def subject(self) -> str:
        """The name by which the outbox knows whose data a message holds."""
        return f"lead:{self.pk}"
