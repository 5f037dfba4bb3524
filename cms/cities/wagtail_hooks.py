from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.snippets.models import register_snippet

from cms.cities.models import City
from cms.cities.views import PlaceSnippetViewSet


class CityViewSet(PlaceSnippetViewSet):
    """The register in the admin: editors add how a branch is reached; the register's own facts are read-only."""

    model = City
    icon = "site"
    add_to_admin_menu = False
    list_display = ["name", "level", "parent", "code", "area_code", "phone", "is_hot"]
    list_filter = ["level", "is_hot", "initial"]
    search_fields = ["name", "short_name", "slug", "code"]
    list_per_page = 50
    panels = [
        MultiFieldPanel(
            [
                FieldPanel("phone"),
                FieldPanel("address"),
                FieldPanel("opening_hours"),
                FieldPanel("service_radius"),
                FieldPanel("team"),
                FieldPanel("projects"),
                FieldPanel("is_hot"),
            ],
            heading=_("Branch"),
        ),
        MultiFieldPanel(
            [
                FieldPanel(name, read_only=True)
                for name in (
                    "name",
                    "short_name",
                    "level",
                    "parent",
                    "code",
                    "slug",
                    "area_code",
                )
            ],
            heading=_("Register"),
        ),
    ]


register_snippet(CityViewSet)
