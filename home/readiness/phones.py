"""Telephone numbers that stand in the middle of a text."""

import re

from phonenumbers import PhoneNumberMatcher

REGION = "CN"
# libphonenumber reads 028-83221100-8012 as one number that is too long.
EXTENSION = re.compile(r"(?<=\d{7})-\d{1,6}(?![\d-])")
# Most texts have nothing that could be one, and looking closely takes time.
LONG_ENOUGH = re.compile(r"\d[\d\s()+-]{5,}\d")


def find_phones(text: str) -> list[str]:
    """The numbers as they are written. The text must be in half width (NFKC)."""
    return [text[start:end] for start, end in _spans(text)]


def without_phones(text: str) -> str:
    for start, end in reversed(_spans(text)):
        extension = EXTENSION.match(text, end)
        text = f"{text[:start]} {text[extension.end() if extension else end :]}"
    return text


def _spans(text: str) -> list[tuple[int, int]]:
    if not LONG_ENOUGH.search(text):
        return []
    same_length = EXTENSION.sub(lambda found: " " * len(found[0]), text)
    return [
        (found.start, found.end) for found in PhoneNumberMatcher(same_length, REGION)
    ]
