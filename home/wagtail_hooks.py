from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from home.models import ProvinceContent


class ProvinceContentViewSet(SnippetViewSet):
    model = ProvinceContent
    icon = "site"
    menu_hook = "register_cities_menu_item"
    menu_order = 50
    list_display = ["province", "seo_title"]
    list_filter = ["province"]
    list_per_page = 50


register_snippet(ProvinceContentViewSet)
