from forms.models.leads import Lead
from forms.models.pages import FormPage

__all__ = ["FormPage", "Lead"]
