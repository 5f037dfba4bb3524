from django.urls import path

from home.bulk.views import OrderView, ReportView, RunView

app_name = "city_pages_in_bulk"
urlpatterns = [
    path("", OrderView.as_view(), name="order"),
    path("run/", RunView.as_view(), name="run"),
    path("report/<uuid:uuid>/", ReportView.as_view(), name="report"),
]
