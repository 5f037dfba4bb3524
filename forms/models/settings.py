from datetime import time

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting


@register_setting(icon="mail")
class LeadSettings(BaseGenericSetting):
    """How leads are worked on: when somebody answers, how soon, and what counts as spam."""

    opening_time = models.TimeField(_("work begins"), default=time(9))
    closing_time = models.TimeField(_("work ends"), default=time(18))
    works_on_saturday = models.BooleanField(_("work on Saturdays"), default=False)
    works_on_sunday = models.BooleanField(_("work on Sundays"), default=False)
    follows_public_holidays = models.BooleanField(
        _("public holidays are free"),
        default=True,
        help_text=_("The weekends that are worked for them count as working days."),
    )
    response_minutes = models.PositiveIntegerField(
        _("minutes until the first response"),
        default=60,
        validators=[MinValueValidator(1)],
        help_text=_("Counted in working hours; after them a lead is overdue."),
    )
    blocked_words = models.TextField(
        _("words of spam"),
        blank=True,
        help_text=_(
            "One in each line. Leads with one of them are kept back for somebody to look at."
        ),
    )
    phone_limit = models.PositiveIntegerField(
        _("submissions of one phone in a day"),
        default=5,
        validators=[MinValueValidator(1)],
    )
    network_limit = models.PositiveIntegerField(
        _("submissions of one network in an hour"),
        default=30,
        validators=[MinValueValidator(1)],
    )

    panels = [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("opening_time"), FieldPanel("closing_time")]),
                FieldRowPanel(
                    [FieldPanel("works_on_saturday"), FieldPanel("works_on_sunday")]
                ),
                FieldPanel("follows_public_holidays"),
                FieldPanel("response_minutes"),
            ],
            heading=_("Working hours"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("blocked_words"),
                FieldRowPanel([FieldPanel("phone_limit"), FieldPanel("network_limit")]),
            ],
            heading=_("Spam"),
        ),
    ]

    class Meta:
        verbose_name = _("lead settings")
