from typing import Any

from django.core.exceptions import ValidationError
from django.core.files import File
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm


class CarefulImageField(WagtailImageField):
    """Refuses a damaged picture wherever the damage shows.

    Wagtail's field catches what Pillow raises while it opens a file, but not what it raises while it decodes one.
    """

    def check_image_pixel_size(self, f: File) -> None:
        try:
            super().check_image_pixel_size(f)
        except ValidationError:
            raise
        except Exception as error:  # image decoders raise anything
            raise ValidationError(
                self.error_messages["invalid_image"], code="invalid_image"
            ) from error


class CustomImageForm(BaseImageForm):
    """The form behind every upload of an image: admin, chooser, several at once, management API."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if field := self.fields.get("file"):
            self.fields["file"] = CarefulImageField(
                label=field.label,
                required=field.required,
                widget=field.widget,
                help_text=field.help_text,
            )
