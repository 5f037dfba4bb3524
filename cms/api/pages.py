"""Pages of any type, by id or by path."""

from typing import Annotated, Literal
from urllib.parse import unquote, urlsplit

from django.db.models import F
from django.http import Http404, HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page
from wagtail.query import PageQuerySet

from cms.api.parameters import PageId
from cms.api.registry import any_page, get_page_schema
from cms.api.schemas.pages import page_path
from cms.api.scope import PageScope, answer_in
from cms.core.remembering import remember

Path = Annotated[
    str,
    # One slash first: with two, what follows would be a host.
    Field(
        pattern=r"^/([^/\x00-\x1f][^\x00-\x1f]*)?$",
        max_length=2000,
        description="Path of the page on its site, language prefix included; percent-encoded or not.",
        examples=["/", "/en/news/"],
    ),
]


class RedirectSchema(Schema):
    """The page that was at this path is somewhere else now."""

    type: Literal["redirect"]
    location: str = Field(description="A path of the same site, or a whole address.")
    permanent: bool


def create_pages_router() -> Router:
    """To be called when every app has registered its schemas: they are the types of the answer."""
    router = Router(tags=["pages"])
    router.get(
        "/by-path/",
        response=any_page(redirect=RedirectSchema),
        url_name="find_page",
        operation_id="pages_find",
        summary="Page or redirect at a path",
    )(find_page)
    router.get(
        "/{page_id}/",
        response=any_page(),
        url_name="detail_page",
        operation_id="pages_detail",
        summary="Page",
    )(get_page)
    return router


def find_page(
    request: HttpRequest, path: Query[Path], scope: Query[PageScope]
) -> Page | RedirectSchema:
    if page := _page_at(path, scope, request):
        return load_page(page.specific_class, page.pk)
    if redirect := _redirect_from(path, scope, request):
        return redirect
    raise Http404("No public page and no redirect at this path.")


def get_page(request: HttpRequest, page_id: PageId, scope: Query[PageScope]) -> Page:
    page = scope.pages().filter(pk=page_id).first()
    if page is None:
        raise Http404("No public page with this id.")
    return load_page(page.specific_class, page.pk)


def get_typed_page(model: type[Page], pk: int, scope: PageScope) -> Page:
    """For the operations of one page type."""
    return _answer_with(model, scope.pages(model).filter(pk=pk))


def load_page(model: type[Page], pk: int) -> Page:
    """A page that the request may see, as what it is."""
    return _answer_with(model, model.objects.filter(pk=pk))


def _answer_with(model: type[Page], pages: PageQuerySet) -> Page:
    """The page with all that its schema shows, to be answered in the page's language."""
    schema = get_page_schema(model)
    if schema is None:
        raise Http404("Pages of this type are not delivered.")
    page = schema.load(pages).first()
    if page is None:
        raise Http404(f"No public {model._meta.object_name} with this id.")
    answer_in(page.locale)
    page.ancestors = find_ancestors(page)
    page.language_versions.above = page.ancestors
    return page


def find_ancestors(page: Page) -> list[Page]:
    """The pages above, the same for all siblings."""
    above = page.get_ancestors().filter(depth__gt=1)
    return remember(("pages above", page.path[: -page.steplen]), lambda: list(above))


def _page_at(path: str, scope: PageScope, request: HttpRequest) -> Page | None:
    steps = _with_slash(urlsplit(path).path)
    prefixes = {page_path(root, request): root for root in scope.roots}
    matching = [prefix for prefix in prefixes if prefix and steps.startswith(prefix)]
    if not matching:
        return None
    prefix = max(matching, key=len)
    root = prefixes[prefix]
    url_path = root.url_path + unquote(steps.removeprefix(prefix))
    # The slug has an index, the whole path has none.
    slug = url_path.rstrip("/").rpartition("/")[2]
    return scope.pages().filter(slug=slug, url_path=url_path).first()


def _with_slash(path: str) -> str:
    return path if path.endswith("/") else f"{path}/"


def _redirect_from(
    path: str, scope: PageScope, request: HttpRequest
) -> RedirectSchema | None:
    """As Wagtail's redirects: those of the site before those of all sites, the whole path before it without query."""
    whole, bare = (
        Redirect.normalise_path(each) for each in (path, urlsplit(path).path)
    )
    candidates = Redirect.get_for_site(scope.site).filter(old_path__in=[whole, bare])
    ordered = candidates.order_by(F("site").asc(nulls_last=True))
    redirect = min(ordered, key=lambda each: each.old_path != whole, default=None)
    if redirect is None:
        return None
    location = _location(redirect, scope, request)
    if not location:
        return None
    return RedirectSchema(
        type="redirect", location=location, permanent=redirect.is_permanent
    )


def _location(redirect: Redirect, scope: PageScope, request: HttpRequest) -> str | None:
    if redirect.redirect_page_id is None:
        return redirect.redirect_link
    target = Page.objects.live().public().filter(pk=redirect.redirect_page_id).first()
    parts = target and target.get_url_parts(request)
    if not parts:
        return None
    site_id, root_url, path = parts
    return path if site_id == scope.site.pk else f"{root_url}{path}"
