"""Notices as texts, and texts within a number of bytes."""

from django.utils.translation import ngettext

from cms.outbox.notices import Notice

ELLIPSIS = "…"
# What makes links, mentions and markup in the robots' kinds of Markdown; they share no way to escape it.
HARMLESS = str.maketrans("[]<>`@", "［］＜＞｀＠")


def fact_lines(notice: Notice) -> list[str]:
    return [f"> {label}: {harmless(value)}" for label, value in notice.facts if value]


def summary_line(notice: Notice) -> str:
    """The notice in one line, for a digest."""
    return "- " + " · ".join([notice.title, *(harmless(v) for _, v in notice.facts)])


def harmless(value: str) -> str:
    """A value in one line that a chat shows as it is. Visitors write some of them."""
    return " ".join(value.translate(HARMLESS).split())


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
