from django.http import HttpRequest
from wagtail.admin import messages
from wagtail.models import Page

from home.models import CityPage
from home.readiness.advice import explain_warnings
from home.readiness.panels import warnings_of_draft


def warn_of_wording(request: HttpRequest, page: Page) -> None:
    """After saving a page: warned about, never refused, for the editor may have a reason."""
    if isinstance(page, CityPage):
        for warning in explain_warnings(warnings_of_draft(page)):
            messages.warning(request, warning)
