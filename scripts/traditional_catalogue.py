"""Fill what is missing in the traditional Chinese catalogue from the simplified one, by OpenCC, to be read by a person.

What stands there already is never changed; what the simplified catalogue has no more is taken out.

    .venv/bin/python scripts/traditional_catalogue.py && git diff locale/zh_Hant
"""

import subprocess
from pathlib import Path

import polib
from opencc import OpenCC

LOCALE = Path(__file__).resolve().parents[1] / "locale"
QUOTES = str.maketrans("“”‘’", "「」『』")
TAIWAN = OpenCC("s2twp")
# Words that mean something else here than in the software that its dictionary of phrases is made for.
MEANT = {
    "釋出": "發佈",
    "專案": "項目",
    "程式碼": "代碼",
    "型別": "類型",
    "畫素": "像素",
    "個人資訊": "個人資料",
    "位址": "地址",
    "字段": "欄位",
    "營銷": "行銷",
    "運營": "營運",
    # What is full width needs no space around it.
    " 「": "「",
    "」 ": "」",
}


def traditional(text: str) -> str:
    """With the words that are usual in Taiwan, and its quotation marks."""
    converted = TAIWAN.convert(text).translate(QUOTES)
    for usual, meant in MEANT.items():
        converted = converted.replace(usual, meant)
    return converted


def convert(entry: polib.POEntry) -> polib.POEntry:
    plurals = {
        number: traditional(text) for number, text in entry.msgstr_plural.items()
    }
    return polib.POEntry(
        msgctxt=entry.msgctxt,
        msgid=entry.msgid,
        msgid_plural=entry.msgid_plural,
        msgstr=traditional(entry.msgstr),
        msgstr_plural=plurals,
        flags=list(entry.flags),
    )


def main() -> None:
    folder = LOCALE / "zh_Hant" / "LC_MESSAGES"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "django.po"
    source = polib.pofile(str(LOCALE / "zh_Hans" / "LC_MESSAGES" / "django.po"))
    known = polib.pofile(str(path)) if path.exists() else polib.POFile()
    there = {(entry.msgctxt, entry.msgid): entry for entry in known}
    catalogue = polib.POFile(wrapwidth=78)
    catalogue.metadata = {
        **source.metadata,
        "Language-Team": "Traditional Chinese",
        "Language": "zh_Hant",
    }
    for entry in source:
        key = entry.msgctxt, entry.msgid
        catalogue.append(there.get(key) or convert(entry))
    catalogue.save(str(path))
    compiled = str(path.with_suffix(".mo"))
    subprocess.run(["msgfmt", "-o", compiled, str(path)], check=True)  # noqa: S607 (gettext's own program)


if __name__ == "__main__":
    main()
