"""Content webhooks in the admin, beside the outbox that sends their messages."""

from typing import Any

from django.forms import modelform_factory
from django.urls import path
from django.urls.resolvers import URLPattern
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.admin.views.generic import EditView
from wagtail.admin.viewsets.model import ModelViewSet

from cms.delivery.forms import ContentWebhookForm, ReplayForm
from cms.delivery.models import ContentWebhook
from cms.delivery.views import replay_webhook


class ContentWebhookEditView(EditView):
    template_name = "delivery/admin/webhook.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(replay_form=ReplayForm(), **kwargs)


class ContentWebhookViewSet(ModelViewSet):
    model = ContentWebhook
    icon = "globe"
    menu_label = _("Content webhooks")
    menu_hook = "register_outbox_menu_item"
    menu_order = 3
    add_to_admin_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    edit_view_class = ContentWebhookEditView
    form_fields = ["name", "channel", "events", "types", "is_active"]
    list_display = ["name", "channel", BooleanColumn("is_active", label=_("in use"))]

    def get_form_class(self, for_update: bool = False) -> Any:
        return modelform_factory(
            ContentWebhook, form=ContentWebhookForm, fields=self.form_fields
        )

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("replay/<int:pk>/", replay_webhook, name="replay"),
        ]
