"""Channels and messages in the admin."""

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.urls import path, reverse
from django.urls.resolvers import URLPattern
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn, TitleColumn
from wagtail.admin.views.generic import EditView, IndexView, InspectView
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button

from cms.outbox.forms import ChannelForm
from cms.outbox.models import Channel, Message
from cms.outbox.views import replay_all, replay_message, test_channel


class ChannelEditView(EditView):
    template_name = "outbox/admin/channel.html"


class ChannelViewSet(ModelViewSet):
    model = Channel
    icon = "mail"
    menu_label = _("Channels")
    add_to_reference_index = False
    copy_view_enabled = False
    edit_view_class = ChannelEditView
    form_fields = ["name", "kind", "address", "secret", "is_active"]
    list_display = ["name", "kind", BooleanColumn("is_active", label=_("in use"))]

    def get_form_class(self, for_update: bool = False) -> Any:
        from django.forms import modelform_factory

        return modelform_factory(Channel, form=ChannelForm, fields=self.form_fields)

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("test/<int:pk>/", test_channel, name="test"),
        ]


class MessageFilterSet(WagtailFilterSet):
    class Meta:
        model = Message
        fields = ["state", "channel", "event"]


class MessageIndexView(IndexView):
    any_permission_required = ["view"]

    def get_base_queryset(self) -> QuerySet:
        return super().get_base_queryset().select_related("channel")

    @property
    def header_more_buttons(self) -> list[Button]:
        buttons = super().header_more_buttons
        if self.user_has_permission("change"):
            url = reverse("messages:replay_all")
            buttons.append(
                Button(_("Send again all that was given up"), url=url, icon_name="undo")
            )
        return buttons


class MessageInspectView(InspectView):
    any_permission_required = ["view"]
    page_title = _("Message")
    template_name = "outbox/admin/message.html"


class MessageViewSet(ModelViewSet):
    model = Message
    icon = "upload"
    menu_label = _("Messages")
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    index_view_class = MessageIndexView
    inspect_view_class = MessageInspectView
    inspect_template_name = "outbox/admin/message.html"
    filterset_class = MessageFilterSet
    form_fields: list[str] = []
    list_per_page = 50
    list_display = [
        TitleColumn("title", label=_("Message"), url_name="messages:inspect"),
        "channel",
        "event",
        Column("get_state_display", label=_("State"), sort_key="state"),
        "attempts",
        DateColumn("created_at", label=_("Created"), sort_key="created_at"),
    ]

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        unused = ("add", "edit", "delete", "history", "usage")
        without = {f"{name}_url_name": None for name in unused}
        return super().get_common_view_kwargs(**without, **kwargs)

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("inspect/<uuid:pk>/", self.inspect_view, name="inspect"),
            path("replay/<uuid:pk>/", replay_message, name="replay"),
            path("replay/", replay_all, name="replay_all"),
        ]

    def get_permissions_to_register(self) -> QuerySet[Permission]:
        """Messages come from events; to change one is to send it again."""
        permissions = super().get_permissions_to_register()
        return permissions.filter(codename__in=["view_message", "change_message"])


class OutboxViewSetGroup(ViewSetGroup):
    menu_label = _("Outbox")
    menu_icon = "upload"
    menu_order = 120
    # Apps above this one put what they send in here.
    submenu_hook = "register_outbox_menu_item"
    items = (MessageViewSet("messages"), ChannelViewSet("channels"))
