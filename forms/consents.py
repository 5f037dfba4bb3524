"""The texts that visitors agree to: their versions, and who has agreed to which."""

from collections.abc import Mapping
from typing import Any

from forms.models import FormPage, Touch


def record_consents(
    form_page: FormPage,
    data: Mapping[str, object],
    cleaned: Mapping[str, Any],
    touch: Touch,
) -> None:
    """Store, for each consent that the form asks for, which text was shown and whether it was agreed to."""
