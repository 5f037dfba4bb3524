"""What a visitor gets while the database cannot be reached: everything that they have typed, to be sent again."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from forms.storing import CommitUnknown

View = Callable[..., HttpResponse]

RETRY_AFTER = "10"
# The form itself is in the database, so that its own words cannot be had.
LABELS = {
    "name": _("Full name"),
    "mobile": _("Mobile number"),
    "landline": _("Office number"),
    "project": _("Certification project"),
    "company": _("Company"),
    "city": _("City"),
}


@dataclass(frozen=True)
class TypedInput:
    name: str
    value: str

    @property
    def is_hidden(self) -> bool:
        return self.name.startswith("_")

    @property
    def label(self) -> str:
        return str(LABELS.get(self.name, self.name))


def keep_typed_text(view: View) -> View:
    """View decorator: answers 503 with the form as it was sent when the database cannot be reached."""

    @wraps(view)
    def guarded_view(
        request: HttpRequest, *args: object, **kwargs: object
    ) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except (OperationalError, InterfaceError) as error:
            return explain(request, error)

    return guarded_view


def explain(request: HttpRequest, error: Exception) -> HttpResponse:
    inputs = [TypedInput(name, value) for name, value in request.POST.dict().items()]
    values = {
        "inputs": inputs,
        "action": request.path,
        "is_unknown": isinstance(error, CommitUnknown),
    }
    # Without the request: what templates are usually told about the site comes from the database.
    page = render_to_string("forms/unavailable.html", values)
    return HttpResponse(page, status=503, headers={"Retry-After": RETRY_AFTER})
