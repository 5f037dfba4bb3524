from django.utils.translation import gettext_lazy as _

from cms.core.models import BasePage


class FormPage(BasePage):
    """A form that editors build: the quick-service channel (快速办理通道) and its like."""

    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("form")
        verbose_name_plural = _("forms")
