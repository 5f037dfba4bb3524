import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.production")

django = get_wsgi_application()

# Needs the settings, so only here.
from cms.delivery.wsgi import DeliveryCache  # noqa: E402

application = DeliveryCache(django)
