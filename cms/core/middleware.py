"""Two small pieces of HTTP policy: which language a path speaks, and what a public page may load."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import get_language_from_path

from cms.core.embeds import PLAYER_HOSTS

GetResponse = Callable[[HttpRequest], HttpResponse]

PUBLIC_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "media-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        # The proof of work runs in a worker that the widget makes of its own code.
        "worker-src blob:",
        "form-action 'self'",
        f"frame-src {' '.join(PLAYER_HOSTS)}",
        "frame-ancestors 'self'",
        "base-uri 'none'",
    )
)
# Wagtail's admin and the API's documentation pages write styles and small scripts into their pages.
WORKSHOP_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        f"frame-src 'self' {' '.join(PLAYER_HOSTS)}",
        "frame-ancestors 'self'",
        "base-uri 'self'",
        "object-src 'none'",
    )
)
WORKSHOP_PATHS = ("/admin/", "/api/v1/docs", "/api/v3/docs")


def locale_from_path(get_response: GetResponse) -> GetResponse:
    """Activate the language of the path's prefix, else the default one.

    Django's LocaleMiddleware would ask cookies and Accept-Language too and make every answer vary by them.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        language = get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
        translation.activate(language)
        request.LANGUAGE_CODE = language  # type: ignore[attr-defined]  # Django's own name for it
        response = get_response(request)
        response.headers.setdefault("Content-Language", translation.get_language())
        return response

    return middleware


def content_security_policy(get_response: GetResponse) -> GetResponse:
    """Send a strict policy with every answer, and a wider one where Wagtail or the API's documentation need it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        inside = request.path.startswith(WORKSHOP_PATHS)
        response.headers.setdefault(
            "Content-Security-Policy", WORKSHOP_POLICY if inside else PUBLIC_POLICY
        )
        return response

    return middleware
