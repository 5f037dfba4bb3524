from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.forms import CheckboxSelectMultiple, Field
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from cms.cities.models import City
from cms.core.models import BasePage, CertificationProject
from cms.core.projects import offered_projects
from forms.blocks import FormField, FormFieldsBlock, quick_service_fields
from forms.json_schema import describe_answers
from forms.notice import PrivacyNotice, build_notice
from forms.opening import is_between, seconds_until
from forms.retired import ShownField, check_types_of_keys, fields_once_shown
from forms.visitor_form import VisitorForm


class FormPage(BasePage):
    """A form that editors build: the quick-service channel (快速办理通道) and its like.

    It stands on a page of its own and, through `includes/quick_form.html`, on others. Whoever sends it, and however,
    ends in `forms.leads.capture_lead`.
    """

    intro = models.TextField(_("introduction"), max_length=300, blank=True)
    fields = StreamField(
        FormFieldsBlock(),
        verbose_name=_("fields"),
        default=quick_service_fields,
        help_text=_(
            "What visitors are asked, in this order. A field that is removed stays readable in old leads."
        ),
    )
    submit_label = models.CharField(_("button"), max_length=20, default="立即提交")
    thanks_title = models.CharField(
        _("title"), max_length=60, default="提交成功，感谢您的信任"
    )
    thanks_text = models.TextField(
        _("text"),
        max_length=500,
        blank=True,
        default="我们会尽快与您联系，请保持电话畅通。",
        help_text=_("Shown with the receipt number. An empty line begins a paragraph."),
    )
    opens_at = models.DateTimeField(_("opens"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    closed_text = models.TextField(
        _("text while it is closed"),
        max_length=300,
        blank=True,
        default="本表单目前不接受提交，欢迎致电咨询。",
    )
    receivers = ParentalManyToManyField(
        "outbox.Channel",
        verbose_name=_("receivers"),
        blank=True,
        related_name="+",
        help_text=_("They are told of every lead, besides those that rules choose."),
    )
    duplicate_window = models.PositiveIntegerField(
        _("hours in which a repeat is no new lead"),
        default=24,
        help_text=_(
            "Who sends the same mobile number and project again is added to the lead that is open. 0: never."
        ),
    )
    retention_days = models.PositiveIntegerField(
        _("days that personal data is kept"),
        default=730,
        validators=[MinValueValidator(1)],
        help_text=_("Then it is erased; what is left are figures without a person."),
    )
    privacy_purpose = models.CharField(
        _("purpose of the data"),
        max_length=200,
        default="联系您并答复您的认证咨询",
        help_text=_("Stands in the privacy notice below the form."),
    )
    retired_fields = models.JSONField(default=dict, editable=False)

    placeholder_fields = [*BasePage.placeholder_fields, "intro"]

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("intro"),
        FieldPanel("fields", icon="form"),
        FieldPanel("submit_label"),
        MultiFieldPanel(
            [FieldPanel("thanks_title"), FieldPanel("thanks_text")],
            heading=_("After sending"),
            icon="check",
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("opens_at"), FieldPanel("closes_at")]),
                FieldPanel("closed_text"),
            ],
            heading=_("Opening times"),
            help_text=_("Both empty: always open."),
            icon="date",
        ),
        MultiFieldPanel(
            [
                FieldPanel("receivers", widget=CheckboxSelectMultiple),
                FieldPanel("duplicate_window"),
            ],
            heading=_("What becomes of the answers"),
            icon="mail",
        ),
        MultiFieldPanel(
            [FieldPanel("privacy_purpose"), FieldPanel("retention_days")],
            heading=_("Personal data"),
            icon="lock",
        ),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("intro")]

    preview_modes = [("", _("Form")), ("thanks", _("Thank-you page"))]
    allowed_http_methods = ["GET", "HEAD", "OPTIONS"]
    exclude_fields_in_copy = ["retired_fields"]

    # Below the home page only: so Wagtail's rule that siblings have different slugs makes a form's slug unique in its
    # site and language, and the API can find it by that.
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("form")
        verbose_name_plural = _("forms")

    def save(self, *args: Any, **kwargs: Any) -> None:
        update_fields = kwargs.get("update_fields")
        if update_fields is None or "fields" in update_fields:
            self.retired_fields = self.find_retired_fields()
        super().save(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        if self.opens_at and self.closes_at and self.closes_at <= self.opens_at:
            message = _("The form would close before it opens.")
            raise ValidationError({"closes_at": message})
        check_types_of_keys(self.fields, self.find_shown_fields())

    def find_shown_fields(self) -> dict[str, ShownField]:
        """The fields that visitors have been shown at any time, by key.

        Taken from the row that is about to be overwritten, not from this object: an old revision that is published
        knows nothing of what was retired after it was made.
        """
        before = FormPage.objects.filter(pk=self.pk).first()
        return fields_once_shown(before) if before else {}

    def find_retired_fields(self) -> dict[str, ShownField]:
        """Those of them that are gone now."""
        current = self.get_keys()
        shown = self.find_shown_fields()
        return {key: field for key, field in shown.items() if key not in current}

    def get_fields(self) -> list[FormField]:
        """The questions in order. A draft may hold some without a key, which cannot be asked yet."""
        fields = [FormField(child.block, child.value) for child in self.fields]
        return [field for field in fields if field.key]

    def get_retired_fields(self) -> list[FormField]:
        """The questions that are no longer asked, none of them required: somebody may still be answering them."""
        blocks = self.fields.stream_block.child_blocks
        return [
            FormField(
                block := blocks[field["type"]],
                block.normalize(
                    {"key": key, "label": field["label"], "required": False}
                ),
            )
            for key, field in self.retired_fields.items()
            if field["type"] in blocks
        ]

    def get_keys(self) -> list[str]:
        return [field.key for field in self.get_fields()]

    @cached_property
    def offered_projects(self) -> list[CertificationProject]:
        return offered_projects(self.locale_id)

    def get_form(
        self,
        data: dict[str, Any] | None = None,
        *,
        city: City | None = None,
        prefix_id: str = "quick-form",
    ) -> VisitorForm:
        """The form to show, or with `data` to check. `city` completes local numbers and is the choice to begin with."""
        questions = self.get_fields()
        return VisitorForm(
            self.build_fields(questions, city),
            conditions={
                field.key: field.condition for field in questions if field.condition
            },
            data=data,
            prefix_id=prefix_id,
        )

    def get_retired_form(
        self, data: dict[str, Any], *, city: City | None = None
    ) -> VisitorForm:
        """The form of what is no longer asked, to understand late answers with."""
        fields = self.build_fields(self.get_retired_fields(), city)
        return VisitorForm(fields, data=data, prefix_id="retired")

    def build_fields(
        self, fields: list[FormField], city: City | None
    ) -> dict[str, Field]:
        return {
            field.key: field.block.build_field(field.value, page=self, city=city)
            for field in fields
        }

    def get_json_schema(self) -> dict[str, Any]:
        """What a valid set of answers looks like, for programs that build the form themselves."""
        return describe_answers(self.get_fields(), page=self)

    @property
    def is_open(self) -> bool:
        """Whether it takes submissions."""
        return is_between(self.opens_at, self.closes_at)

    @property
    def privacy_notice(self) -> PrivacyNotice:
        return build_notice(self)

    @property
    def seconds_until_change(self) -> int | None:
        """How soon it opens or closes; None: not by itself."""
        return seconds_until(self.opens_at, self.closes_at)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> TemplateResponse:
        if mode_name == "thanks":
            context = {**self.get_context(request), "receipt": "ABCDE-23456"}
            return TemplateResponse(request, "forms/thanks.html", context)
        return super().serve_preview(request, mode_name)
