"""Who is told of a lead, and what: masked, with a link to the lead for those who may see more."""

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from cms.outbox.models import Channel
from cms.outbox.queue import Notice, enqueue
from forms.desk.rules import fitting
from forms.models import Lead
from forms.models.desk import NotificationRule, Occasion
from forms.privacy.masking import mask_name, mask_phone


def notify(lead: Lead, event: Occasion, *, key: str) -> None:
    """Tell each channel once. `key` tells this event of the lead from the next of its kind."""
    notice = None
    for channel in find_receivers(lead, event):
        notice = notice or build_notice(lead, event)
        enqueue(
            channel,
            notice,
            event=event,
            subject=lead.subject,
            key=f"{event}:{key}:{channel.pk}",
        )


def find_receivers(lead: Lead, event: str) -> list[Channel]:
    """The form's own receivers, and those of every rule that fits the lead."""
    rules = [
        rule.pk
        for rule in fitting(NotificationRule.objects.all(), lead)
        if rule.covers(event)
    ]
    own = Q(pk__in=lead.form.receivers.values("pk")) if lead.form else Q(pk=None)
    through = NotificationRule.channels.through.objects.filter(
        notificationrule__in=rules
    )
    return list(Channel.objects.filter(own | Q(pk__in=through.values("channel"))))


def build_notice(lead: Lead, event: Occasion) -> Notice:
    """Chats and mailboxes are other people's computers: nobody can be called with what stands in a notice."""
    with translation.override(settings.LANGUAGE_CODE):
        title = " · ".join(
            filter(None, [str(event.label), lead.city_name, lead.project_name])
        )
        facts = [
            (_("Full name"), mask_name(lead.name)),
            (_("Mobile number"), mask_phone(lead.mobile)),
            (_("Company"), lead.company),
            (_("Form"), lead.form_title),
            (_("Receipt"), lead.receipt),
            (_("Assignee"), str(lead.assignee or "")),
        ]
        label = _("Open the lead")
    return Notice(
        title=title,
        facts=[(str(label), value) for label, value in facts if value],
        url=settings.WAGTAILADMIN_BASE_URL + reverse("leads:inspect", args=[lead.pk]),
        url_label=label,
        data={
            "receipt": lead.receipt,
            "city": lead.city.slug if lead.city else None,
            "project": lead.project.slug if lead.project else None,
            "form": lead.form_slug,
            "source": str(lead.source),
            "language": lead.language,
        },
    )
