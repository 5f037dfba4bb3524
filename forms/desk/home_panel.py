"""Leads on the admin's home: how many are where, mine, and late."""

from typing import Any

from django.db.models import Count
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component
from wagtail.permissions import policy_registry

from forms.desk.overdue import late
from forms.models import DataRequest, Lead
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
                *count_requests(request),
            ],
        }


def count_leads(request: HttpRequest) -> dict[str, int]:
    """Of the leads that the user may see. Each of the three queries reads an index, not the table."""
    policy = policy_registry.get_by_type(Lead)
    leads = policy.within_limits(request.user, Lead.objects.order_by())
    by_status = leads.filter(status__in=SHOWN).values_list("status")
    return {
        **dict.fromkeys((status.value for status in SHOWN), 0),
        **dict(by_status.annotate(number=Count("*"))),
        "mine": leads.filter(assignee=request.user, status__in=OPEN_STATUSES).count(),
        "overdue": leads.filter(late()).count(),
    }


def count_requests(request: HttpRequest) -> list[tuple[str, int, str]]:
    """The open requests for personal data, for those who answer them."""
    policy = policy_registry.get_by_type(DataRequest)
    if not policy.user_has_permission(request.user, "view"):
        return []
    number = DataRequest.objects.filter(state=DataRequest.State.OPEN).count()
    url = f"{reverse('data_requests:index')}?state=open"
    return [(_("Requests for data"), number, url)]
