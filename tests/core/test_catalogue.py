"""The project's own Chinese catalogues: complete, current, and no trouble to Wagtail's."""

import re
import shutil
from collections import defaultdict
from pathlib import Path

import polib
import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command

FOLDER = Path("zh_Hans", "LC_MESSAGES")
CATALOGUE = settings.BASE_DIR / "locale" / FOLDER
TRADITIONAL = settings.BASE_DIR / "locale" / "zh_Hant" / "LC_MESSAGES"
IGNORED = [".venv", "var", "tests", "bench", "scripts", "wagtail_catalogue"]


def messages(path: Path) -> dict[tuple[str | None, str], polib.POEntry]:
    entries = polib.pofile(str(path))
    return {
        (entry.msgctxt, entry.msgid): entry for entry in entries if not entry.obsolete
    }


OURS = messages(CATALOGUE / "django.po")


@pytest.mark.parametrize("folder", [CATALOGUE, TRADITIONAL])
def test_every_text_has_chinese(folder):
    texts = messages(folder / "django.po")
    untranslated = [key for key, entry in texts.items() if not entry.translated()]
    assert untranslated == []


@pytest.mark.parametrize("folder", [CATALOGUE, TRADITIONAL])
def test_compiled_catalogue_is_current(folder):
    compiled = polib.mofile(str(folder / "django.mo"))
    texts = messages(folder / "django.po")
    assert {(entry.msgctxt, entry.msgid, entry.msgstr) for entry in compiled} == {
        (entry.msgctxt, entry.msgid, entry.msgstr) for entry in texts.values()
    }


def test_both_scripts_have_the_same_texts_with_the_same_gaps():
    """`scripts/traditional_catalogue.py` adds what is missing."""
    traditional = messages(TRADITIONAL / "django.po")
    assert traditional.keys() == OURS.keys()
    assert {key: gaps(entry) for key, entry in traditional.items()} == {
        key: gaps(entry) for key, entry in OURS.items()
    }


def gaps(entry: polib.POEntry) -> list[str]:
    """What is filled in: `%(name)s`, `{name}`, tags."""
    text = entry.msgstr or "".join(entry.msgstr_plural.values())
    return sorted(re.findall(r"%\(\w+\)[sd]|%[sd]|\{[a-z_]*\}|<[^>]*>", text))


def test_every_text_of_the_code_is_in_the_catalogue(tmp_path, monkeypatch):
    """Extracts the texts anew into a copy of the project's sources and compares."""
    for name in ("cms", "home", "articles", "forms", "templates", "locale"):
        shutil.copytree(settings.BASE_DIR / name, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(settings, "LOCALE_PATHS", [])
    call_command(
        "makemessages", locale=["zh_Hans"], ignore_patterns=IGNORED, verbosity=0
    )
    extracted = messages(tmp_path / "locale" / FOLDER / "django.po")
    assert set(extracted) - set(OURS) == set(), "run makemessages and translate"
    assert set(OURS) - set(extracted) == set(), "run makemessages --no-obsolete"


def wagtails_words() -> dict[tuple[str | None, str], set[str]]:
    words: dict[tuple[str | None, str], set[str]] = defaultdict(set)
    for config in apps.get_app_configs():
        path = Path(config.path, "locale", FOLDER, "django.po")
        if config.name.startswith("wagtail") and path.exists():
            for key, entry in messages(path).items():
                if entry.translated():
                    words[key].add(entry.msgstr)
    return words


def test_wagtails_own_words_are_left_as_they_are():
    """LOCALE_PATHS win: a word of ours with another meaning would rename Wagtail's menus. Give it a context."""
    words = wagtails_words()
    renamed = [
        key
        for key, entry in OURS.items()
        if key in words and entry.msgstr not in words[key]
    ]
    assert renamed == []
