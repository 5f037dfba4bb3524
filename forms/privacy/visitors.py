"""Where visitors ask for what is kept of them, and see what has become of it.

The page that says so holds nothing about the person, so that the number of a request is all that it takes to see it.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from cms.core.origin import is_cross_site
from forms.models import DataRequest
from forms.privacy.asking import NOBODY, Asked, NoSuchPerson, ask
from forms.privacy.guessing import RETRY_AFTER, TOO_OFTEN, is_guessing
from forms.receipts import PATTERN, tidy_receipt
from forms.unavailable import keep_typed_text

View = Callable[..., HttpResponse]


class AskForm(forms.Form):
    receipt = forms.RegexField(
        PATTERN,
        label=gettext_lazy("Receipt number"),
        help_text=gettext_lazy(
            "You were given it after sending the form, such as K7M4P-2XQ9D."
        ),
        error_messages={
            "invalid": gettext_lazy("A receipt number looks like K7M4P-2XQ9D.")
        },
    )
    phone = forms.CharField(
        label=gettext_lazy("Phone number that you left"),
        max_length=60,
        help_text=gettext_lazy(
            "With the mobile number you ask for all that was sent with it, with the office number for this receipt "
            "only."
        ),
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("What you ask for"), choices=DataRequest.Kind.choices
    )
    message = forms.CharField(
        label=gettext_lazy("What is wrong, or what else you want to say"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, data: Any = None) -> None:
        typed = data.copy() if data is not None else None
        if typed is not None:
            typed["receipt"] = tidy_receipt(typed.get("receipt", ""))
        super().__init__(typed, auto_id="request-%s", label_suffix="")


def in_language_asked_for(view: View) -> View:
    """View decorator: `?language=en`, else the site's own. The page is no page of the tree that had a language."""

    @wraps(view)
    def translated(
        request: HttpRequest, *args: object, **kwargs: object
    ) -> HttpResponse:
        known = [code for code, _name in settings.LANGUAGES]
        asked = request.GET.get("language", "")
        language = asked if asked in known else settings.LANGUAGE_CODE
        with translation.override(language):
            response = view(request, *args, **kwargs)
        response.headers["Content-Language"] = language
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return translated


def language_addresses(request: HttpRequest) -> dict[str, str]:
    """Where the same page is in each language."""
    return {
        code: request.path
        if code == settings.LANGUAGE_CODE
        else f"{request.path}?language={code}"
        for code, _name in settings.LANGUAGES
    }


@csrf_exempt  # As with the forms, no token: see `cms.core.origin`.
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@keep_typed_text
@in_language_asked_for
def ask_for_data(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return show(request, AskForm())
    if is_cross_site(request):
        message = _("This form can only be sent from its own site.")
        return show(request, AskForm(), status=403, message=message)
    form = AskForm(request.POST)
    if not form.is_valid():
        return show(request, form, status=422)
    if is_guessing(request, form.cleaned_data["receipt"]):
        form.add_error(None, TOO_OFTEN)
        response = show(request, form, status=429)
        response.headers["Retry-After"] = str(RETRY_AFTER)
        return response
    try:
        asked = ask(Asked(**form.cleaned_data))
    except NoSuchPerson:
        form.add_error(None, NOBODY)
        return show(request, form, status=422)
    address = reverse("forms:data_request_state", args=[asked.number])
    query = request.META["QUERY_STRING"]
    return SeeOther(f"{address}?{query}" if query else address)


class SeeOther(HttpResponseRedirect):
    status_code = 303


@require_safe
@never_cache
@in_language_asked_for
def show_state(request: HttpRequest, number: str) -> HttpResponse:
    """What has become of a request; after an erasure, the proof of it."""
    asked = get_object_or_404(DataRequest, number=number)
    values = {"data_request": asked, "language_addresses": language_addresses(request)}
    return render(request, "forms/data_request_state.html", values)


def show(
    request: HttpRequest, form: AskForm, *, status: int = 200, message: str = ""
) -> HttpResponse:
    values = {
        "form": form,
        "action": request.get_full_path(),
        "message": message,
        "language_addresses": language_addresses(request),
    }
    return render(request, "forms/data_request.html", values, status=status)
