"""Notices as texts, and texts within a number of bytes."""

from django.utils.translation import ngettext

from cms.outbox.notices import Notice

ELLIPSIS = "…"


def fact_lines(notice: Notice) -> list[str]:
    return [f"> {label}: {value}" for label, value in notice.facts if value]


def plain_text(notice: Notice) -> str:
    lines = [notice.title, *(f"{label}: {value}" for label, value in notice.facts)]
    return "\n".join([*lines, notice.url])


def digest_title(number: int) -> str:
    text = ngettext("%(number)d message", "%(number)d messages", number)
    return text % {"number": number}


def cut(text: str, most: int) -> str:
    """At most so many bytes of UTF-8, whole characters, with an ellipsis where something is missing."""
    if len(text.encode()) <= most:
        return text
    room = max(most - len(ELLIPSIS.encode()), 0)
    return text.encode()[:room].decode(errors="ignore") + ELLIPSIS
