"""Rules about what is written. Each is one that honest visitors do not meet."""

import re
from collections.abc import Callable

from forms.models import LeadSettings
from forms.submission import Submission

ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"'\[\]),;、，。；）]+", re.IGNORECASE)
MARKUP = re.compile(
    r"<\s*(?:a|script|iframe|img)\b|\[/?(?:url|link|img)\b", re.IGNORECASE
)
# One address may well be that of the visitor's company.
MOST_ADDRESSES = 1
WRITTEN = {"text", "multiline_text", "company"}

Rule = Callable[[str, LeadSettings], bool]


def has_many_addresses(text: str, settings: LeadSettings) -> bool:
    addresses = {address.casefold() for address in ADDRESS.findall(text)}
    return len(addresses) > MOST_ADDRESSES


def has_markup(text: str, settings: LeadSettings) -> bool:
    return bool(MARKUP.search(text))


def has_blocked_word(text: str, settings: LeadSettings) -> bool:
    words = (line.strip().casefold() for line in settings.blocked_words.splitlines())
    return any(word in text.casefold() for word in words if word)


RULES: dict[str, Rule] = {
    "addresses": has_many_addresses,
    "markup": has_markup,
    "blocked_word": has_blocked_word,
}


def find_suspicious_content(
    submission: Submission, settings: LeadSettings
) -> list[str]:
    written = "\n".join(
        str(answer["value"])
        for answer in submission.answers
        if answer["type"] in WRITTEN
    )
    return [code for code, rule in RULES.items() if rule(written, settings)]
