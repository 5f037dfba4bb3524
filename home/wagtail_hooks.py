from wagtail.snippets.models import register_snippet

from cms.cities.views import PlaceSnippetViewSet
from home.models import ProvinceContent


class ProvinceContentViewSet(PlaceSnippetViewSet):
    model = ProvinceContent
    icon = "site"
    menu_hook = "register_cities_menu_item"
    menu_order = 50
    list_display = ["province", "seo_title"]
    list_filter = ["province"]
    list_per_page = 50


register_snippet(ProvinceContentViewSet)
