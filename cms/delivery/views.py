"""What can be done with content webhooks in the admin, besides editing them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from wagtail.log_actions import log

from cms.delivery.forms import ReplayForm
from cms.delivery.models import ContentWebhook
from cms.delivery.webhooks import replay


@require_POST
def replay_webhook(request: HttpRequest, pk: int) -> HttpResponse:
    """Send again what has changed since a time."""
    if not request.user.has_perm("delivery.change_contentwebhook"):
        raise PermissionDenied
    webhook = get_object_or_404(ContentWebhook, pk=pk)
    form = ReplayForm(request.POST)
    if form.is_valid():
        number = replay(webhook, since=form.cleaned_data["since"])
        text = ngettext(
            "%(number)d message will be sent.",
            "%(number)d messages will be sent.",
            number,
        )
        messages.success(request, text % {"number": number})
        log(webhook, "delivery.replay", user=request.user)
    else:
        messages.error(request, _("Say since when."))
    return redirect("webhooks:edit", pk)
