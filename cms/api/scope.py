"""Which site and which language a request asks about. Both are explicit: headers other than Host decide nothing."""

from collections.abc import Callable
from functools import cached_property, wraps
from typing import Annotated, Any, TypeVar

from django.conf import settings
from django.db.models import Q
from django.http import Http404, HttpRequest
from django.http.request import split_domain_port
from django.utils import translation
from ninja import Schema
from pydantic import Field, PlainValidator, ValidationInfo, WithJsonSchema
from wagtail.coreutils import get_content_languages
from wagtail.models import Locale, Page, Site
from wagtail.query import PageQuerySet

from cms.core.querysets import is_restricted, without_restricted, written_in
from cms.core.remembering import remember

View = TypeVar("View", bound=Callable[..., Any])

LANGUAGE_CODES = list(get_content_languages())


def find_site(value: str, info: ValidationInfo) -> Site:
    if not value:
        return _site_of_host(info.context["request"])  # type: ignore[index]  # Ninja always gives a context
    hostname, port = split_domain_port(value)
    sites = Site.objects.filter(hostname=hostname).select_related("root_page__locale")
    found = list(sites.filter(port=port) if port else sites) if hostname else []
    if len(found) > 1:
        raise ValueError("Several sites have this host: add its port, as in host:port")
    if not found:
        raise ValueError("No site has this host")
    return found[0]


def _site_of_host(request: HttpRequest) -> Site:
    site = Site.find_for_request(request)
    if site is None:
        raise Http404("There is no site yet.")
    return site


def find_locale(value: str) -> Locale:
    if value not in LANGUAGE_CODES:
        raise ValueError(f"Use one of: {', '.join(LANGUAGE_CODES)}")
    found = Locale.objects.filter(language_code=value)
    locale = remember(("locale", value), found.first)
    if locale is None:
        raise Http404(f"Nothing is written in {value} yet.")
    return locale


SiteParameter = Annotated[
    Site,
    PlainValidator(find_site),
    WithJsonSchema({"type": "string", "examples": ["www.example.com"]}),
    Field(
        default_factory=str,
        validate_default=True,
        description="The site, as `host` or `host:port`. Not given: the site of the request's host.",
    ),
]
LocaleParameter = Annotated[
    Locale,
    PlainValidator(find_locale),
    WithJsonSchema({"type": "string", "enum": LANGUAGE_CODES}),
]


def homes_of(site: Site) -> PageQuerySet:
    """The home page in each language that is served: below one that is a draft nothing is, except in the site's own."""
    root = site.root_page
    homes = Page.objects.filter(translation_key=root.translation_key)
    return homes.filter(Q(live=True) | Q(pk=root.pk))


class BaseScope(Schema):
    """The site and language of a request: `scope: Query[Scope]`."""

    site: SiteParameter
    locale: Any

    @cached_property
    def roots(self) -> list[Page]:
        """The site's home page, in the language asked for or in each."""
        key = self.site.root_page.translation_key
        roots = homes_of(self.site)
        if self.locale:
            roots = roots.filter(locale=self.locale)
        locale_id = self.locale and self.locale.pk
        site_id = self.site.pk
        return remember(("roots", site_id, key.hex, locale_id), lambda: list(roots))

    def pages(self, model: type[Page] = Page) -> PageQuerySet:
        """The pages that anybody may read: published, below no view restriction, of this site and language."""
        if not self.roots:
            return model.objects.none()
        in_site = Q()
        for root in self.roots:
            in_site |= Q(path__startswith=root.path)
        pages = without_restricted(model.objects.filter(in_site).live())
        return written_in(pages, self.locale.pk) if self.locale else pages


class Scope(BaseScope):
    """For operations that list: always in one language."""

    locale: Annotated[
        LocaleParameter,
        Field(validate_default=True, description="The language of the answer."),
    ] = settings.LANGUAGE_CODE

    def inner_pages(self, model: type[Page]) -> PageQuerySet:
        """The same pages as `pages`, to stand inside another query: the database looks up home page and restrictions.

        For a few pages beside each row of something else. In a list of pages it would cost the index on their paths.
        """
        root = homes_of(self.site).filter(locale=self.locale).values("path")[:1]
        inside = model.objects.filter(locale=self.locale, path__startswith=root)
        return inside.live().exclude(is_restricted())


class PageScope(BaseScope):
    """For operations that answer with one page: its id or path has settled the language already."""

    locale: Annotated[
        LocaleParameter | None,
        Field(description="Answer only if the page is in this language."),
    ] = None


def answer_in(locale: Locale) -> None:
    """Build the rest of this request's answer in a language; `delivery_policy` takes it back at the end."""
    translation.activate(locale.language_code)


def answer_in_asked_language(view: View) -> View:
    """Operation decorator for a whole API."""

    @wraps(view)
    def wrapper(request: HttpRequest, **values: Any) -> Any:
        scope = values.get("scope")
        if scope is not None and scope.locale is not None:
            answer_in(scope.locale)
        return view(request, **values)

    return wrapper  # type: ignore[return-value]  # the same signature
