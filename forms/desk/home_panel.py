"""Leads on the admin's home: how many are where, mine, and late."""

from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component
from wagtail.permissions import policy_registry

from forms.models import Lead
from forms.models.leads import OPEN_STATUSES, Status

SHOWN = [*OPEN_STATUSES, Status.SPAM]


class LeadPanel(Component):
    name = "leads"
    order = 150
    template_name = "forms/admin/home_panel.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        request = parent_context["request"]
        counts = count_leads(request)
        url = reverse("leads:index")
        statuses = [
            (status.label, counts[status.value], f"{url}?status={status.value}")
            for status in SHOWN
        ]
        mine = f"{url}?assignee={request.user.pk}"
        return {
            "statuses": statuses,
            "totals": [
                (_("Mine"), counts["mine"], mine),
                (_("Overdue"), counts["overdue"], f"{url}?overdue=true"),
            ],
        }


def count_leads(request: HttpRequest) -> dict[str, int]:
    """Everything in one query, of the leads that the user may see."""
    policy = policy_registry.get_by_type(Lead)
    leads = policy.within_limits(request.user, Lead.objects.filter(status__in=SHOWN))
    is_open = Q(status__in=OPEN_STATUSES)
    return leads.aggregate(
        **{status.value: Count("pk", filter=Q(status=status)) for status in SHOWN},
        mine=Count("pk", filter=is_open & Q(assignee=request.user)),
        overdue=Count("pk", filter=is_open & late()),
    )


def late() -> Q:
    return Q(due_at__lt=timezone.now(), responded_at=None)
