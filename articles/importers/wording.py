"""Small questions about Chinese and Latin text."""

import re
import unicodedata

BULLETS = "■□▪▫●○•◆◇▶►➤★"
CLOSERS = "”’\"'」』）)】]》〉"
FINAL_PUNCTUATION = "。！!；;：:，,、…."
QUESTION_MARKS = "？?"

_SPACE = re.compile(r"\s+")
_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u200b\u2060\ufeff]")
_BULLETS_AND_SPACE = re.compile(rf"[{BULLETS}\s]+")
_LEADING_BULLET = re.compile(rf"^[{BULLETS}\s]*[{BULLETS}]\s*")


def visible(text: str) -> str:
    """The text without control characters, which could play tricks on a terminal, and without zero-width ones."""
    return _INVISIBLE.sub("", text)


def one_line(text: str) -> str:
    """Every run of white space becomes one space, or nothing where a source line merely wraps inside Chinese."""

    def replacement(match: re.Match[str]) -> str:
        before, after = text[: match.start()][-1:], text[match.end() :][:1]
        wraps = "\n" in match[0] and is_wide(before) and is_wide(after)
        return "" if wraps else " "

    return _SPACE.sub(replacement, text)


def squash(text: str) -> str:
    """The text reduced to what must never get lost: no white space, no bullets."""
    return _BULLETS_AND_SPACE.sub("", visible(text))


def compact(text: str) -> str:
    """The text for comparing with known words: half-width forms, no white space."""
    return _SPACE.sub("", unicodedata.normalize("NFKC", text))


def is_wide(character: str) -> bool:
    return bool(character) and unicodedata.east_asian_width(character) in "WF"


def width(text: str) -> int:
    """Columns that the text takes up; a Chinese character takes two."""
    return sum(2 if is_wide(character) else 1 for character in text)


def starts_with_bullet(text: str) -> bool:
    return bool(_LEADING_BULLET.match(text))


def without_bullet(text: str) -> str:
    return _LEADING_BULLET.sub("", text)


def ends_like_a_sentence(text: str) -> bool:
    """Whether the text ends as running text does. An open question does not: questions are asked in headings too."""
    bare = text.rstrip(CLOSERS)
    if bare.endswith(tuple(QUESTION_MARKS)):
        return bare != text
    return bare.endswith(tuple(FINAL_PUNCTUATION))


def shorten(text: str, longest: int = 60) -> str:
    return text if len(text) <= longest else f"{text[:longest]}…"
