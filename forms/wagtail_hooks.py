from wagtail import hooks

from forms.viewsets import LeadViewSet


@hooks.register("register_admin_viewset")
def register_lead_viewset() -> LeadViewSet:
    return LeadViewSet("leads")


@hooks.register("register_icons")
def register_icons(icons: list[str]) -> list[str]:
    return [*icons, "forms/admin/phone.svg"]
