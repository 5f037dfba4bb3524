from itertools import islice
from typing import Any

from django.apps import apps
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.models import Locale, Page
from wagtail.snippets.blocks import SnippetChooserBlock

from cms.core.blocks.links import LinkBlock
from cms.core.phones import dial_phone, show_phone

GROUP = _("Service")


class CallToActionBlock(LinkBlock):
    """A link that asks for a click: LinkBlock's target, with words around it."""

    title = blocks.CharBlock(label=_("title"), max_length=80)
    text = blocks.TextBlock(label=_("text"), rows=2, required=False)

    class Meta:
        icon = "link-external"
        label = _("Call to action")
        group = GROUP
        template = "blocks/call_to_action.html"
        form_layout = ["title", "text", "label", "page", "url"]
        description = _("An invitation with one button.")
        preview_value = {
            "title": "不确定该做哪一项认证？",
            "text": "告诉我们行业和规模，顾问给出清单。",
            "label": "请顾问联系我",
            "url": "https://example.com/",
        }


class QuickFormBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("title"), max_length=60, required=False)
    form = blocks.PageChooserBlock(
        label=_("form"),
        page_type="forms.FormPage",
        required=False,
        help_text=_("Empty: the quick-service form of the site."),
    )

    def get_api_representation(
        self, value: blocks.StructValue, context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        form = value["form"]
        return {"title": value["title"], "form": form.slug if form else None}

    class Meta:
        icon = "form"
        label = _("Quick form")
        group = GROUP
        template = "blocks/quick_form.html"
        description = _("The quick-service form, in the middle of the text.")
        preview_value = {"title": "快速办理通道", "form": None}


class ArticleListValue(blocks.StructValue):
    def articles(self, page: Page | None) -> list[Page]:
        """The newest articles of the chosen category, of the site and in the language of the page with the list.

        On the page of a city, those that its visitors are shown.
        """
        article_page = apps.get_model("articles.ArticlePage")
        locale = page.locale if page else Locale.get_default()
        listed = article_page.objects.listed(
            locale=locale, category=self.get("category")
        )
        if page:
            listed = listed.on_site_of(page)
        if city := getattr(page, "city", None):
            listed = listed.for_city(city)
        shown = listed.with_listing_relations()[: self["count"] + 1]
        others = (article for article in shown if article != page)
        return list(islice(others, self["count"]))


class ArticleListBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("title"), max_length=60, required=False)
    category = SnippetChooserBlock(
        "articles.ArticleCategory", label=_("category"), required=False
    )
    count = blocks.IntegerBlock(
        label=_("how many"), default=5, min_value=1, max_value=20
    )

    def get_context(
        self, value: ArticleListValue, parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        context["articles"] = value.articles(context.get("page"))
        return context

    def get_api_representation(
        self, value: ArticleListValue, context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        category = value["category"]
        return {
            "title": value["title"],
            "category": category.slug if category else None,
            "count": value["count"],
            "articles": [
                {"id": article.pk, "title": article.resolved.title, "url": article.url}
                for article in value.articles((context or {}).get("page"))
            ],
        }

    class Meta:
        icon = "list-ul"
        label = _("Article list")
        group = GROUP
        template = "blocks/article_list.html"
        value_class = ArticleListValue
        description = _("The newest articles, of all categories or of one.")
        preview_value = {"title": "最新资讯", "category": None, "count": 3}


class CityContactBlock(blocks.StructBlock):
    city = SnippetChooserBlock(
        "cities.City",
        label=_("city"),
        required=False,
        help_text=_("Empty: the city of the page, else the default city of the site."),
    )

    def get_context(
        self,
        value: blocks.StructValue,
        parent_context: dict[str, Any] | None = None,
    ) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        context["city"] = city = self._city(value, context)
        context["facts"] = city and city.get_facts(self._settings(context))
        return context

    def get_api_representation(
        self, value: blocks.StructValue, context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """The card's content. `context` may carry the `page` that the block stands on and the site's `chrome`."""
        context = context or {}
        city = self._city(value, context)
        if city is None:
            return {"city": None, "name": "", "contact": None}
        facts = city.get_facts(self._settings(context))
        contact = {
            name: getattr(facts, name).value
            for name in ("phone", "address", "opening_hours")
        }
        contact |= {
            "phone_display": show_phone(contact["phone"]),
            "phone_href": contact["phone"] and dial_phone(contact["phone"]),
        }
        return {"city": city.slug, "name": city.local_name, "contact": contact}

    @staticmethod
    def _city(value: blocks.StructValue, context: dict[str, Any]) -> Any:
        chrome = context.get("chrome")
        of_page = getattr(context.get("page"), "city", None)
        return value["city"] or of_page or (chrome and chrome.city)

    @staticmethod
    def _settings(context: dict[str, Any]) -> Any:
        """The national values; an editors' preview of a block stands on no site."""
        chrome = context.get("chrome")
        return chrome.settings if chrome else apps.get_model("core.SiteSettings")()

    class Meta:
        icon = "site"
        label = _("City contact card")
        group = GROUP
        template = "blocks/city_contact.html"
        description = _("Phone, address and opening hours of a city.")
        preview_value = {"city": None}
