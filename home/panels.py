"""What pages add to the fields that inherit: texts with placeholders, a body in sections, and the facts of the city."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from django.utils import translation
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.panels import Panel
from wagtail.blocks import StreamBlock

from cms.cities.inheritance import Inherited, Origin
from cms.cities.models import City
from cms.cities.panels import (
    InheritedFieldPanel,
    Offer,
    describe_fact,
    source_name,
)
from cms.core.models import SiteSettings
from home.blocks import INHERITED, begins_section, split_sections


class InheritedTextPanel(InheritedFieldPanel):
    """A text of a city page or of a province, with what `instance.inherited_text(name)` says."""

    class BoundPanel(InheritedFieldPanel.BoundPanel):
        @cached_property
        def inherited(self) -> Inherited:
            return self.instance.inherited_text(self.field_name)

        @property
        def source(self) -> tuple[str, str]:
            """The name of the level above that has the text, and where it is edited."""
            if self.inherited.origin is Origin.PROVINCE:
                content = self.instance.province_content
                return content.province.local_name, self.edit_url(content)
            return str(Origin.NATIONAL.label), self.edit_url(self.instance.city_index)

        def read(self, text: str) -> str:
            """As it reads on the page. A text of a province is read on many."""
            resolved = getattr(self.instance, "resolved", None)
            return resolved.resolve_text(text) if resolved else text

        def get_offers(self) -> list[Offer]:
            text = self.inherited.value
            reading = self.read(text)
            return [Offer(text, *self.source, reading if reading != text else "")]

        def get_start(self) -> str:
            return self.inherited.value


class Section(NamedTuple):
    """A section of the inherited body, as editors know it: its heading, and the names of its blocks."""

    heading: str
    blocks: str


class InheritedBodyPanel(InheritedTextPanel):
    """The body: which text is shown now, and the sections that “Inherited text” blocks would put in."""

    class BoundPanel(InheritedTextPanel.BoundPanel):
        template_name = "home/admin/inherited_body_panel.html"

        @property
        def stream_block(self) -> StreamBlock:
            return self.panel.db_field.stream_block

        def get_offers(self) -> list[Offer]:
            return [
                Offer("、".join(each.heading for each in self.sections), *self.source)
            ]

        def get_start(self) -> None:
            """Blocks are not copied: an “Inherited text” block keeps them up to date."""

        @cached_property
        def sections(self) -> list[Section]:
            if not self.is_saved or not self.inherited.value:
                return []
            raw = self.inherited.value.get_prep_value()
            return [self.describe(section) for section in split_sections(raw)]

        def describe(self, section: list[dict[str, Any]]) -> Section:
            first = section[0]
            heading = first["value"]["text"] if begins_section(first) else ""
            known = self.stream_block.child_blocks
            labels = [str(known[each["type"]].label) for each in section]
            return Section(
                self.read(heading) or _("Before the first heading"), "、".join(labels)
            )

        @property
        def has_place_for_inherited(self) -> bool:
            """Whether own blocks stand around the inherited text, rather than in its place."""
            own = self.bound_field.value()
            return any(each.block_type == INHERITED for each in own or [])


@dataclass(frozen=True)
class FactLine:
    label: str
    text: str
    source: str
    url: str


class CityFactsPanel(Panel):
    """How the city of a page is served, to be read: facts are edited in the register."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "home/admin/city_facts_panel.html"

        class Media:
            css = {"all": ["cities/admin/inheritance.css"]}

        @property
        def is_saved(self) -> bool:
            return self.instance.pk is not None

        @cached_property
        def register_url(self) -> str:
            """The row's form, for those who may change it."""
            if not self.is_saved:
                return ""
            finder = AdminURLFinder(self.request.user)
            return finder.get_edit_url(self.instance.city) or ""

        @property
        def lines(self) -> list[FactLine]:
            return [self.line(name, found) for name, found in vars(self.facts).items()]

        @cached_property
        def facts(self) -> Any:
            """As readers of the page are shown them, whatever language its editor works in."""
            page = self.instance
            with translation.override(page.locale.language_code):
                return page.city.get_facts(SiteSettings.for_page(page).shown)

        def line(self, name: str, found: Inherited) -> FactLine:
            field = City._meta.get_field(name)
            return FactLine(
                label=str(field.verbose_name),
                text=describe_fact(name, found.value),
                source=source_name(self.instance.city, found.origin),
                url=f"{self.register_url}#{name}-field" if self.register_url else "",
            )
