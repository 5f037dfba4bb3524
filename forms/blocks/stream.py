from collections import Counter
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.blocks import StreamValue, StructBlockValidationError
from wagtail.blocks.stream_block import StreamBlockValidationError

from forms.blocks.chosen import (
    CertificationProjectFieldBlock,
    ChoiceFieldBlock,
    CityFieldBlock,
)
from forms.blocks.conditions import find_condition_error
from forms.blocks.consent import ConsentFieldBlock
from forms.blocks.field import FormField
from forms.blocks.written import (
    CompanyFieldBlock,
    LandlineFieldBlock,
    MobileFieldBlock,
    MultilineTextFieldBlock,
    TextFieldBlock,
)

# A lead has a column for each of these keys; a field of another type would fill it with something else.
COLUMN_TYPES = {
    "name": "text",
    "mobile": "mobile",
    "landline": "landline",
    "project": "certification_project",
    "company": "company",
    "city": "city",
}


class FormFieldsBlock(blocks.StreamBlock):
    """The questions of a form, in order."""

    text = TextFieldBlock()
    multiline_text = MultilineTextFieldBlock()
    mobile = MobileFieldBlock()
    landline = LandlineFieldBlock()
    company = CompanyFieldBlock()
    certification_project = CertificationProjectFieldBlock()
    city = CityFieldBlock()
    choice = ChoiceFieldBlock()
    consent = ConsentFieldBlock()

    class Meta:
        collapsed = True

    def clean(self, value: StreamValue) -> StreamValue:
        value = super().clean(value)
        errors = self.get_key_errors(value) or self.get_condition_errors(value)
        if errors:
            raise StreamBlockValidationError(block_errors=errors)
        return value

    def get_key_errors(self, value: StreamValue) -> dict[int, ValidationError]:
        uses = Counter(child.value["key"] for child in value)
        errors: dict[int, ValidationError] = {}
        for index, child in enumerate(value):
            key = child.value["key"]
            if not key:
                continue
            if uses[key] > 1:
                message = _(
                    "Another field has the key “%(key)s”. Choose one of its own."
                )
            elif COLUMN_TYPES.get(key, child.block_type) != child.block_type:
                message = _("The key “%(key)s” belongs to another type of field.")
            else:
                continue
            error = ValidationError(message % {"key": key})
            errors[index] = StructBlockValidationError(block_errors={"key": error})
        return errors

    def get_condition_errors(self, value: StreamValue) -> dict[int, ValidationError]:
        fields = [FormField(child.block, child.value) for child in value]
        found = (
            (index, find_condition_error(field, fields[:index]))
            for index, field in enumerate(fields)
        )
        return {index: error for index, error in found if error}


def quick_service_fields() -> list[tuple[str, dict[str, Any]]]:
    """The five questions of 快速办理通道, which a new form begins with."""
    questions = [
        ("text", "name", "姓名"),
        ("mobile", "mobile", "手机号码"),
        ("landline", "landline", "公司座机"),
        ("certification_project", "project", "认证项目"),
        ("company", "company", "公司名称"),
    ]
    return [
        (block_type, {"key": key, "label": label, "required": True})
        for block_type, key, label in questions
    ]
