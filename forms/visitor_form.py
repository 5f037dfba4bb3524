from collections.abc import Mapping
from typing import Any

from django import forms


class VisitorForm(forms.Form):
    """The questions of one form page, as visitors meet them.

    `prefix_id` begins the id of every input, so that one page can hold the form twice; the inputs' names are always
    the fields' keys.
    """

    def __init__(
        self,
        fields: Mapping[str, forms.Field],
        *,
        prefix_id: str,
        data: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, auto_id=f"{prefix_id}-%s", label_suffix="")
        self.fields.update(fields)
