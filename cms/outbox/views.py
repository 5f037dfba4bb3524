"""What can be done with channels and messages in the admin, besides editing them."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.log_actions import log

from cms.outbox.models import Channel, Message
from cms.outbox.queue import retry
from cms.outbox.testing import send_test


@require_POST
def test_channel(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a test message now, and show what came back."""
    require(request, "outbox.change_channel")
    channel = get_object_or_404(Channel, pk=pk)
    outcome = send_test(channel)
    if outcome.is_success:
        messages.success(request, _("The test message was accepted."))
    else:
        text = _("The test message was not accepted: %(answer)s")
        messages.error(request, text % {"answer": outcome.answer})
    log(channel, "outbox.test", user=request.user)
    return redirect("channels:edit", pk)


@require_POST
def replay_message(request: HttpRequest, pk: UUID) -> HttpResponse:
    require(request, "outbox.change_message")
    message = get_object_or_404(Message, pk=pk)
    if retry(Message.objects.filter(pk=pk)):
        log(message, "outbox.replay", user=request.user)
        messages.success(request, _("The message will be sent again."))
    else:
        messages.warning(
            request, _("Only messages that were given up can be sent again.")
        )
    return redirect("messages:inspect", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def replay_all(request: HttpRequest) -> HttpResponse:
    require(request, "outbox.change_message")
    dead = Message.objects.filter(state=Message.State.DEAD, is_erased=False)
    if request.method != "POST":
        return render(request, "outbox/admin/replay_all.html", {"number": dead.count()})
    number = retry(dead)
    messages.success(
        request, _("%(number)d messages will be sent again.") % {"number": number}
    )
    return redirect("messages:index")


def require(request: HttpRequest, permission: str) -> None:
    if not request.user.has_perm(permission):
        raise PermissionDenied
