"""The site's table of contents."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.views.decorators.cache import cache_control
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as admin_urls
from wagtail.contrib.sitemaps.views import sitemap
from wagtail.documents import urls as document_urls

from home.sitemaps import SITEMAPS, robots

for_an_hour = cache_control(public=True, max_age=3_600)

urlpatterns = [
    path("admin/", include(admin_urls)),
    path("documents/", include(document_urls)),
    path("api/", include("cms.api_urls")),
    path("forms/", include("forms.urls")),
    path("robots.txt", for_an_hour(robots), name="robots"),
    path("sitemap.xml", for_an_hour(sitemap), {"sitemaps": SITEMAPS}, name="sitemap"),
]

if settings.SERVE_MEDIA:
    # Images only: documents go through Wagtail's view, which asks for permission.
    urlpatterns += [
        re_path(
            r"^media/(?P<path>(?:images|original_images)/.+)$",
            cache_control(public=True, max_age=86_400)(serve),
            {"document_root": settings.MEDIA_ROOT},
        ),
    ]

urlpatterns += i18n_patterns(
    path("feeds/", include("articles.urls")),
    path("", include(wagtail_urls)),
    prefix_default_language=False,
)
