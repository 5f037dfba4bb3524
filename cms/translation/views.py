"""The screens on which somebody has pages translated and sees how far it is."""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.models import Locale, Page

from cms.translation.forms import LanguagesForm
from cms.translation.jobs import (
    pages_below,
    published_pages,
    snippets,
    start_job,
)
from cms.translation.models import Job, LanguageRule
from cms.translation.permissions import (
    may_translate,
    require_submit,
    translatable_pages,
)
from cms.translation.snippets import snippets_to_translate
from cms.translation.states import Place, find_states
from cms.translation.updating import Outcome


@require_http_methods(["GET", "HEAD", "POST"])
def page_translations(request: HttpRequest, pk: int) -> HttpResponse:
    """How a page stands in each language; sent, it is brought up to date there."""
    page = get_object_or_404(Page, pk=pk, depth__gt=1).specific
    if not may_translate(request.user, page):
        raise PermissionDenied
    form = LanguagesForm(
        request.POST or None,
        source_ids={page.locale_id},
        has_descendants=not page.is_leaf(),
    )
    if request.method == "POST" and form.is_valid():
        below = form.cleaned_data.get("include_descendants")
        pages = translatable_pages(request.user, pages_below(page)) if below else [page]
        return start_jobs(request, form.cleaned_data["locales"], pages, title=str(page))
    context = {"page": page, "form": form, "rows": list(describe(page))}
    return render(request, "translation/admin/page.html", context)


def describe(page: Page) -> Iterable[dict[str, Any]]:
    locales = list(Locale.objects.exclude(pk=page.locale_id).order_by("pk"))
    states = find_states([page], locales)
    translations = {each.locale_id: each for each in page.get_translations()}
    for locale in locales:
        yield {
            "locale": locale,
            "state": states[Place(page.translation_key, locale.pk)],
            "translation": translations.get(locale.pk),
            "rule": LanguageRule.of(locale),
        }


def start_jobs(
    request: HttpRequest,
    locales: Iterable[Locale],
    objects: Iterable[Model],
    *,
    title: str,
) -> HttpResponse:
    """One for each language. Leads to the first, or to what it has done already."""
    jobs = [
        start_job(locale, objects, title=title, user=request.user) for locale in locales
    ]
    if len(jobs) == 1:
        return redirect("translation_job", jobs[0].pk)
    return redirect("translation_jobs")


@require_POST
def translate_everything(request: HttpRequest, locale_pk: int) -> HttpResponse:
    require_submit(request.user)
    locale = get_object_or_404(Locale, pk=locale_pk)
    rule = LanguageRule.of(locale)
    user = request.user
    objects = [
        *(each for each in snippets(rule.source) if may_translate(user, each)),
        *translatable_pages(user, published_pages(rule.source)),
    ]
    return start_jobs(request, [locale], objects, title=_("Everything"))


@require_POST
def translate_snippets(request: HttpRequest, locale_pk: int) -> HttpResponse:
    require_submit(request.user)
    locale = get_object_or_404(Locale, pk=locale_pk)
    objects = [
        each
        for each in snippets_to_translate(request.user, LanguageRule.of(locale))
        if may_translate(request.user, each)
    ]
    return start_jobs(request, [locale], objects, title=_("Snippets"))


def job_progress(request: HttpRequest, pk: int) -> HttpResponse:
    require_submit(request.user)
    job = get_object_or_404(Job.objects.select_related("locale", "user"), pk=pk)
    outcomes = [(Outcome(name).label, number) for name, number in job.outcomes.items()]
    context = {"job": job, "outcomes": outcomes, "failures": failures_of(job)}
    return render(request, "translation/admin/job.html", context)


def failures_of(job: Job) -> list[tuple[str, str]]:
    """Names of what failed, each with the way to it."""
    pks = [pk for label, pk in job.failures if is_page(label)]
    pages = {str(page.pk): page for page in Page.objects.filter(pk__in=pks)}
    return [
        (
            pages[pk].get_admin_display_title(),
            reverse("wagtailadmin_pages:edit", args=[pk]),
        )
        if is_page(label) and pk in pages
        else (f"{label} {pk}", "")
        for label, pk in job.failures
    ]


def is_page(label: str) -> bool:
    return issubclass(apps.get_model(label), Page)


def job_list(request: HttpRequest) -> HttpResponse:
    require_submit(request.user)
    jobs = Job.objects.select_related("locale", "user").defer("keys")[:50]
    return render(request, "translation/admin/jobs.html", {"jobs": jobs})
