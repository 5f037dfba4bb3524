"""What a visitor gets when nothing can be stored: everything that they have typed, to be sent again."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from forms.digests import is_digest
from forms.spam.rates import TooMany
from forms.storing import CommitUnknown

View = Callable[..., HttpResponse]

RETRY_AFTER = 10
# The form itself is in the database, so that its own words cannot be had.
LABELS = {
    "name": _("Full name"),
    "mobile": _("Mobile number"),
    "landline": _("Office number"),
    "project": _("Certification project"),
    "company": _("Company"),
    "city": _("City"),
    "receipt": _("Receipt number"),
    "phone": _("Phone number that you left"),
    "kind": _("What you ask for"),
    "message": _("What is wrong, or what else you want to say"),
}


@dataclass(frozen=True)
class TypedInput:
    name: str
    value: str

    @property
    def is_hidden(self) -> bool:
        """What nobody has typed: where the form stood, and which text was agreed to."""
        return self.name.startswith("_") or is_digest(self.value)

    @property
    def label(self) -> str:
        return str(LABELS.get(self.name, self.name))


def keep_typed_text(view: View) -> View:
    """View decorator: answers with the form as it was sent, 503 when the database cannot be reached, and 429 when
    too much has come from one network."""

    @wraps(view)
    def guarded_view(
        request: HttpRequest, *args: object, **kwargs: object
    ) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except (OperationalError, InterfaceError) as error:
            return explain(request, error, 503, RETRY_AFTER)
        except TooMany as flood:
            with translation.override(flood.language):
                return explain(request, flood, 429, flood.retry_after)

    return guarded_view


def explain(
    request: HttpRequest, error: Exception, status: int, retry_after: int
) -> HttpResponse:
    inputs = [TypedInput(name, value) for name, value in request.POST.dict().items()]
    values = {
        "inputs": inputs,
        "action": request.get_full_path(),
        "is_unknown": isinstance(error, CommitUnknown),
        "message": str(error) if isinstance(error, TooMany) else "",
    }
    # Without the request: what templates are usually told about the site comes from the database.
    page = render_to_string("forms/unavailable.html", values)
    return HttpResponse(page, status=status, headers={"Retry-After": str(retry_after)})
