"""Which lines of a page are its chrome, its headline, its title, its details and its body."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

from django.utils.translation import gettext as _

from articles.importers.chrome import (
    chrome_lines,
    is_headline,
    is_kicker,
    is_phone,
    is_service_phone,
)
from articles.importers.details import continues_details, is_details
from articles.importers.errors import BadFile
from articles.importers.lines import Line
from articles.importers.wording import ends_like_a_sentence

MOST_NAMES = 6


@dataclass(frozen=True)
class Sections:
    title: Line
    body: tuple[Line, ...] = ()
    announcement: Line | None = None
    kicker: Line | None = None
    subtitle: Line | None = None
    details: tuple[Line, ...] = ()
    chrome: tuple[Line, ...] = ()

    @property
    def apart(self) -> set[Line]:
        """Every line that is not of the body."""
        names = (self.title, self.announcement, self.kicker, self.subtitle)
        return {line for line in names if line} | {*self.details, *self.chrome}


def find_sections(lines: Sequence[Line]) -> Sections:
    outside = [line for line in lines if line.outside]
    above, details, below = _split([line for line in lines if not line.outside])
    sections = _name_lines(above, has_details=bool(details))
    body, around_body = _trim_chrome(below)
    announcement = sections.announcement or _first_headline(outside)
    chrome = (*outside, *sections.chrome, *around_body)
    return replace(
        sections,
        body=(*sections.body, *body),
        announcement=announcement,
        details=tuple(details),
        chrome=tuple(line for line in chrome if line != announcement),
    )


def _split(lines: list[Line]) -> tuple[list[Line], list[Line], list[Line]]:
    """The lines above the text, the details, and the text."""
    around = _around_title(lines)
    names = [line for line in lines if line not in around]
    start = _details_start(lines, names)
    if start is None:
        title = next(
            (line for line in lines if line.level == 1),
            names[0] if names else lines[-1],
        )
        end = lines.index(title) + 1
        return lines[:end], [], lines[end:]
    rest = lines[start + 1 :]
    more = list(
        takewhile(lambda line: is_details(line) or continues_details(line), rest)
    )
    return lines[:start], [lines[start], *more], rest[len(more) :]


def _details_start(lines: list[Line], names: list[Line]) -> int | None:
    """Details stand near the top: further down the same words belong to the text."""
    top = lines[: lines.index(names[MOST_NAMES])] if len(names) > MOST_NAMES else lines
    return next(
        (position for position, line in enumerate(top) if is_details(line)), None
    )


def _around_title(lines: list[Line]) -> set[Line]:
    headlines = {
        line for line in lines if is_headline(line.text) or is_kicker(line.text)
    }
    return headlines | _chrome_above(lines)


def _chrome_above(lines: list[Line]) -> set[Line]:
    """Above a title, a line of nothing but links is navigation."""
    navigation = {
        line
        for line in lines
        if line.is_only_links and not line.level and not is_headline(line.text)
    }
    return navigation | chrome_lines(lines)


def _name_lines(above: list[Line], *, has_details: bool) -> Sections:
    chrome = _chrome_above(above)
    names = [line for line in above if line not in chrome]
    title = next((line for line in names if line.level == 1), None)
    if title:
        sections = _around_heading(names, title)
    else:
        sections = _by_position(
            names, _headline_below_phone(above), has_details=has_details
        )
    left_out = (line for line in above if line in chrome)
    return replace(sections, chrome=(*left_out, *sections.chrome))


def _around_heading(names: list[Line], title: Line) -> Sections:
    """HTML that has an h1: what stands above it and is no headline belongs to the site."""
    position = names.index(title)
    above, below = names[:position], names[position + 1 :]
    announcement, kicker = _first_headline(above), _first_kicker(above)
    return Sections(
        title=title,
        announcement=announcement,
        kicker=kicker,
        subtitle=below[0] if below else None,
        body=tuple(below[1:]),
        chrome=tuple(line for line in above if line not in (announcement, kicker)),
    )


def _by_position(
    names: list[Line], headline: Line | None, *, has_details: bool
) -> Sections:
    """Headline, kicker, title, subtitle; whatever else stands there begins the body."""
    announcement = _first_headline(names) or (headline if len(names) > 1 else None)
    kicker = _first_kicker(names)
    others = [line for line in names if line not in (announcement, kicker)]
    # Without details below it, a first line that reads like running text is running text.
    if announcement and (
        not others or (not has_details and ends_like_a_sentence(others[0].text))
    ):
        return Sections(title=announcement, kicker=kicker, body=tuple(others))
    if not others or (not has_details and ends_like_a_sentence(others[0].text)):
        raise BadFile(_("No title was found."))
    title, *rest = others
    return Sections(
        title=title,
        announcement=announcement,
        kicker=kicker,
        subtitle=rest[0] if rest else None,
        body=tuple(rest[1:]),
    )


def _headline_below_phone(lines: list[Line]) -> Line | None:
    """On pages copied from a browser, the headline follows the service phone."""
    return next(
        (
            line
            for previous, line in pairwise(lines)
            if (is_phone(previous.text) or is_service_phone(previous.text))
            and not is_phone(line.text)
        ),
        None,
    )


def _first_headline(lines: Sequence[Line]) -> Line | None:
    return next((line for line in lines if is_headline(line.text)), None)


def _first_kicker(lines: Sequence[Line]) -> Line | None:
    return next((line for line in lines if is_kicker(line.text)), None)


def _trim_chrome(lines: list[Line]) -> tuple[list[Line], list[Line]]:
    """The lines without the chrome that they begin and end with, and that chrome."""
    chrome = chrome_lines(lines)
    start = len(list(takewhile(chrome.__contains__, lines)))
    end = len(lines) - len(
        list(takewhile(chrome.__contains__, reversed(lines[start:])))
    )
    return lines[start:end], lines[:start] + lines[end:]
