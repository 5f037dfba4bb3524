from django_tasks import task

from home.readiness.computing import compute_list
from home.readiness.staleness import stale_lists


@task()
def refresh_readiness() -> None:
    """Compute what is stale: nothing if another task has done so. Looks again at the end, as editors go on working."""
    while lists := list(stale_lists()):
        for city_list in lists:
            compute_list(city_list)
