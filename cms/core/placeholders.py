"""Words in braces that stand for what is known only when a page is read: `{city}`, `{province}`, `{phone}`.

Editors may write them in Chinese (`{城市}`, `{省份}`, `{电话}`) and with the full-width braces of a Chinese keyboard.
Braces that are meant as they are stand doubled, of either width: `{{name}}` is read as `{name}`.

Only texts of editors are ever given to `resolve`. What visitors type never is, so that it stays as it was typed.
"""

import re
from collections.abc import Callable
from typing import Protocol

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

CHINESE_NAMES = {"city": "城市", "province": "省份", "phone": "电话"}
NAMES = {name: name for name in CHINESE_NAMES} | {
    chinese: name for name, chinese in CHINESE_NAMES.items()
}
# The others are written alike in both scripts.
NAMES["電話"] = "phone"
NAME = r"[^\W\d_]\w{0,29}"
OPEN, CLOSE = "[{｛]", "[}｝]"
PLACEHOLDER = re.compile(
    rf"{OPEN}{OPEN} ?(?P<literal>{NAME}) ?{CLOSE}{CLOSE}|{OPEN} ?(?P<name>{NAME}) ?{CLOSE}"
)


class PlaceholderValues(Protocol):
    """What the placeholders of one page stand for. Each is asked for only where its placeholder occurs."""

    @property
    def city(self) -> str: ...

    @property
    def province(self) -> str: ...

    @property
    def phone(self) -> str: ...


def has_placeholders(text: str) -> bool:
    """Whether `resolve` may change the text. Cheap, and true for doubled braces too."""
    return PLACEHOLDER.search(text) is not None


def resolve(
    text: str,
    values: PlaceholderValues,
    *,
    escape: Callable[[str], str] = str,
) -> str:
    """The text with its placeholders replaced, in one pass: a value that looks like a placeholder stays as it is.

    `escape` makes values safe for the kind of text, such as `html.escape` for HTML. Unknown names stay as they are:
    `check_placeholders` has refused them when the text was saved.
    """

    def replace(match: re.Match[str]) -> str:
        if match["literal"]:
            return match[0][1:-1]
        name = NAMES.get(match["name"].lower())
        return escape(getattr(values, name)) if name else match[0]

    return PLACEHOLDER.sub(replace, text)


def unknown_placeholders(text: str) -> list[str]:
    """What stands in braces and is no placeholder, each once, as it is written."""
    found = {
        match[0]: None
        for match in PLACEHOLDER.finditer(text)
        if match["name"] and match["name"].lower() not in NAMES
    }
    return list(found)


def check_placeholders(text: str) -> None:
    """Refuse a text with an unknown placeholder; the message lists those that exist."""
    if unknown := unknown_placeholders(text):
        known = ", ".join(
            f"{{{name}}} ({{{chinese}}})" for name, chinese in CHINESE_NAMES.items()
        )
        message = _(
            "Unknown placeholder: %(unknown)s. There are %(known)s. "
            "Write braces that are meant as they are twice: %(escaped)s."
        )
        raise ValidationError(
            message
            % {
                "unknown": ", ".join(unknown),
                "known": known,
                "escaped": f"{{{{{unknown[0][1:-1].strip()}}}}}",
            },
            code="unknown_placeholder",
        )
