"""The fields that a form is built of. One word per type: `MobileFieldBlock`, stream name and API type `mobile`."""

from forms.blocks.base import FormFieldBlock
from forms.blocks.field import FormField
from forms.blocks.stream import FormFieldsBlock, quick_service_fields

__all__ = ["FormField", "FormFieldBlock", "FormFieldsBlock", "quick_service_fields"]
