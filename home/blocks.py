"""The body of a city's page: blocks of its own, and places where inherited text goes."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.core.blocks import BodyBlock

INHERITED = "inherited"


class InheritedBlock(blocks.StructBlock):
    """A place for the next sections of what the page inherits. Replaced when the page is read: no reader sees it."""

    sections = blocks.IntegerBlock(
        label=_("how many sections"),
        min_value=1,
        required=False,
        help_text=_("A section begins at a section heading. Empty: all that are left."),
    )

    class Meta:
        icon = "download"
        label = _("Inherited text")
        group = _("Layout")
        template = "blocks/inherited.html"
        description = _(
            "The text of the province or the whole country, in this place among local blocks."
        )
        preview_value = {"sections": None}


class LocalBodyBlock(BodyBlock):
    """Every block of a body, and the place of inherited text."""

    inherited = InheritedBlock()


def assemble(
    own: list[dict[str, Any]], inherited: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Raw blocks of a level with its `inherited` blocks replaced by the next sections of the level above.

    Without blocks of its own a level is what it inherits; with own blocks but no `inherited` block it has replaced
    the inherited text.
    """
    if not own:
        return inherited
    waiting = split_sections(inherited)
    assembled: list[dict[str, Any]] = []
    for block in own:
        if block["type"] != INHERITED:
            assembled.append(block)
            continue
        count = (block["value"] or {}).get("sections") or len(waiting)
        for section in waiting[:count]:
            assembled += section
        waiting = waiting[count:]
    return assembled


def split_sections(raw: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Blocks in groups that each begin at a section heading; what stands before the first is a section too."""
    sections: list[list[dict[str, Any]]] = []
    for block in raw:
        if not sections or begins_section(block):
            sections.append([])
        sections[-1].append(block)
    return sections


def begins_section(block: dict[str, Any]) -> bool:
    return block["type"] == "heading" and block["value"].get("level") == "h2"
