"""The base as it is, with what it needs from the environment insisted upon."""

from django.core.exceptions import ImproperlyConfigured

from cms.settings import environment
from cms.settings.base import *  # noqa: F403 (settings modules build on each other)

for name in ("SECRET_KEY", "ENCRYPTION_KEYS", "ALLOWED_HOSTS", "SITE_URL"):
    if not getattr(environment, name):
        message = (
            f"Set the environment variable {name}: production has no default for it."
        )
        raise ImproperlyConfigured(message)
