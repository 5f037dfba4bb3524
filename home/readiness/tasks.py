import logging

from django_tasks import task

from home.readiness.computing import compute_list
from home.readiness.staleness import stale_lists

logger = logging.getLogger(__name__)


@task()
def refresh_readiness() -> None:
    """Compute what is stale: nothing if another task has done so. Looks again at the end, as editors go on working."""
    failed: set[int] = set()
    while lists := list(stale_lists().exclude(pk__in=failed)):
        for city_list in lists:
            try:
                compute_list(city_list)
            except Exception:
                # The others are computed all the same; this one stays stale for the next task.
                logger.exception("Readiness of city list %s failed", city_list.pk)
                failed.add(city_list.pk)
