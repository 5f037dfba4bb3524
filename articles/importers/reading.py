from collections.abc import Iterable
from pathlib import Path

from django.utils.translation import gettext as _

from articles.importers.article import ImportedArticle
from articles.importers.body import build_body
from articles.importers.details import read_details
from articles.importers.errors import BadFile
from articles.importers.files import is_html, read_file
from articles.importers.html import read_html
from articles.importers.lines import Line
from articles.importers.losses import block_text, refuse_losses
from articles.importers.pages import Page, read_text
from articles.importers.sections import find_sections
from articles.importers.wording import shorten, squash

LONGEST_TITLE = 255


def read_article_file(path: Path) -> ImportedArticle:
    """The article in a file, or BadFile with the reason."""
    source = read_file(path)
    return read_article(read_html(source) if is_html(path) else read_text(source))


def read_article(page: Page) -> ImportedArticle:
    lines = [line for line in page.lines if squash(line.text)]
    if all(line.outside for line in lines):
        raise BadFile(_("The file holds no text."))
    sections = find_sections(lines)
    if len(sections.title.text) > LONGEST_TITLE:
        raise BadFile(
            _("The title is longer than %(limit)d characters.")
            % {"limit": LONGEST_TITLE}
        )
    if not sections.body:
        raise BadFile(_("There is no text below the title."))
    body = build_body(sections.body)
    apart = sections.apart
    text = "".join(line.text for line in lines if line not in apart)
    refuse_losses(text, "".join(map(block_text, body)))
    details = read_details(sections.details)
    return ImportedArticle(
        title=sections.title.text,
        announcement=_text(sections.announcement),
        kicker=_text(sections.kicker),
        subtitle=_text(sections.subtitle),
        source_name=details.source_name,
        author=details.author,
        published_at=details.published_at,
        updated_at=details.updated_at,
        views=details.views,
        body=body,
        chrome=tuple(line.text for line in sections.chrome),
        notes=(*details.notes, *_lost_links(sections.body), *page.notes),
    )


def _text(line: Line | None) -> str:
    return line.text if line else ""


def _lost_links(lines: Iterable[Line]) -> list[str]:
    note = _("Of this link only the words are kept: %(href)s")
    return [
        note % {"href": shorten(href)} for line in lines for href in line.lost_links
    ]
