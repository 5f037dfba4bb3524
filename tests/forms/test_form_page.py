"""An editor builds a form: keys stay, fields may go, translations keep the keys."""

import json
from html import unescape

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import Locale
from wagtail.test.utils.form_data import nested_form_data, streamfield
from wagtail_localize.models import StringTranslation, Translation, TranslationSource
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from forms.blocks import FormFieldsBlock
from forms.models import FormPage
from tests.factories import FormPageFactory, home_page

pytestmark = pytest.mark.django_db

FIELDS = FormFieldsBlock()
CHOICE = {
    "key": "size",
    "label": "企业规模",
    "choices": [{"value": "under_50", "label": "50 人以下"}],
}


def clean(*children):
    return FIELDS.clean(FIELDS.normalize(list(children)))


def text(key, label="姓名"):
    return ("text", {"key": key, "label": label})


def editor_data(value):
    """A field as the admin's form sends it."""
    told = {key: each for key, each in value.items() if each not in (False, None)}
    return {
        "max_length": 60,
        **told,
        "shown_when": {"field": "", "values": listing([])},
    }


def listing(values):
    """As Wagtail's form sends a list block."""
    return {
        "count": len(values),
        **{
            str(index): {"value": value, "deleted": "", "order": index}
            for index, value in enumerate(values)
        },
    }


def key_errors(*children):
    with pytest.raises(ValidationError) as caught:
        clean(*children)
    return [
        " ".join(error.block_errors["key"].messages)
        for error in caught.value.block_errors.values()
    ]


def republish(form_page, fields):
    form_page.fields = fields
    form_page.save_revision().publish()
    form_page.refresh_from_db()


class TestKeys:
    @pytest.mark.parametrize("key", ["name", "a", "size_2", "x" * 40])
    def test_key_is_small_letters_digits_and_underscores(self, key):
        assert clean(text(key))

    @pytest.mark.parametrize(
        "key", ["姓名", "Name", "2nd", "_page", "a b", "a-b", "a\n", "x" * 41, ""]
    )
    def test_other_keys_are_refused(self, key):
        assert key_errors(text(key))

    @pytest.mark.parametrize(
        "key", ["submit", "action", "receipt", "utm_source", "page"]
    )
    def test_reserved_key_is_refused_by_name(self, key):
        (message,) = key_errors(text(key))
        assert f"“{key}”" in message

    def test_two_fields_cannot_share_a_key(self):
        assert len(key_errors(text("name"), text("other"), text("name"))) == 2

    @pytest.mark.parametrize(
        ("block_type", "key"),
        [("text", "mobile"), ("mobile", "landline"), ("multiline_text", "name")],
    )
    def test_key_of_a_lead_column_belongs_to_one_type(self, block_type, key):
        assert key_errors((block_type, {"key": key, "label": "x"}))

    def test_type_brings_its_key_along(self):
        for block_type in ("mobile", "landline", "company", "city", "consent"):
            value = FIELDS.child_blocks[block_type].get_default()
            assert value["key"] == block_type


class TestNewForm:
    def test_five_questions_are_there(self):
        form_page = FormPageFactory()
        assert [
            (field.value["key"], field.value["label"], field.value["required"])
            for field in form_page.fields
        ] == [
            ("name", "姓名", True),
            ("mobile", "手机号码", True),
            ("landline", "公司座机", True),
            ("project", "认证项目", True),
            ("company", "公司名称", True),
        ]

    def test_five_questions_are_valid(self):
        FormPageFactory().full_clean()

    def test_slug_is_taken_once_in_a_site_and_language(self):
        FormPageFactory(slug="quick-service")
        with pytest.raises(ValidationError, match="quick-service"):
            FormPageFactory(slug="quick-service")

    def test_draft_may_have_fields_without_a_key(self, admin_client):
        form_page = FormPageFactory(fields=[text(""), text("name")])
        assert list(form_page.get_form().fields) == ["name"]


