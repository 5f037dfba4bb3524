"""A form as it stands on a page: what `includes/quick_form.html` shows, made ready so that templates only print."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from wagtail.models import Page

from cms.cities.models import City
from forms.models import FormPage
from forms.notice import PrivacyNotice
from forms.visitor_form import VisitorForm


@dataclass(frozen=True)
class QuickForm:
    form_page: FormPage
    form: VisitorForm
    prefix_id: str
    page_id: int | str = ""
    page: Any = None
    city_slug: str = ""
    # The address that the form was first sent from; only known when it comes back with errors.
    url: str = ""
    is_preview: bool = False
    # On a page of no city, scripts put the city that the visitor has chosen in the place of the site's.
    follows_visitor: bool = False

    @property
    def title(self) -> str:
        return self._read_here(self.form_page.title)

    @property
    def intro(self) -> str:
        return self._read_here(self.form_page.intro)

    def _read_here(self, text: str) -> str:
        """A text of the form as it reads on the page that the form stands on."""
        page = self.page if hasattr(self.page, "resolved") else self.form_page
        return page.resolved.resolve_text(text)

    @property
    def is_open(self) -> bool:
        """A preview shows the questions at any time."""
        return self.is_preview or self.form_page.is_open

    @property
    def notice(self) -> PrivacyNotice:
        return self.form_page.privacy_notice

    @property
    def action(self) -> str:
        """Where the form is sent. A preview can be filled in but leads nowhere."""
        if self.is_preview:
            return ""
        return reverse("forms:submit", args=[self.form_page.pk])

    @property
    def api_url(self) -> str:
        if self.is_preview:
            return ""
        return self._api_path("create_submission")

    @property
    def challenge_url(self) -> str:
        """Where scripts get the proof of work to do."""
        return "" if self.is_preview else self._api_path("form_challenge")

    def _api_path(self, name: str) -> str:
        path = reverse(f"delivery:{name}", args=[self.form_page.slug])
        locale = {"locale": self.form_page.locale.language_code}
        return f"{path}?{urlencode(locale)}"


def build_quick_form(
    form_page: FormPage,
    *,
    page: Page | None = None,
    city: City | None = None,
    prefix_id: str = "quick-form",
    is_preview: bool = False,
    follows_visitor: bool = False,
) -> QuickForm:
    """An empty form for a page that everybody gets alike: it holds where it stands, and nothing of who looks at it."""
    return QuickForm(
        form_page=form_page,
        form=form_page.get_form(city=city, prefix_id=prefix_id),
        prefix_id=prefix_id,
        page_id=getattr(page, "pk", None) or "",
        page=page,
        city_slug=city.slug if city else "",
        is_preview=is_preview,
        follows_visitor=follows_visitor,
    )


def find_shown_form(form: Any, chrome: Any) -> FormPage | None:
    """The form that a block or an include names, in the active language; else the site's own."""
    own = chrome.quick_form if chrome else None
    if form is None or (own and form.pk == own.pk):
        return own
    localized = form.localized
    return next((each.specific for each in (localized, form) if each.live), own)
