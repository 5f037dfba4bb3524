from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from cms.cities.viewsets import CityTextsViewSet, CityViewSet


@register_snippet
class CitiesViewSetGroup(SnippetViewSetGroup):
    """The menu [Cities]. Other apps add to it with `menu_hook` or a hook of the name of `submenu_hook`."""

    menu_label = _("Cities")
    menu_name = "cities"
    menu_icon = "site"
    menu_order = 250
    submenu_hook = "register_cities_menu_item"
    items = (CityViewSet, CityTextsViewSet)
