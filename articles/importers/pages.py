from dataclasses import dataclass

from articles.importers.lines import Line, Run, tidy


@dataclass(frozen=True)
class Page:
    """The lines of a page, and what its reader had to leave out."""

    lines: tuple[Line, ...]
    notes: tuple[str, ...] = ()


def read_text(source: str) -> Page:
    """A page as copied from a browser: every line is a paragraph, a heading or a point."""
    lines = (tidy([Run(line)]) for line in source.splitlines())
    return Page(tuple(Line(runs) for runs in lines if runs))
