"""Fields of an edit form that show what is inherited while they are empty, where it comes from, and the way back."""

import json
from dataclasses import dataclass, replace
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.forms import Textarea
from django.forms.widgets import Input
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.panels import FieldPanel
from wagtail.blocks import StreamValue

from cms.cities.inheritance import Inherited, Origin, get_inherited_facts
from cms.cities.models import City
from cms.cities.projects import get_named_projects
from cms.core.models import SiteSettings


@dataclass(frozen=True)
class Offer:
    """What a field inherits while it is empty, in the words of its form.

    `reading` is the text with its placeholders resolved, where that differs; `url` is where the value is edited, empty
    for people who may not.
    """

    text: str
    source: str
    url: str = ""
    reading: str = ""
    site: str = ""

    @property
    def source_link(self) -> str:
        if not self.url:
            return self.source
        return format_html('<a href="{}">{}</a>', self.url, self.source)


class InheritedFieldPanel(FieldPanel):
    """A FieldPanel with what the field inherits, and buttons to override it and to go back.

    A subclass says in its BoundPanel what is offered (`get_offers`) and what overriding begins with (`get_start`):
    a text, the keys of chosen objects or the form state of a stream; None takes the button away.
    """

    class BoundPanel(FieldPanel.BoundPanel):
        template_name = "cities/admin/inherited_field_panel.html"

        class Media:
            js = ["cities/admin/inheritance.js"]
            css = {"all": ["cities/admin/inheritance.css"]}

        def get_offers(self) -> list[Offer]:
            raise NotImplementedError

        def get_start(self) -> Any:
            return None

        @cached_property
        def is_saved(self) -> bool:
            """Before the first save nobody knows yet from whom the row inherits."""
            return self.instance.pk is not None

        @cached_property
        def offers(self) -> list[Offer]:
            return self.get_offers() if self.is_saved else []

        @property
        def is_overriding(self) -> bool:
            return bool(self.bound_field.value())

        def edit_url(self, instance: Any) -> str:
            if instance is None or instance.pk is None or self.request is None:
                return ""
            return AdminURLFinder(self.request.user).get_edit_url(instance) or ""

        def get_editable_context_data(self) -> dict[str, Any]:
            widget = self.bound_field.field.widget
            if self.offers and isinstance(widget, Input | Textarea):
                widget.attrs["placeholder"] = self.offers[0].text
            start = self.get_start() if any(o.text for o in self.offers) else None
            return {
                **super().get_editable_context_data(),
                "note_id": f"{self.prefix}-inherited",
                "start": start is not None
                and json.dumps({"value": start}, cls=DjangoJSONEncoder),
            }


class InheritedFactPanel(InheritedFieldPanel):
    """A fact of a place of the register: what its province or the settings of each site say."""

    class BoundPanel(InheritedFieldPanel.BoundPanel):
        @cached_property
        def inherited(self) -> list[tuple[SiteSettings, Inherited]]:
            """The value on each site, that of the default site first."""
            return [
                (each, getattr(get_inherited_facts(self.instance, each), self.name))
                for each in national_settings()
            ]

        @property
        def name(self) -> str:
            return self.panel.field_name

        def get_offers(self) -> list[Offer]:
            offers = [
                Offer(
                    text=describe_fact(self.name, found.value),
                    source=source_name(self.instance, found.origin),
                    url=self.edit_url(
                        settings
                        if found.origin is Origin.NATIONAL
                        else self.instance.parent
                    ),
                    site=str(settings.site) if settings.site_id else "",
                )
                for settings, found in self.inherited
            ]
            sites_differ = len({each.text for each in offers}) > 1
            return offers if sites_differ else [replace(offers[0], site="")]

        def get_start(self) -> Any:
            value = self.inherited[0][1].value
            return form_state(value) if isinstance(value, StreamValue) else value


class InheritedProjectsPanel(InheritedFieldPanel):
    """The projects of a place: what its province offers, else everything."""

    class BoundPanel(InheritedFieldPanel.BoundPanel):
        @cached_property
        def inherited(self) -> Inherited:
            return get_named_projects(self.instance.lineage[1:])

        def get_offers(self) -> list[Offer]:
            projects, origin = self.inherited
            text = "、".join(map(str, projects)) or _("everything that is offered")
            of_province = origin is Origin.PROVINCE
            url = self.edit_url(self.instance.parent) if of_province else ""
            return [Offer(text, source_name(self.instance, origin), url)]

        def get_start(self) -> list[int] | None:
            return [project.pk for project in self.inherited.value] or None


def national_settings() -> list[SiteSettings]:
    """The settings of every site, those of the default site first; empty ones before there are any."""
    settings = SiteSettings.objects.select_related("site")
    return list(settings.order_by("-site__is_default_site", "site")) or [SiteSettings()]


def source_name(place: City, origin: Origin) -> str:
    """What people call the level at which a value of this place was found."""
    if origin is Origin.NATIONAL:
        return str(origin.label)
    return place.local_name if origin is place.origin else place.province_name


def describe_fact(name: str, value: Any) -> str:
    """A fact in one line."""
    if name == "team":
        return "、".join(person.value["name"] for person in value or [])
    if name == "service_radius" and value:
        distance = ngettext("%(distance)d kilometre", "%(distance)d kilometres", value)
        return distance % {"distance": value}
    return value or ""


def form_state(stream: StreamValue) -> list[dict[str, Any]]:
    """A stream as Wagtail's forms take it in. Without ids: a copy has its own."""
    children = stream.stream_block.get_form_state(stream)
    return [{**child, "id": None} for child in children]
