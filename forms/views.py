from django.conf import settings
from django.core.exceptions import SuspiciousOperation, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.multipartparser import MultiPartParserError
from django.http.request import UnreadablePostError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from cms.core.origin import is_cross_site
from forms.context import LeadContext, build_context, network_of
from forms.leads import bind_form, capture_lead
from forms.limits import is_longer_than
from forms.models import FormPage, Lead
from forms.opening import FormClosed
from forms.quick_form import QuickForm
from forms.unavailable import keep_typed_text

# Hidden inputs. No field's key begins with an underscore.
PAGE_INPUT, CITY_INPUT, URL_INPUT = "_page", "_city", "_url"
# Nobody sees it, so that only robots fill it in.
TRAP_INPUT = "_website"
PROOF_INPUT = "_proof"


class HttpResponseSeeOther(HttpResponseRedirect):
    """Go and GET the other page; reloading it sends nothing again."""

    status_code = 303


@csrf_exempt  # A page that is the same for everybody holds no token: see `cms.core.origin`.
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@keep_typed_text
def submit_form(request: HttpRequest, form_id: int) -> HttpResponse:
    """Receive a form that a browser sends as browsers do, without any script."""
    form_page = find_form(request, form_id)
    if request.method != "POST":
        return redirect(form_page.get_url(request))
    with translation.override(form_page.locale.language_code):
        if is_cross_site(request):
            message = _("This form can only be sent from its own site.")
            return refuse(request, form_page, message, status=403)
        # Django has this limit too, but not for files, which no form here asks for.
        if is_longer_than(settings.DATA_UPLOAD_MAX_MEMORY_SIZE, request):
            message = _("That was too much text. Go back and shorten it.")
            return refuse(request, form_page, message, status=413)
        try:
            posted = request.POST.dict()
        except (MultiPartParserError, SuspiciousOperation, UnreadablePostError):
            message = _("The form did not arrive whole. Go back and send it again.")
            return refuse(request, form_page, message, status=400)
        return receive(request, form_page, posted)


def receive(
    request: HttpRequest, form_page: FormPage, posted: dict[str, str]
) -> HttpResponse:
    known = {*form_page.retired_fields, *form_page.get_keys()}
    # Browser extensions and old copies of the page add inputs of their own.
    data = {
        key: text.replace("\x00", "") for key, text in posted.items() if key in known
    }
    context = read_context(request, posted)
    try:
        touch = capture_lead(form_page, data, context)
    except FormClosed as closed:
        return refuse(request, form_page, str(closed), status=409)
    except ValidationError:
        return show_errors(request, form_page, data, context)
    path = reverse("forms:thanks", args=[form_page.pk, touch.receipt])
    return HttpResponseSeeOther(path)


def read_context(request: HttpRequest, posted: dict[str, str]) -> LeadContext:
    """Without scripts the page's address is in the Referer; a form that came back with errors has kept it."""
    return build_context(
        Lead.Source.HTML,
        page_id=posted.get(PAGE_INPUT),
        city_slug=posted.get(CITY_INPUT),
        page_url=posted.get(URL_INPUT) or request.headers.get("Referer", ""),
        proof=posted.get(PROOF_INPUT, ""),
        trap=posted.get(TRAP_INPUT, ""),
        network=network_of(request),
    )


def show_errors(
    request: HttpRequest,
    form_page: FormPage,
    data: dict[str, str],
    context: LeadContext,
) -> HttpResponse:
    form = bind_form(form_page, data, context)
    submitted = QuickForm(
        form_page=form_page,
        form=form,
        prefix_id="quick-form",
        page_id=context.page.pk if context.page else "",
        city_slug=context.city.slug if context.city else "",
        url=context.page_url,
    )
    values = {**form_page.get_context(request), "submitted": submitted}
    response = render(request, form_page.get_template(request), values, status=422)
    return in_language_of(form_page, response)


@require_safe
@never_cache
def show_thanks(request: HttpRequest, form_id: int, receipt: str) -> HttpResponse:
    """Say thank you. Whether there is such a receipt is not looked up: nobody can find out by asking."""
    form_page = find_form(request, form_id)
    with translation.override(form_page.locale.language_code):
        values = {**form_page.get_context(request), "receipt": receipt}
        response = render(request, "forms/thanks.html", values)
    return in_language_of(form_page, response)


def refuse(
    request: HttpRequest, form_page: FormPage, message: str, *, status: int
) -> HttpResponse:
    values = {**form_page.get_context(request), "message": message}
    response = render(request, "forms/refused.html", values, status=status)
    return in_language_of(form_page, response)


def find_form(request: HttpRequest, form_id: int) -> FormPage:
    """A published form that the visitor may see."""
    forms = FormPage.objects.live().select_related("locale")
    form_page = get_object_or_404(forms, pk=form_id)
    restrictions = form_page.get_view_restrictions()
    visible = all(restriction.accept_request(request) for restriction in restrictions)
    if not visible or form_page.get_url(request) is None:
        raise Http404
    return form_page


def in_language_of(form_page: FormPage, response: HttpResponse) -> HttpResponse:
    response.headers["Content-Language"] = form_page.locale.language_code
    response.headers["X-Robots-Tag"] = "noindex"
    return response