class TestRetiredFields:
    def test_field_that_was_published_and_removed_is_retired(self):
        form_page = FormPageFactory(fields=[text("name"), text("position", "职务")])
        republish(form_page, [text("name")])
        assert form_page.retired_fields == {
            "position": {"type": "text", "label": "职务"}
        }

    def test_field_that_was_never_published_is_not(self):
        form_page = FormPageFactory(live=False, fields=[text("name"), text("position")])
        republish(form_page, [text("name")])
        assert form_page.retired_fields == {}

    def test_draft_retires_nothing_before_it_is_published(self):
        form_page = FormPageFactory(fields=[text("name"), text("position")])
        form_page.fields = [text("name")]
        form_page.save_revision()
        assert FormPage.objects.get().retired_fields == {}

    def test_field_that_comes_back_is_no_longer_retired(self):
        form_page = FormPageFactory(fields=[text("name"), text("position")])
        republish(form_page, [text("name")])
        republish(form_page, [text("name"), text("position")])
        assert form_page.retired_fields == {}

    def test_old_revision_does_not_bring_back_what_it_did_not_know(self):
        """A draft made before the removal is published after it: its own list of retired fields is stale."""
        form_page = FormPageFactory(fields=[text("name"), text("a"), text("b")])
        form_page.fields = [text("name"), text("b")]
        old = form_page.save_revision()
        republish(form_page, [text("name"), text("a")])
        old.publish()
        form_page.refresh_from_db()
        assert list(form_page.retired_fields) == ["a"]

    def test_renamed_key_is_another_field_and_the_old_one_is_retired(self):
        form_page = FormPageFactory(fields=[text("name"), text("position")])
        form_page.fields[1].value["key"] = "job"
        form_page.save_revision().publish()
        form_page.refresh_from_db()
        assert form_page.get_keys() == ["name", "job"]
        assert list(form_page.retired_fields) == ["position"]

    def test_key_of_a_retired_field_cannot_become_another_type(self):
        form_page = FormPageFactory(fields=[text("name"), text("size", "规模")])
        republish(form_page, [text("name")])
        with pytest.raises(ValidationError, match="fields") as caught:
            republish(form_page, [text("name"), ("choice", CHOICE)])
        (error,) = caught.value.error_dict["fields"]
        (message,) = error.block_errors[1].block_errors["key"].messages
        assert "“size”" in message
        assert "规模" in message

    def test_field_cannot_change_its_type_and_keep_its_key(self):
        form_page = FormPageFactory(fields=[text("size")])
        with pytest.raises(ValidationError, match="fields"):
            republish(form_page, [("choice", CHOICE)])

    def test_key_that_was_never_published_can(self):
        form_page = FormPageFactory(live=False, fields=[text("size")])
        republish(form_page, [("choice", CHOICE)])
        assert form_page.get_keys() == ["size"]

    def test_copy_of_a_form_begins_without(self):
        form_page = FormPageFactory(fields=[text("name"), text("position")])
        republish(form_page, [text("name")])
        copy = form_page.copy(update_attrs={"slug": "copy"})
        assert copy.retired_fields == {}


class TestTranslation:
    @pytest.fixture
    def english(self, db):
        return Locale.objects.create(language_code="en")

    @pytest.fixture
    def form_page(self):
        return FormPageFactory(fields=[text("name"), ("choice", CHOICE)])

    def test_words_are_translatable_and_keys_are_not(self, form_page):
        segments = extract_segments(form_page)
        words = {
            segment.string.data
            for segment in segments
            if isinstance(segment, StringSegmentValue) and "fields" in segment.path
        }
        assert words == {"姓名", "企业规模", "50 人以下"}

    def test_translated_form_has_other_words_and_the_same_keys(
        self, form_page, english
    ):
        home_page().copy_for_translation(english)
        source, _ = TranslationSource.update_or_create_from_instance(form_page)
        translation = Translation.objects.create(source=source, target_locale=english)
        for segment in source.stringsegment_set.all():
            StringTranslation.objects.create(
                translation_of=segment.string,
                locale=english,
                context=segment.context,
                data=f"EN {segment.string.data}",
            )
        translation.save_target(publish=True)
        translated = form_page.get_translation(english)
        name, size = translated.fields
        assert (name.value["key"], name.value["label"]) == ("name", "EN 姓名")
        (option,) = size.value["choices"]
        assert (option["value"], option["label"]) == ("under_50", "EN 50 人以下")


