from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.signals import page_published

from cms.core.models import SiteSettings
from cms.outbox.queue import erase
from forms.consents import record_texts
from forms.models import FormPage, Lead


@receiver(post_delete, sender=Lead)
def erase_messages(instance: Lead, **kwargs: Any) -> None:
    """What was said about a lead goes with it."""
    erase(instance.subject)


@receiver(page_published, sender=FormPage)
def form_published(instance: FormPage, **kwargs: Any) -> None:
    record_texts(instance)


@receiver(post_save, sender=SiteSettings)
def site_settings_saved(instance: SiteSettings, **kwargs: Any) -> None:
    """Privacy notices name the organisation and how to reach it."""
    for form_page in FormPage.objects.in_site(instance.site).live():
        record_texts(form_page)
