"""Articles as RSS 2.0: all of them, or those that the visitors of one city are shown."""

from dataclasses import dataclass
from typing import Any

from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language, pgettext
from wagtail.models import Page

from articles.models import ArticlePage
from cms.cities.models import City
from cms.core.chrome import Chrome, get_chrome
from cms.core.freshness import keep_until_changed

LENGTH = 30


@dataclass(frozen=True)
class Channel:
    """What a feed is about. Django keeps one feed object for all requests, so nothing may be remembered in that."""

    chrome: Chrome
    city: City | None


class ArticleFeed(Feed):
    """The newest articles of the site in the language of the path. With a city: its own first, then its province's."""

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().__call__(request, *args, **kwargs)
        patch_cache_control(response, public=True, max_age=60)
        keep_until_changed(response)
        return response

    def get_object(self, request: HttpRequest, city_slug: str = "") -> Channel:
        chrome = get_chrome(request)
        if chrome is None or chrome.root.locale.language_code != get_language():
            raise Http404
        cities = City.objects.cities().with_province()
        city = get_object_or_404(cities, slug=city_slug) if city_slug else None
        return Channel(chrome, city)

    def title(self, channel: Channel) -> str:
        name = channel.chrome.settings.organisation or pgettext("feed", "Articles")
        return f"{name} · {channel.city.local_short_name}" if channel.city else name

    def link(self, channel: Channel) -> str:
        return channel.chrome.root.get_full_url()

    def description(self, channel: Channel) -> str:
        return channel.chrome.root.specific.resolved.search_description

    def items(self, channel: Channel) -> QuerySet[ArticlePage]:
        root = channel.chrome.root
        articles = ArticlePage.objects.listed(locale=root.locale).on_site_of(root)
        articles = articles.select_related("category")
        if channel.city:
            articles = articles.for_city(channel.city)
        return articles[:LENGTH]

    def item_title(self, article: ArticlePage) -> str:
        return article.resolved.title

    def item_description(self, article: ArticlePage) -> str:
        return article.summary_text

    def item_link(self, article: Page) -> str:
        return article.get_full_url()

    def item_pubdate(self, article: ArticlePage) -> Any:
        return article.published_at

    def item_updateddate(self, article: ArticlePage) -> Any:
        return article.updated_at

    def item_author_name(self, article: ArticlePage) -> str:
        return article.author

    def item_categories(self, article: ArticlePage) -> list[str]:
        return [article.category.name] if article.category else []
