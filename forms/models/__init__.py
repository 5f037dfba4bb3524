from forms.models.pages import FormPage

__all__ = ["FormPage"]
