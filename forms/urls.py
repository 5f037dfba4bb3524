from django.urls import path, register_converter

from forms.converters import FormIdConverter, ReceiptConverter
from forms.privacy.visitors import ask_for_data, show_state
from forms.views import show_thanks, submit_form

register_converter(FormIdConverter, "form_id")
register_converter(ReceiptConverter, "receipt")

app_name = "forms"
urlpatterns = [
    path("data-requests/", ask_for_data, name="data_request"),
    path("data-requests/<receipt:number>/", show_state, name="data_request_state"),
    path("<form_id:form_id>/submissions/", submit_form, name="submit"),
    path("<form_id:form_id>/thanks/<receipt:receipt>/", show_thanks, name="thanks"),
]
