"""Parts of a page that are the same on many: rendered from nothing but the chrome and a few plain values."""

from datetime import datetime, timedelta
from operator import attrgetter
from typing import Any, NamedTuple

from django.http import HttpRequest
from django.template import Context, Template
from django.utils import timezone
from django.utils.safestring import SafeString

from cms.core.chrome import Chrome, bare_request, remember_part
from cms.core.freshness import shorten_life
from cms.core.remembering import Plain


class Part(NamedTuple):
    html: SafeString
    changes_at: datetime | None


def render_part(
    template: Template,
    chrome: Chrome | None,
    request: HttpRequest | None,
    values: dict[str, Plain],
) -> SafeString:
    """The template with `chrome` and these values. It sees neither page nor request, so that it is the same for all
    pages that give it the same values."""
    if not chrome:
        return render(template, None, values).html
    check_plain(values)

    def build(chrome: Chrome) -> Part:
        return render(template, chrome, values)

    names = [template.name, *(each for item in sorted(values.items()) for each in item)]
    part = remember_part(chrome, build, *names, changes_at=attrgetter("changes_at"))
    if part.changes_at and request is not None:
        shorten_life(request, seconds_until(part.changes_at))
    return part.html


def check_plain(values: dict[str, Any]) -> None:
    for name, value in values.items():
        if not isinstance(value, Plain):
            raise TypeError(f"{name} must be a plain value, not {type(value).__name__}")


def render(template: Template, chrome: Chrome | None, values: dict[str, Any]) -> Part:
    request = bare_request(chrome.site if chrome else None)
    html = template.render(Context({**values, "chrome": chrome, "request": request}))
    seconds = getattr(request, "_seconds_to_live", None)
    changes_at = (
        None if seconds is None else timezone.now() + timedelta(seconds=seconds)
    )
    return Part(SafeString(html.strip()), changes_at)


def seconds_until(moment: datetime) -> int:
    return max(0, int((moment - timezone.now()).total_seconds()))
