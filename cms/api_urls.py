"""The API's table of contents."""

from django.urls import path
from wagtail.api.v3.urls import api as management_api
from wagtail.locales.api.v3 import router as locales_router
from wagtail.utils.urlpatterns import decorate_urlpatterns

from articles.api import router as articles_router
from cms.api.api import api
from cms.api.management_api import management_urls
from cms.api.pages import create_pages_router
from cms.api.policy import known_hosts_only
from cms.delivery.api import router as changes_router
from cms.pageviews.api import router as views_router
from forms.api import router as forms_router
from forms.privacy.api import router as data_requests_router
from forms.spam.api import router as challenges_router
from home.api import cities_router, site_router

api.add_router("/articles/", articles_router)
api.add_router("/changes/", changes_router)
api.add_router("/cities/", cities_router)
api.add_router("/data-requests/", data_requests_router)
api.add_router("/forms/", forms_router)
api.add_router("/forms/", challenges_router)
api.add_router("/pages/", create_pages_router())
api.add_router("/pages/", views_router)
api.add_router("/site/", site_router)

# wagtail-localize takes the place of the app that would add it.
management_api.add_router("/locales/", locales_router)

urlpatterns = decorate_urlpatterns(
    [
        path("v1/", api.urls),
        path("v3/", management_urls(management_api)),
    ],
    known_hosts_only,
)
