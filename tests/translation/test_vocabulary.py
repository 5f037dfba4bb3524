"""Every text of every page type is offered for translation and comes back in its place, and nothing else changes.

The content is made by walking the fields and blocks that there are: a new one is tested without a word here, and fails
if its texts cannot be translated.
"""

import json
import re
from datetime import datetime

import pytest
from django.db import models
from wagtail.blocks import StreamBlock, StreamValue
from wagtail.fields import StreamField
from wagtail.models import get_page_models
from wagtail_localize.fields import get_translatable_fields
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from cms.core.models import BasePage, Menu
from cms.translation.engine import make_place
from tests.factories import (
    ArticleIndexPageFactory,
    ArticlePageFactory,
    CityIndexPageFactory,
    CityPageFactory,
    FormPageFactory,
    HomePageFactory,
    home_page,
)
from tests.translation.bodies import Writer
from tests.translation.languages import language

pytestmark = pytest.mark.django_db

FACTORIES = {
    factory._meta.model: factory
    for factory in (
        ArticleIndexPageFactory,
        ArticlePageFactory,
        CityIndexPageFactory,
        CityPageFactory,
        FormPageFactory,
        HomePageFactory,
    )
}
PAGE_TYPES = [model for model in get_page_models() if issubclass(model, BasePage)]
SOURCE_TEXT = re.compile(r"原文(\d{4})号")
TRANSLATED_TEXT = re.compile(r"words(\d{4})")


def in_english(text: str) -> str:
    return SOURCE_TEXT.sub(r"words\1", text)


def is_text(field: models.Field) -> bool:
    is_plain = isinstance(field, models.CharField | models.TextField)
    is_code = isinstance(field, models.SlugField | models.URLField | StreamField)
    return is_plain and not is_code and not field.choices


def write_page(model: type[BasePage], writer: Writer) -> BasePage:
    """A published page in which nothing is left empty that can hold words."""
    fields = [each.get_field(model) for each in get_translatable_fields(model)]
    content = {field.name: writer.text() for field in fields if is_text(field)}
    for field in fields:
        if isinstance(field, StreamField):
            content[field.name] = json.dumps(writer.stream(field.stream_block))
    if model is type(home_page()):
        home = home_page()
        for name, value in content.items():
            setattr(home, name, value)
        home.save()
        page = home
    else:
        page = FACTORIES[model](slug="source", **content)
    return model.objects.get(pk=page.pk)


def translate_everything(source: TranslationSource, locale) -> None:
    """As a translator does it: text by text."""
    for segment in source.stringsegment_set.select_related("string", "context"):
        if segment.context.path != "slug":
            StringTranslation.objects.create(
                translation_of=segment.string,
                context=segment.context,
                locale=locale,
                data=in_english(segment.string.data),
                translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
            )


def translated(instance: models.Model, django_capture_on_commit_callbacks):
    english = language("en")
    source, _created = TranslationSource.update_or_create_from_instance(instance)
    translate_everything(source, english)
    translation = Translation.objects.create(source=source, target_locale=english)
    if isinstance(instance, BasePage):
        publish_pages_above(instance, english)
    with django_capture_on_commit_callbacks(execute=True):
        translation.save_target(publish=True)
    return type(instance).objects.get(pk=translation.get_target_instance().pk)


def publish_pages_above(page: BasePage, locale) -> None:
    make_place(page, locale)
    for above in page.get_ancestors().filter(depth__gt=1):
        above.get_translation(locale).specific.save_revision().publish()


def stored(instance: models.Model) -> dict[str, object]:
    """All content that is the same in all languages but for its words."""
    names = [each.field_name for each in get_translatable_fields(type(instance))]
    fields = [instance._meta.get_field(name) for name in names if name != "slug"]
    return {
        field.name: plain(field.value_from_object(instance))
        for field in fields
        if not field.one_to_many and not field.many_to_many and field.name != "tags"
    }


def plain(value: object) -> object:
    """Revisions keep times to the millisecond."""
    if isinstance(value, StreamValue):
        return value.get_prep_value()
    return value.replace(microsecond=0) if isinstance(value, datetime) else value


def in_english_everywhere(value):
    if isinstance(value, dict):
        return {
            key: in_english_everywhere(child) if key != "url" else child
            for key, child in value.items()
        }
    if isinstance(value, list):
        return [in_english_everywhere(child) for child in value]
    return in_english(value) if isinstance(value, str) else value


def shown(client, page: BasePage) -> dict[str, str]:
    """What readers and programs get, but for what is said of the page in other languages."""
    html, api = client.get(page.url), client.get(f"/api/v1/pages/{page.pk}/")
    assert (html.status_code, api.status_code) == (200, 200)
    content = {**api.json(), "alternates": None}
    return {
        "html": html.content.decode(),
        "api": json.dumps(content, ensure_ascii=False),
    }


@pytest.mark.parametrize("model", PAGE_TYPES, ids=lambda model: model.__name__)
def test_every_text_of_a_page_is_translated_and_nothing_else(
    model, client, django_capture_on_commit_callbacks
):
    source = write_page(model, Writer())
    page = translated(source, django_capture_on_commit_callbacks)
    assert page.live
    assert stored(page) == in_english_everywhere(stored(source))
    before, after = shown(client, source), shown(client, page)
    for form in ("html", "api"):
        assert SOURCE_TEXT.findall(after[form]) == [], form
        texts = SOURCE_TEXT.findall(before[form])
        assert TRANSLATED_TEXT.findall(after[form]) == texts, form
        assert texts


def test_every_text_of_a_menu_is_translated(django_capture_on_commit_callbacks):
    writer = Writer()
    items = Menu._meta.get_field("items").stream_block
    menu = Menu.objects.create(
        slot=Menu.Slot.HEADER,
        locale=home_page().locale,
        items=json.dumps(writer.stream(items)),
    )
    menu.refresh_from_db()
    english = translated(menu, django_capture_on_commit_callbacks)
    assert stored(english) == in_english_everywhere(stored(menu))
    assert SOURCE_TEXT.findall(str(stored(english))) == []


@pytest.mark.parametrize("model", PAGE_TYPES, ids=lambda model: model.__name__)
def test_a_second_translation_changes_nothing(
    model, django_capture_on_commit_callbacks
):
    """Extracting again finds the same places: what people have translated is not lost."""
    source = write_page(model, Writer())
    translated(source, django_capture_on_commit_callbacks)
    record = TranslationSource.objects.get_for_instance(source)
    places = set(record.stringsegment_set.values_list("pk", "context", "string"))
    record.update_from_db()
    again = set(record.stringsegment_set.values_list("pk", "context", "string"))
    assert places == again


def test_a_block_with_words_that_nobody_knows_is_noticed():
    from wagtail import blocks

    class MarkdownBlock(blocks.FieldBlock):
        pass

    with pytest.raises(AssertionError, match="MarkdownBlock"):
        Writer().stream(StreamBlock([("markdown", MarkdownBlock())]))
