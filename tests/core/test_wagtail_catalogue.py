"""Our catalogue fills exactly the gaps of the zh_Hans catalogues that Wagtail's apps bring along."""

import json
import re
from collections import Counter
from pathlib import Path

import polib
import pytest
from django.apps import apps
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext, ngettext, override

CATALOGUE = settings.BASE_DIR / "cms/core/wagtail_catalogue/zh_Hans/LC_MESSAGES"
PLACEHOLDER_OR_TAG = re.compile(r"</?[a-z][^>]*>|%\(\w+\)[a-z]|%[sd]|\{\w*\}")

in_each_domain = pytest.mark.parametrize("domain", ["django", "djangojs"])


def read_catalogue(domain):
    return polib.pofile(str(CATALOGUE / f"{domain}.po"))


def read_wagtail_catalogues(domain, language):
    for app in apps.get_app_configs():
        path = Path(app.path, "locale", language, "LC_MESSAGES", f"{domain}.po")
        if app.name.startswith("wagtail") and path.exists():
            yield from polib.pofile(str(path))


def get_keys(entries):
    return {
        (entry.msgctxt, entry.msgid, bool(entry.msgid_plural))
        for entry in entries
        if not entry.obsolete
    }


def get_translated_keys(entries):
    return get_keys(entry for entry in entries if entry.translated())


def get_translations(entry):
    return list(entry.msgstr_plural.values()) or [entry.msgstr]


def count_placeholders_and_tags(text):
    return Counter(PLACEHOLDER_OR_TAG.findall(text))


@in_each_domain
def test_it_translates_all_that_wagtail_leaves_in_english_and_nothing_else(domain):
    english = get_keys(read_wagtail_catalogues(domain, "en"))
    chinese = get_translated_keys(read_wagtail_catalogues(domain, "zh_Hans"))
    ours = get_translated_keys(read_catalogue(domain))

    assert sorted(english - chinese - ours, key=str) == [], "to be added"
    assert sorted(ours - (english - chinese), key=str) == [], "to be dropped"


@in_each_domain
def test_placeholders_and_tags_survive_translation(domain):
    for entry in read_catalogue(domain):
        expected = [
            count_placeholders_and_tags(text)
            for text in filter(None, (entry.msgid, entry.msgid_plural))
        ]
        for translation in get_translations(entry):
            assert count_placeholders_and_tags(translation) in expected, entry.msgid


@in_each_domain
def test_the_compiled_file_is_current(domain):
    def get_messages(catalogue):
        return {
            (entry.msgctxt, entry.msgid): get_translations(entry) for entry in catalogue
        }

    compiled = polib.mofile(str(CATALOGUE / f"{domain}.mo"))
    assert get_messages(compiled) == get_messages(read_catalogue(domain))


def test_the_admin_speaks_it():
    with override("zh-hans"):
        assert gettext("Locked by you") == "已由您锁定"
        assert ngettext("Moved up 1 place.", "…", 3) == "上移了 %(counter)s 位。"


@pytest.mark.django_db
def test_the_admins_scripts_speak_it(client):
    response = client.get(reverse("wagtailadmin_javascript_catalog"))
    assert json.dumps("插入区块") in response.text
