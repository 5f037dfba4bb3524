from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.ui.components import Component

from forms.desk.home_panel import LeadPanel
from forms.viewsets import LeadViewSetGroup


@hooks.register("register_admin_viewset")
def register_lead_viewsets() -> LeadViewSetGroup:
    return LeadViewSetGroup()


@hooks.register("construct_homepage_panels")
def add_lead_panel(request: HttpRequest, panels: list[Component]) -> None:
    if request.user.has_perm("forms.view_lead"):
        panels.append(LeadPanel())


@hooks.register("register_icons")
def register_icons(icons: list[str]) -> list[str]:
    return [*icons, "forms/admin/phone.svg"]
