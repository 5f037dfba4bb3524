from typing import Any

from django.conf import settings
from django.db import models
from django.forms import CheckboxSelectMultiple, MultipleChoiceField
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, InlinePanel

from cms.cities.widgets import PlaceSelectMultiple
from cms.core.widgets import ProjectSelectMultiple
from cms.encryption.fields import EncryptedTextField
from forms.models.leads import Lead, Status


class LeadEvent(models.Model):
    """Something that was done with a lead: by whom, when, and from what to what."""

    class Kind(models.TextChoices):
        STATUS = "status", _("Status")
        ASSIGNMENT = "assignment", _("Assignment")
        NOTE = "note", _("Note")
        HOLD = "hold", _("Legal hold")
        ERASURE = "erasure", _("Erasure")
        CORRECTION = "correction", _("Correction")
        WITHDRAWAL = "withdrawal", _("No more advertising")

    lead = models.ForeignKey(Lead, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    # Kept when the user is gone; empty for what the program itself has done.
    actor_name = models.CharField(_("user"), max_length=160, blank=True)
    before = models.CharField(max_length=160, blank=True)
    after = models.CharField(max_length=160, blank=True)
    text = EncryptedTextField(_("text"), blank=True)
    created_at = models.DateTimeField(_("time"), auto_now_add=True)

    class Meta:
        verbose_name = _("event of a lead")
        verbose_name_plural = _("events of leads")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.before} {self.after}".strip()

    @property
    def before_display(self) -> str:
        return self.describe(self.before)

    @property
    def after_display(self) -> str:
        return self.describe(self.after)

    def describe(self, value: str) -> str:
        if self.kind != self.Kind.STATUS:
            return value or "–"
        return str(dict(Status.choices).get(value, value))


class Agent(models.Model):
    """Somebody who answers leads."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("user"),
        on_delete=models.CASCADE,
        related_name="agent",
    )
    is_on_duty = models.BooleanField(
        _("on duty"),
        default=True,
        help_text=_("Who is not on duty gets no new leads by rule."),
    )

    class Meta:
        verbose_name = _("agent")
        verbose_name_plural = _("agents")
        ordering = ["user__username"]

    def __str__(self) -> str:
        return self.user.get_full_name() or self.user.get_username()


class ChosenColumns(models.Model):
    """Which columns of the list of leads somebody wants to see; who has chosen none sees those of everybody."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    names = models.JSONField(default=list)

    def __str__(self) -> str:
        return ", ".join(self.names)


class LeadRule(ClusterableModel):
    """A rule that holds for some leads: those of chosen forms, places and projects. None chosen: all of them."""

    name = models.CharField(_("name"), max_length=80)
    forms = models.ManyToManyField(
        "forms.FormPage", verbose_name=_("forms"), blank=True, related_name="+"
    )
    places = models.ManyToManyField(
        "cities.City",
        verbose_name=_("cities and provinces"),
        blank=True,
        related_name="+",
        help_text=_("A province means all its cities. None: everywhere."),
    )
    projects = models.ManyToManyField(
        "core.CertificationProject",
        verbose_name=_("certification projects"),
        blank=True,
        related_name="+",
    )
    is_active = models.BooleanField(_("in use"), default=True)

    panels = [
        FieldPanel("name"),
        FieldPanel("is_active"),
        FieldPanel("forms", widget=CheckboxSelectMultiple),
        FieldPanel("places", widget=PlaceSelectMultiple),
        FieldPanel("projects", widget=ProjectSelectMultiple),
    ]

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


class AssignmentRule(LeadRule):
    """Who gets a new lead: its members in turn, of those on duty. The most particular rule that fits decides."""

    panels = [
        *LeadRule.panels,
        InlinePanel("members", heading=_("Agents"), label=_("Agent"), min_num=1),
    ]

    class Meta:
        verbose_name = _("assignment rule")
        verbose_name_plural = _("assignment rules")
        ordering = ["name"]


class RuleMember(models.Model):
    rule = ParentalKey(AssignmentRule, on_delete=models.CASCADE, related_name="members")
    agent = models.ForeignKey(
        Agent, verbose_name=_("agent"), on_delete=models.CASCADE, related_name="+"
    )
    # Whose number is the lowest is next.
    turn = models.PositiveBigIntegerField(default=0, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["rule", "agent"], name="unique_rule_member")
        ]
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.agent)


class Occasion(models.TextChoices):
    CREATED = "lead.created", _("New lead")
    TOUCHED = "lead.touched", _("Somebody asks again")
    OVERDUE = "lead.overdue", _("Overdue")
    REQUESTED = "lead.data_requested", _("Somebody asks for their data")


class NotificationRuleForm(WagtailAdminModelForm):
    events = MultipleChoiceField(
        label=_("Occasions"),
        choices=Occasion.choices,
        widget=CheckboxSelectMultiple,
    )


class NotificationRule(LeadRule):
    """Which channels are told of a lead. Every rule that fits is followed."""

    channels = models.ManyToManyField(
        "outbox.Channel", verbose_name=_("channels"), related_name="+"
    )
    events = models.JSONField(_("occasions"), default=list)

    panels = [
        *LeadRule.panels,
        FieldPanel("channels", widget=CheckboxSelectMultiple),
        FieldPanel("events"),
    ]
    base_form_class = NotificationRuleForm

    class Meta:
        verbose_name = _("notification rule")
        verbose_name_plural = _("notification rules")
        ordering = ["name"]

    def covers(self, event: str) -> bool:
        occasions: Any = self.events
        return event in occasions
