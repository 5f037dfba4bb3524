"""How a page says that somebody reads it."""

from django.http import HttpRequest, HttpResponse
from ninja import Router, Status

from cms.api.errors import problem_response
from cms.api.parameters import PageId
from cms.core.origin import is_cross_site
from cms.pageviews.buffer import buffer
from cms.pageviews.flusher import flusher
from cms.pageviews.robots import is_robot
from cms.pageviews.visitors import identify

router = Router(tags=["pages"])


@router.post(
    "/{page_id}/views/",
    response={204: None},
    url_name="count_view",
    operation_id="views_count",
    summary="Somebody reads a page",
)
def count_view(request: HttpRequest, page_id: PageId) -> Status[None] | HttpResponse:
    """Send it once when a page is shown, with `navigator.sendBeacon` or the like; there is no body. Robots are not
    counted, nor is the same visitor again within half an hour. What is no published page is not counted either, and is
    answered alike. The count is in the page's `views` within seconds."""
    if is_cross_site(request):
        return problem_response(403, "Views are counted from the site itself.")
    if not is_robot(request.headers.get("User-Agent", "")):
        buffer.add(identify(request, page_id), page_id)
        flusher.start()
    return Status(204, None)
