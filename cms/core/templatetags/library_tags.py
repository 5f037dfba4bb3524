"""For the admin: what the library says in each language, on the page where an image or a document is edited."""

from typing import Any, NamedTuple

from django import template
from django.urls import reverse
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Locale

from cms.core.models import DocumentTitle, ImageAltText
from cms.core.models.library_texts import LibraryText
from cms.images.models import CustomImage

register = template.Library()
SUBMIT = "wagtail_localize.submit_translation"


class TextInLanguage(NamedTuple):
    """`url` is where it is written, for whoever may do that."""

    what: str
    language: str
    text: str
    fallback: str
    url: str | None


@register.simple_tag(takes_context=True)
def texts_in_languages(context: template.Context, item: Any) -> list[TextInLanguage]:
    model = ImageAltText if isinstance(item, CustomImage) else DocumentTitle
    known = {each.locale_id: each for each in model.of(item)}
    source = known.pop(Locale.get_default().pk, None)
    if source is None:
        return []
    user = context["request"].user
    finder = AdminURLFinder(user)
    rows = []
    for locale in Locale.objects.exclude(pk=source.locale_id):
        own = known.get(locale.pk)
        url = finder.get_edit_url(own or source)
        if url and own is None:
            url = submit_url(source) if user.has_perm(SUBMIT) else None
        what = model._meta.verbose_name_plural
        rows.append(
            TextInLanguage(
                what, locale.get_display_name(), str(own or ""), str(source), url
            )
        )
    return rows


def submit_url(source: LibraryText) -> str:
    """wagtail-localize's form [Translate]."""
    meta = source._meta
    return reverse(
        "wagtail_localize:submit_snippet_translation",
        args=[meta.app_label, meta.model_name, source.pk],
    )
