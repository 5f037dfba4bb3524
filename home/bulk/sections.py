"""The parts of the preview and of the report: tables in Wagtail's dress, and nothing where there is nothing to say."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn, Table, TitleColumn
from wagtail.coreutils import multigetattr
from wagtail.models import PageLogEntry

from home.bulk.plan import Plan
from home.bulk.report import DonePage, headline


@dataclass(frozen=True)
class Section:
    id: str
    icon: str
    heading: str
    table: Table


class TextColumn(Column):
    empty_value_display = "–"


class OptionalColumn(TextColumn):
    """Left out where all its cells would be empty."""


def preview_sections(plan: Plan) -> list[Section]:
    return present(
        flaws_sections(plan.selection.problems, plan.selection.wrong_cells),
        section(
            "pages",
            "doc-full",
            count_of_pages(plan.steps),
            [
                TitleColumn("title", label=_("Title"), get_url=edit_url_of_page),
                TextColumn("page.city.name", label=_("City")),
                OptionalColumn("typed", label=_("Named as")),
                TextColumn("address", label=pgettext_lazy("of a page", "Address")),
            ],
            plan.steps,
        ),
        changes_sections(plan.changes, plan.refused_changes),
        left_out_section(plan.left_out, edit_url_of_page),
    )


def report_sections(report: PageLogEntry, pages: Sequence[DonePage]) -> list[Section]:
    data = report.data
    return present(
        flaws_sections(data["problems"], data["wrong_cells"]),
        section(
            "pages",
            "doc-full",
            count_of_pages(pages),
            [TitleColumn("title", label=_("Title"), get_url=edit_url)],
            pages,
        ),
        changes_sections(data["changes"], data["refused_changes"]),
        left_out_section(data["left_out"], None),
    )


def recent_section(reports: Sequence[PageLogEntry]) -> Section | None:
    """What was done before: also for whoever lost the connection and wonders whether it was."""
    return section(
        "recent",
        "history",
        gettext("Last work"),
        [
            TitleColumn(
                "work", label=_("Report"), accessor=headline, get_url=report_url
            ),
            TextColumn("label", label=_("City list")),
            TextColumn("user_display_name", label=_("By")),
            DateColumn("timestamp", label=_("When")),
        ],
        reports,
    )


def report_url(report: PageLogEntry) -> str:
    return reverse("city_pages_in_bulk:report", args=[report.uuid])


def present(*found: Any) -> list[Section]:
    flat: list[Section | None] = []
    for each in found:
        flat.extend(each if isinstance(each, list) else [each])
    return [each for each in flat if each]


def count_of_pages(pages: Sequence[Any]) -> str:
    return ngettext("%d page", "%d pages", len(pages)) % len(pages)


def any_has(rows: Sequence[Any], name: str) -> bool:
    """Whether a column would have anything to show. Rows are objects in the preview, and JSON in the report."""
    return any(multigetattr(row, name) for row in rows)


def section(
    id: str,
    icon: str,
    heading: str,
    columns: Sequence[Column],
    rows: Sequence[Any],
) -> Section | None:
    if not rows:
        return None
    shown = [
        column
        for column in columns
        if not isinstance(column, OptionalColumn) or any_has(rows, column.accessor)
    ]
    return Section(id, icon, heading, Table(shown, rows, caption=heading))


def flaws_sections(
    problems: Sequence[Any], wrong_cells: Sequence[Any]
) -> list[Section | None]:
    return [
        section(
            "problems",
            "warning",
            ngettext(
                "%d name could not be matched",
                "%d names could not be matched",
                len(problems),
            )
            % len(problems),
            [
                TextColumn("typed", label=_("As it was written")),
                OptionalColumn("places", label=_("Cells")),
                TextColumn("explanation", label=_("Why it is left out")),
            ],
            problems,
        ),
        section(
            "wrong-cells",
            "warning",
            ngettext(
                "%d wrong cell left out",
                "%d wrong cells left out",
                len(wrong_cells),
            )
            % len(wrong_cells),
            [
                TextColumn("place", label=_("Cell")),
                TextColumn("text", label=_("As it was written")),
                TextColumn("advice", label=_("What to change")),
            ],
            wrong_cells,
        ),
    ]


def changes_sections(
    changes: Sequence[Any], refused: Sequence[Any]
) -> list[Section | None]:
    columns = [
        TextColumn("city", label=_("City")),
        TextColumn("label", label=_("Value")),
        TextColumn("old", label=_("Before")),
        TextColumn("new", label=_("After")),
    ]
    return [
        section(
            "register",
            "site",
            ngettext(
                "%d value of the register",
                "%d values of the register",
                len(changes),
            )
            % len(changes),
            columns,
            changes,
        ),
        section(
            "refused",
            "lock",
            ngettext(
                "%d value stays as it is: you may not edit the city in the register",
                "%d values stay as they are: you may not edit the cities in the register",
                len(refused),
            )
            % len(refused),
            columns,
            refused,
        ),
    ]


def left_out_section(
    left_out: Sequence[Any], get_url: Callable[[Any], str | None] | None
) -> Section | None:
    return section(
        "left-out",
        "no-view",
        ngettext(
            "Nothing to do for %d city",
            "Nothing to do for %d cities",
            len(left_out),
        )
        % len(left_out),
        [
            TitleColumn("city", label=_("City"), get_url=get_url),
            TextColumn("reason", label=_("Reason")),
        ],
        left_out,
    )


def edit_url_of_page(row: Any) -> str | None:
    return edit_url(row.page) if row.page else None


def edit_url(page: Any) -> str | None:
    """None for a page that is not there yet, or not any more."""
    return reverse("wagtailadmin_pages:edit", args=[page.pk]) if page.pk else None
