"""Reports → Translations by language → Snippets: how all that is no page stands, and where it is brought up to date."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any, NamedTuple

from django.contrib.admin.utils import quote
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page as PaginatorPage
from django.core.paginator import Paginator
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe
from modelcluster.models import ClusterableModel, get_serializable_data_for_fields
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Locale
from wagtail.permissions import policy_registry
from wagtail_localize.models import Translation, TranslationLog, TranslationSource

from cms.translation.following import snippet_models
from cms.translation.models import LanguageRule
from cms.translation.permissions import SUBMIT
from cms.translation.states import State, untranslated

PER_PAGE = 50


class Snippet(NamedTuple):
    """One with the state of its translation into a language."""

    source: Any
    translation: Any
    state: State


def models_of(user: Any) -> list[Any]:
    """Those whose objects somebody may change."""
    return [
        model
        for model in snippet_models()
        if (policy := policy_registry.get_by_type(model))
        and policy.user_has_permission(user, "change")
    ]


class Records:
    """What wagtail-localize keeps of the snippets of one language that are translated into another: four queries."""

    def __init__(self, source: Locale, target: Locale) -> None:
        sources = TranslationSource.objects.filter(
            locale=source, specific_content_type__in=content_types()
        )
        of_these = {"source__in": sources.values("pk")}
        records = Translation.objects.filter(**of_these, target_locale=target)
        logs = TranslationLog.objects.filter(**of_these, locale=target).order_by("pk")
        texts = untranslated(target, **of_these)
        rows = sources.values_list("object_id", "content_json", "last_updated_at")
        self.read = {key: (content, read_at) for key, content, read_at in rows}
        kept = records.filter(enabled=True)
        self.kept = set(kept.values_list("source__object_id", flat=True))
        self.written = dict(logs.values_list("source__object_id", "created_at"))
        self.untranslated = set(texts.values_list("source__object_id", flat=True))

    def state_of(self, snippet: Any, translation: Any) -> State:
        key = snippet.translation_key
        if translation is None:
            return State.MISSING
        if key not in self.kept:
            return State.BY_HAND
        content, read_at = self.read[key]
        if content_of(snippet) != json.loads(content):
            return State.OUTDATED
        if key in self.untranslated:
            return State.INCOMPLETE
        written_at = self.written.get(key)
        is_late = written_at is None or written_at < read_at
        return State.OUTDATED if is_late else State.CURRENT


def content_types() -> list[int]:
    found = ContentType.objects.get_for_models(*snippet_models())
    return [content_type.pk for content_type in found.values()]


def content_of(snippet: Any) -> Any:
    """As wagtail-localize compares it: snippets do not tell when they were changed."""
    if isinstance(snippet, ClusterableModel):
        return json.loads(snippet.to_json())
    data = get_serializable_data_for_fields(snippet)
    return json.loads(json.dumps(data, cls=DjangoJSONEncoder))


def find_snippets(models: Iterable[Any], rule: LanguageRule) -> Iterator[Snippet]:
    """Two queries for each model, beside those of the records. Translations from a third language are no sources."""
    records = Records(rule.source, rule.locale)
    translated = Translation.objects.filter(target_locale=rule.source, enabled=True)
    copies = set(translated.values_list("source__object_id", flat=True))
    for model in models:
        # With what they may be called by, such as their province.
        rows = model._default_manager.select_related()
        snippets = rows.filter(locale=rule.source).order_by("pk")
        there = model._default_manager.filter(locale=rule.locale)
        translations = {each.translation_key: each for each in there}
        for snippet in snippets:
            if snippet.translation_key not in copies:
                translation = translations.get(snippet.translation_key)
                state = records.state_of(snippet, translation)
                yield Snippet(snippet, translation, state)


class SnippetReport:
    """What somebody sees of all languages: counts, and the snippets of the language and state that they ask for."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.models = models_of(request.user)

    @cached_property
    def rules(self) -> list[LanguageRule]:
        return LanguageRule.of_all()

    @cached_property
    def found(self) -> dict[int, list[Snippet]]:
        return {
            rule.locale.pk: list(find_snippets(self.models, rule))
            for rule in self.rules
        }

    @cached_property
    def rule(self) -> LanguageRule | None:
        wanted = self.request.GET.get("language")
        named = [r for r in self.rules if r.locale.language_code == wanted]
        return next(iter(named or self.rules), None)

    @property
    def languages(self) -> Iterator[dict[str, Any]]:
        for rule in self.rules:
            counts = Counter(each.state for each in self.found[rule.locale.pk])
            yield {
                "rule": rule,
                "is_shown": rule is self.rule,
                "counts": [(state, counts[state]) for state in State],
            }

    @cached_property
    def page(self) -> PaginatorPage:
        """Of the snippets of the language and state that are asked for: each image and document is one."""
        state = self.request.GET.get("state")
        found = self.found[self.rule.locale.pk] if self.rule else []
        wanted = [each for each in found if state in (None, "", each.state)]
        return Paginator(wanted, PER_PAGE).get_page(self.request.GET.get("p"))

    @property
    def rows(self) -> Iterator[dict[str, Any]]:
        finder = AdminURLFinder(self.request.user)
        for each in self.page:
            yield {
                "name": str(each.source),
                "kind": each.source._meta.verbose_name,
                "state": each.state,
                "is_current": each.state == State.CURRENT,
                "url": address_of(each, finder),
            }


def address_of(snippet: Snippet, finder: AdminURLFinder) -> str | None:
    """Where it is brought up to date: the editor of its translation, else where it is sent to be translated."""
    if snippet.translation is not None:
        return finder.get_edit_url(snippet.translation)
    options, pk = snippet.source._meta, quote(snippet.source.pk)
    arguments = [options.app_label, options.model_name, pk]
    return reverse("wagtail_localize:submit_snippet_translation", args=arguments)


def snippets_to_translate(user: Any, rule: LanguageRule) -> list[Model]:
    found = find_snippets(models_of(user), rule)
    return [each.source for each in found if each.state != State.CURRENT]


@require_safe
def snippet_report(request: HttpRequest) -> HttpResponse:
    report = SnippetReport(request)
    if not report.models:
        raise PermissionDenied
    context = {
        "languages": list(report.languages),
        "rows": list(report.rows),
        "items": report.page,
        "elided_page_range": report.page.paginator.get_elided_page_range(
            report.page.number
        ),
        "shown": report.rule,
        "states": State,
        "state": request.GET.get("state", ""),
        "may_submit": request.user.has_perm(SUBMIT),
    }
    return render(request, "translation/admin/snippets.html", context)
