"""How a page says that somebody reads it, and learns how often it has been read."""

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Query, Router, Schema, Status
from wagtail.models import Page

from cms.api.errors import problem_response
from cms.api.parameters import PageId
from cms.api.scope import PageScope
from cms.core.freshness import keep_until_changed
from cms.core.origin import is_cross_site
from cms.pageviews.buffer import buffer
from cms.pageviews.flusher import flusher
from cms.pageviews.robots import is_robot
from cms.pageviews.visitors import identify

router = Router(tags=["pages"])


@router.post(
    "/{page_id}/views/",
    response={204: None},
    url_name="page_views",
    operation_id="views_count",
    summary="Somebody reads a page",
)
def count_view(request: HttpRequest, page_id: PageId) -> Status[None] | HttpResponse:
    """Send it once when a page is shown, with `navigator.sendBeacon` or the like; there is no body. Robots are not
    counted, nor is the same visitor again within half an hour. What is no published page is not counted either, and is
    answered alike. The count follows within a minute."""
    if is_cross_site(request):
        return problem_response(403, "Views are counted from the site itself.")
    if not is_robot(request.headers.get("User-Agent", "")):
        buffer.add(identify(request, page_id), page_id)
        flusher.start()
    return Status(204, None)


class PageViews(Schema):
    views: int


@router.get(
    "/{page_id}/views/",
    response=PageViews,
    url_name="page_views",
    operation_id="views_read",
    summary="How often a page has been read",
)
def read_views(
    request: HttpRequest,
    response: HttpResponse,
    page_id: PageId,
    scope: Query[PageScope],
) -> PageViews:
    """At most a minute old, and apart from the page, which may then be kept for as long as it does not change. For an
    article it is the same number as its `views`."""
    page = scope.pages().filter(pk=page_id).select_related("view_total").first()
    if page is None:
        raise Http404("No public page with this id.")
    # Caches that are told of changes keep it for their time (DELIVERY["AGING"]); a browser would keep it once more.
    response.headers["Cache-Control"] = "public, max-age=0"
    keep_until_changed(response)
    return PageViews(views=views_of(page))


def views_of(page: Page) -> int:
    """Those that were counted, and those that the page had before it came here, if pages of its type have any."""
    counted = getattr(page, "view_total", None)
    earlier = getattr(page.specific_deferred, "initial_views", 0)
    return earlier + (counted.total if counted else 0)
