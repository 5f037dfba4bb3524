"""For the admin: what the library says in each language, on the page where an image or a document is edited."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django import template
from django.db.models import QuerySet
from django.urls import reverse
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Locale, TranslatableMixin

from cms.core.models import DocumentTitle, ImageAltText
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
    return list_texts(context["request"].user, model.of(item))


def list_texts(
    user: Any, texts: QuerySet, describe: Callable[[Any], str] = str
) -> list[TextInLanguage]:
    """The texts of one thing as others than the first language read them."""
    known = {each.locale_id: each for each in texts}
    source = known.pop(Locale.get_default().pk, None)
    if source is None or not describe(source):
        return []
    finder = AdminURLFinder(user)
    rows = []
    for locale in Locale.objects.exclude(pk=source.locale_id):
        own = known.get(locale.pk)
        url = finder.get_edit_url(own or source)
        if url and own is None:
            url = submit_url(source) if user.has_perm(SUBMIT) else None
        text = describe(own) if own else ""
        rows.append(
            TextInLanguage(
                texts.model._meta.verbose_name_plural,
                locale.get_display_name(),
                text,
                describe(source),
                url,
            )
        )
    return rows


def submit_url(source: TranslatableMixin) -> str:
    """wagtail-localize's form [Translate]."""
    meta = source._meta
    return reverse(
        "wagtail_localize:submit_snippet_translation",
        args=[meta.app_label, meta.model_name, source.pk],
    )