class TestFields:
    def answer(self, block_type, value, sent):
        form_page = FormPageFactory(fields=[(block_type, value)])
        form = form_page.get_form({value["key"]: sent})
        form.full_clean()
        return form

    def test_choice_is_one_of_the_list(self):
        assert self.answer("choice", CHOICE, "under_50").is_valid()

    def test_choice_beside_the_list_is_refused(self):
        assert not self.answer("choice", CHOICE, "over_50").is_valid()

    @pytest.mark.parametrize(
        ("sent", "valid"), [("on", True), (True, True), ("", False)]
    )
    def test_required_consent_must_be_ticked(self, sent, valid):
        consent = {"key": "consent", "label": "我同意"}
        assert self.answer("consent", consent, sent).is_valid() == valid

    @pytest.mark.parametrize("sent", ["no", "false", "0", "yes"])
    def test_word_is_no_tick(self, sent):
        consent = {"key": "consent", "label": "我同意"}
        assert not self.answer("consent", consent, sent).is_valid()

    def test_consent_is_never_ticked_in_advance(self):
        form_page = FormPageFactory(
            fields=[("consent", {"key": "consent", "label": "我同意"})]
        )
        assert "checked" not in form_page.get_form().as_p()

    def test_city_is_chosen_from_the_register(self, chengdu):
        form = self.answer("city", {"key": "city", "label": "城市"}, "chengdu")
        assert form.cleaned_data["city"] == chengdu

    def test_city_of_the_page_is_chosen_already(self, chengdu):
        form_page = FormPageFactory(fields=[("city", {"key": "city", "label": "城市"})])
        form = form_page.get_form(city=chengdu)
        assert form["city"].initial == "chengdu"

    def test_longest_answer_is_what_the_editor_says(self):
        short = {"key": "name", "label": "姓名", "max_length": 5}
        form_page = FormPageFactory(fields=[("text", short)])
        assert form_page.get_form({"name": "12345"}).is_valid()
        assert not form_page.get_form({"name": "123456"}).is_valid()

    @pytest.mark.parametrize("block_type", FIELDS.child_blocks)
    def test_optional_field_may_be_left_empty(self, block_type):
        value = (
            {**CHOICE, "key": "extra"} if block_type == "choice" else {"key": "extra"}
        )
        value = {**value, "label": "x", "required": False}
        assert self.answer(block_type, value, "").is_valid()

    @pytest.mark.parametrize("block_type", FIELDS.child_blocks)
    def test_every_type_has_a_schema(self, block_type):
        value = {"key": "extra", "label": "标签", "help_text": "说明"}
        form_page = FormPageFactory(fields=[(block_type, value)])
        schema = form_page.get_json_schema()
        assert schema["properties"]["extra"]["title"] == "标签"
        assert schema["properties"]["extra"]["description"] == "说明"
        json.dumps(schema)


class TestEditing:
    """Through Wagtail's own form, as an editor does it."""

    def post(self, client, form_page, **changes):
        fields = [
            (field.block_type, editor_data(field.value)) for field in form_page.fields
        ]
        data = {
            "title": form_page.title,
            "slug": form_page.slug,
            "intro": "",
            "submit_label": "提交",
            "thanks_title": "谢谢",
            "thanks_text": "",
            "duplicate_window": "24",
            "retention_days": "730",
            "fields": streamfield(fields),
            "action-publish": "1",
            "closed_text": "",
            "privacy_purpose": "答复咨询",
            "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0},
            **changes,
        }
        path = f"/admin/pages/{form_page.pk}/edit/"
        return client.post(path, nested_form_data(data))

    def test_editor_publishes_a_form(self, admin_client):
        form_page = FormPageFactory()
        response = self.post(admin_client, form_page)
        assert response.status_code == 302
        assert FormPage.objects.get().thanks_title == "谢谢"

    def test_editor_is_told_that_a_key_is_used_twice(self, admin_client):
        form_page = FormPageFactory()
        fields = [("text", editor_data({"key": "name", "label": "姓名"}))] * 2
        response = self.post(admin_client, form_page, fields=streamfield(fields))
        assert response.status_code == 200
        assert "fields" in response.context["form"].errors

    def test_editor_is_told_next_to_the_key_that_it_had_another_type(
        self, admin_client
    ):
        form_page = FormPageFactory(fields=[text("size")])
        republish(form_page, [text("name")])
        value = {**editor_data(text("size")[1]), "max_length": 100}
        fields = streamfield([("multiline_text", value)])
        response = self.post(admin_client, form_page, fields=fields)
        assert response.status_code == 200
        assert "fields" in response.context["form"].errors
        # The form's script puts it next to the key.
        errors = json.dumps("“size”").strip('"')
        assert errors in unescape(response.content.decode())

    def test_editor_finds_every_type_in_the_chooser(self, admin_client):
        form_page = FormPageFactory()
        response = admin_client.get(f"/admin/pages/{form_page.pk}/edit/")
        assert response.status_code == 200

    @pytest.mark.parametrize("mode", ["", "thanks"])
    def test_form_and_thanks_are_previewed(self, admin_client, mode):
        form_page = FormPageFactory()
        form_page.save_revision()
        response = admin_client.get(
            f"/admin/pages/{form_page.pk}/view_draft/?mode={mode}"
        )
        assert response.status_code == 200
        assert "data-api=" not in response.content.decode()
