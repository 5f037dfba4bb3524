"""The API's table of contents."""

from django.urls import path
from wagtail.api.v3.urls import api as management_api

urlpatterns = [
    path("v3/", management_api.urls),
]
