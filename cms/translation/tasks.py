import logging

from django.apps import apps
from django_tasks import task

from cms.translation.following import automatic_rules
from cms.translation.jobs import work_on
from cms.translation.updating import update_translation

logger = logging.getLogger(__name__)


@task()
def update_followers(label: str, pk: str) -> None:
    """Bring an object up to date in each language that follows its own. It may be gone by now."""
    instance = apps.get_model(label)._default_manager.filter(pk=pk).first()
    if instance is None:
        return
    for rule in automatic_rules(instance.locale_id):
        try:
            update_translation(instance, rule.locale)
        except Exception:
            # The other languages come all the same.
            logger.exception("Translation of %s %s into %s failed", label, pk, rule)


@task()
def run_job(pk: int) -> None:
    work_on(pk)
